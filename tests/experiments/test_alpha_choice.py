from __future__ import annotations

import pytest

from multihead_at.errors import InputError
from multihead_at.experiments import Row, Training
from multihead_at.experiments.alpha_choice import AlphaChoice

ROW = Row("news", "bio", (), (1,), adversarial=True)


def choose(**overall: float) -> AlphaChoice:
    return AlphaChoice.by_dev(
        {
            Training(ROW, 1, alpha=float(alpha.replace("_", ".")), dev_only=True): {
                "dev": {"overall_f1": f1, "epoch": 3}
            }
            for alpha, f1 in overall.items()
        }
    )


def test_the_best_on_dev_is_chosen() -> None:
    choice = choose(**{"0_05": 60.0, "0_01": 71.25, "0_001": 71.0})
    assert choice.alpha == 0.01
    assert str(choice) == "alpha 0.01 chosen on dev (overall F1 of 0.05: 60.00, 0.01: 71.25, 0.001: 71.00)"


@pytest.mark.parametrize("order", [("0_05", "0_001", "0_01"), ("0_001", "0_01", "0_05")])
def test_of_equal_ones_the_smaller(order: tuple[str, ...]) -> None:
    assert choose(**dict.fromkeys(order, 70.0)).alpha == 0.001


def test_the_record_has_all_figures() -> None:
    record = choose(**{"0_05": 60.0, "0_01": 71.0}).to_dict()
    assert (record["row"], record["alpha"]) == ("news/bio-at", 0.01)
    assert record["tried"][0] == {
        "alpha": 0.05,
        "run": "bio-at0.05-dev_only-seed1",
        "overall_f1": 60.0,
        "epoch": 3,
    }


def test_a_result_without_a_figure() -> None:
    training = Training(ROW, 1, alpha=0.05, dev_only=True)
    with pytest.raises(
        InputError, match=r"bio-at0\.05-dev_only-seed1: result\.json has no overall F1 on dev"
    ):
        AlphaChoice.by_dev({training: {"dev": None}})
