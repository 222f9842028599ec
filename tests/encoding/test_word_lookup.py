"""The original's rule, case by case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding import lookup_forms


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Ulm", ("Ulm", "ulm")),
        ("NATO", ("NATO", "nato")),
        ("ulm", ("ulm", "Ulm")),
        ("o'neil", ("o'neil", "O'Neil")),
        ("post-war", ("post-war", "Post-War")),
        ("iPod", ("iPod", "ipod")),
        ("1984", ("1984", "0")),
        ("0", ("0",)),
        # Of the digits only those that Python's \d has, too.
        ("\u0661\u0662", ("\u0661\u0662", "0")),
        ("\u00b2", ("\u00b2",)),
        # Not all digits, and neither upper nor lower case.
        ("3.5", ("3.5",)),
        ("-7", ("-7",)),
        (",", (",",)),
        ("70-mph", ("70-mph", "70-Mph")),
        ("B-52", ("B-52", "b-52")),
        ("", ("",)),
        ("straße", ("straße", "Straße")),
    ],
)
def test_forms_by_hand(word: str, expected: tuple[str, ...]) -> None:
    assert lookup_forms(word) == expected


@given(st.text())
def test_the_exact_form_is_first_and_no_form_stands_twice(word: str) -> None:
    forms = lookup_forms(word)
    assert forms[0] == word
    assert len(forms) == len(set(forms)) <= 2
