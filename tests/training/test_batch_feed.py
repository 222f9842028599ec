"""Batches on their way into the graph."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from multihead_at.encoding import Batch
from multihead_at.training.batch_feed import feed_batches, pack, unpack


def batch(words: int, chars: int, sentences: int, length: int, relations: int) -> Batch:
    draw = np.random.default_rng(words + length)

    def array(*shape: int) -> np.ndarray:
        return draw.integers(0, 100, size=shape, dtype=np.int32)

    return Batch(
        word_ids=array(words),
        characters=array(words, chars),
        character_lengths=array(words),
        word_index=array(sentences, length),
        lengths=array(sentences),
        tag_ids=array(sentences, length),
        relations=array(relations, 4),
    )


SIZES = st.integers(1, 6)


@settings(max_examples=20)
@given(SIZES, SIZES, SIZES, SIZES, st.integers(0, 6))
def test_packing_and_unpacking_is_the_identity(w: int, c: int, s: int, n: int, r: int) -> None:
    made = batch(w, c, s, n, r)
    for size in (None, s):
        unpacked = unpack(tf.constant(pack(made)), size)
        assert set(unpacked) == set(made)
        for name, values in unpacked.items():
            np.testing.assert_array_equal(values.numpy(), made[name])  # type: ignore[literal-required]


@pytest.mark.parametrize("size", [None, 2])
def test_steps_come_in_order_with_the_size_that_is_known(size: int | None) -> None:
    batches = [batch(1, 1, 2, length, 0) for length in (3, 1, 2)]
    fed = feed_batches(lambda step: pack(batches[step % 3]), range(1, 5), size)
    assert fed.element_spec["lengths"].shape == [size]
    assert [int(element["word_index"].shape[1]) for element in fed] == [1, 2, 3, 1]
