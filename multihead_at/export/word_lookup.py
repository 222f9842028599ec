"""The original's rule for finding a word among the word vectors, in a graph."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from multihead_at.export.code_points import (
    DIGIT,
    LOWER,
    UPPER,
    changed_characters,
    character_traits,
    final_sigma_pattern,
)


def second_form(words: tf.Tensor) -> tf.Tensor:
    """The form under which a word is looked for when its exact one has no vector: see `lookup_forms`.

    `tf.strings.lower` is not used: it ends a word at a NUL, and knows other letters than Python.

    Args:
        words: `[words]`, UTF-8.

    Returns:
        `[words]`; the word itself where there is no other form.
    """
    codes = tf.strings.unicode_decode(words, "UTF-8")
    is_digits = tf.reduce_all(_have(codes, DIGIT), axis=1) & (codes.row_lengths() > 0)
    is_lower = tf.reduce_any(_have(codes, LOWER), axis=1) & ~tf.reduce_any(_have(codes, UPPER), axis=1)
    return tf.where(is_digits, "0", tf.where(is_lower, _title(codes), _lower(words)))


def _have(codes: tf.RaggedTensor, bits: int) -> tf.RaggedTensor:
    """Whether characters have one of these traits, bool `[words, (characters)]`."""
    first, traits = character_traits()
    places = tf.searchsorted(first, codes.flat_values, side="right") - 1
    return codes.with_flat_values(tf.gather((traits & bits) != 0, places))


def _lower(words: tf.Tensor) -> tf.Tensor:
    words = tf.strings.regex_replace(words, final_sigma_pattern(), "\\1\u03c2\\2")
    codes = tf.strings.unicode_decode(words, "UTF-8")
    return _join(codes, _changed(codes.flat_values, str.lower))


def _title(codes: tf.RaggedTensor) -> tf.Tensor:
    """Title-cases words of no capital letters: a letter behind another one stays small."""
    is_letter = _have(codes, LOWER | UPPER)
    # A column in front makes every character see what stands before it.
    before = tf.concat([tf.zeros([codes.nrows(), 1], tf.bool), is_letter], axis=1)[:, :-1]
    inside, first = (_changed(codes.flat_values, change) for change in (str.lower, str.title))
    return _join(codes, tf.where(before.flat_values, inside, first))


def _changed(codes: tf.Tensor, change: Callable[[str], str]) -> tf.Tensor:
    """Characters after a change, `[characters]`, each text of its own."""
    keys, values = changed_characters(change)
    places = tf.minimum(tf.searchsorted(keys, codes), len(keys) - 1)
    same = tf.strings.unicode_encode(codes[:, tf.newaxis], "UTF-8")
    return tf.where(tf.equal(tf.gather(keys, places), codes), tf.gather(values, places), same)


def _join(words: tf.RaggedTensor, characters: tf.Tensor) -> tf.Tensor:
    return tf.strings.reduce_join(words.with_flat_values(characters), axis=1)
