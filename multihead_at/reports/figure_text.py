"""Figures as tables show them."""

from __future__ import annotations

NONE = "-"
"""Where there is no figure."""


def percent(value: float | None) -> str:
    """With 2 decimals, as the paper's."""
    return NONE if value is None else f"{value:.2f}"


def percent_with_sd(mean: float | None, sd: float | None, *, plus_minus: str = "±") -> str:
    """The mean, and behind it the standard deviation where there is one."""
    return percent(mean) if sd is None else f"{percent(mean)} {plus_minus} {percent(sd)}"


def signed(value: float | None) -> str:
    """A difference in points, with its sign."""
    return NONE if value is None else f"{value:+.2f}"


def epochs_of_cut(epochs: int) -> str:
    """To how many epochs runs were cut; 0 for whole ones."""
    return f"{epochs} epoch{'s' * (epochs > 1)}" if epochs else NONE
