"""The bar over a phase's steps."""

from __future__ import annotations

import io

from multihead_at.training.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_goes_by_steps_several_of_which_are_done_at_once() -> None:
    # Resumed after the first of two epochs of 11 steps.
    progress = Progress(1, "dev", 11, range(1, 2), Terminal())
    seen = [progress.bar.n]
    progress.on_epoch_begin(1)
    for last_step in (7, 10):
        progress.on_train_batch_end(last_step)
        seen.append(progress.bar.n)
    progress.on_train_end()
    assert seen == [11, 19, 22]
    assert progress.bar.total == 22
