"""Small models and batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.model import JointModel, ModelSizes, make_optimizer

SIZES = ModelSizes(word_dim=5, characters=6, tags=4, relations=3)
WORDS = 7


@pytest.fixture
def make_model() -> Callable[..., JointModel]:
    """Makes a compiled model of tiny sizes; keywords replace settings. No dropout unless asked for."""

    def make(**changes: object) -> JointModel:
        settings: dict[str, object] = {
            "hidden_size_lstm": 3,
            "hidden_size_n1": 4,
            "num_lstm_layers": 2,
            "char_embeddings_size": 3,
            "hidden_size_char": 2,
            "use_dropout": False,
            "alpha": 0.05,
        }
        config = Config(**{**settings, **changes})  # type: ignore[arg-type]
        model = JointModel(config, SIZES)
        table = np.random.default_rng(0).normal(size=(WORDS, SIZES.word_dim)).astype(np.float32)
        model.word_embedding.set_table(table)
        model.compile(optimizer=make_optimizer(config.optimizer, config.learning_rate))
        return model

    return make


@pytest.fixture
def make_batch() -> Callable[..., dict[str, tf.Tensor]]:
    """Makes a batch of sentences of given lengths; one of its words has no character."""

    def make(lengths: Sequence[int], seed: int = 0) -> dict[str, tf.Tensor]:
        random = np.random.default_rng(seed)
        length = max(lengths)
        real = np.arange(length) < np.array(lengths)[:, np.newaxis]
        relations = {
            (row, *map(int, random.integers(0, [n, n, SIZES.relations])))
            for row, n in enumerate(lengths)
            for _ in range(n)
        }
        batch = {
            "word_ids": np.arange(WORDS),
            "characters": random.integers(0, SIZES.characters, (WORDS, 4)),
            "character_lengths": np.array([4, 1, 0, 2, 3, 1, 4]),
            "word_index": random.integers(0, WORDS, real.shape) * real,
            "lengths": np.array(lengths),
            "tag_ids": random.integers(0, SIZES.tags, real.shape) * real,
            "relations": np.array(sorted(relations)).reshape(-1, 4),
        }
        return {name: tf.constant(values, tf.int32) for name, values in batch.items()}

    return make


@pytest.fixture
def alone() -> Callable[[dict[str, tf.Tensor], int], dict[str, tf.Tensor]]:
    """Takes one sentence out of a batch, without padding."""

    def take(batch: dict[str, tf.Tensor], row: int) -> dict[str, tf.Tensor]:
        length = int(batch["lengths"][row])
        relations = batch["relations"].numpy()
        mine = relations[relations[:, 0] == row] * [0, 1, 1, 1]
        return {
            **batch,
            "word_index": batch["word_index"][row : row + 1, :length],
            "lengths": batch["lengths"][row : row + 1],
            "tag_ids": batch["tag_ids"][row : row + 1, :length],
            "relations": tf.constant(mine, tf.int32),
        }

    return take
