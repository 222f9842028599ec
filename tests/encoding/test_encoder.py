"""One document as integers."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from multihead_at.documents import Document, Head
from multihead_at.encoding import CorpusVocabularies, EncodedDocument, Encoder, WordTable, WordVectors
from multihead_at.errors import InputError


def encode(document: Document, vectors: WordVectors, ner_classes: str = "BIO") -> EncodedDocument:
    table = WordTable.build(vectors, document.tokens, seed=1)
    return Encoder(CorpusVocabularies.collect([document]), table, ner_classes).encode(document)


def test_arrays_by_hand(document: Document, vectors: WordVectors) -> None:
    # Characters: , S U h i l m s t v -> 0..9; tags: B-Loc B-Peop O; relations: Knows Live_In N.
    encoded = encode(document, vectors)
    assert encoded.words == ("Smith", "visits", "Ulm", ",")
    assert encoded.word_ids.tolist() == [2, 3, 1, 1]
    assert encoded.characters.tolist() == [
        [1, 6, 4, 8, 3, 0],  # S m i t h
        [9, 4, 7, 4, 8, 7],  # v i s i t s
        [2, 5, 6, 0, 0, 0],  # U l m
        [0, 0, 0, 0, 0, 0],  # ,
    ]
    assert encoded.character_lengths.tolist() == [5, 6, 3, 1]
    assert encoded.word_index.tolist() == [0, 1, 2, 3, 0]
    assert encoded.tag_ids.tolist() == [1, 2, 0, 2, 1]
    assert encoded.relations.tolist() == [[0, 2, 1], [0, 4, 0], [1, 1, 2], [2, 2, 2], [3, 3, 2], [4, 4, 2]]
    assert len(encoded) == 5


def test_classes_in_place_of_tags(document: Document, vectors: WordVectors) -> None:
    # Loc O Peop -> 0 1 2
    assert encode(document, vectors, "EC").tag_ids.tolist() == [2, 1, 0, 1, 2]


def test_arrays_are_int32_and_cannot_be_written_to(document: Document, vectors: WordVectors) -> None:
    arrays = [value for value in vars(encode(document, vectors)).values() if isinstance(value, np.ndarray)]
    assert len(arrays) == 6
    for array in arrays:
        assert array.dtype == np.int32
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 1


def test_unseen_characters_are_skipped(document: Document, vectors: WordVectors) -> None:
    encoder = Encoder(CorpusVocabularies.collect([document]), WordTable.build(vectors, [], 1), "BIO")
    unseen = Document("u", ("xUxlx", "xyz"), ("O", "O"), ((Head("N", 0),), (Head("N", 1),)))
    encoded = encoder.encode(unseen)
    assert encoded.characters.tolist() == [[2, 5], [0, 0]]
    assert encoded.character_lengths.tolist() == [2, 0]


def test_a_document_without_any_known_character_still_has_a_column(
    document: Document, vectors: WordVectors
) -> None:
    encoder = Encoder(CorpusVocabularies.collect([document]), WordTable.build(vectors, [], 1), "BIO")
    encoded = encoder.encode(Document("u", ("xyz",), ("O",), ((Head("N", 0),),)))
    assert encoded.characters.tolist() == [[0]]
    assert encoded.character_lengths.tolist() == [0]


def test_without_gold_labels_may_be_anything(document: Document, vectors: WordVectors) -> None:
    encoder = Encoder(CorpusVocabularies.collect([document]), WordTable.build(vectors, [], 1), "EC")
    other = Document("u", ("a", "b"), ("?", "B-New"), ((), (Head("New", 9),)))
    encoded = encoder.encode(other, gold=False)
    assert encoded.tag_ids.tolist() == [0, 0]
    assert encoded.relations.shape == (0, 3)
    assert encoded.relations.dtype == np.int32


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"tags": ("B-Peop", "O", "B-Org", "O", "O")},
            "made_up.txt:13: tag 'B-Org' of token 2 in document d1",
        ),
        ({"tags": ("I-Peop", "O", "O", "O", "O")}, "made_up.txt:11: tag 'I-Peop' of token 0"),
        (
            {"heads": ((Head("N", 0),),) * 4 + ((Head("Kill", 0),),)},
            "made_up.txt:15: relation 'Kill' of token 4 in document d1 received, expected one that the model "
            "knows: Knows, Live_In, N",
        ),
        ({"tags": ("?",) * 5, "source": None, "line": None}, "tag '?' of token 0 in document d1"),
    ],
)
def test_unknown_gold_is_refused_with_its_place(
    document: Document, vectors: WordVectors, change: dict[str, object], expected: str
) -> None:
    encoder = Encoder(CorpusVocabularies.collect([document]), WordTable.build(vectors, [], 1), "BIO")
    with pytest.raises(InputError) as caught:
        encoder.encode(dataclasses.replace(document, **change))  # type: ignore[arg-type]
    assert str(caught.value).startswith(expected)


def test_the_tag_set_must_be_one_of_two(document: Document, vectors: WordVectors) -> None:
    with pytest.raises(InputError, match="expected 'BIO' or 'EC'"):
        encode(document, vectors, "IOB")
