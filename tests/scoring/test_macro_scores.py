from __future__ import annotations

import dataclasses
import json

import pytest

from multihead_at.scoring import AverageScore, MacroScores


def test_overall_is_the_mean_of_entity_and_relation_f1() -> None:
    macro = MacroScores(entity=AverageScore(1, 1, 0.75), relation=AverageScore(1, 1, 0.25))
    assert macro.overall_f1 == 0.5


def test_they_cannot_be_changed() -> None:
    macro = MacroScores(entity=AverageScore(1, 1, 1), relation=AverageScore(1, 1, 1))
    with pytest.raises(dataclasses.FrozenInstanceError):
        macro.entity = AverageScore(0, 0, 0)  # type: ignore[misc]


def test_to_dict_is_plain_json_data() -> None:
    macro = MacroScores(entity=AverageScore(0.5, 0.25, 0.75), relation=AverageScore(0, 1, 0.25))
    assert json.loads(json.dumps(macro.to_dict())) == {
        "entity": {"precision": 0.5, "recall": 0.25, "f1": 0.75},
        "relation": {"precision": 0, "recall": 1, "f1": 0.25},
        "overall_f1": 0.5,
    }
