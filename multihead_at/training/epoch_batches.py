"""Which sentences make which batch of which epoch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from multihead_at.config import Config
from multihead_at.encoding import EncodedDocument, make_batch
from multihead_at.training.batch_feed import pack

# Sentences are grouped by length within pools of so many batches: an epoch still mixes them anew.
_POOL = 16


class EpochBatches:
    """The batches of every epoch: in file order, as the original, or shuffled anew for each.

    An epoch's order is a function of seed, phase and epoch.

    Args:
        encoded: the training sentences.
        config: gives batch size, order and seed.
        phase: 1 or 2.
    """

    def __init__(self, encoded: Sequence[EncodedDocument], config: Config, phase: int) -> None:
        self._encoded = encoded
        self._config = config
        self._phase = phase
        self.steps = -(-len(encoded) // config.batch_size)
        self._epoch = -1
        self._batches = _cut(np.arange(len(encoded)), config.batch_size)
        self._kept: dict[int, np.ndarray] = {}

    def of_step(self, step: int) -> np.ndarray:
        """The packed batch of a step, numbered from 0 over all epochs."""
        epoch, number = divmod(step, self.steps)
        if self._config.shuffle and epoch != self._epoch:
            self._batches = self._shuffled(epoch)
            self._epoch = epoch
            self._kept.clear()
        if number not in self._kept:
            self._kept[number] = self._packed(self._batches[number])
        return self._kept[number]

    def places_of_step(self, step: int) -> np.ndarray:
        """Which sentences, counted from 0 in file order, a step takes."""
        epoch, number = divmod(step, self.steps)
        # Anew: the feed may be an epoch ahead of the step that is asked about.
        if self._config.shuffle:
            return self._shuffled(epoch)[number]
        return _cut(np.arange(len(self._encoded)), self._config.batch_size)[number]

    def _packed(self, places: np.ndarray) -> np.ndarray:
        return pack(make_batch([self._encoded[place] for place in places]))

    def _shuffled(self, epoch: int) -> list[np.ndarray]:
        """The places of each batch's sentences."""
        seed = np.random.SeedSequence([self._config.seed, self._phase, epoch])
        draw = np.random.Generator(np.random.PCG64(seed))
        order = draw.permutation(len(self._encoded))
        size = self._config.batch_size
        if not self._config.group_lengths:
            return _cut(order, size)
        lengths = np.array([len(document) for document in self._encoded])
        pools = (pool[np.argsort(lengths[pool], kind="stable")] for pool in _cut(order, size * _POOL))
        batches = [batch for pool in pools for batch in _cut(pool, size)]
        return [batches[place] for place in draw.permutation(len(batches))]


def _cut(places: np.ndarray, size: int) -> list[np.ndarray]:
    return [places[start : start + size] for start in range(0, len(places), size)]
