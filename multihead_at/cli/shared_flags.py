"""Flags that several commands have."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag

FLAGFILE = CommandFlag("flagfile", str, "FILE", "reads flags from a file, one on a line, as if typed here.")

DATA_DIR = CommandFlag(
    "data_dir",
    str,
    "DIR",
    "where corpora and embeddings lie. [environment variable MULTIHEAD_AT_DATA_DIR, else data]",
)

VECTORS_OF_RUN = CommandFlag("filename_embeddings", str, "FILE|NAME", "word vectors. [those of the run]")
