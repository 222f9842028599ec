"""A corpus in the form in which its makers publish it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from multihead_at.datasets.folded_documents import FoldedDocuments
from multihead_at.documents import Document


@dataclass(frozen=True)
class RawCorpus:
    """How a corpus is read without files for train, dev and test.

    Attributes:
        name: as in `--dataset`.
        source: the file, or the folder, that has to lie in the data folder.
        folds: how many it has.
        has_split: whether it is published in files for train, dev and test, too: cross-validation then takes
            all of these, and the raw corpus only where they are missing.
        read_documents: reads it from the data folder.
        read: the same with its folds.
    """

    name: str
    source: str
    folds: int
    has_split: bool
    read_documents: Callable[[Path], tuple[Document, ...]]
    read: Callable[[Path], FoldedDocuments]
