from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.scoring import ClassScore

COUNT = st.integers(0, 1000)


def test_figures_by_hand() -> None:
    score = ClassScore(true_positives=6, false_positives=2, false_negatives=4)
    # P = 6 / (6 + 2) = 3/4, R = 6 / (6 + 4) = 3/5, F1 = 2 (3/4) (3/5) / (3/4 + 3/5) = (18/20) / (27/20) = 2/3
    assert score.precision == 0.75
    assert score.recall == 0.6
    assert score.f1 == pytest.approx(2 / 3, abs=1e-15)


@pytest.mark.parametrize(
    "score", [ClassScore(), ClassScore(0, 3, 0), ClassScore(0, 0, 3), ClassScore(0, 1, 2)]
)
def test_all_figures_are_zero_without_a_true_positive(score: ClassScore) -> None:
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_scores_add_up_count_by_count() -> None:
    assert ClassScore(1, 2, 3) + ClassScore(10, 20, 30) == ClassScore(11, 22, 33)


def test_nothing_but_a_score_can_be_added() -> None:
    with pytest.raises(TypeError):
        ClassScore() + 1  # type: ignore[operator]


def test_counts_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ClassScore().true_positives = 1  # type: ignore[misc]


@given(COUNT, COUNT, COUNT)
def test_f1_is_the_share_of_hits_among_all_items_on_both_sides(tp: int, fp: int, fn: int) -> None:
    # 2PR / (P + R) = 2 tp / (2 tp + fp + fn)
    expected = 2 * tp / (2 * tp + fp + fn) if tp else 0
    assert ClassScore(tp, fp, fn).f1 == pytest.approx(expected, abs=1e-12)


@given(COUNT, COUNT, COUNT)
def test_swapping_the_sides_swaps_precision_and_recall(tp: int, fp: int, fn: int) -> None:
    score, swapped = ClassScore(tp, fp, fn), ClassScore(tp, fn, fp)
    assert (score.precision, score.recall) == (swapped.recall, swapped.precision)


def test_to_dict_is_plain_json_data() -> None:
    figures = ClassScore(1, 1, 0).to_dict()
    assert json.loads(json.dumps(figures)) == {
        "true_positives": 1,
        "false_positives": 1,
        "false_negatives": 0,
        "precision": 0.5,
        "recall": 1.0,
        "f1": pytest.approx(2 / 3),
    }
