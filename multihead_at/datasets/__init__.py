"""Which files make a corpus, where they lie, and what is odd about their labels."""

from __future__ import annotations

from multihead_at.datasets.corpus import Corpus
from multihead_at.datasets.load import label_warnings, load_corpus
from multihead_at.datasets.paths import (
    DATA_DIR_VARIABLE,
    default_data_dir,
    flags_dir,
    resolve_path,
    sample_dir,
)

__all__ = [
    "DATA_DIR_VARIABLE",
    "Corpus",
    "default_data_dir",
    "flags_dir",
    "label_warnings",
    "load_corpus",
    "resolve_path",
    "sample_dir",
]
