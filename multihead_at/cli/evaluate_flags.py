"""The flags of `evaluate`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE, VECTORS_OF_RUN

EVALUATE_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to score",
        (
            CommandFlag("run", str, "DIR", "the folder of a trained run. Needed."),
            CommandFlag(
                "file",
                str,
                "FILE",
                "documents with gold tags and relations, in the five-column format or SpERT's JSON (.json); "
                "tried as given, then below --data_dir. Needed.",
            ),
            CommandFlag(
                "output",
                str,
                "FILE",
                "where the predictions go, in the five-column format. "
                "[<run>/predictions-evaluated-<stem of FILE>.txt]",
            ),
            FLAGFILE,
        ),
    ),
    FlagGroup(
        "In place of the run's own",
        (
            DATA_DIR,
            VECTORS_OF_RUN,
            CommandFlag(
                "evaluation_method",
                str,
                "strict|boundaries",
                "another way to score a run with BIO tags; a run with EC has relaxed only. [that of the run]",
            ),
            CommandFlag(
                "decoding",
                str,
                "threshold|edmonds",
                "another way to decode relations; edmonds needs a run with BIO tags and root_node. "
                "[that of the run]",
            ),
        ),
    ),
)
"""All flags of `evaluate`, as the help shows them."""
