from __future__ import annotations

import dataclasses

import pytest

from multihead_at.scoring import AverageScore, ClassScore


def test_mean_by_hand() -> None:
    # Class 1: P = 1/2, R = 1, F1 = 2/3. Class 2 was never met: 0, 0, 0.
    average = AverageScore.of([ClassScore(1, 1, 0), ClassScore()])
    assert average.precision == 0.25
    assert average.recall == 0.5
    assert average.f1 == pytest.approx(1 / 3)


def test_f1_is_the_mean_of_f1s_not_the_f1_of_the_means() -> None:
    # Class 1: P = 1, R = 1/4, F1 = 2/5. Class 2: P = 1/4, R = 1, F1 = 2/5.
    # Mean F1 = 2/5, though mean P = mean R = 5/8 would give 5/8.
    assert AverageScore.of([ClassScore(1, 0, 3), ClassScore(1, 3, 0)]).f1 == pytest.approx(0.4)


def test_no_class_gives_zero() -> None:
    assert AverageScore.of([]) == AverageScore(0, 0, 0)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        AverageScore(0, 0, 0).f1 = 1.0  # type: ignore[misc]
