"""brat's texts to documents and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import AnnotatedText, Document, Head, Mention, Relation, read_documents
from multihead_at.documents.brat_documents import brat_documents, brat_text, tokenized_brat_documents
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.errors import InputError


def annotated(text: str, mentions: dict[str, str], *relations: tuple[str, int, int]) -> AnnotatedText:
    """A text in which each mention stands where its words stand first."""
    spans = [
        Mention(label, text.index(words), text.index(words) + len(words)) for words, label in mentions.items()
    ]
    return AnnotatedText("d", text, tuple(spans), tuple(Relation(*relation) for relation in relations))


def test_sentences_become_documents() -> None:
    text = annotated(
        "Ada lives in Velm. It rained.\n\nCy, of Tarn, left.",
        {"Tarn": "Loc", "Ada": "Peop", "Velm": "Loc", "Cy": "Peop"},
        ("Live_In", 1, 2),
        ("From", 3, 0),
    )
    first, second, third = brat_documents(text)
    assert [document.doc_id for document in (first, second, third)] == ["d.1", "d.2", "d.3"]
    assert first.tokens == ("Ada", "lives", "in", "Velm", ".")
    assert first.tags == ("B-Peop", "O", "O", "B-Loc", "O")
    assert first.heads[0] == (Head("Live_In", 3),)
    assert set(second.tags) == {"O"}
    assert (third.tags, third.heads[0]) == (
        ("B-Peop", "O", "O", "B-Loc", "O", "O", "O"),
        (Head("From", 3),),
    )


def test_one_sentence_keeps_the_id_and_none_is_no_document() -> None:
    assert [document.doc_id for document in brat_documents(annotated("So.", {}))] == ["d"]
    assert brat_documents(annotated(" \n", {})) == []


def test_relations_and_mentions_hold_sentences_together() -> None:
    text = annotated("Ada sat. Bo ran. Cy slept. End.", {"Ada": "Peop", "Cy": "Peop"}, ("Knows", 1, 0))
    together, last = brat_documents(text)
    assert together.heads[6] == (Head("Knows", 0),)
    assert last.tokens == ("End", ".")


def test_tokens_end_where_mentions_do() -> None:
    (document,) = brat_documents(annotated("The Velm-based firm", {"Velm": "Loc"}))
    assert document.tokens == ("The", "Velm", "-", "based", "firm")
    assert document.tags[1] == "B-Loc"


def test_of_overlapping_mentions_the_longest_stays() -> None:
    text = annotated("University of Velm here", {"Velm": "Loc", "University of Velm": "Org"}, ("In", 1, 0))
    with pytest.warns(UserWarning, match="document d: 1 mentions left out, with 1 relations"):
        (document,) = brat_documents(text)
    assert document.tags == ("B-Org", "I-Org", "I-Org", "O")


def test_a_mention_of_blanks() -> None:
    with pytest.raises(InputError, match="document d: entity of characters 1 to 2"):
        brat_documents(AnnotatedText("d", "a b", (Mention("X", 1, 2),), ()))


@pytest.mark.parametrize(
    ("text", "mentions", "relations", "message"),
    [
        ("a  b", (), (), "one blank between"),
        (" a", (), (), "one blank between"),
        ("ab c", (Mention("X", 0, 1),), (), "begins and ends where tokens do"),
        ("a\nb", (Mention("X", 0, 1), Mention("X", 2, 3)), (Relation("R", 0, 1),), "between two lines"),
        ("a b", (Mention("X", 0, 3), Mention("X", 2, 3)), (), "another mention"),
    ],
)
def test_texts_that_are_not_tokenized(
    text: str, mentions: tuple[Mention, ...], relations: tuple[Relation, ...], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        tokenized_brat_documents(AnnotatedText("d", text, mentions, relations))


def test_lines_of_tokens() -> None:
    text = AnnotatedText("d", "a. b\n\nc\n", (Mention("X", 6, 7), Mention("Y", 3, 4)), ())
    first, second = tokenized_brat_documents(text)
    assert (first.doc_id, first.tokens, first.tags) == ("d.1", ("a.", "b"), ("O", "B-Y"))
    assert (second.doc_id, second.tokens, second.tags) == ("d.2", ("c",), ("B-X",))


def test_what_brat_cannot_hold() -> None:
    heads = ((Head("N", 0),), (Head("N", 1),))
    with pytest.raises(InputError, match="token 'a b' received"):
        brat_text(Document("d", ("a b", "c"), ("O", "O"), heads))
    with pytest.raises(InputError, match="last tokens of mentions"):
        brat_text(Document("d", ("a", "c"), ("O", "O"), ((Head("R", 1),), heads[1])))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    tokens = draw(st.lists(st.text("aB.,-\u00a0\u00e9", min_size=1, max_size=4), min_size=1, max_size=8))
    borders = sorted(draw(st.sets(st.integers(0, len(tokens)), max_size=6)))
    mentions = [
        Mention(draw(st.sampled_from(["Loc", "Org"])), start, end)
        for start, end in zip(borders[::2], borders[1::2])
    ]
    places = st.integers(0, max(0, len(mentions) - 1))
    several = st.lists(st.builds(Relation, st.sampled_from(["In", "Of"]), places, places), max_size=4)
    relations = draw(several) if mentions else []
    return document_from_mentions("d", tokens, mentions, relations)


@given(documents())
def test_tokens_come_back_as_they_were(document: Document) -> None:
    (again,) = tokenized_brat_documents(brat_text(document))
    assert (again.tokens, again.tags) == (document.tokens, document.tags)
    assert [sorted(heads) for heads in again.heads] == [sorted(heads) for heads in document.heads]


def test_conll04_comes_back_as_it_was(corpus_file: Callable[[str], Path]) -> None:
    for document in read_documents(corpus_file("conll04/test.txt")):
        (again,) = tokenized_brat_documents(brat_text(document))
        assert [sorted(heads) for heads in again.heads] == [sorted(heads) for heads in document.heads]
        assert (again.doc_id, again.tokens, again.tags) == (document.doc_id, document.tokens, document.tags)
