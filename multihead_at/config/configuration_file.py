"""Reader of the original's configuration files, so that they can be used unchanged."""

from __future__ import annotations

import os
import re
import typing
from collections.abc import Iterator
from typing import Any

from multihead_at.config.config import ORIGINAL_SETTINGS, Config
from multihead_at.config.nearest_name import nearest_name
from multihead_at.config.read_number import read_number
from multihead_at.config.setting_check import check_setting
from multihead_at.errors import InputError
from multihead_at.files import read_utf8


def read_configuration_file(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Reads lines `key = value # comment`; values may stand in double quotes.

    As in the original, `true` and `1` (in any case) are true and every other text of a switch is false, and
    `#` ends a value, within quotes too. The original passes over keys that it does not know, and of a
    repeated one takes the last; here both are refused, as most often they are slips.

    Args:
        path: the file, UTF-8.

    Returns:
        The settings that the file has, by name, each of the type that `Config` gives it and within its range.
        Paths are as written.

    Raises:
        InputError: the file cannot be read, or a line has no `=`, an unknown or repeated key or a value that
            the setting does not accept.
    """
    settings: dict[str, Any] = {}
    first_lines: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            key, value = _read_line(line)
        except InputError as error:
            raise InputError(error.message, path=path, line=number) from None
        if key in settings:
            raise InputError(f"{key} stands on line {first_lines[key]} already", path=path, line=number)
        settings[key] = value
        first_lines[key] = number
    return settings


def _lines(path: str | os.PathLike[str]) -> Iterator[tuple[int, str]]:
    """The lines that hold a setting, with their numbers from 1."""
    # Windows editors put a byte order mark before the first line.
    for number, raw in enumerate(re.split("\r\n?|\n", read_utf8(path, encoding="utf-8-sig")), start=1):
        line = raw.strip()
        if line and not line.startswith("#"):
            yield number, line


def _read_line(line: str) -> tuple[str, Any]:
    key, equals, rest = line.partition("=")
    key = key.strip()
    if not equals or not key:
        raise InputError(f"expected a line 'key = value', received {line!r}")
    if key not in ORIGINAL_SETTINGS:
        raise InputError(f"unknown key {key!r}; the nearest there is: {nearest_name(key, ORIGINAL_SETTINGS)}")
    return key, check_setting(key, _typed(key, rest.partition("#")[0].strip(' "\t')))


def _typed(key: str, text: str) -> Any:
    kind = typing.get_type_hints(Config)[key]
    if kind is bool:
        return text.lower() in ("true", "1")
    if kind is str:
        return text
    try:
        return read_number(kind, text)
    except ValueError:
        expected = "a whole number" if kind is int else "a number"
        raise InputError(f"{key}: expected {expected}, received {text!r}") from None
