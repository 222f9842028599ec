"""A document's mentions and relations as the screen shows them."""

from __future__ import annotations

from collections.abc import Iterator

from multihead_at.documents import NO_RELATION, Document, Mention, mentions_from_bio
from multihead_at.errors import printable


def format_extraction(document: Document) -> str:
    """The sentence; below it each mention with its type, and each relation as `head --relation--> tail`.

    The head is the mention that the relation stands on (argument 1), the tail the one it points at
    (argument 2).

    Args:
        document: with BIO tags.
    """
    mentions = mentions_from_bio(document.tags)
    names = [_words(document, mention) for mention in mentions]
    width = max(map(len, names), default=0)
    lines = [f"document {printable(document.doc_id)}", _indented(printable(" ".join(document.tokens)))]
    lines.append("entities")
    lines += [
        _indented(f"{name:<{width}}  {printable(mention.type)}") for name, mention in zip(names, mentions)
    ] or [_indented("none")]
    lines.append("relations")
    # Several tokens of a mention may say the same.
    lines += dict.fromkeys(map(_indented, _relations(document, mentions))) or [_indented("none")]
    return "\n".join(lines)


def _relations(document: Document, mentions: list[Mention]) -> Iterator[str]:
    name_of = [printable(token) for token in document.tokens]
    for mention in mentions:
        for token in range(mention.start, mention.end):
            name_of[token] = _words(document, mention)
    for token, heads in enumerate(document.heads):
        for head in heads:
            if head.relation != NO_RELATION:
                yield f"{name_of[token]} --{printable(head.relation)}--> {name_of[head.token]}"


def _words(document: Document, mention: Mention) -> str:
    return printable(" ".join(document.tokens[mention.start : mention.end]))


def _indented(line: str) -> str:
    return f"  {line}"
