"""The relaxed rule: where the mentions lie is given, only their types are predicted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from multihead_at.documents import Mention


def relaxed_mentions(gold_mentions: Iterable[Mention], classes: Sequence[str]) -> list[Mention]:
    """Gives gold mentions the types that token classes say (the original's behaviour).

    A mention keeps its own type if any of its tokens has it. Otherwise it takes the most common class of its
    tokens, a tie going to the class met first; that class may be `O`.

    Args:
        gold_mentions: the mentions, with their gold types.
        classes: the entity class of every token, `[length]`.

    Returns:
        As many mentions, in the same places.
    """
    return [_retyped(mention, classes) for mention in gold_mentions]


def _retyped(mention: Mention, classes: Sequence[str]) -> Mention:
    inside = classes[mention.start : mention.end]
    if mention.type in inside:
        return mention
    # most_common orders equal counts by first meeting, which is the original's tie-break.
    most_common_class, _ = Counter(inside).most_common(1)[0]
    return mention._replace(type=most_common_class)
