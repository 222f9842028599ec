"""InputError: the line that a user reads."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.errors import InputError


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        (None, None, "no tokens"),
        ("a.txt", None, "a.txt: no tokens"),
        (Path("dir") / "a.txt", 3, "dir/a.txt:3: no tokens"),
    ],
)
def test_the_place_stands_in_front(path: str | Path | None, line: int | None, expected: str) -> None:
    error = InputError("no tokens", path=path, line=line)
    assert str(error) == expected
    assert error.message == "no tokens"
    assert error.line == line
    assert error.path == (None if path is None else str(path))


@given(st.text(), st.text())
def test_it_is_one_printable_line_whatever_was_received(message: str, path: str) -> None:
    text = str(InputError(message, path=path, line=1))
    assert text.isprintable()
    text.encode("utf-8")


def test_control_characters_are_shown_as_escapes() -> None:
    assert str(InputError("a\nb\x1b", path="x\ud800y")) == "x\\ud800y: a\\nb\\x1b"


def test_an_operating_system_error_is_put_in_words() -> None:
    error = InputError.from_os_error("written", OSError(errno.ENOSPC, "No space left on device"), "out.txt")
    assert str(error) == "out.txt: cannot be written: No space left on device"


def test_an_operating_system_error_without_number_keeps_its_text() -> None:
    assert str(InputError.from_os_error("read", OSError("gone"), "in.txt")) == "in.txt: cannot be read: gone"
