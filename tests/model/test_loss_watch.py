"""Which step was the first whose loss is no number."""

from __future__ import annotations

import math

import pytest

from multihead_at.model.loss_watch import LossWatch


@pytest.mark.parametrize("spoilt", [math.nan, math.inf, -math.inf])
def test_the_first_spoilt_step_is_kept_till_the_next_epoch(spoilt: float) -> None:
    watch = LossWatch()
    for loss in (1.0, 2.0, 3.0, spoilt, math.nan, 4.0, math.inf):
        watch.update(loss)
    assert str(watch.loss.numpy()) == str(spoilt)
    assert watch.finite_steps.numpy() == 3
    watch.reset()
    watch.update(5.0)
    assert (watch.loss.numpy(), watch.finite_steps.numpy()) == (5.0, 1)
