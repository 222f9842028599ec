"""Pairs cut into tiles."""

from __future__ import annotations

from collections import Counter

import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from multihead_at.model.pair_tiles import PAIRS_PER_TILE, cut_pairs


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.integers(1, 60))
def test_every_pair_is_in_exactly_one_tile(lengths: list[int], pairs_per_tile: int) -> None:
    tiles = cut_pairs(tf.constant(lengths), pairs_per_tile)
    seen: Counter[tuple[int, int, int]] = Counter()
    places = []
    for sentence, first, rows, length in zip(*(field.numpy().tolist() for field in tiles)):
        assert length == lengths[sentence]
        assert rows * length <= pairs_per_tile or rows == 1
        places.append((sentence, first))
        seen.update((sentence, row, head) for row in range(first, first + rows) for head in range(length))
    expected = {(s, i, j) for s, length in enumerate(lengths) for i in range(length) for j in range(length)}
    assert seen == Counter(expected)
    assert places == sorted(places)
    assert int(tiles.count) == len(places)


def test_a_sentence_of_common_length_is_one_tile_and_a_long_document_many() -> None:
    tiles = cut_pairs(tf.constant([30, 1000]))
    assert tiles.sentence.numpy().tolist() == [0] + 250 * [1]
    assert [int(field) for field in tiles.at(tf.constant(0))] == [0, 0, 30, 30]
    assert int(tiles.rows[1]) * 1000 <= PAIRS_PER_TILE
