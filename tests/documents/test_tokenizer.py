"""The tokeniser, in Python and as replacements of TensorFlow's RE2."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tensorflow as tf
from hypothesis import example, given
from hypothesis import strategies as st

from multihead_at.documents import Token, read_documents, tokenize, tokenize_sentence
from multihead_at.documents.tokenizer import BLANKS, FINAL_STOP, PLAIN_QUOTES, TOKEN_PATTERN, plain_quotes

CASES = [
    ("Ada Brook lives in Velm.", "Ada|Brook|lives|in|Velm|."),
    ("Mr. J. F. Orr of the U.S. Navy", "Mr.|J.|F.|Orr|of|the|U.S.|Navy"),
    (
        "a U.S.-led force; Sen. Dee, D-N.Y., and R-Calif. Bo",
        "a|U.S.-led|force|;|Sen.|Dee|,|D-N.Y.|,|and|R-Calif.|Bo",
    ),
    ("at 3 p.m. on Sept. 5", "at|3|p.m.|on|Sept.|5"),
    ('She said: "Don\'t!"', 'She|said|:|"|Don|\'t|!|"'),
    ("Velm's mayors' (new) hall", "Velm|'s|mayors|'|(|new|)|hall"),
    ("Tim O'Dell's", "Tim|O|'Dell|'s"),
    ("He\u2019s \u201chere\u201d", 'He|\'s|"|here|"'),
    ("1,000.5 and $62.50, 8% of .38", "1,000.5|and|$62.50|,|8|%|of|.38"),
    ("the 1990s: 21st, 3.5-inch, AK-47", "the|1990s|:|21st|,|3.5-inch|,|AK-47"),
    ("long-term -- or not - so", "long-term|--|or|not|-|so"),
    ("well... no", "well|...|no"),
    ("AT&T, orr.example.org; a/b", "AT&T|,|orr.example.org|;|a|/|b"),
    (
        "see https://orr.example/a?b=c. Or me@orr.example!",
        "see|https://orr.example/a?b=c|.|Or|me@orr.example|!",
    ),
    ("tea\U0001f375\U0001f375 \u2615\ufe0f hot", "tea|\U0001f375\U0001f375|\u2615\ufe0f|hot"),
    ("\u00c5se in Z\u00fcrich, \u4e2d\u6587", "\u00c5se|in|Z\u00fcrich|,|\u4e2d\u6587"),
    ("caf\u00e9\u00a0noir\u3000now\u200bhere", "caf\u00e9|noir|now|here"),
    # A combining accent, a keycap, a family, a flag, a skin colour, points of vowels.
    ("cafe\u0301s", "cafe\u0301s"),
    ("1\ufe0f\u20e3 win", "1\ufe0f\u20e3|win"),
    (
        "a\U0001f468\u200d\U0001f469\u200d\U0001f467, \U0001f1e7\U0001f1ea\U0001f44d\U0001f3fd!",
        "a|\U0001f468\u200d\U0001f469\u200d\U0001f467|,|\U0001f1e7\U0001f1ea\U0001f44d\U0001f3fd|!",
    ),
    ("\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd, \u05d0!", "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd|,|\u05d0|!"),
    ("``So'' _ it", "`|`|So|'|'|_|it"),
    ("", ""),
    (" \n\t ", ""),
]

ALL_BLANKS = {chr(code) for code in range(0x110000) if re.fullmatch(f"[{BLANKS}]", chr(code))}

# What the patterns tell apart, so that the strings hit their borders.
CHARACTERS = (
    "aZ9.,-'\"&@$%/:;!?()[]{}`_ \n\t\0\x1f\x85\u00a0\u00e9\u0130\u200d\u2019\u201d\u4e2d\ufe0f\ufeff\u2615"
)
PIECES = st.sampled_from([*CHARACTERS, "--", "...", "Mr.", "U.S.", "http://", "www.", "Inc.", "1,0"])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


def words(tokens: list[Token]) -> str:
    return "|".join(token.text for token in tokens)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_tokens(text: str, expected: str) -> None:
    assert words(tokenize(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("born in Fresno, Calif.", "born|in|Fresno|,|Calif|."),
        ("of the U.S.", "of|the|U.S|."),
        ('"He is at Orr Inc.")', '"|He|is|at|Orr|Inc|.|"|)'),
        ("and so...", "and|so|..."),
        ("The end.", "The|end|."),
        ("Mr. Orr", "Mr.|Orr"),
        (".", "."),
        ('"', '"'),
        ("", ""),
    ],
)
def test_a_sentences_full_stop_is_a_token_of_its_own(text: str, expected: str) -> None:
    assert words(tokenize_sentence(text)) == expected


@given(TEXTS)
def test_every_character_but_blanks_lies_in_one_token_at_its_place(text: str) -> None:
    tokens = tokenize_sentence(text)
    plain = plain_quotes(text)
    assert len(plain) == len(text)
    borders = [0, *(border for token in tokens for border in (token.start, token.end)), len(text)]
    assert borders == sorted(borders)
    for token in tokens:
        assert token.text == plain[token.start : token.end] != ""
        assert not any(character.isspace() for character in token.text)
    between = [text[start:end] for start, end in zip(borders[::2], borders[1::2])]
    assert not set("".join(between)) - ALL_BLANKS


def test_blanks_are_pythons_white_space_and_what_has_no_width() -> None:
    white = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert white | set("\u200b\u2060\ufeff") == ALL_BLANKS


def in_a_graph(texts: list[str]) -> list[list[Token]]:
    """What the module's docstring says a graph can do."""
    lines = tf.constant([text.encode() for text in texts])
    for pattern, replacement in PLAIN_QUOTES:
        lines = tf.strings.regex_replace(lines, pattern, replacement)
    lines = tf.strings.regex_replace(lines, "\n", " ")
    lines = tf.strings.regex_replace(lines, f"({TOKEN_PATTERN})", "\\1\n")
    lines = tf.strings.regex_replace(lines, *FINAL_STOP)
    found = []
    for row in tf.strings.split(lines, "\n").to_list():
        tokens, place = [], 0
        for line in (part.decode() for part in row[:-1]):
            word = line.lstrip("".join(ALL_BLANKS))
            place += len(line)
            tokens.append(Token(word, place - len(word), place))
        found.append(tokens)
    return found


def test_the_patterns_mean_the_same_to_re2() -> None:
    texts = [text for text, _ in CASES]
    assert in_a_graph(texts) == [tokenize_sentence(text) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["a.b", "A.B.", "I.\n.", "x.')\t\"", "''.'", "A.\u200d", "a@b.c.", "$.5.", "www.a."])
def test_the_patterns_mean_the_same_to_re2_on_any_text(texts: list[str]) -> None:
    assert in_a_graph(texts) == [tokenize_sentence(text) for text in texts]


def test_the_patterns_mean_the_same_to_re2_on_conll04(corpus_file: Callable[[str], Path]) -> None:
    texts = [" ".join(document.tokens) for document in read_documents(corpus_file("conll04/train.txt"))]
    assert in_a_graph(texts) == [tokenize_sentence(text) for text in texts]


def test_conll04s_own_tokens_are_found_again(corpus_file: Callable[[str], Path]) -> None:
    gold = found = common = 0
    for document in read_documents(corpus_file("conll04/test.txt")):
        ends = {len(" ".join(document.tokens[: place + 1])) for place in range(len(document))}
        spans = {(end - len(token), end) for end, token in zip(sorted(ends), document.tokens)}
        tokens = {token[1:] for token in tokenize_sentence(" ".join(document.tokens))}
        gold, found, common = gold + len(spans), found + len(tokens), common + len(spans & tokens)
    assert common / gold > 0.995
    assert common / found > 0.99


def test_time_is_in_proportion_to_the_length() -> None:
    # Each of these would take minutes if every character began a search to the end.
    for text in ("%" * 50_000, "a@" * 20_000, "." * 50_000, "a-" * 20_000, "http://" + '"' * 50_000):
        assert tokenize(text)[-1].end == len(text)
