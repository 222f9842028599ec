"""The flags of `predict`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE, VECTORS_OF_RUN

INPUT_FORMS = ("text", "lines", "jsonl", "columns")
OUTPUT_FORMATS = ("jsonl", "columns", "brat")

PREDICT_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "Model",
        (
            CommandFlag("model", str, "DIR", "the folder of a trained run, or a SavedModel. Needed."),
            CommandFlag(
                "threshold",
                float,
                "P",
                "a relation is found where its probability is higher, from 0 to 1. [the model's own: 0.5, "
                "the original's, or what it was exported with]",
            ),
            DATA_DIR,
            VECTORS_OF_RUN,
        ),
    ),
    FlagGroup(
        "Input",
        (
            CommandFlag("text", str, "TEXT", "what to predict for, in place of a file."),
            CommandFlag("file", str, "FILE", "what to predict for, of any size. [standard input]"),
            CommandFlag(
                "input",
                str,
                "text|lines|jsonl|columns",
                "text: running text, which is cut into sentences; a blank line ends a record. lines: one "
                "sentence a line. jsonl: on each line an object with text (running text) or tokens (a "
                "sentence), for a model trained with EC also entities (objects with start and end, in "
                "characters of the text or in tokens), and id, if it has one. columns: the five-column "
                "format, of which a model trained with EC takes the entities' boundaries. [text; lines where "
                "you type, on a terminal]",
            ),
            CommandFlag(
                "errors",
                str,
                "FILE",
                "takes the records that cannot be read, as JSON lines with line, error and input; the others "
                "are predicted. [the first one stops the command]",
            ),
            FLAGFILE,
        ),
    ),
    FlagGroup(
        "Output",
        (
            CommandFlag(
                "output", str, "FILE", "where the predictions go; replaces a file. [standard output]"
            ),
            CommandFlag(
                "format",
                str,
                "jsonl|columns|brat",
                "jsonl: an object for each record, in order. columns: a document for each sentence; records "
                "without a word are left out. brat: all records below one another, in two files, --output "
                "with .txt and with .ann. [jsonl]",
            ),
        ),
    ),
)
"""All flags of `predict`, as the help shows them."""
