"""A loss that is no longer a number ends a training, and says where."""

from __future__ import annotations

import dataclasses
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.encoding import WordVectors
from multihead_at.errors import InputError
from multihead_at.model import JointModel
from multihead_at.runs import RunFolder
from multihead_at.training import train_run
from multihead_at.training.checkpoints import Checkpoints

Make = Callable[..., Config]


def spoil(monkeypatch: pytest.MonkeyPatch, step: int, value: float, *, weights: bool = False) -> None:
    """Makes the loss of a step, or its gradients, another value."""
    objective = JointModel.objective

    def spoilt(self: JointModel, batch: Any, **options: Any) -> Any:
        loss, gradients = objective(self, batch, **options)
        spoiling = tf.where(options["step"] == step, value, 0.0)
        if weights:
            return loss, [gradient + spoiling for gradient in gradients]
        return loss + spoiling, gradients

    monkeypatch.setattr(JointModel, "objective", spoilt)


def refusal(folder: Path, config: Config, corpus: Corpus, vectors: WordVectors) -> str:
    with pytest.raises(InputError) as caught:
        train_run(config, corpus, vectors, folder, resume=False, overwrite=False, console=io.StringIO())
    return str(caught.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_step_document_and_checkpoint_are_named(
    tmp_path: Path,
    corpus: Corpus,
    vectors: WordVectors,
    tiny_config: Make,
    monkeypatch: pytest.MonkeyPatch,
    value: float,
) -> None:
    # Six sentences an epoch: step 9 is the fourth of epoch 1.
    spoil(monkeypatch, 9, value)
    documents = (*corpus.train[:3], dataclasses.replace(corpus.train[3], source="a.txt", line=19))
    corpus = dataclasses.replace(corpus, train=(*documents, *corpus.train[4:]))
    message = refusal(tmp_path, tiny_config(), corpus, vectors)
    assert message.startswith(
        f"{tmp_path}: loss {value} received in phase 1 epoch 1 at step 3 (step 9 of the phase), document "
        "'3' (a.txt:19); expected finite numbers"
    )
    assert message.endswith("The last good checkpoint, state.npz, is of epoch 0")
    kept = Checkpoints(RunFolder(tmp_path)).newest()
    assert kept is not None and (kept.phase, kept.epoch) == (1, 0)


def test_the_checkpoint_that_is_there_is_named(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, 13, float("nan"))
    assert refusal(tmp_path, tiny_config(), corpus, vectors).endswith("state.npz, is of epoch 1")
    folder = RunFolder(tmp_path)
    folder.state.write_bytes(b"half")
    with pytest.warns(UserWarning, match="passed over"), pytest.raises(InputError) as caught:
        # The one before is of epoch 0; step 6 is the first of epoch 1.
        spoil(monkeypatch, 6, float("nan"))
        train_run(
            tiny_config(), corpus, vectors, tmp_path, resume=True, overwrite=False, console=io.StringIO()
        )
    assert str(caught.value).endswith("The last good checkpoint, state-before.npz, is of epoch 0")


def test_all_documents_of_a_batch_are_named(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, 0, float("nan"))
    message = refusal(tmp_path, tiny_config(batch_size=4), corpus, vectors)
    assert "document '0', '1', '2', '3';" in message
    assert message.endswith("There is no checkpoint yet")


def test_weights_that_the_last_step_spoils_are_not_kept(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, 5, float("nan"), weights=True)
    message = refusal(tmp_path, tiny_config(), corpus, vectors)
    assert (
        "weight characters/embeddings with NaN or infinity received in phase 1 epoch 0 at step 5" in message
    )
    assert not {"state.npz", "best.npz", "epochs.jsonl"} & set(os.listdir(tmp_path))
