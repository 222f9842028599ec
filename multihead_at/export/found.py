"""What is found in a batch."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

from multihead_at.export.mentions import Mentions
from multihead_at.export.relations import Relations


class Found(NamedTuple):
    """Entities, relations, and the tags and heads of tokens that they come from.

    Attributes:
        tokens: `[batch, length]`, those given, with the root where the model has one; `""` at padding.
        mentions: the entities, whose types are places in `ExtractionGraph.types`.
        starts: int32 `[mentions]`, their first tokens among those given.
        ends: int32 `[mentions]`, the tokens after their last ones.
        probabilities: theirs, float32 `[mentions]`.
        relations: between them, whose types are places in `ExtractionGraph.relations`.
        tag_ids: int32 `[batch, length]`; meaningless at padding.
        arcs: the heads of tokens, int32 `[n, 4]` (sentence, token, head, relation).
        arc_probabilities: theirs, float32 `[n]`.
    """

    tokens: tf.Tensor
    mentions: Mentions
    starts: tf.Tensor
    ends: tf.Tensor
    probabilities: tf.Tensor
    relations: Relations
    tag_ids: tf.Tensor
    arcs: tf.Tensor
    arc_probabilities: tf.Tensor
