"""Documents without a fault, to plant faults among."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def clean_lines() -> Callable[..., list[str]]:
    """Makes the lines of documents in which nothing is wrong and nothing odd, numbered from `first`."""

    def make(count: int, first: int = 0) -> list[str]:
        lines = []
        for number in range(first, first + count):
            lines += [
                f"#doc {number}",
                f"0\tAda{number}\tB-Peop\t['Live_In']\t[4]",
                "1\tlives\tO\t['N']\t[1]",
                "2\tin\tO\t['N']\t[2]",
                "3\tPort\tB-Loc\t['N']\t[3]",
                f"4\tHale{number}\tI-Loc\t['N']\t[4]",
                "5\t.\tO\t['N']\t[5]",
            ]
        return lines

    return make
