"""The paper's joint model: tokens -> BiLSTM -> entity tags and heads, with adversarial training."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Union

import numpy as np
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.model.bilstm_choice import make_bilstm
from multihead_at.model.character_encoder import CharacterEncoder
from multihead_at.model.crf_tagging import CrfTagging
from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.head_selection import HeadSelection
from multihead_at.model.initializers import glorot
from multihead_at.model.joined_batch import clip_joined, joined_loss
from multihead_at.model.loss_watch import LossWatch
from multihead_at.model.model_sizes import ModelSizes
from multihead_at.model.perturbation import worst_case_perturbation
from multihead_at.model.share_dropout import ShareDropout
from multihead_at.model.softmax_tagging import SoftmaxTagging
from multihead_at.model.tag_scorer import TagScorer
from multihead_at.model.weight_average import WeightAverage
from multihead_at.model.word_embedding import WordEmbedding

Batch = Mapping[str, tf.Tensor]
# Of looked-up rows: a gradient for each occurrence.
Gradient = Union[tf.Tensor, tf.IndexedSlices]

# The dropouts' places (see DropoutSource).
_TOKENS, _TAGS, _HEADS, _STATES, _BETWEEN = 0, 1, 2, 4, 5


class JointModel(tf.keras.Model):
    """Entities and relations of a sentence, jointly.

    A batch is a mapping of int32 tensors (see `multihead_at.encoding.make_batch`): `word_ids` `[words]`,
    `characters` `[words, chars]`, `character_lengths` `[words]`, `word_index` `[batch, length]`, `lengths`
    `[batch]`, and, for training, `tag_ids` `[batch, length]` and `relations` `[n, 4]`. A worker's share of a
    batch has `joined_places` and `joined_lengths`, too (see `ShareDropout`).

    Args:
        config: the settings.
        sizes: what the corpus and the word vectors determine.
        phase: training phase (1 or 2); with the seed it determines weights and dropout.
    """

    train_function: Any  # Keras's, None until `fit` makes it

    def __init__(self, config: Config, sizes: ModelSizes, *, phase: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.settings = config
        self.sizes = sizes
        words = np.random.SeedSequence([config.seed, phase]).generate_state(3, np.uint64)
        # Not a constant: both phases go through what is traced once. Not every device keeps unsigned ones.
        self._dropout_key = tf.Variable(words[:1].view(np.int64), trainable=False, name="dropout_key")
        seed = int(words[1])

        self.word_embedding = WordEmbedding(sizes.word_dim)
        self.character_encoder = None
        if config.use_chars:
            self.character_encoder = CharacterEncoder(
                sizes.characters, config.char_embeddings_size, config.hidden_size_char, seed=seed
            )
        self.bilstms = [
            make_bilstm(config.hidden_size_lstm, seed=seed, name=f"bilstm_{layer}")
            for layer in range(config.num_lstm_layers)
        ]
        shared: dict[str, Any] = {
            "hidden_size": config.hidden_size_n1,
            "activation": config.activation,
            "seed": seed,
        }
        self.tag_scorer = TagScorer(sizes.tags, keep=config.dropout_fcl_ner, place=_TAGS, **shared)
        self.tagging = (
            CrfTagging(sizes.tags, seed=seed) if config.ner_loss == "crf" else SoftmaxTagging(sizes.tags)
        )
        self.head_selection = HeadSelection(
            sizes.relations, keep=config.dropout_fcl_rel, place=_HEADS, **shared
        )
        self.label_embeddings = None
        if config.label_embeddings_size:
            self.label_embeddings = self.add_weight(
                name="label_embeddings",
                shape=[sizes.tags, config.label_embeddings_size],
                initializer=glorot(seed, "label_embeddings"),
            )
        self.mean_loss = tf.keras.metrics.Mean(name="loss")
        self.loss_watch = LossWatch()
        self._build_layers()
        self.weight_average = None
        if config.average_decay > 0.0:
            self.weight_average = WeightAverage(self.named_weights(), config.average_decay)

    @property
    def token_dim(self) -> int:
        """D, the width of a token's input: word vector and character vector."""
        return self.sizes.word_dim + (2 * self.settings.hidden_size_char if self.character_encoder else 0)

    def _build_layers(self) -> None:
        if self.character_encoder is not None:
            self.character_encoder.build(tf.TensorShape([None, None]))
        dim = self.token_dim
        for layer in self.bilstms:
            layer.build(tf.TensorShape([None, None, dim]))
            dim = 2 * self.settings.hidden_size_lstm
        self.tag_scorer.build(tf.TensorShape([None, None, dim]))
        self.head_selection.build(tf.TensorShape([None, None, dim + self.settings.label_embeddings_size]))
        self.built = True

    def named_weights(self) -> dict[str, tf.Variable]:
        """The trained weights by names that do not change between processes."""
        weights: dict[str, tf.Variable] = {}
        if self.character_encoder is not None:
            weights["characters/embeddings"] = self.character_encoder.embeddings
            weights["characters/kernel"] = self.character_encoder.bilstm.kernel
            weights["characters/bias"] = self.character_encoder.bilstm.bias
        for number, layer in enumerate(self.bilstms):
            weights[f"bilstm_{number}/kernel"] = layer.kernel
            weights[f"bilstm_{number}/bias"] = layer.bias
        for name in ("u", "v", "b", "c"):
            weights[f"tags/{name}"] = getattr(self.tag_scorer, name)
        if isinstance(self.tagging, CrfTagging):
            weights["tags/transitions"] = self.tagging.crf.chain_kernel
        if self.label_embeddings is not None:
            weights["labels/embeddings"] = self.label_embeddings
        for name in ("u", "w", "v", "b"):
            weights[f"heads/{name}"] = getattr(self.head_selection, name)
        return weights

    def begin(self, phase: int) -> None:
        """Takes the fresh weights and the dropout of a phase; what is traced stays."""
        fresh = JointModel(self.settings, self.sizes, phase=phase)
        self._dropout_key.assign(fresh._dropout_key)
        weights = self.named_weights()
        for name, weight in fresh.named_weights().items():
            weights[name].assign(weight)
            if self.weight_average is not None:
                self.weight_average.averages[name].assign(weight)

    def scored_weights(self) -> AbstractContextManager[None]:
        """A context in which the weights are those to score and to keep: their average, if there is one."""
        return contextlib.nullcontext() if self.weight_average is None else self.weight_average.in_place()

    # Forward ------------------------------------------------------------

    def embed(self, batch: Batch) -> tf.Tensor:
        """Returns the token input `[batch, length, D]`, zero at padding.

        Each distinct word is encoded once.
        """
        words = self.word_embedding(batch["word_ids"])
        if self.character_encoder is not None:
            characters = self.character_encoder(batch["characters"], batch["character_lengths"])
            words = tf.concat([words, characters], axis=-1)
        mask = tf.sequence_mask(batch["lengths"], tf.shape(batch["word_index"])[1], words.dtype)
        return tf.gather(words, batch["word_index"]) * mask[:, :, tf.newaxis]

    def states(self, tokens: tf.Tensor, lengths: tf.Tensor, dropout: DropoutSource | None) -> tf.Tensor:
        """Returns the BiLSTM stack's output.

        Args:
            tokens: `[batch, length, D]`, the token input.
            lengths: int32 `[batch]`.
            dropout: the pass's masks; None for none.

        Returns:
            `[batch, length, 2 * hidden_size_lstm]`.
        """
        settings = self.settings
        values = tokens if dropout is None else dropout.drop(tokens, settings.dropout_embedding, _TOKENS)
        for number, layer in enumerate(self.bilstms):
            if dropout is not None and number > 0:
                values = dropout.drop(values, settings.dropout_lstm, _BETWEEN + number)
            values = layer(values, lengths)
        if dropout is not None:
            values = dropout.drop(values, settings.dropout_lstm_output, _STATES)
        return values

    def relation_states(self, states: tf.Tensor, tag_ids: tf.Tensor) -> tf.Tensor:
        """Returns the head selection's input: the states and, if the model has them, the tags' embeddings.

        Args:
            states: of the BiLSTM, `[batch, length, 2 * hidden_size_lstm]`.
            tag_ids: int32 `[batch, length]`.

        Returns:
            `[batch, length, 2 * hidden_size_lstm + label_embeddings_size]`.
        """
        if self.label_embeddings is None:
            return states
        return tf.concat([states, tf.gather(tf.convert_to_tensor(self.label_embeddings), tag_ids)], axis=-1)

    def losses(
        self,
        tokens: tf.Tensor,
        batch: Batch,
        dropout: DropoutSource | None = None,
        *,
        gold_labels: bool = True,
    ) -> tf.Tensor:
        """Returns the joint loss, L_NER + L_rel, summed over the batch's sentences: a scalar.

        Args:
            tokens: `[batch, length, D]`, the token input, perturbed or not.
            batch: with `tag_ids` and `relations`.
            dropout: the pass's masks; None for none.
            gold_labels: embed the gold tags (training) or the predicted ones (evaluation, as the original
                does).
        """
        lengths = batch["lengths"]
        states = self.states(tokens, lengths, dropout)
        scores = self.tag_scorer(states, dropout)
        tag_loss = tf.reduce_sum(self.tagging.loss(scores, batch["tag_ids"], lengths))
        labels = batch["tag_ids"]
        if not gold_labels and self.label_embeddings is not None:
            labels = self.tagging.decode(scores, lengths)
        states = self.relation_states(states, labels)
        return tag_loss + self.head_selection.loss(states, batch["relations"], lengths, dropout)

    def call(
        self, batch: Batch, threshold: float = 0.5, *, best_arcs_without: int | None = None
    ) -> dict[str, tf.Tensor]:
        """Predicts.

        Args:
            batch: without gold.
            threshold: a relation is predicted where its probability is higher.
            best_arcs_without: gives the best arcs in place of the relations, without this one: see
                `HeadSelection.best_arcs`.

        Returns:
            `tag_scores` `[batch, length, tags]`, `tag_ids` int32 `[batch, length]`, `relations` int32
            `[n, 4]` (sentence, token, head, relation) and their `probabilities` `[n]`. Values at padding are
            meaningless. With the best arcs, in place of the last two, their `arc_scores` and `arc_relations`.
        """
        lengths = batch["lengths"]
        states = self.states(self.embed(batch), lengths, None)
        scores = self.tag_scorer(states)
        tag_ids = self.tagging.decode(scores, lengths)
        states = self.relation_states(states, tag_ids)
        outputs = {"tag_scores": scores, "tag_ids": tag_ids}
        if best_arcs_without is None:
            found = self.head_selection.select(states, lengths, threshold)
            outputs["relations"], outputs["probabilities"] = found
        else:
            arcs = self.head_selection.best_arcs(states, lengths, best_arcs_without)
            outputs["arc_scores"], outputs["arc_relations"] = arcs
        return outputs

    # Training ------------------------------------------------------------

    def make_train_function(self, force: bool = False) -> Callable[..., Any]:
        """Returns what `fit` calls for every few steps: Keras's own, but for how it is made.

        Keras lets AutoGraph trace a step twice, once before the loop over steps, which takes seconds.

        Args:
            force: make it anew.
        """
        if self.run_eagerly or tf.distribute.has_strategy():
            return super().make_train_function(force)
        if self.train_function is None or force:
            self.train_function = tf.function(self._train_steps, autograph=False)
        return self.train_function

    def _train_steps(self, batches: Iterator[Batch]) -> dict[str, tf.Tensor]:
        def step(done: tf.Tensor) -> tf.Tensor:
            self.train_step(next(batches))
            self._train_counter.assign_add(1)
            return done + 1

        tf.while_loop(lambda done: done < self._steps_per_execution, step, [tf.constant(0, tf.int64)])
        return {"loss": self.mean_loss.result()}

    # AutoGraph has nothing to convert here, and takes seconds to find that out.
    @tf.autograph.experimental.do_not_convert
    def train_step(self, batch: Batch) -> dict[str, tf.Tensor]:
        """One optimizer step on the clean loss plus, with AT, the loss at the worst-case perturbation."""
        loss, gradients = self.objective(
            batch, step=self.optimizer.iterations, clip=self.settings.gradientClipping
        )
        self.optimizer.apply_gradients(zip(gradients, self.named_weights().values()))
        if self.weight_average is not None:
            self.weight_average.update(self.optimizer.iterations)
        loss = joined_loss(loss)
        self.mean_loss.update_state(loss)
        self.loss_watch.update(loss)
        return {"loss": self.mean_loss.result()}

    def objective(
        self, batch: Batch, *, step: tf.Tensor | None = None, gold_labels: bool = True, clip: bool = False
    ) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """The full objective and its gradients, with each part computed once.

        One backward pass through the clean loss gives its weights' gradients and g; the character encoder's
        backward pass runs once, on the sum of both passes' gradients at the token input.

        Args:
            batch: with `tag_ids` and `relations`.
            step: number of steps done so far, which determines the dropout; None for no dropout.
            gold_labels: see `losses`.
            clip: clip every component of the gradients to [-1, 1]. A looked-up row, as in the original, is
                clipped where it occurs, before its occurrences are summed; a character of a word that stands
                several times in the batch occurs once here.

        Returns:
            The objective, a scalar, and gradients in the order of `named_weights()`.
        """
        weights = list(self.named_weights().values())
        encoder_weights = self.character_encoder.trainable_weights if self.character_encoder else []
        body = weights[len(encoder_weights) :]

        with tf.GradientTape() as embedding_tape:
            tokens = self.embed(batch)
        loss, gradients, at_tokens = self._one_pass(
            tokens, batch, body, self._dropout(step, 0, batch), gold_labels
        )
        if self.settings.use_adversarial:
            perturbed = tokens + worst_case_perturbation(at_tokens, self.settings.alpha)
            dropout = self._dropout(step, 1, batch)
            more_loss, more, more_at_tokens = self._one_pass(perturbed, batch, body, dropout, gold_labels)
            loss += more_loss
            gradients = [_sum(clean, adversarial) for clean, adversarial in zip(gradients, more)]
            at_tokens += more_at_tokens
        if encoder_weights:
            below = weights[: len(encoder_weights)]
            gradients = embedding_tape.gradient(tokens, below, output_gradients=at_tokens) + gradients
        if clip:
            gradients = [clip_joined(gradient) for gradient in gradients]
        return loss, [tf.convert_to_tensor(gradient) for gradient in gradients]

    def _one_pass(
        self,
        tokens: tf.Tensor,
        batch: Batch,
        weights: list[tf.Variable],
        dropout: DropoutSource | None,
        gold_labels: bool,
    ) -> tuple[tf.Tensor, list[Gradient], tf.Tensor]:
        """The loss of one forward pass, its gradients at the weights above the token input, and at that."""
        with tf.GradientTape() as tape:
            tape.watch(tokens)
            loss = self.losses(tokens, batch, dropout, gold_labels=gold_labels)
        *gradients, at_tokens = tape.gradient(
            loss, [*weights, tokens], unconnected_gradients=tf.UnconnectedGradients.ZERO
        )
        return loss, gradients, at_tokens

    def _dropout(self, step: tf.Tensor | None, pass_number: int, batch: Batch) -> DropoutSource | None:
        if step is None or not self.settings.use_dropout:
            return None
        key, step = tf.bitcast(self._dropout_key.read_value(), tf.uint64), tf.convert_to_tensor(step)
        if "joined_places" in batch:
            return ShareDropout(key, step, pass_number, batch["joined_places"], batch["joined_lengths"])
        return DropoutSource(key, step, pass_number)


def _sum(one: Gradient, other: Gradient) -> Gradient:
    """The sum of two gradients of the same weight; occurrences stay apart."""
    if not isinstance(one, tf.IndexedSlices):
        return one + other
    values = tf.concat([one.values, other.values], 0)
    return tf.IndexedSlices(values, tf.concat([one.indices, other.indices], 0), one.dense_shape)
