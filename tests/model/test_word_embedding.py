"""Frozen word vectors."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model.word_embedding import WordEmbedding


def test_rows_are_looked_up_and_can_be_exchanged() -> None:
    layer = WordEmbedding(2)
    layer.set_table(np.array([[0, 0], [1, 2], [3, 4]], np.float32))
    look_up = tf.function(layer.call, input_signature=[tf.TensorSpec([None], tf.int32)])
    assert look_up(tf.constant([2, 1, 2])).numpy().tolist() == [[3, 4], [1, 2], [3, 4]]
    layer.set_table(np.array([[0, 0], [5, 6]], np.float32))
    assert look_up(tf.constant([1])).numpy().tolist() == [[5, 6]]
    assert layer.trainable_variables == []


@pytest.mark.parametrize("shape", [(2, 3), (2,)])
def test_another_width_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="2"):
        WordEmbedding(2).set_table(np.zeros(shape, np.float32))
