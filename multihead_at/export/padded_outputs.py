"""What is found in a batch, as padded tensors that any client can read."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.export.found import Found


class PaddedOutputs:
    """Rows of a batch behind one another as rows beside one another.

    Args:
        batch: int32 scalar, sentences in the batch.
    """

    def __init__(self, batch: tf.Tensor) -> None:
        self._batch = batch

    def entities(
        self, found: Found, names: tuple[str, ...], starts: tf.Tensor, ends: tf.Tensor, texts: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """`entity_counts` `[batch]`, and types, starts, ends, texts, probabilities `[batch, entities]`.

        Args:
            found: with the entities.
            names: of the types.
            starts: int32 `[mentions]`, the first character or token.
            ends: int32 `[mentions]`, the one after the last.
            texts: `[mentions]`, what stands there.
        """
        sentence = found.mentions.sentence
        return {
            "entity_counts": self._counts(sentence),
            "entity_types": self._padded(tf.gather([*names, ""], found.mentions.types), sentence, ""),
            "entity_starts": self._padded(starts, sentence, -1),
            "entity_ends": self._padded(ends, sentence, -1),
            "entity_texts": self._padded(texts, sentence, ""),
            "entity_probabilities": self._padded(found.probabilities, sentence, 0.0),
        }

    def relations(self, found: Found, names: tuple[str, ...]) -> dict[str, tf.Tensor]:
        """`relation_counts` `[batch]`, and types, heads, tails, probabilities `[batch, relations]`.

        Heads and tails are places among the sentence's entities, from 0.
        """
        relations = found.relations
        before = tf.cumsum(self._counts(found.mentions.sentence), exclusive=True)
        first = tf.gather(before, relations.sentence)
        return {
            "relation_counts": self._counts(relations.sentence),
            "relation_types": self._padded(tf.gather(names, relations.types), relations.sentence, ""),
            "relation_heads": self._padded(relations.head - first, relations.sentence, -1),
            "relation_tails": self._padded(relations.tail - first, relations.sentence, -1),
            "relation_probabilities": self._padded(relations.probabilities, relations.sentence, 0.0),
        }

    def arcs(self, found: Found, names: tuple[str, ...]) -> dict[str, tf.Tensor]:
        """The heads of tokens: `arc_counts` `[batch]`, and the others `[batch, arcs]`."""
        sentence, tokens, heads, types = tf.unstack(found.arcs, axis=1)
        return {
            "arc_counts": self._counts(sentence),
            "arc_types": self._padded(tf.gather(names, types), sentence, ""),
            "arc_tokens": self._padded(tokens, sentence, -1),
            "arc_heads": self._padded(heads, sentence, -1),
            "arc_probabilities": self._padded(found.arc_probabilities, sentence, 0.0),
        }

    def _counts(self, sentence: tf.Tensor) -> tf.Tensor:
        return tf.math.unsorted_segment_sum(tf.ones_like(sentence), sentence, self._batch)

    def _padded(self, values: tf.Tensor, sentence: tf.Tensor, pad: object) -> tf.Tensor:
        rows = tf.RaggedTensor.from_value_rowids(
            values, tf.cast(sentence, tf.int64), tf.cast(self._batch, tf.int64), validate=False
        )
        return rows.to_tensor(pad)
