"""Tokens to integers, in a graph as in Python."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from multihead_at.encoding import Vocabulary
from multihead_at.export.encoder import Encoder


def encode(tokens: list[list[str]], lengths: list[int], characters: str = "aet\U0001f375") -> dict[str, list]:
    encoder = Encoder(Vocabulary(characters), lambda words: tf.strings.length(words))
    batch = encoder.encode(
        tf.constant(tokens, tf.string, [len(tokens), len(tokens[0])]), tf.constant(lengths)
    )
    return {name: values.numpy().tolist() for name, values in batch.items()}


def test_each_distinct_word_is_encoded_once() -> None:
    batch = encode([["tea", "eat", "tea"], ["eat", "", ""]], [3, 1])
    # The first is the empty word, which is the padding, too.
    assert batch["word_ids"] == [0, 3, 3]
    assert batch["word_index"] == [[1, 2, 1], [2, 0, 0]]
    assert batch["characters"] == [[0, 0, 0], [2, 1, 0], [1, 0, 2]]
    assert batch["character_lengths"] == [0, 3, 3]
    assert batch["lengths"] == [3, 1]


def test_unknown_characters_are_skipped() -> None:
    batch = encode([["Xt\u00e9a", "?", "\U0001f375\U0001f376"]], [3])
    assert batch["character_lengths"] == [0, 2, 0, 1]
    assert batch["characters"] == [[0, 0], [2, 0], [0, 0], [3, 0]]


def test_there_is_always_room_for_a_character() -> None:
    batch = encode([["?", "!"]], [2], characters="")
    assert np.shape(batch["characters"]) == (3, 1)
    assert batch["character_lengths"] == [0, 0, 0]
