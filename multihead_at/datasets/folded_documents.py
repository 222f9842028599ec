"""All documents of a corpus and the folds that they are cut into."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from multihead_at.datasets.corpus import Corpus
from multihead_at.datasets.fold import Fold, folds_of_parts, seeded_parts
from multihead_at.documents import Document
from multihead_at.errors import InputError

SEEDED_FOLDS = 10
"""How many folds a corpus gets that has no published ones."""

FOLD_SEED = 0
"""Of folds that are drawn at random; `--seed` is not asked, so that runs of all seeds have the same folds."""


@dataclasses.dataclass(frozen=True)
class FoldedDocuments:
    """A corpus for cross-validation.

    Attributes:
        documents: all of it.
        folds: places in `documents`.
        split: where the folds come from, as `in ace04/split`.
    """

    documents: tuple[Document, ...]
    folds: tuple[Fold, ...]
    split: str

    @classmethod
    def seeded(cls, documents: Sequence[Document], source: str) -> FoldedDocuments:
        """Documents in `SEEDED_FOLDS` folds of like size, drawn by `FOLD_SEED`.

        Args:
            documents: all documents; their order decides which fold each is in.
            source: where they come from.

        Raises:
            InputError: there are fewer documents than folds.
        """
        parts = seeded_parts(len(documents), SEEDED_FOLDS, FOLD_SEED)
        split = f"drawn from {source} by seed {FOLD_SEED}"
        return cls(tuple(documents), tuple(folds_of_parts(parts)), split)

    def corpus(self, name: str, number: int) -> Corpus:
        """The corpus of one fold.

        Args:
            name: the corpus' name, as in `--dataset`.
            number: the fold's, from 0.

        Raises:
            InputError: there is no such fold.
        """
        if not 0 <= number < len(self.folds):
            raise InputError(
                f"fold: expected 0 to {len(self.folds) - 1} for corpus {name!r}, received {number}"
            )
        split = f"fold {number} of {len(self.folds)} {self.split}"
        return dataclasses.replace(self.folds[number].of(name, self.documents), split=split)
