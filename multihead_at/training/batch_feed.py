"""Batches as a `tf.data` pipeline that costs a training step next to nothing.

A batch travels as one int32 vector (sizes, then all its arrays) and is taken apart in the graph: one small
array crosses from Python to TensorFlow for each step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Callable

import numpy as np
import tensorflow as tf

from multihead_at.encoding.batch import Batch

STEPS_AT_ONCE = 8
"""How many steps `fit` runs before Python comes in again, whose part of a step of one sentence is felt."""

_SIZES = 5


def feed_batches(
    packed_of_step: Callable[[int], np.ndarray], steps: range, batch_size: int | None
) -> tf.data.Dataset:
    """Returns the batches of `steps` in order, as dictionaries of int32 tensors.

    Args:
        packed_of_step: the packed batch of a step, numbered from 0 over all epochs.
        steps: which steps.
        batch_size: the sentences in every batch where that is the same for all, else None.
    """
    return feed_packed(packed_of_step, steps, lambda packed: unpack(packed, batch_size))


def feed_packed(
    packed_of_step: Callable[[int], np.ndarray],
    steps: range,
    unpacked: Callable[[tf.Tensor], dict[str, tf.Tensor]],
) -> tf.data.Dataset:
    """Returns what `unpacked` makes, in the graph, of the packed vector of each step, in order."""

    def packed() -> Iterator[np.ndarray]:
        for step in steps:
            yield packed_of_step(step)

    vectors = tf.data.Dataset.from_generator(packed, output_signature=tf.TensorSpec([None], tf.int32))
    options = tf.data.Options()
    options.threading.private_threadpool_size = 1
    options.deterministic = True
    options.autotune.enabled = False
    return vectors.map(unpacked).with_options(options)


def pack(batch: Batch) -> np.ndarray:
    """All of a batch in one int32 vector: words, chars, sentences, length, relations; then the arrays."""
    sizes = [*batch["characters"].shape, *batch["word_index"].shape, len(batch["relations"])]
    arrays = (
        np.array(sizes, np.int32),
        batch["word_ids"],
        batch["character_lengths"],
        batch["characters"],
        batch["lengths"],
        batch["word_index"],
        batch["tag_ids"],
        batch["relations"],
    )
    return np.concatenate([array.ravel() for array in arrays])


def unpack(packed: tf.Tensor, batch_size: int | None) -> dict[str, tf.Tensor]:
    """The inverse of `pack`, in the graph.

    Args:
        packed: int32 vector.
        batch_size: the number of sentences where it is known beforehand, else None.
    """
    words, chars, sentences, length, relations = tf.unstack(packed[:_SIZES], num=_SIZES)
    if batch_size is not None:
        sentences = batch_size
    places = sentences * length
    parts = tf.split(
        packed[_SIZES:],
        tf.stack([words, words, words * chars, sentences, places, places, relations * 4]),
        num=7,
    )
    return {
        "word_ids": parts[0],
        "character_lengths": parts[1],
        "characters": tf.reshape(parts[2], [words, chars]),
        "lengths": tf.ensure_shape(parts[3], [batch_size]),
        "word_index": tf.reshape(parts[4], [sentences, length]),
        "tag_ids": tf.reshape(parts[5], [sentences, length]),
        "relations": tf.reshape(parts[6], [relations, 4]),
    }
