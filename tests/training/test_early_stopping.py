"""When phase 1 stops."""

from __future__ import annotations

from multihead_at.training.early_stopping import EarlyStopping


def test_a_tie_is_an_improvement_even_with_the_score_of_0_it_starts_from() -> None:
    stopping = EarlyStopping(patience=2)
    assert stopping.update(0, 0.0)
    assert stopping.update(1, 0.0)
    assert stopping.best_epoch == 1


def test_the_epoch_written_down_is_the_best_plus_the_patience() -> None:
    stopping = EarlyStopping(patience=3)
    improved = [stopping.update(epoch, score) for epoch, score in enumerate([10, 30, 20, 29, 28])]
    assert improved == [True, True, False, False, False]
    assert (stopping.best_epoch, stopping.best_score, stopping.ran_out_at) == (1, 30, 4)


def test_an_improvement_starts_the_count_again() -> None:
    stopping = EarlyStopping(patience=2)
    for epoch, score in enumerate([10, 5, 11, 5]):
        stopping.update(epoch, score)
    assert stopping.ran_out_at is None
    stopping.update(4, 5)
    assert stopping.ran_out_at == 4
