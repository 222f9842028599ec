"""One flag of a command, as plain data: parsing and help are made from it."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class CommandFlag:
    """A flag.

    Attributes:
        name: without dashes.
        kind: `bool`, `int`, `float` or `str`; `list` for text that may be given several times.
        shown: what stands for its value in the help, as `FILE`; nothing for a `bool`.
        help: what it does, in a line or a few; a default in square brackets at the end.
    """

    name: str
    kind: type
    shown: str
    help: str
