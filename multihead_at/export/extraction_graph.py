"""From tokens to entities and relations, all in a graph."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.documents import NO_RELATION, OUTSIDE, entity_class
from multihead_at.encoding import CorpusVocabularies
from multihead_at.export.encoder import Encoder
from multihead_at.export.found import Found
from multihead_at.export.given_boundaries import given_mentions, with_most_common_class
from multihead_at.export.mentions import Mentions
from multihead_at.export.relations import Relations
from multihead_at.export.root_token import lacks_root, with_front
from multihead_at.export.tag_chain import TagChain
from multihead_at.export.word_table import WordTable
from multihead_at.extraction.extractor import MOST_CHARACTERS, MOST_TOKENS
from multihead_at.model import JointModel
from multihead_at.model.crf_tagging import CrfTagging


class ExtractionGraph:
    """Computes what `multihead_at.extraction.Extractor` answers, with TensorFlow's own operations.

    Tags and arcs between tokens are the model's own; the look-up of words before it, and the mentions and
    relations made of them after it, are written for the graph.

    Args:
        model: with its trained weights; its word table becomes `table`'s.
        table: the word vectors.
        vocabularies: of the run.
        ner_classes: `BIO` or `EC`.
        root: the token that stands in front of every document; None where there is none.
    """

    def __init__(
        self,
        model: JointModel,
        table: WordTable,
        vocabularies: CorpusVocabularies,
        ner_classes: str,
        root: str | None = None,
    ) -> None:
        model.word_embedding.set_table(table.matrix)
        self._model, self._table = model, table
        self._encoder = Encoder(vocabularies.characters, table.rows)
        self.needs_boundaries = ner_classes == "EC"
        self.tags = vocabularies.tags(ner_classes).symbols
        self.types = self.tags if self.needs_boundaries else _types(self.tags)
        self.relations = vocabularies.relations.symbols
        self._root = root
        self._outside = self.tags.index(OUTSIDE) if OUTSIDE in self.tags else -1
        self._no_relation = self.relations.index(NO_RELATION)

    def variables(self) -> list[tf.Variable]:
        """All weights, the words and their vectors."""
        model = self._model
        return [*model.named_weights().values(), *model.word_embedding.variables, *self._table.variables]

    def find(self, tokens: tf.Tensor, threshold: tf.Tensor, boundaries: tf.Tensor | None = None) -> Found:
        """Finds entities and relations.

        Args:
            tokens: `[batch, length]`, UTF-8; `""` at padding, which stands behind a sentence's tokens.
            threshold: float32 scalar; a relation is found where its probability is higher.
            boundaries: `[batch, length]`, BIO tags, where the model needs them.
        """
        # Kernels want at least one place.
        tokens = tf.pad(tokens, [[0, 0], [0, tf.maximum(1 - tf.shape(tokens)[1], 0)]], constant_values="")
        lengths = _checked_lengths(tokens)
        if boundaries is not None:
            boundaries = _checked_boundaries(boundaries, tokens)
        added = tf.zeros_like(lengths)
        if self._root is not None:
            added = lacks_root(tokens, self._root)
            tokens, lengths = with_front(tokens, added, self._root), lengths + added
            boundaries = None if boundaries is None else with_front(boundaries, added, OUTSIDE)

        words = tf.strings.substr(tokens, 0, MOST_CHARACTERS, "UTF8_CHAR")
        predicted = self._model.call(self._encoder.encode(words, lengths), threshold)
        tag_ids, arcs = predicted["tag_ids"], predicted["relations"]
        chain = TagChain(predicted["tag_scores"], lengths, self._transitions())
        if boundaries is None:
            mentions = self._tagged(tag_ids, lengths)
        else:
            mentions = with_most_common_class(
                given_mentions(boundaries), tag_ids, len(self.tags), self._outside
            )
        if self._root is not None:
            mentions = mentions.without_root()
        if boundaries is None:
            after = tf.gather([*self._going_on(), -1], mentions.types)
            probabilities = chain.of_mentions(mentions, tag_ids, after)
        else:
            probabilities = chain.of_types(mentions)
        relations = Relations.between(mentions, arcs, predicted["probabilities"], self._no_relation)
        shift = tf.gather(added, mentions.sentence)
        return Found(
            tokens,
            mentions,
            mentions.start - shift,
            mentions.end - shift,
            tf.cast(probabilities, tf.float32),
            relations,
            tag_ids,
            arcs,
            predicted["probabilities"],
        )

    def _transitions(self) -> tf.Tensor | None:
        tagging = self._model.tagging
        return tagging.transitions if isinstance(tagging, CrfTagging) else None

    def _tagged(self, tag_ids: tf.Tensor, lengths: tf.Tensor) -> Mentions:
        type_of = [-1 if tag == OUTSIDE else self.types.index(entity_class(tag)) for tag in self.tags]
        is_inside = tf.sequence_mask(lengths, tf.shape(tag_ids)[1])
        types = tf.where(is_inside, tf.gather(type_of, tag_ids), -1)
        return Mentions.from_tags(types, tf.gather([tag[:2] == "B-" for tag in self.tags], tag_ids))

    def _going_on(self) -> list[int]:
        """For each type the tag that makes a mention longer; -1 where there is none."""
        tags = [f"I-{name}" for name in self.types]
        return [self.tags.index(tag) if tag in self.tags else -1 for tag in tags]


def _types(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({entity_class(tag) for tag in tags if tag != OUTSIDE}))


def _checked_lengths(tokens: tf.Tensor) -> tf.Tensor:
    """The sentences' lengths, int32 `[batch]`; an error of the caller's stops the graph with a message."""
    is_token = tf.not_equal(tokens, "")
    width = tf.shape(tokens)[1]
    lengths = tf.reduce_max(tf.where(is_token, tf.range(1, width + 1), 0), axis=1)
    only_behind = tf.reduce_all(tf.equal(is_token, tf.sequence_mask(lengths, width)))
    longest = tf.reduce_max(tf.concat([lengths, [0]], 0))
    checks = [
        tf.debugging.Assert(only_behind, ["an empty token before others received, expected them behind all"]),
        tf.debugging.Assert(
            longest <= MOST_TOKENS,
            ["a sentence of at most", MOST_TOKENS, "tokens expected, received", longest],
        ),
    ]
    with tf.control_dependencies(checks):
        return tf.identity(lengths)


def _checked_boundaries(boundaries: tf.Tensor, tokens: tf.Tensor) -> tf.Tensor:
    """The boundaries as wide as the tokens; there must be one for each token and none more."""
    width = tf.shape(tokens)[1] - tf.shape(boundaries)[1]
    boundaries = tf.pad(boundaries, [[0, 0], [0, tf.maximum(width, 0)]], constant_values="")
    message = "boundaries: expected B, I or O for each token and none more, received another number"
    same_shape = tf.reduce_all(tf.equal(tf.shape(boundaries), tf.shape(tokens)))
    with tf.control_dependencies([tf.debugging.Assert(same_shape, [message])]):
        same = tf.reduce_all(tf.equal(tf.equal(boundaries, ""), tf.equal(tokens, "")))
    with tf.control_dependencies([tf.debugging.Assert(same, [message])]):
        return tf.identity(boundaries)
