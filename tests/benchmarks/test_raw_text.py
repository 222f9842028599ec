"""The benchmark of raw text: plain sentences, and scores by characters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.plain_sentence import plain_sentence
from benchmarks.raw_text import compare, on_common_pieces, plain_document, score
from multihead_at.documents import AnnotatedText, Mention, Relation, mentions_from_bio, read_documents


@pytest.mark.parametrize(
    ("tokens", "sentence"),
    [
        ("Ada Brook 's tea ( hot ) , she said .", "Ada Brook's tea (hot), she said."),
        ('He said : " Go ! " and left .', 'He said: "Go!" and left.'),
        ("of $ 10 , 000 , 3 men , at 5 : 30", "of $10,000, 3 men, at 5:30"),
        ("$20 , 000 in 1987 , 250 then", "$20,000 in 1987, 250 then"),
        ("` ` So ' ' _ it", "``So'' _ it"),
        ("", ""),
    ],
)
def test_plain_sentences(tokens: str, sentence: str) -> None:
    text, spans = plain_sentence(tokens.split())
    assert text == sentence
    assert [text[start:end] for start, end in spans] == tokens.split()


def test_mentions_are_compared_by_their_characters() -> None:
    text = "Ada Brook-Velm sat"
    gold = AnnotatedText("1", text, (Mention("Peop", 0, 9), Mention("Loc", 10, 14)), (Relation("R", 0, 1),))
    # The second begins a character too early.
    found = AnnotatedText("1", text, (Mention("Peop", 0, 9), Mention("Loc", 9, 14)), (Relation("R", 0, 1),))
    one, other = on_common_pieces(gold, found)
    assert one.tokens == other.tokens == ("Ada Brook", "-", "Velm", " sat")
    assert one.tags == ("B-Peop", "O", "B-Loc", "O")
    assert other.tags == ("B-Peop", "B-Loc", "I-Loc", "O")
    assert one.heads[0] == other.heads[0]


def test_gold_against_itself_is_right(bio_run: Path) -> None:
    gold = [plain_document(document) for document in read_documents(bio_run / "predictions-test.txt")]
    scores = score(bio_run, gold, gold)
    assert (scores.entity_f1, scores.relation_f1) == (1.0, 1.0)
    nothing = [AnnotatedText(text.doc_id, text.text, (), ()) for text in gold]
    assert score(bio_run, gold, nothing).overall_f1 == 0


@pytest.mark.parametrize(("run", "ways"), [("bio_run", 3), pytest.param("ec_run", 2, marks=pytest.mark.long)])
def test_text_with_the_corpus_own_tokens_has_its_score(
    run: str, ways: int, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(run)
    rows = compare(folder, folder / "predictions-test.txt", folder)
    assert len(rows) == ways
    figures = [tuple(value for name, value in row.items() if name != "input") for row in rows]
    assert figures == [(100.0, 100.0, 100.0)] * ways


def test_conll04_as_plain_sentences(corpus_file: Callable[[str], Path]) -> None:
    for document in read_documents(corpus_file("conll04/test.txt")):
        text = plain_document(document)
        pieces, _ = on_common_pieces(text, text)
        assert (
            len(mentions_from_bio(pieces.tags)) == len(text.mentions) == len(mentions_from_bio(document.tags))
        )
        assert "".join(text.text.split()) == "".join(document.tokens)
