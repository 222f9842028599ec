"""Encoded documents side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from multihead_at.encoding.encoded_document import EncodedDocument


class Batch(TypedDict):
    """A plain dictionary of arrays, the model's input and gold. All are int32; pads are 0.

    Keys:
        word_ids: `[words]`, rows of the word table of the batch's distinct tokens (distinct as written:
            tokens that share a vector still differ in their characters).
        characters: `[words, chars]`, chars at least 1.
        character_lengths: `[words]`.
        word_index: `[batch, length]`, place -> distinct word.
        lengths: `[batch]`, tokens of each document.
        tag_ids: `[batch, length]`, gold.
        relations: `[relations, 4]`, gold rows (document in the batch, token, head, relation id), sorted, none
            twice.
    """

    word_ids: np.ndarray
    characters: np.ndarray
    character_lengths: np.ndarray
    word_index: np.ndarray
    lengths: np.ndarray
    tag_ids: np.ndarray
    relations: np.ndarray


def make_batch(encoded: Sequence[EncodedDocument]) -> Batch:
    """Puts encoded documents side by side.

    Args:
        encoded: the documents, at least one.

    Returns:
        The batch; its arrays may be read-only.

    Raises:
        ValueError: there is no document.
    """
    if not encoded:
        raise ValueError("expected at least one document. Received: none")
    if len(encoded) == 1:
        return _batch_of_one(encoded[0])
    return _batch_of_many(encoded)


def _batch_of_one(document: EncodedDocument) -> Batch:
    """One sentence a step is the faithful default, so this is the way most batches go: no copies."""
    return Batch(
        word_ids=document.word_ids,
        characters=document.characters,
        character_lengths=document.character_lengths,
        word_index=document.word_index[np.newaxis],
        lengths=np.array([len(document)], dtype=np.int32),
        tag_ids=document.tag_ids[np.newaxis],
        relations=_numbered(document.relations, 0),
    )


def _batch_of_many(encoded: Sequence[EncodedDocument]) -> Batch:
    lengths = np.array([len(document) for document in encoded], dtype=np.int32)
    word_index = np.zeros((len(encoded), lengths.max()), dtype=np.int32)
    tag_ids = np.zeros_like(word_index)
    places: dict[str, int] = {}
    sources: list[
        tuple[EncodedDocument, int]
    ] = []  # for each distinct word a document that has it, and where
    for row, document in enumerate(encoded):
        for word_row, word in enumerate(document.words):
            if places.setdefault(word, len(places)) == len(sources):
                sources.append((document, word_row))
        of_document = np.array([places[word] for word in document.words], dtype=np.int32)
        word_index[row, : len(document)] = of_document[document.word_index]
        tag_ids[row, : len(document)] = document.tag_ids

    width = max(document.characters.shape[1] for document in encoded)
    characters = np.zeros((len(sources), width), dtype=np.int32)
    for place, (document, word_row) in enumerate(sources):
        characters[place, : document.characters.shape[1]] = document.characters[word_row]
    return Batch(
        word_ids=np.array([document.word_ids[row] for document, row in sources], dtype=np.int32),
        characters=characters,
        character_lengths=np.array(
            [document.character_lengths[row] for document, row in sources], dtype=np.int32
        ),
        word_index=word_index,
        lengths=lengths,
        tag_ids=tag_ids,
        relations=np.concatenate(
            [_numbered(document.relations, row) for row, document in enumerate(encoded)]
        ),
    )


def _numbered(relations: np.ndarray, row: int) -> np.ndarray:
    """`[relations, 3]` of one document -> `[relations, 4]` with its place in the batch in front."""
    numbered = np.full((len(relations), 4), row, dtype=np.int32)
    numbered[:, 1:] = relations
    return numbered
