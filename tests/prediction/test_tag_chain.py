"""Probabilities of tags, against all sequences counted out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from multihead_at.prediction import TagChain

TAGS = 3
RANDOM = np.random.default_rng(3)
SCORES = RANDOM.normal(size=(2, 4, TAGS)) * 2
TRANSITIONS = RANDOM.normal(size=(TAGS, TAGS))
LENGTHS = np.array([4, 2])


def sequences(row: int, transitions: np.ndarray) -> dict[tuple[int, ...], float]:
    """Every tag sequence of a sentence with its probability."""
    weights = {}
    for tags in itertools.product(range(TAGS), repeat=LENGTHS[row]):
        score = sum(SCORES[row, place, tag] for place, tag in enumerate(tags))
        score += sum(transitions[one, other] for one, other in zip(tags, tags[1:]))
        weights[tags] = np.exp(score)
    return {tags: weight / sum(weights.values()) for tags, weight in weights.items()}


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("with_transitions", [True, False])
def test_tokens_and_spans(row: int, with_transitions: bool) -> None:
    transitions = TRANSITIONS if with_transitions else np.zeros_like(TRANSITIONS)
    chain = list(TagChain.of_batch(SCORES, LENGTHS, TRANSITIONS if with_transitions else None))[row]
    counted = sequences(row, transitions)
    for place, tag in itertools.product(range(LENGTHS[row]), range(TAGS)):
        expected = sum(value for tags, value in counted.items() if tags[place] == tag)
        assert chain.at_tokens()[place, tag] == pytest.approx(expected)
    for start, span, excluded in [(0, (1,), ()), (0, (2, 1), (1,)), (1, (0,), (0, 2)), (0, (0, 0), ())]:
        end = start + len(span)
        expected = sum(
            value
            for tags, value in counted.items()
            if tags[start:end] == span and (end == LENGTHS[row] or tags[end] not in excluded)
        )
        assert chain.of_span(start, span, excluded) == pytest.approx(expected)


def test_tokens_are_softmaxes_without_transitions() -> None:
    chain = next(TagChain.of_batch(SCORES, LENGTHS, None))
    exponentials = np.exp(SCORES[0])
    np.testing.assert_allclose(chain.at_tokens(), exponentials / exponentials.sum(1, keepdims=True))


def test_large_scores_and_no_tokens() -> None:
    chain, nothing = TagChain.of_batch(1e4 * SCORES, np.array([4, 0]), TRANSITIONS)
    assert np.isfinite(chain.at_tokens()).all()
    assert nothing.at_tokens().shape == (0, TAGS)
