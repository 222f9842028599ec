"""The flags of `export`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE

EXPORT_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "What to export",
        (
            CommandFlag("run", str, "DIR", "the folder of a trained run. Needed."),
            CommandFlag(
                "threshold",
                float,
                "P",
                "a relation is found where its probability is higher, from 0 to 1; predict, bulk and the "
                "signature columns can take another one. [0.5, the original's]",
            ),
            DATA_DIR,
            CommandFlag(
                "filename_embeddings",
                str,
                "FILE|NAME",
                "word vectors, all of which are exported. [those of the run]",
            ),
            FLAGFILE,
        ),
    ),
    FlagGroup(
        "Output",
        (
            CommandFlag(
                "output",
                str,
                "DIR",
                "the model's folder; the SavedModel becomes its sub-folder 1, as TensorFlow Serving wants. "
                "Needed.",
            ),
            CommandFlag("version", int, "N", "another sub-folder; a server takes the highest. [1]"),
            CommandFlag("overwrite", bool, "", "replaces a version that is there already."),
        ),
    ),
)
"""All flags of `export`, as the help shows them."""
