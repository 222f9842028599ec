from __future__ import annotations

import dataclasses
import json

import pytest

from multihead_at.scoring import ClassScore, Scores

HALF = ClassScore(1, 1, 1)  # P = R = F1 = 1/2
PERFECT = ClassScore(2, 0, 0)  # 1
MISSED = ClassScore(0, 0, 1)  # 0
INVENTED = ClassScore(0, 3, 0)  # 0


def test_strict_figures_are_micro() -> None:
    scores = Scores("strict", False, {"Loc": HALF, "Org": PERFECT}, {"Kill": MISSED, "Live_In": HALF})
    assert scores.entity_micro == ClassScore(3, 1, 1)
    assert scores.relation_micro == ClassScore(1, 1, 2)
    assert scores.overall_micro == ClassScore(4, 2, 3)
    # Entity: P = R = F1 = 3/4. Relation: P = 1/2, R = 1/3, F1 = (2/6) / (5/6) = 2/5. Mean: (3/4 + 2/5) / 2
    assert scores.entity_f1 == 0.75
    assert scores.relation_f1 == pytest.approx(0.4)
    assert scores.overall_f1 == pytest.approx(0.575)
    assert scores.macro is None
    assert scores.macro_no_other is None


def test_boundaries_figures_are_those_of_untyped_mentions() -> None:
    scores = Scores("boundaries", False, {}, {"Kill": PERFECT}, entity_boundaries=HALF)
    assert scores.entity_micro == HALF
    assert (scores.entity_f1, scores.relation_f1, scores.overall_f1) == (0.5, 1, 0.75)


def test_boundaries_without_a_single_mention_score_zero() -> None:
    scores = Scores("boundaries", False, {}, {"Kill": ClassScore()}, entity_boundaries=ClassScore())
    assert scores.overall_f1 == 0


def test_relaxed_figures_are_macro_without_other() -> None:
    entity = {"Loc": HALF, "O": INVENTED, "Other": MISSED, "Peop": PERFECT}
    scores = Scores("relaxed", False, entity, {"Kill": PERFECT, "Live_In": MISSED})
    assert scores.macro is not None
    assert scores.macro_no_other is not None
    # With Other: (1/2 + 0 + 1) / 3 = 1/2. Without: (1/2 + 1) / 2 = 3/4. Relations: (1 + 0) / 2.
    assert scores.macro.entity.f1 == pytest.approx(0.5)
    assert scores.macro.overall_f1 == pytest.approx(0.5)
    assert scores.macro_no_other.entity.f1 == 0.75
    assert (scores.entity_f1, scores.relation_f1, scores.overall_f1) == (0.75, 0.5, 0.625)
    # O counts in the micro figures: 3 hits, 1 + 3 invented, 1 + 1 missed.
    assert scores.entity_micro == ClassScore(3, 4, 2)


def test_relaxed_figures_are_plain_macro_where_no_class_is_called_other() -> None:
    scores = Scores("relaxed", False, {"Loc": HALF, "O": INVENTED, "other": PERFECT}, {"Kill": HALF})
    assert scores.macro_no_other is None
    assert scores.entity_f1 == 0.75


def test_a_relation_called_other_is_not_left_out() -> None:
    scores = Scores("relaxed", False, {"Loc": PERFECT, "Other": PERFECT}, {"Kill": PERFECT, "Other": MISSED})
    assert scores.relation_f1 == 0.5


def test_no_label_at_all_scores_zero() -> None:
    for evaluation in ("strict", "boundaries", "relaxed"):
        assert Scores(evaluation, False, {}, {}).overall_f1 == 0


def test_they_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Scores("strict", False, {}, {}).root_node = True  # type: ignore[misc]


def test_to_dict_by_hand() -> None:
    def figures(tp: int, fp: int, fn: int, precision: float, recall: float, f1: float) -> dict[str, object]:
        counts = {"true_positives": tp, "false_positives": fp, "false_negatives": fn}
        return {**counts, "precision": precision, "recall": recall, "f1": pytest.approx(f1)}

    # Together 3 hits, 1 invented, 2 missed: P = 3/4, R = 3/5, F1 = 2/3.
    assert Scores("strict", True, {"Loc": HALF}, {"Kill": PERFECT, "Live_In": MISSED}).to_dict() == {
        "evaluation": "strict",
        "root_node": True,
        "entity_f1": 0.5,
        "relation_f1": pytest.approx(0.8),
        "overall_f1": pytest.approx(0.65),
        "entity": {"Loc": figures(1, 1, 1, 0.5, 0.5, 0.5)},
        "relation": {
            "Kill": figures(2, 0, 0, 1, 1, 1),
            "Live_In": figures(0, 0, 1, 0, 0, 0),
        },
        "entity_micro": figures(1, 1, 1, 0.5, 0.5, 0.5),
        "relation_micro": figures(2, 0, 1, 1, 2 / 3, 0.8),
        "overall_micro": figures(3, 1, 2, 0.75, 0.6, 2 / 3),
    }


@pytest.mark.parametrize(
    ("scores", "extra"),
    [
        (Scores("strict", True, {"Loc": HALF}, {"Kill": MISSED}), set()),
        (Scores("boundaries", False, {}, {"Kill": MISSED}, ClassScore(1, 2, 3)), {"entity_boundaries"}),
        (Scores("relaxed", False, {"Loc": HALF}, {"Kill": MISSED}), {"macro"}),
        (Scores("relaxed", False, {"Loc": HALF, "Other": HALF}, {}), {"macro", "macro_no_other"}),
    ],
)
def test_to_dict_is_plain_json_data(scores: Scores, extra: set[str]) -> None:
    figures = scores.to_dict()
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures
    assert figures["evaluation"] == scores.evaluation
    assert figures["root_node"] is scores.root_node
    assert figures["overall_f1"] == scores.overall_f1
    assert list(figures["entity"]) == list(scores.entity)
    assert figures.keys() & {"entity_boundaries", "macro", "macro_no_other"} == extra
