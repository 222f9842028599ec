"""A corpus: documents to train on, to choose by and to test on."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.documents import Document


@dataclass(frozen=True)
class Corpus:
    """A corpus in its three splits.

    Attributes:
        name: as in `--dataset`.
        train: documents that weights are fitted to.
        dev: documents that the epoch is chosen by.
        test: documents that figures are reported on.
        split: what the three are, for the result's readers.
    """

    name: str
    train: tuple[Document, ...]
    dev: tuple[Document, ...]
    test: tuple[Document, ...]
    split: str = "three files"
