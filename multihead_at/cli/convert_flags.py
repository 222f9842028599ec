"""The flags of `convert`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import FLAGFILE

FORMATS = ("columns", "spert", "brat")
RAW_FORMATS = ("ace04", "ade", "corp")
"""Of corpora as their makers publish them: they are read, not written."""

CONVERT_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "From one format to another",
        (
            CommandFlag(
                "from",
                str,
                "columns|spert|brat|ace04|ade|corp",
                "the five-column format; SpERT's JSON; brat's pairs of .txt and .ann; or as published: "
                "ACE04's pairs of .sgm and .apf.xml, DRUG-AE.rel, conll04.corp. Needed.",
            ),
            CommandFlag("to", str, "columns|spert|brat", "another of the first three. Needed."),
            CommandFlag(
                "input",
                str,
                "FILE",
                "what to convert; for brat and ace04 a folder or one of its files. Needed.",
            ),
            CommandFlag(
                "output",
                str,
                "FILE",
                "where it goes; for brat a folder without texts, which gets a pair for each document. "
                "Needed.",
            ),
            CommandFlag("overwrite", bool, "", "replace the output file, if there is one. [false]"),
            CommandFlag(
                "tokenized",
                bool,
                "",
                "of brat's texts: each line is a sentence, and blanks separate tokens, as this command "
                "writes them. [false: sentences and tokens are found]",
            ),
            FLAGFILE,
        ),
    ),
)
"""All flags of `convert`, as the help shows them."""
