"""Mentions of a batch, and how probable they are, in a graph as in Python."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import NO_RELATION, Document, Head, Mention, mentions_from_bio
from multihead_at.export.given_boundaries import given_mentions, with_most_common_class
from multihead_at.export.mentions import Mentions
from multihead_at.export.relations import Relations
from multihead_at.export.tag_chain import TagChain
from multihead_at.prediction import TagChain as PythonTagChain
from multihead_at.prediction import with_given_boundaries

TAGS = ("B-Loc", "B-Peop", "I-Loc", "I-Peop", "O")
TYPES = ("Loc", "Peop")
SENTENCES = st.lists(st.lists(st.sampled_from(TAGS), max_size=8), min_size=1, max_size=4)


def padded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(1, *map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def of_tags(rows: Sequence[Sequence[str]]) -> Mentions:
    types = [[TYPES.index(tag[2:]) if tag not in ("", "O") else -1 for tag in row] for row in padded(rows)]
    return Mentions.from_tags(
        tf.constant(types), tf.constant([[tag[:2] == "B-" for tag in row] for row in padded(rows)])
    )


def as_lists(mentions: Mentions, names: Sequence[str]) -> list[tuple[int, Mention]]:
    fields = (field.numpy().tolist() for field in mentions[:4])
    return [(sentence, Mention(names[kind], start, end)) for sentence, start, end, kind in zip(*fields)]


def expected_of(rows: Sequence[Sequence[str]]) -> list[tuple[int, Mention]]:
    return [(number, mention) for number, row in enumerate(rows) for mention in mentions_from_bio(row)]


@given(SENTENCES)
def test_mentions_are_those_that_python_reads(rows: list[list[str]]) -> None:
    mentions = of_tags(rows)
    assert as_lists(mentions, TYPES) == expected_of(rows)
    for number, (sentence, mention) in enumerate(expected_of(rows)):
        inside = mentions.of_token.numpy()[sentence] == number
        assert np.flatnonzero(inside).tolist() == list(range(mention.start, mention.end))


def test_what_is_left_is_numbered_anew() -> None:
    kept = of_tags([["B-Loc", "O", "B-Peop", "I-Peop"], ["B-Loc"]]).kept(tf.constant([False, True, True]))
    assert as_lists(kept, TYPES) == [(0, Mention("Peop", 2, 4)), (1, Mention("Loc", 0, 1))]
    assert kept.of_token.numpy().tolist() == [[-1, -1, 0, 0], [1, -1, -1, -1]]


def test_the_root_belongs_to_no_mention() -> None:
    mentions = of_tags([["B-Loc", "I-Loc", "B-Peop"], ["B-Loc", "O"]]).without_root()
    assert as_lists(mentions, TYPES) == [(0, Mention("Loc", 1, 2)), (0, Mention("Peop", 2, 3))]
    assert mentions.of_token.numpy().tolist() == [[-1, 0, 1], [-1, -1, -1]]


@given(SENTENCES)
def test_given_boundaries_take_the_most_common_class(rows: list[list[str]]) -> None:
    classes = ("Loc", "O", "Peop")
    draw = np.random.default_rng(len(str(rows)))
    drawn = [[classes[number] for number in draw.integers(0, 3, len(row))] for row in rows]
    ids = [[classes.index(name) if name else 0 for name in row] for row in padded(drawn)]
    found = with_most_common_class(given_mentions(tf.constant(padded(rows))), tf.constant(ids), 3, 1)
    expected = []
    for number, (gold, predicted) in enumerate(zip(rows, drawn)):
        heads = tuple((Head(NO_RELATION, place),) for place in range(len(gold)))
        tokens = ("x",) * len(gold)
        document = with_given_boundaries(
            Document("1", tokens, tuple(gold), heads), Document("1", tokens, tuple(predicted), heads)
        )
        expected += [(number, mention) for mention in mentions_from_bio(document.tags)]
    assert as_lists(found, classes) == expected


def test_boundaries_need_no_types() -> None:
    mentions = given_mentions(tf.constant([["B", "I", "B", "O", "I", "I-x", ""]]))
    places = list(zip(mentions.start.numpy().tolist(), mentions.end.numpy().tolist()))
    assert places == [(0, 2), (2, 3), (4, 5), (5, 6)]


@pytest.mark.parametrize("tag", ["b", "E-Loc", "B-", "OO", "Loc"])
def test_other_boundaries_are_refused(tag: str) -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match="expected B, I or O"):
        given_mentions(tf.constant([["O", tag]]))


@pytest.mark.parametrize("with_transitions", [True, False])
def test_probabilities_are_pythons(with_transitions: bool) -> None:
    random = np.random.default_rng(3)
    lengths = [7, 3, 0, 1]
    ids = random.integers(0, 5, [4, 7])
    scores = random.normal(size=[4, 7, 5]).astype(np.float32)
    transitions = random.normal(size=[5, 5]).astype(np.float32) if with_transitions else None
    rows = [[TAGS[tag] for tag in row[:length]] for row, length in zip(ids, lengths)]
    mentions = of_tags(rows)
    chain = TagChain(
        tf.constant(scores), tf.constant(lengths), None if transitions is None else tf.constant(transitions)
    )
    going_on = tf.gather([TAGS.index(f"I-{name}") for name in TYPES], mentions.types)
    found = chain.of_mentions(mentions, tf.constant(ids, tf.int32), going_on).numpy()
    means = chain.of_types(mentions).numpy()

    python = list(PythonTagChain.of_batch(scores, np.array(lengths), transitions))
    expected, expected_means = [], []
    for sentence, mention in expected_of(rows):
        tags = ids[sentence, mention.start : mention.end].tolist()
        of_type = python[sentence].at_tokens()[mention.start : mention.end, TYPES.index(mention.type)]
        expected.append(python[sentence].of_span(mention.start, tags, (TAGS.index(f"I-{mention.type}"),)))
        expected_means.append(of_type.mean())
    assert len(expected) > 3
    np.testing.assert_allclose(found, expected, rtol=1e-10)
    np.testing.assert_allclose(means, expected_means, rtol=1e-10)


def test_relations_between_mentions() -> None:
    mentions = of_tags([["B-Loc", "I-Loc", "O", "B-Peop"], ["B-Loc", "B-Loc", "O", "O"]])
    # Sentence, token, head, relation: N is 1.
    arcs = [
        *([0, 0, 3, 0], [0, 1, 3, 0], [0, 1, 3, 1], [0, 2, 3, 0], [0, 3, 0, 2], [0, 3, 2, 0]),
        *([1, 0, 0, 0], [1, 1, 0, 2], [1, 1, 0, 0]),
    ]
    probabilities = [0.6, 0.9, 0.8, 0.9, 0.7, 0.9, 0.51, 0.52, 0.53]
    found = Relations.between(mentions, tf.constant(arcs), tf.constant(probabilities), 1)
    assert list(zip(*(field.numpy().tolist() for field in found[:4]))) == [
        (0, 0, 0, 1),
        (0, 2, 1, 0),
        (1, 0, 2, 2),
        (1, 0, 3, 2),
        (1, 2, 3, 2),
    ]
    np.testing.assert_allclose(found.probabilities, [0.9, 0.7, 0.51, 0.53, 0.52])


def test_no_mentions_have_no_relations() -> None:
    arcs = tf.constant([[0, 0, 1, 0]])
    found = Relations.between(of_tags([["O", "O"]]), arcs, tf.constant([0.9]), 1)
    assert all(field.shape == (0,) for field in found)
    none = Relations.between(of_tags([["B-Loc"]]), tf.zeros([0, 4], tf.int32), tf.zeros([0]), 1)
    assert all(field.shape == (0,) for field in none)
