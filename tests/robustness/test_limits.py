"""The limits hold whatever is read."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from limits import MOST_MEGABYTES, MOST_SECONDS, in_a_child, limits
from mutations import Outcome, read_all
from readers import Reader

from multihead_at.errors import InputError


def read(act: Callable[[Path], object], **attributes: object) -> Outcome:
    reader = Reader("made-up", lambda: ({"x": b"abc"},), act, **attributes)  # type: ignore[arg-type]
    return read_all(reader, [{"x": b"abc"}], MOST_SECONDS)


def never_end(folder: Path) -> None:
    while True:
        try:
            os.stat(folder)
        except Exception:
            continue


def test_time_is_limited() -> None:
    (escape,) = read(never_end).escapes
    assert f"took more than {MOST_SECONDS} s" in escape and "b'abc'" in escape


def test_memory_is_limited() -> None:
    (escape,) = read(lambda folder: bytearray((MOST_MEGABYTES + 1) * 2**20)).escapes
    assert "MemoryError" in escape


def test_what_the_memory_allows_is_taken() -> None:
    def take(folder: Path) -> Callable[[], None]:
        taken = bytearray(MOST_MEGABYTES * 2**19)
        return taken.clear

    assert read(take).taken == 1


def test_the_limits_end_with_what_they_are_for() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(MemoryError), limits():
        bytearray((MOST_MEGABYTES + 1) * 2**20)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_crash_of_the_interpreter_escapes_with_the_input() -> None:
    (escape,) = read(lambda folder: os.kill(os.getpid(), signal.SIGKILL)).escapes
    assert "ended by signal 9" in escape and "b'abc'" in escape


def test_code_that_hears_of_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("limits._STUCK_AFTER", 1)
    pause = ctypes.PyDLL(None).sleep
    (escape,) = read(lambda folder: pause(100)).escapes
    assert "ended by signal 14" in escape


def test_a_child_gives_what_its_work_gives() -> None:
    assert in_a_child(lambda step: {"process": os.getpid()}) != {"process": os.getpid()}


@pytest.mark.parametrize(
    ("line", "attributes", "escapes"),
    [
        (1, {}, False),
        (2, {}, False),
        (None, {}, True),
        (0, {}, True),
        (3, {}, True),
        (None, {"has_lines": False}, False),
        (None, {"about_all": ("wro",)}, False),
        (None, {"without_lines": (b"ab",)}, False),
    ],
)
def test_an_error_must_say_on_which_line(
    line: int | None, attributes: dict[str, object], escapes: bool
) -> None:
    def refuse(folder: Path) -> None:
        raise InputError("wrong", path=folder / "x", line=line)

    assert bool(read(refuse, **attributes).escapes) == escapes
