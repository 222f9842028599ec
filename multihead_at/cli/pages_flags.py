"""The flags of `pages`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE

PAGES_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to show",
        (
            CommandFlag(
                "run",
                list,
                "DIR",
                "the folder of a trained run. Given several times, the curves of all are drawn over one "
                "another; extractions and errors are the first one's.",
            ),
            CommandFlag(
                "file",
                str,
                "FILE",
                "in place of a run: predictions in five columns, or the JSON lines that predict writes; "
                "their extractions are shown.",
            ),
            CommandFlag(
                "pages",
                str,
                "A,B",
                "which pages of a run: extractions, errors, curves. [all; without matplotlib no curves]",
            ),
            CommandFlag(
                "split",
                str,
                "NAME",
                "dev, test, or evaluated-<stem> for a file that evaluate has scored; read is "
                "<run>/predictions-<NAME>.txt. [test]",
            ),
            CommandFlag(
                "gold",
                str,
                "FILE",
                "the annotated documents for the errors, in five columns or SpERT's JSON. [those of the "
                "run's corpus]",
            ),
            DATA_DIR,
            CommandFlag("documents", int, "N", "how many documents a page shows; tables count all. [500]"),
            FLAGFILE,
        ),
    ),
    FlagGroup(
        "Output",
        (
            CommandFlag(
                "output_dir",
                str,
                "DIR",
                "takes the pages; older ones are replaced. [<run>/pages; with --file the file's folder]",
            ),
        ),
    ),
)
"""All flags of `pages`, as the help shows them."""
