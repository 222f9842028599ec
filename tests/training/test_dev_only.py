"""The protocol that ends after dev."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.encoding import WordVectors
from multihead_at.runs import RunFolder
from multihead_at.training import train_run
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.protocol import last_epoch_of_phase_two


def test_there_is_no_second_phase() -> None:
    assert last_epoch_of_phase_two("dev_only", EarlyStopping(30, 50.0, 20, 50), nepochs=150) is None


def test_dev_is_scored_as_with_the_other_protocols_and_test_is_not(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Callable[..., Config]
) -> None:
    results = {
        protocol: train_run(
            tiny_config(protocol=protocol, nepochs=1),
            corpus,
            vectors,
            tmp_path / protocol,
            resume=False,
            overwrite=False,
            console=io.StringIO(),
        )
        for protocol in ("best", "dev_only")
    }
    assert results["dev_only"]["dev"] == results["best"]["dev"]
    assert results["dev_only"]["test"] is None
    folder = RunFolder(tmp_path / "dev_only")
    assert folder.scores("dev").is_file() and not folder.scores("test").exists()
    assert not folder.predictions("test").exists()
    assert folder.tested_weights() == folder.best
