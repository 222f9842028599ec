from __future__ import annotations

import pytest

from multihead_at.experiments import format_duration


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"),
        (59.4, "59 s"),
        (60.0, "1 min"),
        (61.0, "1 min 1 s"),
        (3599.0, "59 min 59 s"),
        (3600.0, "1 h"),
        (7199.0, "2 h"),
        (12034.0, "3 h 21 min"),
        (86400.0, "1 d"),
        (2 * 86400.0 + 5 * 3600.0, "2 d 5 h"),
    ],
)
def test_its_two_largest_units(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text
