"""The two list columns of the five-column format: `['Live_In', 'Work_For']` and `[5, 9]`.

They are lists as Python prints them, read by hand: a file must not be able to run code, nor to take more time
than in proportion to its length. The grammar, with spaces allowed around brackets and items:

    list     = "[" [item {"," item}] "]"
    item     = string | integer        (all of one kind)
    string   = "'" {character | escape} "'"  |  the same in double quotes
    escape   = "\\" one of  \\ ' " n r t  |  "\\x" 2 hex digits  |  "\\u" 4 hex digits  |  "\\U" 8 hex digits
    integer  = ["-"] digit {digit}     (no needless zero in front)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from multihead_at.errors import InputError

_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "r": "\r", "t": "\t"}
_HEX_LENGTHS = {"x": 2, "u": 4, "U": 8}
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_DIGITS = frozenset("0123456789")
_MOST_DIGITS = 18
"""Far beyond any token id; Python's conversion of longer ones takes quadratic time."""

_Item = TypeVar("_Item", str, int)


def parse_strings(text: str) -> list[str]:
    """Reads a list of quoted strings.

    Raises:
        InputError: `text` is none; the message says at which column (from 1) of `text`.
    """
    return _parse_list(text, _parse_string)


def parse_integers(text: str) -> list[int]:
    """Reads a list of integers.

    Raises:
        InputError: `text` is none; the message says at which column (from 1) of `text`.
    """
    return _parse_list(text, _parse_integer)


def format_list(items: Iterable[str] | Iterable[int]) -> str:
    """Writes a list as Python prints it."""
    return repr(list(items))


def _parse_list(text: str, parse_item: Callable[[str, int], tuple[_Item, int]]) -> list[_Item]:
    position = _skip_spaces(text, _expect("[", text, _skip_spaces(text, 0)))
    items: list[_Item] = []
    if not text.startswith("]", position):
        while True:
            item, position = parse_item(text, position)
            items.append(item)
            position = _skip_spaces(text, position)
            if not text.startswith(",", position):
                break
            position = _skip_spaces(text, position + 1)
    position = _skip_spaces(text, _expect("]", text, position))
    if position != len(text):
        raise _unexpected("the end", text, position)
    return items


def _parse_string(text: str, position: int) -> tuple[str, int]:
    """Returns the string that starts at `position` and the place behind its closing quote."""
    quote = text[position : position + 1]
    if quote not in ("'", '"'):
        raise _unexpected("a quoted string", text, position)
    pieces = []
    position += 1
    while True:
        plain = position
        while position < len(text) and text[position] not in (quote, "\\"):
            position += 1
        pieces.append(text[plain:position])
        if position == len(text):
            raise _unexpected(f"a closing {quote}", text, position)
        if text[position] == quote:
            return "".join(pieces), position + 1
        character, position = _parse_escape(text, position)
        pieces.append(character)


def _parse_escape(text: str, position: int) -> tuple[str, int]:
    """Returns the character that the backslash at `position` stands for, and the place behind the escape."""
    letter = text[position + 1 : position + 2]
    if letter in _ESCAPES:
        return _ESCAPES[letter], position + 2
    if letter in _HEX_LENGTHS:
        end = position + 2 + _HEX_LENGTHS[letter]
        digits = text[position + 2 : end]
        if len(digits) == _HEX_LENGTHS[letter] and _HEX_DIGITS.issuperset(digits):
            code = int(digits, 16)
            # The halves of surrogate pairs are no characters: UTF-8 cannot hold them.
            if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code), end
    raise _unexpected("an escape as Python writes it", text, position)


def _parse_integer(text: str, position: int) -> tuple[int, int]:
    """Returns the integer that starts at `position` and the place behind it."""
    start = position
    if text.startswith("-", position):
        position += 1
    first_digit = position
    while position < len(text) and text[position] in _DIGITS:
        position += 1
    length = position - first_digit
    if length == 0 or length > _MOST_DIGITS or (length > 1 and text[first_digit] == "0"):
        raise _unexpected("an integer", text, start)
    return int(text[start:position]), position


def _skip_spaces(text: str, position: int) -> int:
    while text.startswith(" ", position):
        position += 1
    return position


def _expect(character: str, text: str, position: int) -> int:
    if not text.startswith(character, position):
        raise _unexpected(repr(character), text, position)
    return position + 1


def _unexpected(expected: str, text: str, position: int) -> InputError:
    received = repr(text[position : position + 20]) if position < len(text) else "nothing more"
    return InputError(f"expected {expected} at column {position + 1}, received {received}")
