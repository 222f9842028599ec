"""A document as integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multihead_at.documents import Document


@dataclass(frozen=True, eq=False)
class EncodedDocument:
    """What the model needs of one document; its arrays are read-only.

    Attributes:
        document: where it came from.
        words: its distinct tokens in order of first appearance, `[words]`.
        word_ids: rows of the word table, int32 `[words]`.
        characters: character ids, int32 `[words, chars]`, padded with 0; chars is at least 1.
        character_lengths: how many of them count, int32 `[words]`; 0 for a word of unseen characters only.
        word_index: place -> distinct word, int32 `[length]`.
        tag_ids: gold tags or classes, int32 `[length]`; zeros without gold.
        relations: gold rows (token, head, relation id), sorted, none twice, int32 `[relations, 3]`; none
            without gold.
    """

    document: Document
    words: tuple[str, ...]
    word_ids: np.ndarray
    characters: np.ndarray
    character_lengths: np.ndarray
    word_index: np.ndarray
    tag_ids: np.ndarray
    relations: np.ndarray

    def __len__(self) -> int:
        return len(self.document)
