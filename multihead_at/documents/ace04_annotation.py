"""The annotation of an ACE document: `.apf.xml`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from multihead_at.documents.ace04_head import Ace04Head
from multihead_at.documents.bio import LONGEST_TYPE
from multihead_at.documents.relation import Relation
from multihead_at.documents.xml_element import XmlElement, read_xml
from multihead_at.errors import InputError

_ROOTS = ("source_file", "document")
# Discourse relations are no part of the task.
_LEFT_OUT = "DISC"
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Ace04Annotation:
    """What an `.apf.xml` says.

    Attributes:
        heads: of all entity mentions, in file order.
        relations: relation mentions in file order, between `heads`, without those of type DISC.
    """

    heads: tuple[Ace04Head, ...]
    relations: tuple[Relation, ...]


def read_ace04_annotation(path: str | os.PathLike[str]) -> Ace04Annotation:
    """Reads an `.apf.xml`, in ACE04's layout or in the older one.

    | | ACE04 | older |
    |---|---|---|
    | a type | attribute `TYPE` | element `entity_type` |
    | a span | attributes `START` and `END` of `charseq` | its elements `start` and `end` |
    | an argument | attribute `ENTITYMENTIONID` | attribute `MENTIONID` |

    A mention with an extent but without a head is left out, and so are its relations; a warning counts them.
    Its extent may hold many other mentions. Attributes and elements that say nothing about mentions' heads
    and relations' arguments are passed over.

    Raises:
        InputError: the file cannot be read, is no such XML, or a mention or relation lacks what it needs;
            with the line.
    """
    root = read_xml(path)
    try:
        annotation, headless = _annotation(root)
    except _ElementError as error:
        raise InputError(error.message, path=path, line=error.line) from None
    if headless:
        warnings.warn(f"{path}: passed over {headless} mentions without a head", stacklevel=2)
    return annotation


class _ElementError(Exception):
    """What is wrong with an element."""

    def __init__(self, element: XmlElement, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.line = element.line


def _annotation(root: XmlElement) -> tuple[Ace04Annotation, int]:
    """What the file says, and how many mentions without a head it has."""
    if root.tag not in _ROOTS:
        raise _ElementError(root, f"root element {root.tag!r} received, expected {' or '.join(_ROOTS)}")
    heads: list[Ace04Head] = []
    places: dict[str, int] = {}
    headless: set[str] = set()
    for label, mention in _typed(root, "entity"):
        name = _attribute(mention, "ID")
        if mention.find("head") is None and mention.find("extent") is not None:
            headless.add(name)
            continue
        head = _head(label, mention)
        known = places.setdefault(name, len(heads))
        if known < len(heads) and heads[known]._replace(line=head.line) != head:
            raise _ElementError(
                mention, f"entity mention {name!r} received, which line {heads[known].line} has already"
            )
        heads.append(head)
    relations = []
    for label, mention in _typed(root, "relation"):
        if label != _LEFT_OUT:
            names = _arguments(mention, places.keys() | headless)
            if not headless.intersection(names):
                relations.append(Relation(label, *(places[name] for name in names)))
    return Ace04Annotation(tuple(heads), tuple(relations)), len(headless)


def _typed(root: XmlElement, tag: str) -> Iterator[tuple[str, XmlElement]]:
    """The mentions of entities or relations, each with the type; that is looked for once for all of them."""
    for element in _all(root, tag):
        mentions = list(_all(element, f"{tag}_mention"))
        if mentions:
            label = _type(element)
            yield from ((label, mention) for mention in mentions)


def _all(element: XmlElement, tag: str) -> Iterator[XmlElement]:
    for found in element.iter(tag):
        assert isinstance(found, XmlElement)
        # Each would be searched for what stands in the inner ones again.
        if found.find(f".//{tag}") is not None:
            raise _ElementError(found, f"{tag} within {tag} received")
        yield found


def _attribute(element: XmlElement, *names: str) -> str:
    for name in names:
        value = element.get(name, "").strip()
        if value:
            return value
    raise _ElementError(element, f"{element.tag} without {' or '.join(names)} received")


def _type(element: XmlElement) -> str:
    label = element.findtext(f"{element.tag}_type", "").strip() or _attribute(element, "TYPE")
    if len(label) > LONGEST_TYPE:
        message = f"type of {len(label)} characters received, expected one of at most {LONGEST_TYPE}"
        raise _ElementError(element, message)
    return label


def _head(label: str, mention: XmlElement) -> Ace04Head:
    span = mention.find("head/charseq")
    if not isinstance(span, XmlElement):
        raise _ElementError(mention, "entity_mention received without the charseq of a head")
    start, end = (_offset(span, name) for name in ("start", "end"))
    if end < start:
        raise _ElementError(
            span, f"charseq from {start} to {end} received, expected an end at or after the start"
        )
    # Between the elements of the older layout stands white space alone.
    text = "".join([span.text or "", *(child.tail or "" for child in span)])
    return Ace04Head(label, start, end, text, span.line)


def _offset(span: XmlElement, name: str) -> int:
    text = span.findtext(name) if span.find(name) is not None else span.get(name.upper())
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise _ElementError(span, f"charseq with {name} {text!r} received, expected a number of characters")
    return int(text)


def _arguments(mention: XmlElement, known: Collection[str]) -> tuple[str, str]:
    """The IDs of a relation's two arguments."""
    found: dict[str, str] = {}
    for argument in _all(mention, "rel_mention_arg"):
        number = _attribute(argument, "ARGNUM")
        name = _attribute(argument, "ENTITYMENTIONID", "MENTIONID")
        if number not in ("1", "2") or number in found:
            raise _ElementError(argument, f"ARGNUM {number!r} received, expected 1 and 2 once each")
        if name not in known:
            raise _ElementError(argument, f"argument {name!r} received, expected the ID of an entity mention")
        found[number] = name
    if len(found) != 2:
        raise _ElementError(mention, f"relation_mention with {len(found)} of 2 arguments received")
    return found["1"], found["2"]
