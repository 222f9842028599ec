"""Words from their characters."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model.character_encoder import CharacterEncoder


@pytest.fixture
def encoder() -> CharacterEncoder:
    made = CharacterEncoder(6, 3, 2, seed=1)
    made.build(tf.TensorShape([None, None]))
    return made


def test_the_last_states_of_both_directions(encoder: CharacterEncoder) -> None:
    words = tf.constant([[1, 2, 3], [5, 0, 0]])
    vectors = encoder(words, tf.constant([3, 1])).numpy()
    embedded = tf.gather(encoder.embeddings, words)
    outputs = encoder.bilstm(embedded, tf.constant([3, 1])).numpy()
    np.testing.assert_allclose(vectors[0], [*outputs[0, 2, :2], *outputs[0, 0, 2:]], atol=1e-7)
    np.testing.assert_allclose(vectors[1], outputs[1, 0], atol=1e-7)


def test_a_word_without_characters_is_zero_and_moves_no_weight(encoder: CharacterEncoder) -> None:
    with tf.GradientTape() as tape:
        vectors = encoder(tf.constant([[0]]), tf.constant([0]))
    assert vectors.numpy().tolist() == [[0, 0, 0, 0]]
    for gradient in tape.gradient(vectors, encoder.trainable_variables):
        assert not tf.convert_to_tensor(gradient).numpy().any()


def test_padding_is_no_character(encoder: CharacterEncoder) -> None:
    # Padding is 0, which is the number of a real character.
    narrow = encoder(tf.constant([[4, 1]]), tf.constant([2])).numpy()
    wide = encoder(tf.constant([[4, 1, 0, 0]]), tf.constant([2])).numpy()
    spelled = encoder(tf.constant([[4, 1, 0, 0]]), tf.constant([4])).numpy()
    np.testing.assert_allclose(narrow, wide, atol=1e-7)
    assert not np.allclose(wide, spelled, atol=1e-3)
