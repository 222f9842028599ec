"""BIO tags and the mentions they spell, by the original's lenient rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from multihead_at.documents.mention import Mention
from multihead_at.errors import InputError

OUTSIDE = "O"
LONGEST_TYPE = 200
"""Far beyond any name of a type; tags repeat it on every token of a mention."""
BIO_TAGS = f"O, B-<type> or I-<type>, with a type of at most {LONGEST_TYPE} characters"
"""What is expected where a tag is refused."""
_PREFIXES = ("B-", "I-")


def is_bio_tag(tag: str) -> bool:
    """Whether `tag` is `O`, or `B-` or `I-` with a type behind it, of at most `LONGEST_TYPE` characters."""
    return tag == OUTSIDE or (tag.startswith(_PREFIXES) and 2 < len(tag) <= 2 + LONGEST_TYPE)


def entity_class(tag: str) -> str:
    """The tag without `B-` or `I-`: what the original's EC setting predicts; `O` stays `O`."""
    return tag[2:] if tag.startswith(_PREFIXES) else tag


def check_type_length(label: str) -> None:
    """Refuses a type that is too long for a tag.

    Raises:
        InputError: it has more than `LONGEST_TYPE` characters.
    """
    if len(label) > LONGEST_TYPE:
        raise InputError(f"type of {len(label)} characters received, expected one of at most {LONGEST_TYPE}")


def check_mention(mention: Mention, taken: bytearray) -> None:
    """Refuses a mention that tags cannot spell, and notes the tokens of one that they can.

    Args:
        mention: the mention.
        taken: 1 for each token that another mention stands on, `[length]`.

    Raises:
        InputError: it has no type or a very long one, is empty, outside the document or over another one.
    """
    if not mention.type:
        raise InputError(f"mention {tuple(mention)} received, expected a type")
    check_type_length(mention.type)
    if not 0 <= mention.start < mention.end <= len(taken):
        raise InputError(
            f"mention {tuple(mention)} received, expected a span within 0..{len(taken)} of a token or more"
        )
    if taken.find(1, mention.start, mention.end) >= 0:
        raise InputError(f"mention {tuple(mention)} received, but another mention stands on its tokens")
    taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)


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
            raise InputError(f"tag {tag[:60]!r} of token {position} received, expected {BIO_TAGS}")
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


def bio_from_mentions(mentions: Sequence[Mention], length: int) -> tuple[str, ...]:
    """Spells mentions as BIO tags.

    Args:
        mentions: in any order, without overlaps.
        length: number of tokens of the document.

    Returns:
        One tag for each token, `[length]`.

    Raises:
        InputError: a mention without a type or with a very long one, empty, outside the document or over
            another one.
    """
    if not mentions:
        return (OUTSIDE,) * length
    tags = [OUTSIDE] * length
    taken = bytearray(length)
    for mention in mentions:
        check_mention(mention, taken)
        tags[mention.start] = f"B-{mention.type}"
        # One text for all of them: a long mention's tags would else take many times the memory of its file.
        tags[mention.start + 1 : mention.end] = [f"I-{mention.type}"] * (mention.end - mention.start - 1)
    return tuple(tags)
