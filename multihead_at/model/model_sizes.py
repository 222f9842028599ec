"""The sizes of a model that its settings leave open."""

from __future__ import annotations

from typing import NamedTuple


class ModelSizes(NamedTuple):
    """What the corpus and the word vectors determine.

    Attributes:
        word_dim: width of a word vector.
        characters: number of known characters.
        tags: number of tags of the tag set in use (BIO or EC).
        relations: number of relations, `N` among them.
    """

    word_dim: int
    characters: int
    tags: int
    relations: int
