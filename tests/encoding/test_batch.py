"""Documents side by side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import Document, Head
from multihead_at.encoding import CorpusVocabularies, Encoder, WordTable, WordVectors, make_batch

TOKENS = ["the", "The", "Smith", "1984", "?", "naïve", "a"]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    tokens = draw(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6))
    places = st.integers(0, len(tokens) - 1)
    heads = st.lists(st.builds(Head, st.sampled_from(["N", "R", "S"]), places), min_size=1, max_size=3)
    tags = st.sampled_from(["O", "B-X", "I-X"])
    return Document(
        "d",
        tuple(tokens),
        tuple(draw(tags) for _ in tokens),
        tuple(tuple(draw(heads)) for _ in tokens),
    )


def encoder_for(seen: list[Document]) -> Encoder:
    vectors = WordVectors(["the", "Smith", "0"], np.eye(3, dtype=np.float32), name="x", sha256="")
    tokens = [token for document in seen for token in document.tokens]
    return Encoder(CorpusVocabularies.collect(seen), WordTable.build(vectors, tokens, 1), "BIO")


def test_two_documents_by_hand() -> None:
    first = Document("1", ("ab", "c"), ("B-X", "O"), ((Head("R", 1),), (Head("N", 1),)))
    second = Document("2", ("d", "c", "abc"), ("O", "O", "B-X"), tuple((Head("N", i),) for i in range(3)))
    encoder = encoder_for([first, second])
    batch = make_batch([encoder.encode(first), encoder.encode(second)])
    assert batch["word_index"].tolist() == [[0, 1, 0], [2, 1, 3]]
    assert batch["characters"].tolist() == [[0, 1, 0], [2, 0, 0], [3, 0, 0], [0, 1, 2]]
    assert batch["character_lengths"].tolist() == [2, 1, 1, 3]
    assert batch["word_ids"].tolist() == [1, 1, 1, 1]
    assert batch["lengths"].tolist() == [2, 3]
    assert batch["tag_ids"].tolist() == [[0, 1, 0], [1, 1, 0]]
    assert batch["relations"].tolist() == [
        [0, 0, 1, 1],
        [0, 1, 1, 0],
        [1, 0, 0, 0],
        [1, 1, 1, 0],
        [1, 2, 2, 0],
    ]


@given(st.lists(documents(), min_size=1, max_size=5))
def test_every_place_keeps_what_it_was(seen: list[Document]) -> None:
    encoder = encoder_for(seen)
    batch = make_batch([encoder.encode(document) for document in seen])
    vocabularies = encoder.vocabularies
    assert len(batch["word_ids"]) == len({token for document in seen for token in document.tokens})
    assert batch["lengths"].tolist() == [len(document) for document in seen]
    assert batch["word_index"].shape == batch["tag_ids"].shape == (len(seen), max(batch["lengths"]))
    for row, document in enumerate(seen):
        for place, (token, tag) in enumerate(zip(document.tokens, document.tags)):
            word = batch["word_index"][row, place]
            count = batch["character_lengths"][word]
            spelled = [vocabularies.characters.symbols[i] for i in batch["characters"][word, :count]]
            assert "".join(spelled) == token
            assert not batch["characters"][word, count:].any()
            assert batch["word_ids"][word] == encoder.table.row(token)
            assert vocabularies.bio_tags.symbols[batch["tag_ids"][row, place]] == tag
        assert not batch["word_index"][row, len(document) :].any()
        assert not batch["tag_ids"][row, len(document) :].any()


@given(st.lists(documents(), min_size=1, max_size=5))
def test_relations_are_all_there_once_and_sorted(seen: list[Document]) -> None:
    encoder = encoder_for(seen)
    rows = make_batch([encoder.encode(document) for document in seen])["relations"].tolist()
    expected = {
        (row, token, head.token, encoder.vocabularies.relations.id(head.relation))
        for row, document in enumerate(seen)
        for token, heads in enumerate(document.heads)
        for head in heads
    }
    assert rows == [list(row) for row in sorted(expected)]


@given(documents())
def test_one_document_is_batched_like_many(document: Document) -> None:
    encoder = encoder_for([document])
    encoded = encoder.encode(document)
    alone, twice = make_batch([encoded]), make_batch([encoded, encoded])
    assert list(alone) == list(twice)
    for key in ("word_ids", "characters", "character_lengths"):
        np.testing.assert_array_equal(alone[key], twice[key])
    for key in ("word_index", "lengths", "tag_ids"):
        np.testing.assert_array_equal(alone[key][0], twice[key][1])  # type: ignore[literal-required]
    np.testing.assert_array_equal(alone["relations"], twice["relations"][: len(alone["relations"])])


@given(st.lists(documents(), min_size=1, max_size=3))
def test_all_arrays_are_int32(seen: list[Document]) -> None:
    encoder = encoder_for(seen)
    batch = make_batch([encoder.encode(document, gold=False) for document in seen])
    assert {array.dtype for array in batch.values()} == {np.dtype(np.int32)}  # type: ignore[attr-defined]
    assert batch["relations"].shape == (0, 4)


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one document"):
        make_batch([])
