"""A share's masks are those of its sentences in the joined batch."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.pair_tiles import cut_pairs
from multihead_at.model.share_dropout import ShareDropout

# The third and the last have several tiles of pairs.
LENGTHS = [3, 1, 90, 7, 100]
KEY = np.array([7], np.uint64)


def sources(places: list[int]) -> tuple[DropoutSource, ShareDropout]:
    step = tf.constant(5, tf.int64)
    return DropoutSource(tf.constant(KEY), step, 1), ShareDropout(
        tf.constant(KEY), step, 1, tf.constant(places), tf.constant(LENGTHS)
    )


@pytest.mark.parametrize("places", [[0, 2, 4], [1, 3]])
def test_units_of_a_share(places: list[int]) -> None:
    joined, share = sources(places)
    whole = joined.drop(tf.ones([len(LENGTHS), max(LENGTHS), 4]), 0.5, 2).numpy()
    longest = max(LENGTHS[place] for place in places)
    part = share.drop(tf.ones([len(places), longest, 4]), 0.5, 2).numpy()
    np.testing.assert_array_equal(part, whole[places, :longest])


@pytest.mark.parametrize("places", [[0, 2, 4], [1, 3]])
def test_tiles_of_pairs_of_a_share(places: list[int]) -> None:
    joined, share = sources(places)
    sentences = cut_pairs(tf.constant(LENGTHS)).sentence.numpy()
    whole = [tile for tile, sentence in enumerate(sentences) if sentence in places]
    assert len(whole) == int(cut_pairs(tf.constant([LENGTHS[place] for place in places])).count)
    for tile, number in enumerate(whole):
        one = share.mask(tf.constant([2, 3, 4]), 0.5, 2, block=tf.constant(tile))
        np.testing.assert_array_equal(one, joined.mask(tf.constant([2, 3, 4]), 0.5, 2, block=number))


def test_all_kept_costs_nothing() -> None:
    values = tf.ones([2, 7, 4])
    assert sources([1, 3])[1].drop(values, 1.0, 2) is values
