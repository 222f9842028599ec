"""What is odd in a document that could be read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.documents import NO_RELATION, OUTSIDE, Head, Mention, entity_class, mentions_from_bio
from multihead_at.documents.five_column_line import shown

LONGEST_DOCUMENT = 250
"""Tokens; head selection takes time by the square of them."""

LONGEST_TOKEN = 100
"""Characters; every word of a batch is padded to the longest."""

_ROOT = 0
# What nobody sees: controls, formats, private and unassigned characters, blanks, and U+FFFD.
_ODD_CATEGORIES = frozenset(("Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp"))
_REPLACEMENT = "\ufffd"
# They join letters in some scripts, and emoji.
_JOINERS = "\u200c\u200d"


def check_document(checked: CheckedDocument, *, root_node: bool = False) -> Iterator[Finding]:
    """Yields what is odd in one document.

    Args:
        checked: the document.
        root_node: whether token 0 is a virtual root, at which relations may point though it is no mention.
    """
    length = len(checked.document)
    if length > LONGEST_DOCUMENT:
        yield checked.finding(
            FindingKind.LONG_DOCUMENT,
            f"{length} tokens received, expected {LONGEST_DOCUMENT} or fewer: training takes time "
            "by the square of them",
        )
    yield from _tags(checked)
    yield from _relations(checked, root_node)
    yield from _tokens(checked)


def _tags(checked: CheckedDocument) -> Iterator[Finding]:
    before = OUTSIDE
    for token, tag in enumerate(checked.document.tags):
        label = entity_class(tag)
        is_lone = tag.startswith("I-") and (before == OUTSIDE or entity_class(before) != label)
        if is_lone and token - 1 not in checked.unsure:
            message = (
                f"tag {shown(tag)} of token {token} received with no {shown(f'B-{label}')} before it: it is "
                "read as the beginning of a mention"
            )
            yield checked.finding(FindingKind.INSIDE_WITHOUT_BEGIN, message, token)
        before = tag


def _relations(checked: CheckedDocument, root_node: bool) -> Iterator[Finding]:
    document = checked.document
    mention_of = {
        token: mention
        for mention in mentions_from_bio(document.tags)
        for token in range(mention.start, mention.end)
    }
    for token, heads in enumerate(document.heads):
        for head, count in Counter(() if token in checked.unsure else heads).items():
            if head.relation == NO_RELATION:
                if head.token != token or len(heads) > 1:
                    yield _misplaced(checked, token, head)
                continue
            if count > 1:
                message = f"{_named(head.relation, token, head.token)} received {count} times"
                yield checked.finding(FindingKind.DUPLICATE_RELATION, message, token)
            if head.token == token:
                message = f"relation {shown(head.relation)} of token {token} with itself received"
                yield checked.finding(FindingKind.SELF_RELATION, message, token)
            yield from _ends(checked, token, head, mention_of, root_node)


def _misplaced(checked: CheckedDocument, token: int, head: Head) -> Finding:
    several = "" if head.token != token else ", beside other relations"
    message = (
        f"{NO_RELATION!r} of token {token} with head {head.token}{several} received, expected it alone and "
        f"with head {token}: it stands for no relation"
    )
    return checked.finding(FindingKind.MISPLACED_N, message, token)


def _ends(
    checked: CheckedDocument, token: int, head: Head, mention_of: dict[int, Mention], root_node: bool
) -> Iterator[Finding]:
    ends = [token] if root_node and head.token == _ROOT else list(dict.fromkeys((token, head.token)))
    # A tag that could not be read may also be where a mention would have gone on.
    ends = [end for end in ends if not {end, end + 1} & checked.unsure]
    tokens = checked.document.tokens
    named = _named(head.relation, token, head.token)
    outside = [f"{end} ({shown(tokens[end])})" for end in ends if end not in mention_of]
    if outside:
        verb = "is" if len(outside) == 1 else "are"
        message = f"{named} received, but token {' and token '.join(outside)} {verb} in no mention"
        yield checked.finding(FindingKind.RELATION_OF_NOTHING, message, token)
    inside = [
        f"{end} is inside of {shown(' '.join(tokens[mention.start : mention.end]))}, which ends at token "
        f"{mention.end - 1}"
        for end, mention in ((end, mention_of[end]) for end in ends if end in mention_of)
        if end != mention.end - 1
    ]
    if inside:
        message = f"{named} received, expected last tokens of mentions; token {' and token '.join(inside)}"
        yield checked.finding(FindingKind.RELATION_END, message, token)


def _named(relation: str, token: int, head: int) -> str:
    return f"relation {shown(relation)} from token {token} to token {head}"


def _tokens(checked: CheckedDocument) -> Iterator[Finding]:
    for token, text in enumerate(checked.document.tokens):
        if token in checked.unsure:
            continue
        odd = list(dict.fromkeys(filter(_is_odd, text))) if not text.isalnum() else []
        if odd:
            names = ", ".join(f"U+{ord(one):04X} ({unicodedata.name(one, 'without a name')})" for one in odd)
            message = f"token {token} {shown(text)} received, which holds {names}"
            yield checked.finding(FindingKind.ODD_TOKEN, message, token)
        if len(text) > LONGEST_TOKEN:
            message = (
                f"token {token} {shown(text)} of {len(text)} characters received, expected {LONGEST_TOKEN} "
                "or fewer"
            )
            yield checked.finding(FindingKind.ODD_TOKEN, message, token)


def _is_odd(character: str) -> bool:
    if character in _JOINERS:
        return False
    return character == _REPLACEMENT or unicodedata.category(character) in _ODD_CATEGORIES
