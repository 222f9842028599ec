"""What makes a run the one it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.encoding import WordVectors
from multihead_at.training import run_hash
from multihead_at.training.run_hash import hash_run

Make = Callable[..., Config]


def test_what_suits_a_machine_makes_no_other_run(
    corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    here = hash_run(tiny_config(), corpus, vectors)
    there = tiny_config(threads=2, eval_batch_size=1, filename_train="elsewhere/train.txt")
    assert hash_run(there, corpus, vectors) == here


def test_settings_documents_and_vectors_do(corpus: Corpus, vectors: WordVectors, tiny_config: Make) -> None:
    runs = [
        (tiny_config(), corpus, vectors),
        (tiny_config(learning_rate=0.5), corpus, vectors),
        (tiny_config(seed=2), corpus, vectors),
        (tiny_config(), dataclasses.replace(corpus, train=corpus.train[1:]), vectors),
        (tiny_config(), dataclasses.replace(corpus, test=corpus.test[1:]), vectors),
        (
            tiny_config(),
            corpus,
            WordVectors(vectors.words, vectors.matrix, name=vectors.name, sha256="0" * 64),
        ),
    ]
    assert len({hash_run(*run) for run in runs}) == len(runs)


def test_a_setting_that_is_added_later_makes_no_other_run_by_its_default(
    corpus: Corpus, vectors: WordVectors, tiny_config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hash_run(tiny_config(), corpus, vectors)

    @dataclasses.dataclass(frozen=True)
    class LaterConfig(Config):
        later: int = 1

        def __post_init__(self) -> None:
            pass

    monkeypatch.setattr(run_hash, "Config", LaterConfig)
    settings = tiny_config().to_dict()
    assert hash_run(LaterConfig(**settings), corpus, vectors) == before
    assert hash_run(LaterConfig(**settings, later=2), corpus, vectors) != before
