"""BIO tags and the mentions they spell, by the original's lenient rule."""

from __future__ import annotations

from collections.abc import Iterable

from multihead_at.documents.mention import Mention
from multihead_at.errors import InputError

OUTSIDE = "O"
_PREFIXES = ("B-", "I-")


def is_bio_tag(tag: str) -> bool:
    """Whether `tag` is `O`, or `B-` or `I-` with a type behind it."""
    return tag == OUTSIDE or (tag.startswith(_PREFIXES) and len(tag) > 2)


def entity_class(tag: str) -> str:
    """The tag without `B-` or `I-`: what the original's EC setting predicts; `O` stays `O`."""
    return tag[2:] if tag.startswith(_PREFIXES) else tag


def mentions_from_bio(tags: Iterable[str]) -> list[Mention]:
    """Reads the mentions off BIO tags.

    Lenient, as the original: an `I-` with no `B-` before it opens a mention; a `B-` or a change of type
    starts a new one.

    Args:
        tags: the tags of one document, `[length]`.

    Returns:
        The mentions, in order of their start.

    Raises:
        InputError: a tag that is not BIO.
    """
    mentions: list[Mention] = []
    open_type: str | None = None
    start = 0
    end = 0
    for position, tag in enumerate(tags):
        if not is_bio_tag(tag):
            raise InputError(f"tag {tag!r} of token {position} received, expected O, B-<type> or I-<type>")
        tag_type = None if tag == OUTSIDE else entity_class(tag)
        if open_type is not None and (tag_type != open_type or tag.startswith("B-")):
            mentions.append(Mention(open_type, start, position))
            open_type = None
        if open_type is None:
            open_type, start = tag_type, position
        end = position + 1
    if open_type is not None:
        mentions.append(Mention(open_type, start, end))
    return mentions


def bio_from_mentions(mentions: Iterable[Mention], length: int) -> tuple[str, ...]:
    """Spells mentions as BIO tags.

    Args:
        mentions: in any order, without overlaps.
        length: number of tokens of the document.

    Returns:
        One tag for each token, `[length]`.

    Raises:
        InputError: a mention without a type, empty, outside the document or over another one.
    """
    tags = [OUTSIDE] * length
    for mention in mentions:
        if not mention.type:
            raise InputError(f"mention {tuple(mention)} received, expected a type")
        if not 0 <= mention.start < mention.end <= length:
            raise InputError(f"mention {tuple(mention)} received, expected a span within 0..{length}")
        if any(tag != OUTSIDE for tag in tags[mention.start : mention.end]):
            raise InputError(f"mention {tuple(mention)} received, but another mention stands on its tokens")
        tags[mention.start] = f"B-{mention.type}"
        for position in range(mention.start + 1, mention.end):
            tags[position] = f"I-{mention.type}"
    return tuple(tags)
