"""Which files make a corpus, where they lie, and what is odd about their labels."""

from __future__ import annotations

from multihead_at.datasets.ace04_folds import ace04_folds, read_ace04_split
from multihead_at.datasets.corpus import Corpus
from multihead_at.datasets.document_file import read_document_file
from multihead_at.datasets.load import NO_FOLD, load_corpus
from multihead_at.datasets.paths import (
    DATA_DIR_VARIABLE,
    default_data_dir,
    flags_dir,
    resolve_path,
    sample_dir,
)
from multihead_at.datasets.raw_corpora import count_folds

__all__ = [
    "DATA_DIR_VARIABLE",
    "NO_FOLD",
    "Corpus",
    "ace04_folds",
    "count_folds",
    "default_data_dir",
    "flags_dir",
    "load_corpus",
    "read_ace04_split",
    "read_document_file",
    "resolve_path",
    "sample_dir",
]
