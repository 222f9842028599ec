"""What Python knows of Unicode's characters, as arrays.

A graph that goes by them answers as Python does, whatever version of Unicode TensorFlow was built with.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import numpy as np

DIGIT, LOWER, UPPER = 1, 2, 4
"""Bits of `character_traits`: `str.isdecimal`; `str.islower`; `str.isupper` or a title-case letter."""

_SIGMA = "\u03a3"


@functools.cache
def character_traits() -> tuple[np.ndarray, np.ndarray]:
    """The traits of all characters, in runs of neighbours that have the same.

    Returns:
        The first code point of each run and its bits, int32 `[runs]` both.
    """
    first, bits = [], []
    for trait, run in groupby(range(sys.maxunicode + 1), _traits):
        first.append(next(run))
        bits.append(trait)
    return np.array(first, np.int32), np.array(bits, np.int32)


@functools.cache
def changed_characters(change: Callable[[str], str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """What `str.lower` or `str.title` changes, each character by itself.

    Returns:
        Code points in order, int32 `[changed]`, and what they become, one to three characters each.
    """
    changed = {code: change(chr(code)) for code in _codes() if change(chr(code)) != chr(code)}
    return np.array(list(changed), np.int32), tuple(changed.values())


@functools.cache
def final_sigma_pattern() -> str:
    """A capital sigma at the end of a word, in RE2's syntax: group 1 before it, group 2 behind it.

    `str.lower` makes it a final one: a cased letter stands before it and none behind it, those apart that
    Unicode calls case-ignorable. Python does not tell which these are, but shows it.
    """
    cased = {code for code in _codes() if f"A{_SIGMA}{chr(code)}".lower()[1] == "\u03c3"}
    ignorable = {code for code in _codes() if f"A{_SIGMA}{chr(code)}A".lower()[1] == "\u03c3"} - cased
    skipped = f"[{_ranges(ignorable)}]*"
    return f"([{_ranges(cased)}]{skipped}){_SIGMA}({skipped}(?:[^{_ranges(cased | ignorable)}]|$))"


def _traits(code: int) -> int:
    character = chr(code)
    is_upper = character.isupper() or character.istitle()
    return DIGIT * character.isdecimal() + LOWER * character.islower() + UPPER * is_upper


def _codes() -> Iterator[int]:
    """All code points but the surrogates', which no UTF-8 has."""
    yield from range(0xD800)
    yield from range(0xE000, sys.maxunicode + 1)


def _ranges(codes: Iterable[int]) -> str:
    """A set of characters as RE2 writes it between brackets."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in ranges)
