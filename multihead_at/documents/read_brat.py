"""brat's standoff format: a text in a file `.txt`, and beside it its annotations in one that ends in `.ann`.

    T1<tab>Peop 0 9<tab>Ada Brook            a mention: type, start and end in characters, what stands there
    R1<tab>Live_In Arg1:T1 Arg2:T2           a relation from argument 1 to argument 2

A span that goes over a line's end is written, as brat does, in fragments (`0 3;4 9`). Read are such mentions
and relations. Mentions of several parts, equivalences (`*`) and everything else that brat knows (events,
attributes, notes) are passed over with a warning: neither the model nor the other formats can hold them.
"""

from __future__ import annotations

import os
import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.bio import LONGEST_TYPE
from multihead_at.documents.brat_files import ANNOTATION_ENDING, TEXT_ENDING, brat_order
from multihead_at.documents.corpus_files import corpus_files
from multihead_at.documents.head import NO_RELATION
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation
from multihead_at.documents.text_spans import TextSpans
from multihead_at.errors import InputError
from multihead_at.files import read_utf8

_ID = re.compile(r"[TREAMN#][0-9]+|[*]")
_MENTION = re.compile(r"(\S+) ([0-9]{1,15} [0-9]{1,15}(?:;[0-9]{1,15} [0-9]{1,15})*)")
# Between events, too, which are left out with them.
_RELATION = re.compile(r"(\S+) ([^\s:]+):([TE]\S+) ([^\s:]+):([TE]\S+)\s*")
_MOST_NAMED = 5


def read_brat(path: str | os.PathLike[str]) -> list[AnnotatedText]:
    """Reads texts with their annotations.

    Args:
        path: a folder, of which all `.txt` with an `.ann` are read in the order of their names (see
            `brat_order`), those in folders below it too; of halves of pairs a warning tells; or one file,
            either of the two.

    Returns:
        A text for each pair; its id is the name of the file, without ending, below `path` (`%2F` is
        `/`).

    Raises:
        InputError: there is no pair, a file cannot be read, a line is not of the format, a mention holds
            blanks only or other words than its line says, or a relation has an argument that is no mention.
    """
    place = Path(path)
    if place.is_dir():
        return [read_brat_file(file, _document_name(file, place)) for file in _texts_of_pairs(place)]
    file = place if place.suffix in (TEXT_ENDING, ANNOTATION_ENDING) else Path(f"{place}{TEXT_ENDING}")
    return [read_brat_file(file.with_suffix(TEXT_ENDING), _document_name(file, file.parent))]


def _texts_of_pairs(folder: Path) -> list[Path]:
    files = list(corpus_files(folder))
    texts = {file.with_suffix("") for file in files if file.suffix == TEXT_ENDING}
    annotations = {file.with_suffix("") for file in files if file.suffix == ANNOTATION_ENDING}
    pairs = texts & annotations
    if not pairs:
        raise InputError(
            f"expected pairs of files NAME{TEXT_ENDING} and NAME{ANNOTATION_ENDING}, received none",
            path=folder,
        )
    halves = [
        file.relative_to(folder).as_posix()
        for file in files
        if file.suffix in (TEXT_ENDING, ANNOTATION_ENDING) and file.with_suffix("") not in pairs
    ]
    if halves:
        more = ", ..." if len(halves) > _MOST_NAMED else ""
        named = ", ".join(halves[:_MOST_NAMED])
        warnings.warn(
            f"{folder}: passed over {len(halves)} files without the other half of the pair: {named}{more}",
            stacklevel=3,
        )
    found = [file for file in files if file.suffix == TEXT_ENDING and file.with_suffix("") in pairs]
    return sorted(found, key=lambda file: brat_order(unquote(_document_name(file, folder))))


def read_brat_file(file: Path, doc_id: str) -> AnnotatedText:
    """Reads one pair.

    Args:
        file: the text.
        doc_id: its id.

    Raises:
        InputError: as `read_brat`.
    """
    # As it stands: offsets count a line's end of two characters as two.
    text = read_utf8(file)
    path = _annotations(file)
    draft = _Draft(text, path)
    # Some editors put a byte order mark in front; in the text it would be a character that offsets count.
    annotations = read_utf8(path).removeprefix("\ufeff")
    for number, line in enumerate(annotations.split("\n"), start=1):
        draft.add(number, line.rstrip("\r"))
    return draft.finish(doc_id)


def _document_name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).with_suffix("").as_posix()


def _annotations(file: Path) -> Path:
    return file.with_suffix(ANNOTATION_ENDING)


@dataclass
class _Draft:
    """A text while its annotations are being read."""

    text: str
    path: Path
    mentions: dict[str, Mention] = field(default_factory=dict)
    relations: list[tuple[int, str, str, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    mentions_left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.spans = TextSpans(self.text)

    def add(self, number: int, line: str) -> None:
        if not line.strip():
            return
        name, _, rest = line.partition("\t")
        if _ID.fullmatch(name) is None:
            raise self._error(number, "a line of brat's (T1, R1, E1, A1, M1, N1, #1 or *)", line)
        if name.startswith("T"):
            self._add_mention(number, name, rest)
        elif name.startswith("R"):
            found = _RELATION.fullmatch(rest)
            if found is None:
                raise self._error(number, "'<type> Arg1:T<n> Arg2:T<n>'", rest)
            label, _, head, _, tail = found.groups()
            if label == NO_RELATION:
                raise self._error(number, f"another name than {NO_RELATION}, which stands for none", rest)
            self.relations.append((number, label, head, tail))
        else:
            self.left_out["other annotations"] += 1

    def _add_mention(self, number: int, name: str, rest: str) -> None:
        place, _, words = rest.partition("\t")
        found = _MENTION.fullmatch(place)
        if found is None:
            raise self._error(number, "'<type> <start> <end>'", rest)
        if len(found.group(1)) > LONGEST_TYPE:
            raise self._error(number, f"a type of at most {LONGEST_TYPE} characters", rest)
        if name in self.mentions or name in self.mentions_left_out:
            raise self._error(number, "a new number", name)
        spans = [tuple(map(int, span.split(" "))) for span in found.group(2).split(";")]
        borders = [border for span in spans for border in span]
        if borders != sorted(borders) or borders[-1] > len(self.text) or any(a == b for a, b in spans):
            raise self._error(number, f"spans in order within the text's {len(self.text)} characters", rest)
        if self.spans.stripped(borders[0], borders[-1]) is None:
            raise self._error(number, "a mention with a word in it", rest)
        gaps = ((one[1], other[0]) for one, other in zip(spans, spans[1:]))
        if any(self.spans.stripped(*gap) is not None for gap in gaps):
            self.left_out["mentions of several parts"] += 1
            self.mentions_left_out.add(name)
            return
        if words and not self.spans.reads(borders[0], borders[-1], words):
            there = self.text[borders[0] : borders[-1]][:60]
            raise self._error(
                number,
                f"{there!r}, which stands at {borders[0]} to {borders[-1]} (offsets count characters, CR LF "
                "as two, an emoji as one)",
                words,
            )
        self.mentions[name] = Mention(found.group(1), borders[0], borders[-1])

    def finish(self, doc_id: str) -> AnnotatedText:
        places = {name: place for place, name in enumerate(self.mentions)}
        relations = []
        for number, label, *ends in self.relations:
            for name in ends:
                if name.startswith("T") and name not in places and name not in self.mentions_left_out:
                    raise self._error(number, "mentions of this file", name)
            if all(name in places for name in ends):
                relations.append(Relation(label, places[ends[0]], places[ends[1]]))
            elif any(name.startswith("E") for name in ends):
                self.left_out["relations of events"] += 1
            else:
                self.left_out["relations of such mentions"] += 1
        if self.left_out:
            counts = ", ".join(f"{count} {what}" for what, count in self.left_out.items())
            warnings.warn(f"{self.path}: passed over {counts}", stacklevel=2)
        return AnnotatedText(
            unquote(doc_id), self.text, tuple(self.mentions.values()), tuple(dict.fromkeys(relations))
        )

    def _error(self, number: int, expected: str, received: str) -> InputError:
        return InputError(f"expected {expected}, received {received[:60]!r}", path=self.path, line=number)
