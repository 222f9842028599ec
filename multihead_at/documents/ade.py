"""The ADE corpus (Gurulingappa et al. 2012): `DRUG-AE.rel`, which holds a line for each relation."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.collection_pause import collection_pause
from multihead_at.documents.document import Document
from multihead_at.documents.mention import Mention
from multihead_at.documents.overlaps import without_overlaps
from multihead_at.documents.relation import Relation
from multihead_at.errors import InputError
from multihead_at.files import read_utf8

EFFECT, DRUG = "Adverse-Effect", "Drug"
RELATION = "Adverse-Effect"
ADE_TOKEN = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9\s]")

_FIELDS = 8
# Far longer than any sentence. Where a mention fits is looked for at every place, which takes the square of
# this for a line.
_LONGEST_SENTENCE = 1_000


@collection_pause()
def read_ade(path: str | os.PathLike[str]) -> list[Document]:
    """Reads the corpus as flat documents, one a sentence, in file order.

    Sentences that are left without a mention stay.

    Args:
        path: `DRUG-AE.rel`.

    Raises:
        InputError: as `read_ade_texts`; or a mention that does not begin and end where tokens do.
    """
    documents = []
    for line, text in _numbered_texts(path):
        try:
            documents.append(without_overlaps(text).to_document(ADE_TOKEN))
        except InputError as error:
            raise InputError(error.message, path=path, line=line) from None
    return documents


def read_ade_texts(path: str | os.PathLike[str]) -> list[AnnotatedText]:
    """Reads the corpus as it is annotated: one text for each sentence of an abstract, with all its relations.

    Offsets in the file count in the abstract. The sentence's own offset is the one at which every mention of
    it is found; spaces around mentions are stripped. An id is `<PubMed id>.<number of the sentence among the
    abstract's in the file>`.

    Args:
        path: `DRUG-AE.rel`.

    Raises:
        InputError: the file cannot be read; a line has not eight fields; offsets that fit no or several
        places in the sentence.
    """
    return [text for _, text in _numbered_texts(path)]


@dataclass(frozen=True)
class _Span:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Line:
    number: int
    pubmed_id: str
    sentence: str
    effect: _Span
    drug: _Span


def _numbered_texts(path: str | os.PathLike[str]) -> Iterator[tuple[int, AnnotatedText]]:
    """The texts, each with the first line that it stands on."""
    groups: dict[tuple[str, str], list[_Line]] = {}
    for line in _read_lines(path):
        groups.setdefault((line.pubmed_id, line.sentence), []).append(line)
    numbers: dict[str, int] = {}
    for (pubmed_id, sentence), lines in groups.items():
        numbers[pubmed_id] = numbers.get(pubmed_id, -1) + 1
        yield lines[0].number, _text(f"{pubmed_id}.{numbers[pubmed_id]}", sentence, lines, path)


def _read_lines(path: str | os.PathLike[str]) -> list[_Line]:
    rows = read_utf8(path, encoding="utf-8-sig").split("\n")
    lines = [_line(row.rstrip("\r"), number, path) for number, row in enumerate(rows, 1) if row.strip()]
    if not lines:
        raise InputError("expected lines of the ADE corpus, received an empty file", path=path)
    return lines


def _line(row: str, number: int, path: str | os.PathLike[str]) -> _Line:
    fields = row.split("|")
    if len(fields) != _FIELDS:
        raise InputError(
            f"expected {_FIELDS} fields separated by |, received {len(fields)}", path=path, line=number
        )
    if len(fields[1]) > _LONGEST_SENTENCE:
        raise InputError(
            f"sentence of {len(fields[1])} characters received, expected at most {_LONGEST_SENTENCE}",
            path=path,
            line=number,
        )
    spans = []
    for text, start, end in (fields[2:5], fields[5:8]):
        if not (_is_number(start) and _is_number(end)) or int(end) - int(start) != len(text):
            raise InputError(
                f"expected the offsets of {text!r}, {len(text)} characters apart, "
                f"received {start!r} and {end!r}",
                path=path,
                line=number,
            )
        spans.append(_Span(text, int(start), int(end)))
    return _Line(number, fields[0], fields[1], *spans)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _text(doc_id: str, sentence: str, lines: list[_Line], path: str | os.PathLike[str]) -> AnnotatedText:
    offset = _sentence_offset(sentence, lines, path)
    places: dict[Mention, int] = {}
    relations = []
    for line in lines:
        effect = places.setdefault(_mention(EFFECT, line.effect, offset), len(places))
        drug = places.setdefault(_mention(DRUG, line.drug, offset), len(places))
        relations.append(Relation(RELATION, effect, drug))
    return AnnotatedText(doc_id, sentence, tuple(places), tuple(dict.fromkeys(relations)))


def _sentence_offset(sentence: str, lines: list[_Line], path: str | os.PathLike[str]) -> int:
    """Where in the abstract the sentence begins: what all of its mentions agree on."""
    candidates: set[int] | None = None
    for line in lines:
        for span in (line.effect, line.drug):
            found = {span.start - place for place in _places(sentence, span.text)}
            candidates = found if candidates is None else candidates & found
    if candidates is None or len(candidates) != 1:
        raise InputError(
            "expected mentions whose offsets fit one place in the sentence, "
            f"received {len(candidates or ())} that fit",
            path=path,
            line=lines[0].number,
        )
    return candidates.pop()


def _places(text: str, part: str) -> list[int]:
    places = []
    place = text.find(part)
    while part and place >= 0:
        places.append(place)
        place = text.find(part, place + 1)
    return places


def _mention(label: str, span: _Span, offset: int) -> Mention:
    start = span.start - offset + len(span.text) - len(span.text.lstrip())
    return Mention(label, start, start + len(span.text.strip()))
