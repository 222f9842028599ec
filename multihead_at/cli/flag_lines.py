"""Flags that stand in files: `--flagfile=FILE`, as absl has it, but with the line of what is no flag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from multihead_at.errors import InputError
from multihead_at.files import read_utf8

_FLAG_FILE = re.compile(r"--?flagfile(?:=(.*))?", re.DOTALL)
# Of a flag with a value in a file: its name, and what stands between the two.
_WITH_VALUE = re.compile(r"^(--?[A-Za-z_]\w*)(?:\s*=\s*|\s+)")
_COMMENTS = ("#", "//")


def with_flag_files(arguments: Sequence[str], inside: tuple[str, ...] = ()) -> Iterator[str]:
    """Yields the arguments, in place of each flag file its flags.

    A line of a file is a flag, `--name=value`, `--name value` or a switch; blank lines and those that begin
    with `#` or `//` are passed over. A file may name others.

    Args:
        arguments: the command line, or a file's lines.
        inside: the files that the arguments come from.

    Raises:
        InputError: a file cannot be read or is no UTF-8, a line is no flag, a file is within itself, or
            `--flagfile` has no value.
    """
    rest = iter(arguments)
    for argument in rest:
        found = _FLAG_FILE.fullmatch(argument)
        if found is None:
            yield argument
            continue
        name = found[1] if found[1] is not None else next(rest, "")
        if not name.strip():
            raise InputError("flagfile: expected the path of a file, received none")
        if name in inside:
            raise InputError("is within itself: expected flag files that end", path=name)
        yield from with_flag_files(list(_lines(name)), (*inside, name))


def _lines(path: str) -> Iterator[str]:
    # Windows editors put a byte order mark in front.
    for number, raw in enumerate(read_utf8(path, encoding="utf-8-sig").split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith(_COMMENTS):
            continue
        if not line.startswith("-"):
            message = f"expected a flag, written --name=value, received {line[:60]!r}"
            raise InputError(message, path=path, line=number)
        yield _WITH_VALUE.sub(r"\1=", line)
