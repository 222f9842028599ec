"""The flags of `report`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import FLAGFILE

REPORT_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to report on",
        (
            CommandFlag(
                "results",
                str,
                "DIR",
                "folder with the finished runs, <dataset>/<run>/; takes the files. [results]",
            ),
            CommandFlag(
                "figure",
                bool,
                "",
                "draw figure2.png and figure2.svg as well; needs matplotlib and statsmodels "
                "(pip install 'multihead_at[plots]'). [true]",
            ),
            FLAGFILE,
        ),
    ),
)
"""All flags of `report`, as the help shows them."""
