"""The functions of a SavedModel that others call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from multihead_at.export.extraction_graph import ExtractionGraph
from multihead_at.export.found import Found
from multihead_at.export.padded_outputs import PaddedOutputs
from multihead_at.export.tokenizer import tokenize_sentence

TEXT, TOKENS, COLUMNS = "text", "tokens", "columns"
DEFAULT = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY

_TEXT = tf.TensorSpec([None], tf.string, name="text")
_TOKENS = tf.TensorSpec([None, None], tf.string, name="tokens")
_BOUNDARIES = tf.TensorSpec([None, None], tf.string, name="boundaries")
_THRESHOLD = tf.TensorSpec([], tf.float32, name="threshold")


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
        # Nor functions, each of which TensorFlow would trace again to store it.
        self._concrete = _concrete(graph, threshold)

    def concrete(self) -> Mapping[str, Any]:
        """Each signature by its name; the default one is `text`, or `tokens` where there is no `text`."""
        return {**self._concrete, DEFAULT: self._concrete[TEXT if TEXT in self._concrete else TOKENS]}


def _traced(run: Callable[..., Any], *arguments: tf.TensorSpec) -> Any:
    return tf.function(run, autograph=False).get_concrete_function(*arguments)


def _concrete(graph: ExtractionGraph, threshold: float) -> dict[str, Any]:
    # One graph, which the signatures share.
    find = _traced(graph.find, _TOKENS, _THRESHOLD, *([_BOUNDARIES] if graph.needs_boundaries else []))

    def text(text: tf.Tensor) -> dict[str, tf.Tensor]:
        placed = tokenize_sentence(text)
        found = find(placed.tokens, tf.constant(threshold))
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
        return of_tokens(tokens, find(tokens, tf.constant(threshold), boundaries))

    def columns_with_boundaries(
        tokens: tf.Tensor, boundaries: tf.Tensor, threshold: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        return of_columns(tokens, find(tokens, threshold, boundaries))

    if graph.needs_boundaries:
        return {
            TOKENS: _traced(tokens_with_boundaries, _TOKENS, _BOUNDARIES),
            COLUMNS: _traced(columns_with_boundaries, _TOKENS, _BOUNDARIES, _THRESHOLD),
        }

    def tokens_alone(tokens: tf.Tensor) -> dict[str, tf.Tensor]:
        return of_tokens(tokens, find(tokens, tf.constant(threshold)))

    def columns_alone(tokens: tf.Tensor, threshold: tf.Tensor) -> dict[str, tf.Tensor]:
        return of_columns(tokens, find(tokens, threshold))

    return {
        TEXT: _traced(text, _TEXT),
        TOKENS: _traced(tokens_alone, _TOKENS),
        COLUMNS: _traced(columns_alone, _TOKENS, _THRESHOLD),
    }


def _joined(tokens: tf.Tensor, found: Found) -> tf.Tensor:
    """What stands in each mention, `[mentions]`: its tokens, joined by blanks."""
    sentence = found.mentions.sentence
    ends = tf.cumsum(tf.strings.length(tokens) + 1, axis=1) - 1
    last = tf.gather_nd(ends, tf.stack([sentence, found.ends - 1], 1))
    place = tf.stack([sentence, found.starts], 1)
    first = tf.gather_nd(ends, place) - tf.strings.length(tf.gather_nd(tokens, place))
    sentences = tf.strings.reduce_join(tokens, axis=1, separator=" ")
    return tf.strings.substr(tf.gather(sentences, sentence), first, last - first)
