"""Running text to sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import split_sentences, tokenize
from multihead_at.documents.sentences import cut_tokens


def shown(text: str, **options: Any) -> list[str]:
    return [text[tokens[0].start : tokens[-1].end] for tokens in split_sentences(text, **options)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Ada lives in Velm.", "She works there."],
        ["Dr. Bo F. Orr met Sen. Dee in the U.S. Senate.", "It rained."],
        ["He is at Orr Inc.", "The firm is old."],
        ["It was 3 p.m.", "They left."],
        ["He left at 3 p.m. on Friday."],
        ["Is it so?", "No!", "Well..."],
        ['"Go home."', "(Nobody went.)", "``Why?''", "They slept."],
        ["It costs 3.50.", "2 are left."],
        ["She wrote: No. 5 is mine."],
        ["He said so. and went."],
        ["He ran (why?), then stopped."],
        ["One line\nis no sentence."],
        ["A heading", "A text."],
        ["\u00c0 Paris.", "\u00c9mile dort.", "\u4f60\u597d\u3002", "\u4f60\u597d\u3002"],
    ],
    ids=lambda sentences: sentences[0],
)
def test_sentences(sentences: list[str]) -> None:
    between = "\n \n" if sentences[0] == "A heading" else " "
    assert shown(between.join(sentences)) == sentences


def test_no_sentence_in_blanks() -> None:
    assert split_sentences("") == split_sentences(" \n\n\t") == []


def test_a_given_span_holds_sentences_together() -> None:
    text = "See Who? Me. Then go. Now."
    assert shown(text, together=[(4, 12)]) == ["See Who? Me.", "Then go.", "Now."]


def test_given_places_cut_tokens() -> None:
    cut = cut_tokens(tokenize("a Velm-based firm"), [2, 6, 12, 13, 99])
    assert [token.text for token in cut] == ["a", "Velm", "-", "based", "firm"]
    assert [(token.start, token.end) for token in cut] == [(0, 1), (2, 6), (6, 7), (7, 12), (13, 17)]


@given(st.text("aA. ?!\n'\")(,\u00a0Mr", max_size=60))
def test_nothing_is_lost_or_moved(text: str) -> None:
    sentences = split_sentences(text)
    assert all(sentences)
    tokens = [token for sentence in sentences for token in sentence]
    assert "".join(token.text for token in tokens) == "".join(token.text for token in tokenize(text))
    assert all(token.text == text[token.start : token.end] for token in tokens)
