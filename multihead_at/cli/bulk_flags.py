"""The flags of `bulk`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import FLAGFILE, VECTORS_OF_RUN

BULK_FORMS = ("lines", "jsonl")

BULK_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to extract from, and with what",
        (
            CommandFlag(
                "model", str, "DIR", "a SavedModel or a run's folder, where every worker finds it. Needed."
            ),
            CommandFlag(
                "files", str, "PATTERN", "the input, as 'shards/*.jsonl'; gzipped or not, UTF-8. Needed."
            ),
            CommandFlag(
                "input",
                str,
                "lines|jsonl",
                "lines: one sentence a line. jsonl: as `predict` takes it; a model trained with EC needs its "
                "entities. [jsonl]",
            ),
            CommandFlag(
                "threshold",
                float,
                "P",
                "a relation is found where its probability is higher, from 0 to 1. [the model's own: 0.5, "
                "the original's, or what it was exported with]",
            ),
            CommandFlag(
                "data_dir",
                str,
                "DIR",
                "where the workers look for the run's word vectors. [environment variable "
                "MULTIHEAD_AT_DATA_DIR, else data]",
            ),
            VECTORS_OF_RUN,
        ),
    ),
    FlagGroup(
        "Where it goes",
        (
            CommandFlag(
                "output",
                str,
                "PREFIX",
                "of the output's shards, JSON lines: PREFIX-00000-of-00004.jsonl and so on. Needed.",
            ),
            CommandFlag(
                "errors",
                str,
                "PREFIX",
                "the same for the records that cannot be read, with error and input. [OUTPUT.errors]",
            ),
            CommandFlag("overwrite", bool, "", "replaces the shards of an earlier run."),
        ),
    ),
    FlagGroup(
        "Where it runs",
        (
            CommandFlag(
                "workers", int, "N", "processes of the local runner, each of which holds the model. [1]"
            ),
            CommandFlag(
                "beam",
                list,
                "OPTION",
                "an option of Beam's, may be repeated: --beam=--runner=FlinkRunner "
                "--beam=--flink_master=HOST:8081. [the local runner]",
            ),
            FLAGFILE,
        ),
    ),
)
"""All flags of `bulk`, as the help shows them."""
