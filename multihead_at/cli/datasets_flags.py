"""The flags of `datasets`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE

DATASETS_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to do (one of them; without any: the table)",
        (
            CommandFlag(
                "get",
                str,
                "NAME[,NAME]",
                "fetches public corpora or word vectors by their names in the table. What is there is left "
                "alone; what broke off is taken up where it ended.",
            ),
            CommandFlag(
                "counts",
                str,
                "NAME",
                "counts a corpus, by the name that train's --dataset has for it: documents, tokens, "
                "mentions, relations, and the texts that stand in it more than once.",
            ),
        ),
    ),
    FlagGroup(
        "Where and which",
        (
            DATA_DIR,
            CommandFlag(
                "fold",
                int,
                "N",
                "with --counts: a fold of cross-validation, as in train. [the files' own split; for ade and "
                "ace04 the whole raw corpus]",
            ),
            CommandFlag("filename_train", str, "FILE", "with --counts: another file, as in train."),
            CommandFlag("filename_dev", str, "FILE", "with --counts: another file, as in train."),
            CommandFlag("filename_test", str, "FILE", "with --counts: another file, as in train."),
            FLAGFILE,
        ),
    ),
)
"""All flags of `datasets`, as the help shows them."""
