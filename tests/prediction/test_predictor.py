"""From documents to predicted documents."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.documents import Document, Head, format_document, mentions_from_bio
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


def small_model(encoder: Encoder) -> JointModel:
    """A small model with its initial weights."""
    config = Config(hidden_size_lstm=3, hidden_size_n1=3, num_lstm_layers=1, hidden_size_char=2)
    known = encoder.vocabularies
    sizes = ModelSizes(2, len(known.characters), len(known.bio_tags), len(known.relations))
    model = JointModel(config, sizes)
    model.word_embedding.set_table(encoder.table.matrix)
    return model


@pytest.fixture(scope="module")
def predictor(encoder: Encoder) -> Predictor:
    """Of a model that predicts a little of everything; two documents a call."""
    return Predictor(small_model(encoder), encoder, batch_size=2)


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


class TreeStandIn:
    """Predicts tags and arcs that a test wants, and remembers what it was asked."""

    def __init__(self, tag_ids: list[list[int]], scores: np.ndarray, relations: np.ndarray) -> None:
        self.outputs = {
            "tag_ids": tf.constant(tag_ids),
            "relations": tf.zeros([0, 4], tf.int32),
            "probabilities": tf.zeros([0]),
            "arc_scores": tf.constant(scores, tf.float32),
            "arc_relations": tf.constant(relations, tf.int32),
        }
        self.asked: list[int] = []

    def call(
        self, batch: dict[str, tf.Tensor], threshold: tf.Tensor, *, best_arcs_without: int
    ) -> dict[str, tf.Tensor]:
        self.asked.append(best_arcs_without)
        return self.outputs


def test_mentions_form_a_tree_below_the_root(encoder: Encoder) -> None:
    # Tags B-Food, I-Food, O; relations Does, N. Sentences of one token and of four: two mentions, which end
    # at 2 and 3, like each other best; 3 comes to the root at less cost. What token 1 likes does not count.
    scores = np.array([[0, 0, 0, 0], [9, 0, 9, 9], [-2, 9, 0, 4], [-1, 9, 4, 0]], np.float32)
    stand_in = TreeStandIn([[2, 0, 0, 0], [2, 0, 1, 0]], np.append([5.0], scores), np.zeros(17))
    predictor = Predictor(stand_in, encoder, decoding="edmonds")  # type: ignore[arg-type]
    root, tree = predictor.predict([document("root", "tea"), document("tree", "tea", "red", "tea", "red")])
    assert stand_in.asked == [encoder.vocabularies.relations.get("N")]
    assert root.heads == ((Head("N", 0),),)
    assert tree.tags == ("O", "B-Food", "I-Food", "B-Food")
    assert tree.heads == ((Head("N", 0),), (Head("N", 1),), (Head("Does", 3),), (Head("Does", 0),))


def test_no_relation_is_none_in_a_tree_either(encoder: Encoder) -> None:
    relations = np.full(5, encoder.vocabularies.relations.get("N"))
    scores = np.full(5, np.finfo(np.float32).min)
    stand_in = TreeStandIn([[2, 0], [2, 0]], scores, relations)
    predictor = Predictor(stand_in, encoder, decoding="edmonds")  # type: ignore[arg-type]
    _, found = predictor.predict([document("a", "tea"), document("b", "tea", "red")])
    assert found.heads == ((Head("N", 0),), (Head("N", 1),))


def test_trees_of_a_model_hang_together(encoder: Encoder) -> None:
    model = small_model(encoder)
    # Different tags and heads for different tokens.
    for name, weight in model.named_weights().items():
        weight.assign(0 * weight if name in ("tags/c", "tags/transitions") else 9 * weight)
    predictor = Predictor(model, encoder, batch_size=2)
    trees = Predictor(model, encoder, batch_size=2, decoding="edmonds")
    words = np.random.default_rng(0).choice(["red", "tea", "grows", "unknown"], 100).tolist()
    many = [document(str(length), *words[length : 2 * length]) for length in (0, 1, 2, 5, 9, 20, 40)]
    scored = trees.predict_scored([trees.encoder.encode(item, gold=False) for item in many])
    mentions = 0
    for item, plain, with_scores in zip(trees.predict(many), predictor.predict(many), scored):
        assert item.tags == plain.tags
        assert item == with_scores.document
        ends = {mention.end - 1 for mention in mentions_from_bio(item.tags)} - {0}
        mentions += len(ends)
        for token, heads in enumerate(item.heads):
            assert [head.relation for head in heads] == ["Does" if token in ends else "N"]
            assert (token in ends) == (0 < with_scores.head_probabilities[token][0] < 1)
            while token in ends:
                ends_before = token
                (head,) = item.heads[token]
                token = head.token
                assert token != ends_before
            assert token not in ends
    assert mentions > 5
