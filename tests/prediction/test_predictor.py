"""From documents to predicted documents."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.documents import Document, Head, format_document
from multihead_at.encoding import CorpusVocabularies, Encoder, WordTable, WordVectors
from multihead_at.model import JointModel, ModelSizes
from multihead_at.prediction import Predictor


def document(name: str, *tokens: str, tag: str = "O") -> Document:
    return Document(
        name, tokens, len(tokens) * (tag,), tuple((Head("N", place),) for place in range(len(tokens)))
    )


CORPUS = [
    document("1", "red", "tea", tag="B-Food"),
    Document("2", ("tea", "grows"), ("I-Food", "O"), ((Head("Does", 1),), (Head("N", 1),))),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    vectors = WordVectors(
        ["red", "tea"], np.array([[1, 0], [0, 1]], np.float32), name="made up", sha256="0" * 64
    )
    table = WordTable.build(vectors, [token for item in CORPUS for token in item.tokens], seed=1)
    return Encoder(CorpusVocabularies.collect(CORPUS), table, "BIO")


@pytest.fixture(scope="module")
def predictor(encoder: Encoder) -> Predictor:
    """A small model with its initial weights, which predicts a little of everything; two documents a call."""
    config = Config(hidden_size_lstm=3, hidden_size_n1=3, num_lstm_layers=1, hidden_size_char=2)
    known = encoder.vocabularies
    sizes = ModelSizes(2, len(known.characters), len(known.bio_tags), len(known.relations))
    model = JointModel(config, sizes)
    model.word_embedding.set_table(encoder.table.matrix)
    return Predictor(model, encoder, batch_size=2)


DOCUMENTS = [
    document("long", "tea", "grows", "red", "tea", "tea"),
    document("short", "red"),
    document("unknown words", "Xylophon", "\u4e2d\u6587", "tea"),
    document("short", "grows", "tea"),
    document("longer", "red", "tea", "grows", "red", "tea", "grows", "red"),
]


def test_documents_keep_their_order_and_are_predicted_as_if_alone(predictor: Predictor) -> None:
    done: list[int] = []
    found = predictor.predict(DOCUMENTS, threshold=0.45, on_documents=done.append)
    assert [(item.doc_id, item.tokens) for item in found] == [(d.doc_id, d.tokens) for d in DOCUMENTS]
    assert sum(done) == len(DOCUMENTS)
    for given, item in zip(DOCUMENTS, found):
        assert predictor.predict([given], threshold=0.45) == [item]
        assert len(item.tags) == len(item.heads) == len(given)
    assert predictor.predict([]) == []


def test_gold_is_not_looked_at(predictor: Predictor) -> None:
    odd = Document("odd", ("red", "tea"), ("B-Unheard", "O"), ((Head("Unheard", 1),), (Head("N", 1),)))
    plain = document("odd", "red", "tea")
    assert predictor.predict([odd]) == predictor.predict([plain])


def test_a_higher_threshold_leaves_relations_out(predictor: Predictor) -> None:
    def relations(threshold: float) -> set[tuple[int, int, Head]]:
        found = predictor.predict(DOCUMENTS, threshold=threshold)
        return {
            (number, token, head)
            for number, item in enumerate(found)
            for token, heads in enumerate(item.heads)
            for head in heads
        }

    everything = sum(2 * len(item) ** 2 for item in DOCUMENTS)
    assert len(relations(0.0)) == everything
    own_heads = {(n, t, Head("N", t)) for n, item in enumerate(DOCUMENTS) for t in range(len(item))}
    assert relations(1.0) == own_heads
    some, more = relations(0.5) - own_heads, relations(0.45) - own_heads
    assert some < more < relations(0.0)


class StandIn:
    """Predicts what a test wants."""

    def __init__(self, tag_ids: list[list[int]], relations: np.ndarray) -> None:
        self.outputs = {"tag_ids": tf.constant(tag_ids), "relations": tf.constant(relations, tf.int32)}

    def call(self, batch: dict[str, tf.Tensor], threshold: tf.Tensor) -> dict[str, tf.Tensor]:
        return self.outputs


@pytest.fixture
def predict(encoder: Encoder) -> Callable[..., list[Document]]:
    def run(tag_ids: list[list[int]], relations: list[list[int]], *given: Document) -> list[Document]:
        stand_in = StandIn(tag_ids, np.array(relations, np.int32).reshape(-1, 4))
        return Predictor(stand_in, encoder).predict(given)  # type: ignore[arg-type]

    return run


def test_ids_become_names_sentence_by_sentence(predict: Callable[..., list[Document]]) -> None:
    # Tags B-Food, I-Food, O; relations Does, N. The short sentence is predicted first.
    given = document("a", "tea", "grows", "red"), document("b", "tea")
    relations = [[1, 0, 1, 0], [1, 0, 2, 0], [1, 0, 2, 1], [1, 2, 0, 0]]
    long, short = predict([[0, 2, 2], [2, 0, 1]], relations, *given)
    assert short == Document("b", ("tea",), ("B-Food",), ((Head("N", 0),),))
    assert long.tags == ("O", "B-Food", "I-Food")
    assert long.heads == (
        (Head("Does", 1), Head("Does", 2), Head("N", 2)),
        (Head("N", 1),),
        (Head("Does", 0),),
    )
    assert format_document(long).splitlines()[1] == "0\ttea\tO\t['Does', 'Does', 'N']\t[1, 2, 2]"


def test_no_relation_at_all(predict: Callable[..., list[Document]]) -> None:
    (found,) = predict([[2, 2]], [], document("a", "tea", "red"))
    assert found.heads == ((Head("N", 0),), (Head("N", 1),))
