"""Symbols and their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from multihead_at.errors import InputError


class Vocabulary:
    """A fixed set of symbols, numbered 0, 1, ... in the order Python sorts them (the original's order).

    Args:
        symbols: in any order; a repeated one counts once.
    """

    def __init__(self, symbols: Iterable[str]) -> None:
        self._symbols = tuple(sorted(set(symbols)))
        self._ids = {symbol: number for number, symbol in enumerate(self._symbols)}

    @property
    def symbols(self) -> tuple[str, ...]:
        """All symbols; `symbols[id(s)] == s`."""
        return self._symbols

    def id(self, symbol: str) -> int:
        """The symbol's id.

        Raises:
            InputError: the symbol is not in the vocabulary.
        """
        number = self._ids.get(symbol)
        if number is None:
            raise InputError(f"{symbol!r} received, expected one of: {', '.join(self._symbols) or '(none)'}")
        return number

    def get(self, symbol: str) -> int | None:
        """The symbol's id, or None where it has none."""
        return self._ids.get(symbol)

    def __len__(self) -> int:
        return len(self._symbols)

    def __iter__(self) -> Iterator[str]:
        return iter(self._symbols)

    def __contains__(self, symbol: object) -> bool:
        return symbol in self._ids

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self._symbols == other._symbols

    def __hash__(self) -> int:
        return hash(self._symbols)

    def __repr__(self) -> str:
        return f"Vocabulary({list(self._symbols)!r})"
