"""The second form of a word, in a graph as in Python."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding import WordTable, WordVectors, lookup_forms
from multihead_at.export import word_table
from multihead_at.export.code_points import character_traits
from multihead_at.export.word_lookup import second_form

# No surrogates, and none of the code points that are not for exchange, which TensorFlow replaces.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=8)
LETTERS = st.text(
    st.sampled_from("aZ0\u0660\u00b2-'\u03a3\u03c3\u00df\u0130\u01c5\ufb01\u0149\u02b0\u0345\x00 ")
)

second = tf.function(second_form, input_signature=[tf.TensorSpec([None], tf.string)], autograph=False)


def in_a_graph(words: list[str]) -> list[str]:
    return [form.decode() for form in second(tf.constant(words, tf.string, [len(words)])).numpy().tolist()]


def telling_codes() -> list[int]:
    """All characters up to the CJK ones, and further on those with a case, digits, and their neighbours."""
    first, traits = character_traits()
    runs = zip(first, [*first[1:], sys.maxunicode + 1], traits)
    with_traits = {code for start, end, bits in runs if bits for code in range(start - 1, end + 1)}
    codes = sorted({*range(0x3000), *with_traits} - {-1, sys.maxunicode + 1})
    return [code for code in codes if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize("frame", ["{}", "a{}b", "A{}", "{}a", "-{}'", "A\u03a3{}", "A\u03a3{}a", "{}\u03a3"])
def test_every_character_is_cased_as_python_does(frame: str) -> None:
    words = [frame.format(chr(code)) for code in telling_codes()]
    assert in_a_graph(words) == [lookup_forms(word)[-1] for word in words]


@given(st.lists(TEXTS | LETTERS, min_size=1, max_size=10))
def test_any_word(words: list[str]) -> None:
    assert in_a_graph(words) == [lookup_forms(word)[-1] for word in words]


def test_no_word_at_all() -> None:
    assert in_a_graph([]) == []


def test_a_word_has_the_row_that_python_finds() -> None:
    words = ("tea", "Velm", "0", "1984", "O'Dell", "stra\u00dfe", "a\nb", "\u4e2d", "Fish")
    matrix = np.arange(2 * len(words), dtype=np.float32).reshape(-1, 2)
    vectors = WordVectors(words, matrix, name="few", sha256="")
    special = np.full([2, 2], -1, np.float32)
    table = word_table.WordTable(vectors, special)
    python = WordTable(words, np.concatenate([special, matrix]), 1.0)
    tokens = [
        *words,
        "TEA",
        "Tea",
        "velm",
        "VELM",
        "77",
        "1984",
        "\u0661",
        "o'dell",
        "",
        "none",
        "\ufb01sh",
        "A\nB",
    ]
    rows = table.rows(tf.constant(tokens)).numpy()
    assert table.matrix[rows].tolist() == python.matrix[[python.row(token) for token in tokens]].tolist()
    assert {token for token, row in zip(tokens, rows) if row == 1} == {"", "VELM", "none"}
