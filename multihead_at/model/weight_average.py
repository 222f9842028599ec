"""An exponential moving average of a model's weights."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import tensorflow as tf


class WeightAverage(tf.Module):
    """Follows weights step by step; its values can stand in for theirs.

    The average smooths the noise of single steps, so that an epoch's score says more about the epoch. Not in
    the original. While few steps are done, the decay is smaller, (1 + steps) / (10 + steps), so that the
    first weights are soon forgotten.

    Args:
        weights: by name.
        decay: share of the average that a step keeps, in (0, 1).
    """

    def __init__(self, weights: Mapping[str, tf.Variable], decay: float) -> None:
        super().__init__()
        self._weights = dict(weights)
        self._decay = decay
        self._averages = {
            # Of several workers each does the same sum.
            name: tf.Variable(
                weight,
                trainable=False,
                name=f"average_{number}",
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )
            for number, (name, weight) in enumerate(weights.items())
        }

    @property
    def averages(self) -> dict[str, tf.Variable]:
        """The averages, under the names of their weights."""
        return dict(self._averages)

    def update(self, steps: tf.Tensor) -> None:
        """Takes the weights in.

        Args:
            steps: scalar, how many steps the weights have taken.
        """
        steps = tf.cast(steps, tf.float32)
        keep = tf.minimum(self._decay, (1.0 + steps) / (10.0 + steps))
        for name, average in self._averages.items():
            average.assign_sub((average - self._weights[name]) * (1.0 - keep))

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Puts the averages in the weights' place for a while."""
        kept = {name: weight.numpy() for name, weight in self._weights.items()}
        for name, weight in self._weights.items():
            weight.assign(self._averages[name])
        try:
            yield
        finally:
            for name, weight in self._weights.items():
                weight.assign(kept[name])
