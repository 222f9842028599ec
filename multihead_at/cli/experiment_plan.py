"""Which trainings the flags of `experiments` ask for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from multihead_at.cli.missing_data import is_finished
from multihead_at.cli.tried_settings import tried_settings
from multihead_at.experiments import (
    SAMPLE_ROWS,
    TABLE1_ROWS,
    DiskState,
    Training,
    Trial,
    plan_trainings,
    plan_trials,
    rows_with_chosen,
    select_rows,
)

_SAMPLE = "sample"
_CUT = ("seeds", "folds", "epochs")


class ExperimentPlan:
    """The trainings of the rows, and those that settings of the rows are chosen by before.

    Args:
        given: the flags that were given, by name.
        state: tells which are finished.

    Raises:
        InputError: there are no such rows, or nothing of the kind can be tried.
    """

    def __init__(self, given: Mapping[str, Any], state: DiskState) -> None:
        dataset = given["dataset"].lower() if "dataset" in given else None
        self._rows = SAMPLE_ROWS if self.is_of_sample(given) else TABLE1_ROWS
        self._selected = select_rows(self._rows, dataset=dataset, only=given.get("only"))
        self._cut = {name: given.get(name) for name in _CUT}
        tried = tried_settings(given.get("try", ()))
        self._trials = plan_trials(self._selected, self._rows, tried, epochs=given.get("epochs"))
        self._state = state

    @staticmethod
    def is_of_sample(given: Mapping[str, Any]) -> bool:
        """Whether the flags ask for the rows of the sample corpus."""
        return str(given.get("dataset", "")).lower() == _SAMPLE

    @property
    def trials(self) -> list[Training]:
        """The trainings that settings are chosen by; mostly none."""
        return [training for trial in self._trials for training in trial.trainings]

    def trainings(self) -> list[Training]:
        """Those of the rows, with the settings that were chosen, or `?` in their names while none were.

        Raises:
            InputError: a trial has no figures.
        """
        chosen = {trial.row.family: self._chosen(trial) for trial in self._trials}
        rows = rows_with_chosen(self._rows, chosen)
        return plan_trainings([rows[row.key] for row in self._selected], list(rows.values()), **self._cut)

    def record_choices(self) -> Iterator[str]:
        """Writes down what was chosen; yields a line for each choice that is new.

        Raises:
            InputError: a trial has no figures, or it cannot be written.
        """
        for trial in filter(self._is_finished, self._trials):
            choice = self._state.choose(trial)
            if self._state.record_trial(trial, choice):
                yield f"{choice.row}: {choice}"

    def _chosen(self, trial: Trial) -> tuple[str, ...]:
        if not self._is_finished(trial):
            return trial.undecided
        settings = self._state.choose(trial).settings
        best = next(training for training in trial.trainings if training.row.tried == settings)
        # What the row has anyway is no news, and its trainings keep their names.
        own = self._state.settings(dataclasses.replace(best, row=trial.row))
        return () if self._state.settings(best) == own else settings

    def _is_finished(self, trial: Trial) -> bool:
        return all(is_finished(training, self._state) for training in trial.trainings)
