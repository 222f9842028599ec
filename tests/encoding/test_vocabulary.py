"""Symbols and ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding import Vocabulary
from multihead_at.errors import InputError


def test_symbols_are_sorted_as_python_sorts_and_stand_once() -> None:
    vocabulary = Vocabulary(["b", "N", "a", "b", "É"])
    assert vocabulary.symbols == ("N", "a", "b", "É")
    assert [vocabulary.id(symbol) for symbol in "Nab"] == [0, 1, 2]
    assert len(vocabulary) == 4


def test_an_unknown_symbol_has_no_id() -> None:
    vocabulary = Vocabulary(["Loc", "Org"])
    assert vocabulary.get("Peop") is None
    assert "Peop" not in vocabulary
    with pytest.raises(InputError, match="'Peop' received, expected one of: Loc, Org"):
        vocabulary.id("Peop")


@given(st.lists(st.text()))
def test_ids_and_symbols_are_inverse(symbols: list[str]) -> None:
    vocabulary = Vocabulary(symbols)
    assert set(vocabulary) == set(symbols)
    for number, symbol in enumerate(vocabulary.symbols):
        assert vocabulary.id(symbol) == vocabulary.get(symbol) == number
    assert vocabulary == Vocabulary(reversed(symbols))
    assert hash(vocabulary) == hash(Vocabulary(reversed(symbols)))
    assert vocabulary != Vocabulary([*symbols, "one more that is longer than any text is likely to be"])
