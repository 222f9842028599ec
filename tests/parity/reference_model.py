"""The original's model written down once more, plainly and in double precision, in the original's own terms.

It shares nothing with the package. The tests hold it against the recordings of the original, and then take it
for the original in settings that were not recorded.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

Arrays = dict[str, np.ndarray]
_CELL = "basic_lstm_cell"
_UPPER = "loss_computation/"


class ReferenceModel:
    """One sentence at a time, no dropout, Adam.

    Args:
        settings: the settings under the original's names, as in a recording's JSON (`cfg`).
        variables: initial values under the original's names; what the settings do not need is left alone.
    """

    def __init__(self, settings: dict[str, Any], variables: Arrays) -> None:
        self.settings = settings
        self.variables = {name: tf.Variable(value, dtype=tf.float64) for name, value in variables.items()}

    def run(self, inputs: Arrays, *, gold: bool) -> tuple[float, np.ndarray, list[int], Arrays]:
        """The objective, the clean pass's relation logits `[1, n, n * relations]` and tags, and gradients.

        Gradients have each occurrence of a looked-up row clipped, where the settings say so, and are summed.
        """
        gold_tags = inputs["entity_tags_ids"][0].tolist()
        with tf.GradientTape() as tape:
            tokens = self._tokens(inputs)
            with tf.GradientTape() as clean_tape:
                clean_tape.watch(tokens)
                objective, logits, tags = self._loss(tokens, inputs, gold_tags if gold else None)
            if self.settings["use_adversarial"]:
                with tape.stop_recording():
                    g = clean_tape.gradient(objective, tokens)
                scale = self.settings["alpha"] * np.sqrt(tokens.shape[-1])
                eta = tf.stop_gradient(scale * g / max(float(tf.norm(g)), 1e-6))
                perturbed, *_ = self._loss(tokens + eta, inputs, gold_tags if gold else None)
                objective += perturbed
        gradients = tape.gradient(objective, self.variables)
        if self.settings["gradientClipping"]:
            gradients = {
                name: None if value is None else tf.clip_by_value(value, -1.0, 1.0)
                for name, value in gradients.items()
            }
        dense = {
            name: tf.convert_to_tensor(value).numpy()
            for name, value in gradients.items()
            if value is not None
        }
        return float(objective), logits.numpy().reshape(1, len(gold_tags), -1), tags, dense

    def adam_steps(self, sentences: list[Arrays], rate: float = 1e-3) -> None:
        """One step a sentence, by TensorFlow 1's formulas."""
        first = {name: np.zeros(variable.shape) for name, variable in self.variables.items()}
        second = {name: np.zeros(variable.shape) for name, variable in self.variables.items()}
        for t, inputs in enumerate(sentences, start=1):
            *_, gradients = self.run(inputs, gold=True)
            step = rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
            for name, gradient in gradients.items():
                first[name] = 0.9 * first[name] + 0.1 * gradient
                second[name] = 0.999 * second[name] + 0.001 * gradient**2
                self.variables[name].assign_sub(step * first[name] / (np.sqrt(second[name]) + 1e-8))

    def _tokens(self, inputs: Arrays) -> tf.Tensor:
        words = tf.constant(inputs["word_vectors"][0], tf.float64)
        if not self.settings["use_chars"]:
            return words
        characters = tf.gather(self.variables["char_embeddings:0"], inputs["charIds"][0])
        states = self._bilstm(characters, inputs["tokensLens"][0], "bidirectional_rnn")
        return tf.concat([words, states[-1][0], states[-1][1]], axis=1)

    def _bilstm(self, sequences: tf.Tensor, lengths: np.ndarray, name: str) -> list[tf.Tensor]:
        """The states after each step of `[batch, length, dim]`, `[2, batch, units]`.

        Forward, and backward from the end. At padding they stay as they are.
        """
        cells = [f"{name}/{direction}/{_CELL}" for direction in ("fw", "bw")]
        kernel = tf.stack([self.variables[f"{cell}/kernel:0"] for cell in cells])
        bias = tf.stack([self.variables[f"{cell}/bias:0"] for cell in cells])[:, tf.newaxis]
        both = tf.stack([sequences, tf.reverse_sequence(sequences, lengths, seq_axis=1)])
        c = h = tf.zeros([2, len(lengths), bias.shape[2] // 4], tf.float64)
        states = []
        for t in range(sequences.shape[1]):
            i, j, f, o = tf.split(tf.concat([both[:, :, t], h], 2) @ kernel + bias, 4, axis=2)
            real = (t < lengths)[:, np.newaxis]
            c = tf.where(real, c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j), c)
            h = tf.where(real, tf.tanh(c) * tf.sigmoid(o), h)
            states.append(h)
        return states

    def _loss(
        self, tokens: tf.Tensor, inputs: Arrays, labels: list[int] | None
    ) -> tuple[tf.Tensor, tf.Tensor, list[int]]:
        """One pass; `labels` None embeds the predicted tags."""
        weight = {name[len(_UPPER) : -2]: value for name, value in self.variables.items()}
        activation = getattr(tf.nn, self.settings["activation"])
        length = np.array([len(tokens)])
        for layer in range(self.settings["num_lstm_layers"]):
            states = tf.concat(self._bilstm(tokens[tf.newaxis], length, f"{_UPPER}BiLSTM{layer}"), axis=1)
            tokens = tf.concat([states[0], states[1, ::-1]], axis=1)
        hidden = activation(tokens @ weight["u_typ"] + weight["b_typ"])
        scores = hidden @ weight["v_typ"] + weight["b_ctyp"]
        gold_tags = inputs["entity_tags_ids"][0]
        if self.settings["ner_loss"] == "crf":
            tags = _viterbi(scores.numpy(), weight["transitions"].numpy())
            loss = _crf_loss(scores, gold_tags, weight["transitions"])
        else:
            tags = tf.argmax(scores, 1).numpy().tolist()
            loss = -tf.reduce_sum(tf.gather(tf.nn.log_softmax(scores), gold_tags, batch_dims=1))
        if self.settings["label_embeddings_size"]:
            embedded = tf.gather(weight["label_embeddings"], tags if labels is None else labels)
            tokens = tf.concat([tokens, embedded], axis=1)
        of_token, of_head = tokens @ weight["u_a"], tokens @ weight["w_a"]
        pairs = activation(of_token[:, tf.newaxis] + of_head + weight["b_s"])
        logits = tf.tensordot(pairs, weight["v"], 1)
        gold = inputs["scoringMatrixGold"].reshape(logits.shape)
        return (
            loss + tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=gold, logits=logits)),
            logits,
            tags,
        )


def _crf_loss(scores: tf.Tensor, tags: np.ndarray, transitions: tf.Tensor) -> tf.Tensor:
    ways = scores[0]
    for score in scores[1:]:
        ways = tf.reduce_logsumexp(ways[:, tf.newaxis] + transitions, 0) + score
    gold = tf.reduce_sum(tf.gather(scores, tags, batch_dims=1))
    gold += tf.reduce_sum(tf.gather_nd(transitions, np.stack([tags[:-1], tags[1:]], 1)))
    return tf.reduce_logsumexp(ways) - gold


def _viterbi(scores: np.ndarray, transitions: np.ndarray) -> list[int]:
    best, back = scores[0], []
    for score in scores[1:]:
        ways = best[:, np.newaxis] + transitions
        back.append(ways.argmax(0))
        best = ways.max(0) + score
    tags = [int(best.argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]
