"""Flags that the help shows together."""

from __future__ import annotations

import dataclasses

from multihead_at.cli.command_flag import CommandFlag


@dataclasses.dataclass(frozen=True)
class FlagGroup:
    """Flags under one heading of the help.

    Attributes:
        title: the heading.
        flags: in the help's order.
    """

    title: str
    flags: tuple[CommandFlag, ...]
