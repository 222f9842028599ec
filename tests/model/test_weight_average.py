"""The moving average of the weights, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model.weight_average import WeightAverage


def test_the_first_steps_are_soon_forgotten_and_then_the_decay_holds() -> None:
    weight = tf.Variable([1.0, 2.0])
    average = WeightAverage({"w": weight}, decay=0.5)
    # After one step (1 + 1) / (10 + 1) of the average stays.
    weight.assign([3.0, 0.0])
    average.update(tf.constant(1))
    first = np.array([1.0, 2.0]) * 2 / 11 + np.array([3.0, 0.0]) * 9 / 11
    np.testing.assert_allclose(average.averages["w"], first, rtol=1e-6)
    # After a hundred (101 / 110) it would be more than the decay.
    weight.assign([5.0, 5.0])
    average.update(tf.constant(100))
    np.testing.assert_allclose(average.averages["w"], 0.5 * first + 2.5, rtol=1e-6)


def test_the_average_stands_in_for_the_weights_for_a_while_only() -> None:
    weight = tf.Variable([1.0])
    average = WeightAverage({"w": weight}, decay=0.9)
    weight.assign([7.0])
    with pytest.raises(KeyError), average.in_place():
        np.testing.assert_array_equal(weight, [1.0])
        raise KeyError
    np.testing.assert_array_equal(weight, [7.0])
    np.testing.assert_array_equal(average.averages["w"], [1.0])
