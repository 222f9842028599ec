"""The text of an ACE document: `.sgm`, SGML with tags that need not be closed."""

from __future__ import annotations

import html
import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from multihead_at.files import read_utf8

# A `<` that opens none of these is text, as in `profits < 5 %`. Of a comment only the beginning: looking for
# the end of each, where many have none, would take quadratic time, as would a name that can end anywhere.
_TAG = re.compile(
    r"(?P<comment><!--)|<(?P<closing>/?)(?P<name>[A-Za-z][^\s<>/]*)(?:[\s/][^<>]*)?>|<[!?][^<>]*>"
)
_DECLARATION = re.compile(r"<![^<>]*>")
_COMMENT_END = "-->"
_REFERENCE = re.compile(r"&(#?\w+);")
# `#`, perhaps an `x`, and digits; of longer ones none is a character, and Python converts none of thousands.
_LONGEST_NUMBER = 10
# What is no character is one of these, or no reference at all but an unescaped `AT&T;`.
_TYPESETTING = re.compile("[A-Z]{2}")
# Those that a parser of XML resolves by itself; numbers, too.
_XML_NAMES = ("amp", "lt", "gt", "quot", "apos")
# In this order: what is annotated is the first that a file has.
_PROSE = ("TEXT", "BODY")


@dataclass(frozen=True)
class Ace04Source:
    """The text of one document, readable, and how to find in it what the annotation counts.

    Attributes:
        text: without tags, newlines kept, references to characters resolved: `AT&AMP;T` has become `AT&T`.
            Typesetting codes (`&UR;`, in texts of the New York Times) have become spaces.
        prose: spans of `text` with what the article says: the elements TEXT, or BODY where there is none, or
            all of it where there is neither.
        tags: places in `text` where a tag stood at the beginning or the end of a line.
        as_written: for each character of the .sgm without its tags, and one more for the end, its place in
            `text`; a reference counts as many characters as it is written with.
        as_xml: the same where XML's own references (`&AMP;`, `&LT;`, numbers ...) count as one character
            each, and others, as `&LR;`, as they are written.
    """

    text: str
    prose: tuple[tuple[int, int], ...]
    tags: tuple[int, ...]
    as_written: tuple[int, ...]
    as_xml: tuple[int, ...]

    @property
    def has_references(self) -> bool:
        """Whether it makes a difference how references are counted."""
        return len(self.as_written) != len(self.text) + 1


def read_ace04_source(path: str | os.PathLike[str]) -> Ace04Source:
    """Reads an `.sgm`. CR LF counts as one character, as if a copy had not changed the line ends.

    Raises:
        InputError: the file cannot be read, or is not UTF-8.
    """
    return parse_ace04_source(read_utf8(path, encoding="utf-8-sig").replace("\r\n", "\n"))


def parse_ace04_source(content: str) -> Ace04Source:
    """The same for what an `.sgm` holds."""
    pieces: list[str] = []
    as_written = [0]
    # Of `as_written`, what goes where XML's references count as one character.
    surplus: set[int] = set()
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in _PROSE}
    opened: dict[str, int] = {}
    tags = []
    end = 0

    def close(name: str) -> None:
        if name in opened:
            spans[name].append((opened.pop(name), as_written[-1]))

    lines = _Lines(content)
    for match, start, stop in _tags(content):
        _add(content[end:start], pieces, as_written, surplus)
        end = stop
        if lines.are_bordered(start, stop):
            tags.append(as_written[-1])
        name = (match["name"] or "").upper()
        if name in _PROSE:
            close(name)
            if not match["closing"]:
                opened[name] = as_written[-1]
        elif name == "DOC" and match["closing"]:
            for unclosed in _PROSE:
                close(unclosed)
    _add(content[end:], pieces, as_written, surplus)
    for unclosed in _PROSE:
        close(unclosed)
    text = "".join(pieces)
    prose = next((spans[name] for name in _PROSE if spans[name]), [(0, len(text))])
    as_xml = tuple(place for index, place in enumerate(as_written) if index not in surplus)
    return Ace04Source(text, tuple(prose), tuple(tags), tuple(as_written), as_xml)


def without_references(text: str) -> str:
    """The text with its references resolved, as in `Ace04Source.text`."""
    return _REFERENCE.sub(lambda match: _resolved(match) or match.group(), text)


def _add(written: str, pieces: list[str], as_written: list[int], surplus: set[int]) -> None:
    """Adds a stretch between two tags to the text, and the places of its characters."""
    end = 0
    for match in _REFERENCE.finditer(written):
        character = _resolved(match)
        if character is None:
            continue
        _add_plain(written[end : match.start()], pieces, as_written)
        end = match.end()
        pieces.append(character)
        if match[1].startswith("#") or match[1].lower() in _XML_NAMES:
            surplus.update(range(len(as_written), len(as_written) + len(match.group()) - 1))
        # What is written first is where the character is, the rest is behind it.
        as_written += [as_written[-1] + len(character)] * len(match.group())
    _add_plain(written[end:], pieces, as_written)


def _add_plain(written: str, pieces: list[str], as_written: list[int]) -> None:
    pieces.append(written)
    place = as_written[-1]
    as_written += range(place + 1, place + len(written) + 1)


def _resolved(match: re.Match[str]) -> str | None:
    """What a reference stands for; None where it is none."""
    name = match[1]
    if name.startswith("#"):
        if len(name) > _LONGEST_NUMBER:
            return None
        resolved = html.unescape(match.group())
        return None if resolved == match.group() else resolved
    character = html5.get(f"{name};") or html5.get(f"{name.lower()};")
    return character or (" " if _TYPESETTING.fullmatch(name) else None)


def _tags(content: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yields tags, comments and declarations with their start and end."""
    place = 0
    last_end = content.rfind(_COMMENT_END)
    while True:
        match = _TAG.search(content, place)
        if match is None:
            return
        start, place = match.span()
        if match["comment"]:
            if place <= last_end:
                place = content.index(_COMMENT_END, place) + len(_COMMENT_END)
            else:
                # Not closed: a declaration as any other, or text.
                declaration = _DECLARATION.match(content, start)
                if declaration is None:
                    continue
                place = declaration.end()
        yield match, start, place


class _Lines:
    """Where in each line of a text the first and the last character stand that are not blank."""

    def __init__(self, content: str) -> None:
        self._starts = [0]
        self._firsts: list[int] = []
        self._ends: list[int] = []
        for line in content.split("\n"):
            start = self._starts[-1]
            self._firsts.append(start + len(line) - len(line.lstrip()))
            self._ends.append(start + len(line.rstrip()))
            self._starts.append(start + len(line) + 1)

    def are_bordered(self, start: int, end: int) -> bool:
        """Whether nothing but blanks stands before a span on its first line, or behind it on its last."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end) - 1
        return self._firsts[first] >= start or self._ends[last] <= end
