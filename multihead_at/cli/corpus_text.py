"""A corpus' counts as the screen shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from multihead_at.datasets.split_counts import SplitCounts


def format_corpus(
    title: str, counts: Mapping[str, SplitCounts], shared: Mapping[tuple[str, str], int]
) -> str:
    """A table with a column for each split, and below it the texts that stand more than once.

    Args:
        title: the first line.
        counts: of each split, by its name.
        shared: as `count_shared_texts` gives it for these splits.
    """
    splits = list(counts.values())
    rows: list[tuple[str, Sequence[int]]] = [
        ("documents", [split.documents for split in splits]),
        ("tokens", [split.tokens for split in splits]),
        ("tokens of the longest", [split.longest for split in splits]),
        ("tokens with several heads", [split.several_heads for split in splits]),
        *_by_type("mentions", [split.mentions for split in splits]),
        *_by_type("relations", [split.relations for split in splits]),
    ]
    repeated = [(_pair(one, other), [number]) for (one, other), number in shared.items()]
    names = max(len(name) for name, _ in (*rows, *repeated))
    width = max(12, *(len(name) + 2 for name in counts))
    heading = " " * names + "".join(f"{name:>{width}}" for name in counts)
    lines = [title, "", heading.rstrip(), *_lines(rows, names, width), ""]
    lines += ["Texts that stand more than once (tags and relations may differ)"]
    return "\n".join([*lines, *_lines(repeated, names, width)])


def _by_type(title: str, splits: Sequence[Mapping[str, int]]) -> list[tuple[str, list[int]]]:
    """The sum, then each type; in the order of the first split that has it."""
    types = dict.fromkeys(name for split in splits for name in split)
    rows = [(f"  {name}", [split.get(name, 0) for split in splits]) for name in types]
    return [(title, [sum(split.values()) for split in splits]), *rows]


def _pair(one: str, other: str) -> str:
    return f"repeated in {one}" if one == other else f"in {one} and {other}"


def _lines(rows: Iterable[tuple[str, Sequence[int]]], names: int, width: int) -> list[str]:
    return [
        f"{name:<{names}}" + "".join(f"{number:>{width},}" for number in numbers) for name, numbers in rows
    ]
