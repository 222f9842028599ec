"""Settings of which one is chosen on dev, once for a row, its folds and its row with AT."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from multihead_at.experiments.row import UNDECIDED, Row
from multihead_at.experiments.training import Training


@dataclass(frozen=True)
class Trial:
    """What is tried for the rows of a family.

    Attributes:
        row: the baseline, which it is tried with, so that only AT tells its row with AT from it.
        trainings: one for each of the settings, on the first fold, with the first seed, phase 1 only.
    """

    row: Row
    trainings: tuple[Training, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the settings."""
        return tuple(setting.partition("=")[0] for setting in self.trainings[0].row.tried)

    @property
    def undecided(self) -> tuple[str, ...]:
        """What stands for the settings while they are not chosen."""
        return tuple(f"{name}{UNDECIDED}" for name in self.names)


def plan_trials(
    selected: Sequence[Row],
    rows: Sequence[Row],
    tried: Sequence[tuple[str, ...]],
    *,
    epochs: int | None = None,
) -> list[Trial]:
    """What is trained before some rows, to choose settings for them.

    Args:
        selected: the rows.
        rows: all there are; of a family's baselines the first is taken, the one on a split before its folds.
        tried: the settings to choose from, as `("learning_rate=0.002",)`; empty: nothing is tried.
        epochs: of each phase, in place of the rows' own; None: their own.
    """
    if not tried:
        return []
    trials = []
    for family in dict.fromkeys(row.family for row in selected):
        baseline = next(row for row in rows if row.family == family and not row.adversarial)
        fold = baseline.folds[0] if baseline.folds else None
        trainings = tuple(
            Training(baseline.with_tried(settings), baseline.seeds[0], fold, dev_only=True, epochs=epochs)
            for settings in tried
        )
        trials.append(Trial(baseline, trainings))
    return trials


def rows_with_chosen(
    rows: Sequence[Row], chosen: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[str, Row]:
    """All rows by their keys of before, those of some families with settings that were chosen for them.

    Args:
        rows: all there are.
        chosen: the settings, by family.
    """
    with_chosen = {
        row.key: row.with_tried(chosen[row.family]) if row.family in chosen else row for row in rows
    }
    return {
        key: dataclasses.replace(row, alpha_from=with_chosen[row.alpha_from].key) if row.alpha_from else row
        for key, row in with_chosen.items()
    }
