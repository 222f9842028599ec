"""The yardstick: the paper's model as a user of Keras would write it, with Keras's and TFA's own parts.

`Embedding`, `Bidirectional(LSTM)`, `Dense`, `Dropout`, TFA's CRF loss, and adversarial training by two nested
tapes. It passes the small parity recordings itself (`tests/benchmarks/test_plain_keras.py`), so it computes
the same thing as ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf
import tensorflow_addons as tfa

from multihead_at.config import Config
from multihead_at.encoding import EncodedDocument
from multihead_at.model import ModelSizes

Inputs = dict[str, tf.Tensor]

SIGNATURE = {
    "words": tf.TensorSpec([None, None], tf.int32),
    "characters": tf.TensorSpec([None, None, None], tf.int32),
    "character_lengths": tf.TensorSpec([None, None], tf.int32),
    "lengths": tf.TensorSpec([None], tf.int32),
    "tags": tf.TensorSpec([None, None], tf.int32),
    "relations": tf.TensorSpec([None, None, None, None], tf.float32),
}


class PlainKeras(tf.keras.Model):
    """The joint model out of the box; no label embeddings, as in the CoNLL04 configurations.

    Args:
        config: the settings.
        sizes: sizes of vocabularies and vectors.
        word_table: float32 `[rows, word_dim]`, frozen.
    """

    def __init__(self, config: Config, sizes: ModelSizes, word_table: np.ndarray) -> None:
        super().__init__()
        layers = tf.keras.layers
        self.settings = config
        self.sizes = sizes
        self.word_embedding = layers.Embedding(*word_table.shape, trainable=False)
        self.character_embedding = layers.Embedding(sizes.characters, config.char_embeddings_size)
        self.character_lstm = layers.Bidirectional(layers.LSTM(config.hidden_size_char))
        self.lstms = [
            layers.Bidirectional(layers.LSTM(config.hidden_size_lstm, return_sequences=True))
            for _ in range(config.num_lstm_layers)
        ]
        self.tag_hidden = layers.Dense(config.hidden_size_n1, config.activation)
        self.tag_scores = layers.Dense(sizes.tags)
        self.token_part = layers.Dense(config.hidden_size_n1)
        self.head_part = layers.Dense(config.hidden_size_n1, use_bias=False)
        self.relation_scores = layers.Dense(sizes.relations, use_bias=False)
        self.activation = layers.Activation(config.activation)
        keep = (config.dropout_embedding, config.dropout_lstm, config.dropout_lstm_output)
        rates = [1 - value if config.use_dropout else 0.0 for value in keep]
        self.token_dropout, self.between_dropout, self.state_dropout = map(layers.Dropout, rates)
        self.transitions = self.add_weight(
            name="transitions", shape=[sizes.tags, sizes.tags], initializer="glorot_uniform"
        )
        self._build()
        self.word_embedding.set_weights([word_table])
        self.train_function = None
        self.step = tf.function(self._step, input_signature=[SIGNATURE])
        self.predict_batch = tf.function(
            self._predict, input_signature=[{name: SIGNATURE[name] for name in list(SIGNATURE)[:4]}]
        )

    def _build(self) -> None:
        example = {name: tf.ones([1] * spec.shape.rank, spec.dtype) for name, spec in SIGNATURE.items()}
        states = self.states(self.embed(example), example["lengths"], training=False)
        self.tag_scores(self.tag_hidden(states))
        self.pair_scores(states)

    def embed(self, inputs: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """Returns the token input `[batch, length, D]`."""
        shape = tf.shape(inputs["characters"])
        flat = self.character_embedding(tf.reshape(inputs["characters"], [-1, shape[2]]))
        mask = tf.sequence_mask(tf.reshape(inputs["character_lengths"], [-1]), shape[2])
        encoded = self.character_lstm(flat, mask=mask)
        encoded = tf.reshape(encoded, [shape[0], shape[1], 2 * self.settings.hidden_size_char])
        return tf.concat([self.word_embedding(inputs["words"]), encoded], axis=-1)

    def states(self, tokens: tf.Tensor, lengths: tf.Tensor, *, training: bool) -> tf.Tensor:
        """Returns `[batch, length, 2 * hidden_size_lstm]`."""
        mask = tf.sequence_mask(lengths, tf.shape(tokens)[1])
        values = self.token_dropout(tokens, training=training)
        for number, layer in enumerate(self.lstms):
            if number:
                values = self.between_dropout(values, training=training)
            values = layer(values, mask=mask)
        return self.state_dropout(values, training=training)

    def pair_scores(self, states: tf.Tensor) -> tf.Tensor:
        """Returns all logits `[batch, length (token), length (head), relations]`."""
        pairs = self.token_part(states)[:, :, tf.newaxis] + self.head_part(states)[:, tf.newaxis]
        return self.relation_scores(self.activation(pairs))

    def loss_of(self, tokens: tf.Tensor, inputs: Inputs, *, training: bool) -> tf.Tensor:
        """Returns the joint loss summed over the batch."""
        lengths = inputs["lengths"]
        states = self.states(tokens, lengths, training=training)
        mask = tf.sequence_mask(lengths, tf.shape(tokens)[1], tf.float32)
        scores = self.tag_scores(self.tag_hidden(states))
        if self.settings.ner_loss == "crf":
            likelihood, _ = tfa.text.crf_log_likelihood(scores, inputs["tags"], lengths, self.transitions)
            tag_loss = -tf.reduce_sum(likelihood)
        else:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(inputs["tags"], scores)
            tag_loss = tf.reduce_sum(losses * mask)
        losses = tf.nn.sigmoid_cross_entropy_with_logits(inputs["relations"], self.pair_scores(states))
        pairs = mask[:, :, tf.newaxis] * mask[:, tf.newaxis]
        return tag_loss + tf.reduce_sum(losses * pairs[..., tf.newaxis])

    def objective(self, inputs: Inputs, *, training: bool = True) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """Returns the full objective and its gradients, by nested tapes where training is adversarial."""
        with tf.GradientTape() as tape:
            tokens = self.embed(inputs)
            if self.settings.use_adversarial:
                with tf.GradientTape() as inner:
                    inner.watch(tokens)
                    loss = self.loss_of(tokens, inputs, training=training)
                gradient = inner.gradient(loss, tokens)
                norm = tf.sqrt(tf.reduce_sum(tf.square(gradient), [1, 2], keepdims=True))
                scale = self.settings.alpha * math.sqrt(tokens.shape[-1])
                eta = tf.stop_gradient(scale * gradient / tf.maximum(norm, 1e-6))
                loss += self.loss_of(tokens + eta, inputs, training=training)
            else:
                loss = self.loss_of(tokens, inputs, training=training)
        return loss, tape.gradient(loss, self.trained_weights())

    def trained_weights(self) -> list[tf.Variable]:
        """The weights that the loss depends on."""
        crf = self.settings.ner_loss == "crf"
        return [weight for weight in self.trainable_weights if crf or weight is not self.transitions]

    def _step(self, inputs: Inputs) -> tf.Tensor:
        loss, gradients = self.objective(inputs)
        self.optimizer.apply_gradients(zip(gradients, self.trained_weights()))
        return loss

    def _predict(self, inputs: Inputs) -> tuple[tf.Tensor, tf.Tensor]:
        states = self.states(self.embed(inputs), inputs["lengths"], training=False)
        scores = self.tag_scores(self.tag_hidden(states))
        if self.settings.ner_loss == "crf":
            tags, _ = tfa.text.crf_decode(scores, self.transitions, inputs["lengths"])
        else:
            tags = tf.argmax(scores, -1, output_type=tf.int32)
        return tags, tf.where(tf.sigmoid(self.pair_scores(states)) > 0.5)


def plain_batch(documents: Sequence[EncodedDocument], relations: int) -> dict[str, np.ndarray]:
    """Documents side by side as a user would pad them: characters of every token, a dense gold tensor.

    Args:
        documents: encoded, with gold.
        relations: number of relations.
    """
    length = max(len(document) for document in documents)
    width = max(document.characters.shape[1] for document in documents)
    size = len(documents)
    batch = {
        "words": np.zeros([size, length], np.int32),
        "characters": np.zeros([size, length, width], np.int32),
        "character_lengths": np.zeros([size, length], np.int32),
        "lengths": np.array([len(document) for document in documents], np.int32),
        "tags": np.zeros([size, length], np.int32),
        "relations": np.zeros([size, length, length, relations], np.float32),
    }
    for row, document in enumerate(documents):
        places, n = document.word_index, len(document)
        batch["words"][row, :n] = document.word_ids[places]
        batch["characters"][row, :n, : document.characters.shape[1]] = document.characters[places]
        batch["character_lengths"][row, :n] = document.character_lengths[places]
        batch["tags"][row, :n] = document.tag_ids
        batch["relations"][row][tuple(document.relations.T)] = 1.0
    return batch
