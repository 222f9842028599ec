"""The flags of `check`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE

CHECK_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to check",
        (
            CommandFlag(
                "dataset",
                str,
                "NAME",
                "a corpus by the name that train has for it: its files, for ade and ace04 the raw corpus; or "
                "a name for your own files. [only the files that are named below; without any: sample]",
            ),
            CommandFlag("filename_train", str, "FILE", "five columns, or SpERT's JSON (.json), as in train."),
            CommandFlag("filename_dev", str, "FILE", "the same; any of the three may be left out."),
            CommandFlag("filename_test", str, "FILE", "the same."),
            CommandFlag(
                "config_file",
                str,
                "FILE",
                "a configuration file of the original, which names files and word vectors, as in train.",
            ),
            CommandFlag(
                "fold",
                int,
                "N",
                "a fold of cross-validation, as in train. [the files' own split; for ade and ace04 the whole "
                "raw corpus]",
            ),
            DATA_DIR,
            FLAGFILE,
        ),
    ),
    FlagGroup(
        "How to train it",
        (
            CommandFlag(
                "filename_embeddings",
                str,
                "FILE|NAME",
                "word vectors that the words are looked up in, as in train. [the dataset's]",
            ),
            CommandFlag("vectors", bool, "", "look words up at all. [true]"),
            CommandFlag(
                "root_node",
                bool,
                "",
                "token 0 is a virtual root that relations may point at. [the dataset's]",
            ),
        ),
    ),
    FlagGroup(
        "What to tell",
        (
            CommandFlag("strict", bool, "", "exit status 1 for warnings, too. [false]"),
            CommandFlag("most", int, "N", "findings of a kind that are shown; 0: all. [10]"),
            CommandFlag("json", str, "FILE", "takes all findings and all counts, for machines."),
        ),
    ),
)
"""All flags of `check`, as the help shows them."""
