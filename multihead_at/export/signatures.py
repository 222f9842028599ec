"""The functions of a SavedModel that others call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from multihead_at.export.extraction_graph import ExtractionGraph
from multihead_at.export.found import Found
from multihead_at.export.padded_outputs import PaddedOutputs
from multihead_at.export.tokenizer import tokenize_sentence

TEXT, TOKENS, COLUMNS = "text", "tokens", "columns"
DEFAULT = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class Signatures(tf.Module):
    """Strings in, strings and numbers out; the first dimension of everything is the batch.

    `text`: `text` `[batch]`, each one sentence -> entities with characters' places, relations.
    `tokens`: `tokens` `[batch, length]`, padded with `""` -> the same with tokens' places.
    `columns`: `tokens` and `threshold`, a scalar -> that, and the tags and heads of all tokens, the root
    included where the model has one.

    A model that needs boundaries has no `text`, and the others take `boundaries` `[batch, length]`: `B`, `I`
    or `O` for each token, padded with `""`.

    Args:
        graph: the model.
        threshold: of `text` and `tokens`: a relation is found where its probability is higher.
    """

    def __init__(self, graph: ExtractionGraph, threshold: float) -> None:
        super().__init__()
        # Not the graph: a Keras model in it would be stored with all of its Python layers.
        self.stored = graph.variables()
        self._functions = _functions(graph, threshold)

    def concrete(self) -> Mapping[str, Any]:
        """Each signature by its name; the default one is `text`, or `tokens` where there is no `text`."""
        tokens = tf.TensorSpec([None, None], tf.string, name="tokens")
        boundaries = tf.TensorSpec([None, None], tf.string, name="boundaries")
        threshold = tf.TensorSpec([], tf.float32, name="threshold")
        text = tf.TensorSpec([None], tf.string, name="text")
        functions = self._functions
        if TEXT in functions:
            arguments = {TEXT: (text,), TOKENS: (tokens,), COLUMNS: (tokens, threshold)}
        else:
            arguments = {TOKENS: (tokens, boundaries), COLUMNS: (tokens, boundaries, threshold)}
        concrete = {name: functions[name].get_concrete_function(*given) for name, given in arguments.items()}
        return {**concrete, DEFAULT: concrete[TEXT if TEXT in concrete else TOKENS]}


def _functions(graph: ExtractionGraph, threshold: float) -> dict[str, Any]:
    def function(run: Any) -> Any:
        return tf.function(run, autograph=False)

    # One graph, which the signatures share.
    find = function(graph.find)

    def text(text: tf.Tensor) -> dict[str, tf.Tensor]:
        placed = tokenize_sentence(text)
        found = find(placed.tokens, None, tf.constant(threshold))
        sentence = found.mentions.sentence
        starts = tf.gather_nd(placed.starts, tf.stack([sentence, found.starts], 1))
        ends = tf.gather_nd(placed.ends, tf.stack([sentence, found.ends - 1], 1))
        texts = tf.strings.substr(tf.gather(text, sentence), starts, ends - starts, "UTF8_CHAR")
        padded = PaddedOutputs(tf.shape(text)[0])
        entities = padded.entities(found, graph.types, starts, ends, texts)
        return {**entities, **padded.relations(found, graph.relations)}

    def of_tokens(tokens: tf.Tensor, found: Found) -> dict[str, tf.Tensor]:
        padded = PaddedOutputs(tf.shape(tokens)[0])
        texts = _joined(tokens, found)
        entities = padded.entities(found, graph.types, found.starts, found.ends, texts)
        return {**entities, **padded.relations(found, graph.relations)}

    def of_columns(tokens: tf.Tensor, found: Found) -> dict[str, tf.Tensor]:
        tags = tf.where(tf.equal(found.tokens, ""), "", tf.gather(graph.tags, found.tag_ids))
        arcs = PaddedOutputs(tf.shape(tokens)[0]).arcs(found, graph.relations)
        return {**of_tokens(tokens, found), "tokens": found.tokens, "tags": tags, **arcs}

    def tokens_with_boundaries(tokens: tf.Tensor, boundaries: tf.Tensor) -> dict[str, tf.Tensor]:
        return of_tokens(tokens, find(tokens, boundaries, tf.constant(threshold)))

    def columns_with_boundaries(
        tokens: tf.Tensor, boundaries: tf.Tensor, threshold: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        return of_columns(tokens, find(tokens, boundaries, threshold))

    if graph.needs_boundaries:
        return {TOKENS: function(tokens_with_boundaries), COLUMNS: function(columns_with_boundaries)}

    def tokens_alone(tokens: tf.Tensor) -> dict[str, tf.Tensor]:
        return of_tokens(tokens, find(tokens, None, tf.constant(threshold)))

    def columns_alone(tokens: tf.Tensor, threshold: tf.Tensor) -> dict[str, tf.Tensor]:
        return of_columns(tokens, find(tokens, None, threshold))

    return {TEXT: function(text), TOKENS: function(tokens_alone), COLUMNS: function(columns_alone)}


def _joined(tokens: tf.Tensor, found: Found) -> tf.Tensor:
    """What stands in each mention, `[mentions]`: its tokens, joined by blanks."""
    sentence = found.mentions.sentence
    ends = tf.cumsum(tf.strings.length(tokens) + 1, axis=1) - 1
    last = tf.gather_nd(ends, tf.stack([sentence, found.ends - 1], 1))
    place = tf.stack([sentence, found.starts], 1)
    first = tf.gather_nd(ends, place) - tf.strings.length(tf.gather_nd(tokens, place))
    sentences = tf.strings.reduce_join(tokens, axis=1, separator=" ")
    return tf.strings.substr(tf.gather(sentences, sentence), first, last - first)
