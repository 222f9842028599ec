"""A command of the command line, as plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from multihead_at.cli.flag_group import FlagGroup


@dataclasses.dataclass(frozen=True)
class Command:
    """A command.

    Attributes:
        name: as typed after `multihead-at`.
        summary: what it does, in one line.
        explanation: what the help says before the flags.
        groups: its flags.
        run: does it; gets the flags that were given, by name. May return an exit status other than 0.
    """

    name: str
    summary: str
    explanation: str
    groups: tuple[FlagGroup, ...]
    run: Callable[[Mapping[str, Any]], int | None]
