"""The flags of `show`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import FLAGFILE

SHOW_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to show",
        (
            CommandFlag("run", str, "DIR", "the folder of a trained run. Needed."),
            CommandFlag(
                "split",
                str,
                "NAME",
                "dev, test, or evaluated-<stem> for a file that evaluate has scored; read is "
                "<run>/predictions-<NAME>.txt. [test]",
            ),
            CommandFlag(
                "document", str, "ID", "what stands after #doc. [the document with the most relations]"
            ),
            FLAGFILE,
        ),
    ),
)
"""All flags of `show`, as the help shows them."""
