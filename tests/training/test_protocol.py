"""How long phase 2 trains."""

from __future__ import annotations

import pytest

from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.protocol import last_epoch_of_phase_two


def ended(best_epoch: int, ran_out_at: int | None) -> EarlyStopping:
    return EarlyStopping(30, 50.0, best_epoch, ran_out_at)


@pytest.mark.parametrize(
    ("protocol", "ran_out_at", "expected"),
    [
        ("original", 50, 50),
        ("original", None, 150),  # the original writes no epoch down
        ("best_retrain", 50, 20),
        ("best_retrain", None, 20),
        ("best", 50, None),
    ],
)
def test_last_epoch(protocol: str, ran_out_at: int | None, expected: int | None) -> None:
    assert last_epoch_of_phase_two(protocol, ended(20, ran_out_at), nepochs=150) == expected


def test_an_unknown_protocol() -> None:
    with pytest.raises(ValueError, match="best_retrain"):
        last_epoch_of_phase_two("worst", ended(1, None), 3)
