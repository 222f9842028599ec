"""From relations between tokens to relations between mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from multihead_at.documents import NO_RELATION, Head, Mention

MentionRelation = tuple[Mention, str, Mention]
"""Argument 1, relation, argument 2."""

UNTYPED = ""
"""The type of a mention that has none: its type was dropped, or it is the root."""

ROOT = Mention(UNTYPED, 0, 0)
"""The mention that token 0 belongs to where it is a document's root."""


def mention_relations(
    heads: Sequence[Iterable[Head]], mentions: Iterable[Mention], *, root_node: bool = False
) -> set[MentionRelation]:
    """Lifts the heads of tokens to relations between the mentions that the tokens lie in.

    As in the original, any token of a mention stands for it, not only the last; a relation with an end
    outside every mention vanishes; relations between the same mentions collapse into one; `NO_RELATION` is
    none.

    Args:
        heads: the (relation, head token) pairs of each token, `[length][any number]`.
        mentions: the mentions of the document.
        root_node: whether token 0 is the root: it then belongs to `ROOT`, even inside another mention.

    Returns:
        The relations as (argument 1, relation, argument 2).
    """
    mention_of = {token: mention for mention in mentions for token in range(mention.start, mention.end)}
    if root_node:
        mention_of[0] = ROOT
    found = set()
    for token, pairs in enumerate(heads):
        argument1 = mention_of.get(token)
        if argument1 is None:
            continue
        for relation, head in pairs:
            argument2 = mention_of.get(head)
            if relation != NO_RELATION and argument2 is not None:
                found.add((argument1, relation, argument2))
    return found
