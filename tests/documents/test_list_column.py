"""The lists of relations and heads."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents.list_column import format_list, parse_integers, parse_strings
from multihead_at.errors import InputError

# Python also prints halves of surrogate pairs, which are no characters and are refused.
strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(strings))
def test_strings_are_read_as_python_prints_them(items: list[str]) -> None:
    assert format_list(items) == repr(items)
    assert parse_strings(repr(items)) == items
    assert parse_strings(ascii(items)) == items


@given(st.lists(st.integers(-(10**17), 10**17)))
def test_integers_are_read_as_python_prints_them(items: list[int]) -> None:
    assert format_list(items) == repr(items)
    assert parse_integers(repr(items)) == items


@given(st.text(alphabet="[]'\"\\, Nxu0aé7-", max_size=14).map(lambda inside: f"[{inside}]"))
def test_what_is_accepted_means_what_it_means_in_python(text: str) -> None:
    for parse in (parse_strings, parse_integers):
        try:
            items = parse(text)
        except InputError:
            continue
        assert items == ast.literal_eval(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", []),
        ("['N']", ["N"]),
        ('["N"]', ["N"]),
        ("""["it's",'a "b"']""", ["it's", 'a "b"']),
        ("  [ 'a' ,'b'  ] ", ["a", "b"]),
        (r"['\'\\\"\n\r\t']", ["'\\\"\n\r\t"]),
        (r"['\x41\u20ac\U0001F600']", ["A\u20ac\U0001f600"]),
        ("['a,b]']", ["a,b]"]),
        ("['']", [""]),
    ],
)
def test_strings_by_hand(text: str, expected: list[str]) -> None:
    assert parse_strings(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"expected '\[' at column 1, received nothing more"),
        ("N", r"expected '\[' at column 1, received 'N'"),
        ("['N'", r"expected '\]' at column 5, received nothing more"),
        ("['N", "expected a closing ' at column 4, received nothing more"),
        ("['N\"]", "expected a closing ' at column 6, received nothing more"),
        ("['N',]", r"expected a quoted string at column 6, received '\]'"),
        ("[,'N']", "expected a quoted string at column 2"),
        ("['N' 'N']", r"expected '\]' at column 6"),
        ("['N'] x", "expected the end at column 7, received 'x'"),
        ("[N]", "expected a quoted string at column 2"),
        ("[u'N']", "expected a quoted string at column 2"),
        ("['N', 3]", "expected a quoted string at column 7"),
        ("[['N']]", "expected a quoted string at column 2"),
        ("('N')", r"expected '\[' at column 1"),
        (r"['\q']", "expected an escape as Python writes it at column 3"),
        (r"['\x4']", "expected an escape as Python writes it at column 3"),
        (r"['\x4g']", "expected an escape as Python writes it at column 3"),
        (r"['\x+4']", "expected an escape as Python writes it at column 3"),
        (r"['\ud800']", "expected an escape as Python writes it at column 3"),
        (r"['\U00110000']", "expected an escape as Python writes it at column 3"),
        ("['\\", "expected an escape as Python writes it at column 3"),
    ],
)
def test_what_is_no_list_of_strings_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_strings(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "[3", "[3,]", "[3 4]", "[03]", "[+3]", "[3.0]", "[--3]", "[-]", "[0x3]", "[1_0]"),
        *("['3']", "[None]", "[True]", "[\u00b3]", "[\u0663]", "[9999999999999999999]"),
    ],
)
def test_what_is_no_list_of_integers_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"expected .* at column \d+, received"):
        parse_integers(text)


def test_extreme_lists_are_refused_like_any_other() -> None:
    with pytest.raises(InputError, match="expected a quoted string at column 2"):
        parse_strings("[" * 100_000)
    with pytest.raises(InputError, match="expected an integer at column 2"):
        parse_integers(f"[{'9' * 100_000}]")
    with pytest.raises(InputError, match="expected a closing ' at column 200003, received nothing more"):
        parse_strings("['" + "\\\\" * 100_000)
