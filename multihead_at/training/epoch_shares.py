"""A worker's share of every batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.encoding import Batch, EncodedDocument, make_batch
from multihead_at.training.batch_feed import pack, unpack
from multihead_at.training.epoch_batches import EpochBatches

_SIZES = 2


class EpochShares(EpochBatches):
    """The batches of `EpochBatches`, of which a worker takes every `workers`-th sentence.

    Args:
        encoded: the training sentences.
        config: gives batch size, order and seed.
        phase: 1 or 2.
        worker: which, from 0.
        workers: how many.
    """

    def __init__(
        self, encoded: Sequence[EncodedDocument], config: Config, phase: int, worker: int, workers: int
    ) -> None:
        super().__init__(encoded, config, phase)
        self._worker = worker
        self._workers = workers

    def _packed(self, places: np.ndarray) -> np.ndarray:
        """The share, packed; before it how many sentences it and the batch have, its places, all lengths."""
        share = np.arange(self._worker, len(places), self._workers)
        batch = make_batch([self._encoded[place] for place in places[share]]) if len(share) else _silence()
        lengths = [len(self._encoded[place]) for place in places]
        # Silence drops nothing, wherever it stands.
        share = share if len(share) else np.zeros(1, int)
        head = np.array([len(share), len(lengths), *share, *lengths], np.int32)
        return np.concatenate([head, pack(batch)])


def unpack_share(packed: tf.Tensor, batch_size: int | None) -> dict[str, tf.Tensor]:
    """Takes a packed share apart, in the graph.

    Args:
        packed: int32 vector.
        batch_size: the number of the share's sentences where it is known beforehand, else None.

    Returns:
        The batch (see `unpack`) with int32 `joined_places`, where in the joined batch the share's sentences
        stand, and `joined_lengths`, those of all its sentences.
    """
    share, joined = tf.unstack(packed[:_SIZES], num=_SIZES)
    rest = packed[_SIZES:]
    return {
        **unpack(rest[share + joined :], batch_size),
        "joined_places": rest[:share],
        "joined_lengths": rest[share : share + joined],
    }


def _silence() -> Batch:
    """A sentence without a token, which adds nothing to loss and gradients, in one place of padding.

    An epoch's last batch may have fewer sentences than there are workers; all take the step.
    """
    return Batch(
        word_ids=np.zeros(1, np.int32),
        characters=np.zeros([1, 1], np.int32),
        character_lengths=np.zeros(1, np.int32),
        word_index=np.zeros([1, 1], np.int32),
        lengths=np.zeros(1, np.int32),
        tag_ids=np.zeros([1, 1], np.int32),
        relations=np.zeros([0, 4], np.int32),
    )
