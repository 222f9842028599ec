"""Dropout masks as a function of key, step, pass and place."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from multihead_at.model.dropout_source import DropoutSource

SHAPE = tf.constant([40, 50])


def mask(key: int = 1, step: int = 0, number: int = 0, place: int = 0, block: int = 0) -> np.ndarray:
    source = DropoutSource(tf.constant([key], tf.uint64), tf.constant(step, tf.int64), number)
    return source.mask(SHAPE, 0.5, place, block=block).numpy()


def test_the_same_place_in_time_drops_the_same_units() -> None:
    np.testing.assert_array_equal(mask(7, 3, 1, 2, 5), mask(7, 3, 1, 2, 5))


def test_every_other_place_in_time_drops_others() -> None:
    places = [(), (2,), (1, 1), (1, 0, 1), (1, 0, 0, 1), (1, 0, 0, 0, 1), (1, 0, 0, 63), (1, 2**40)]
    masks = [mask(*place) for place in places]
    for one in range(len(masks)):
        for other in range(one):
            # Half of the units agree by chance: 1,000 of 2,000, give or take five deviations of 22.
            assert abs(int((masks[one] == masks[other]).sum()) - 1000) < 112


def test_units_are_kept_as_often_as_asked_and_made_up_for() -> None:
    source = DropoutSource(tf.constant([1], tf.uint64), tf.constant(0, tf.int64), 0)
    drawn = source.mask(tf.constant([100, 200]), 0.9, 0).numpy()
    assert set(np.unique(drawn)) == {np.float32(0), np.float32(1 / np.float32(0.9))}
    # The mean of 20,000 units is 1 within five deviations of 1/3 / sqrt(20,000).
    assert abs(drawn.mean() - 1) < 0.012


def test_keeping_all_is_the_identity() -> None:
    values = tf.constant([[1.0, 2.0]])
    source = DropoutSource(tf.constant([1], tf.uint64), tf.constant(0, tf.int64), 0)
    assert source.drop(values, 1.0, 0) is values
    dropped = source.drop(tf.ones(SHAPE), 0.5, 0).numpy()
    np.testing.assert_array_equal(dropped, mask())
