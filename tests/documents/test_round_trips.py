"""From each format to each other one and back: the five columns, SpERT's JSON, brat."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multihead_at.datasets import sample_dir
from multihead_at.documents import (
    Document,
    Head,
    Mention,
    Relation,
    brat_text,
    format_document,
    read_brat,
    read_documents,
    read_spert_json,
    write_brat,
    write_documents,
    write_spert_json,
)
from multihead_at.documents.brat_documents import tokenized_brat_documents
from multihead_at.documents.brat_files import brat_order
from multihead_at.documents.document_from_mentions import document_from_mentions


def through_columns(documents: Sequence[Document], folder: Path) -> list[Document]:
    write_documents(folder / "columns.txt", documents)
    return read_documents(folder / "columns.txt")


def through_json(documents: Sequence[Document], folder: Path) -> list[Document]:
    write_spert_json(folder / "spert.json", documents)
    return read_spert_json(folder / "spert.json")


def through_brat(documents: Sequence[Document], folder: Path) -> list[Document]:
    write_brat(folder / "brat", map(brat_text, documents))
    return [document for text in read_brat(folder / "brat") for document in tokenized_brat_documents(text)]


Trip = Callable[[Sequence[Document], Path], "list[Document]"]
TRIPS: list[Trip] = [through_columns, through_json, through_brat]


@pytest.mark.parametrize("trip", TRIPS)
@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_the_sample_comes_back_byte_for_byte(trip: Trip, split: str, tmp_path: Path) -> None:
    path = sample_dir() / f"{split}.txt"
    again = trip(read_documents(path), tmp_path)
    assert "".join(map(format_document, again)) == path.read_text(encoding="utf-8")


TOKENS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=" \t\r\n"), min_size=1, max_size=5
)
TYPES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=4)
RELATIONS: st.SearchStrategy[str] = TYPES.filter(lambda name: name != "N")
IDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\r\n\0"), min_size=1, max_size=8)


@st.composite
def documents(draw: st.DrawFn, doc_id: str) -> Document:
    tokens = draw(st.lists(TOKENS, min_size=1, max_size=8))
    borders = sorted(draw(st.sets(st.integers(0, len(tokens)), max_size=6)))
    mentions = [Mention(draw(TYPES), start, end) for start, end in zip(borders[::2], borders[1::2])]
    places = st.integers(0, max(0, len(mentions) - 1))
    relations = draw(st.lists(st.builds(Relation, RELATIONS, places, places), max_size=5)) if mentions else []
    return document_from_mentions(doc_id, tokens, mentions, relations)


CORPORA = (
    st.lists(IDS.filter(lambda name: bool(name.strip())), min_size=1, max_size=4, unique=True)
    .map(lambda ids: sorted(ids, key=brat_order))
    .flatmap(lambda ids: st.tuples(*map(documents, ids)))
)


@pytest.mark.parametrize("trip", TRIPS)
@settings(max_examples=40)
@given(corpus=CORPORA)
def test_generated_documents_come_back_as_they_were(trip: Trip, corpus: tuple[Document, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert trip(corpus, Path(folder)) == list(corpus)


@pytest.mark.parametrize("trip", [through_json, through_brat])
def test_what_cannot_be_carried_over(trip: Trip, tmp_path: Path) -> None:
    """A mention that begins with I-, a relation given twice, an N that does not stand alone."""
    odd = Document(
        "1",
        ("Ada", "Velm"),
        ("I-Peop", "B-Loc"),
        ((Head("N", 0), Head("Live_In", 1), Head("Live_In", 1)), (Head("N", 0),)),
    )
    (again,) = trip([odd], tmp_path)
    assert again == Document(
        "1", ("Ada", "Velm"), ("B-Peop", "B-Loc"), ((Head("Live_In", 1),), (Head("N", 1),))
    )
    assert through_columns([odd], tmp_path) == [odd]


def test_blanks_in_types_are_lost_in_brat_only(tmp_path: Path) -> None:
    document = document_from_mentions(
        "1", ["garage", "huis"], [Mention("Extra building", 0, 1), Mention("Property", 1, 2)], []
    )
    assert through_json([document], tmp_path) == [document]
    (again,) = through_brat([document], tmp_path)
    assert again.tags == ("B-Extra_building", "B-Property")
