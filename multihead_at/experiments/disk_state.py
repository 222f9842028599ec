"""What the disk says of the trainings: nothing else remembers what has been done."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.config import MACHINE_SETTINGS, Config
from multihead_at.errors import InputError
from multihead_at.experiments.alpha_choice import AlphaChoice
from multihead_at.experiments.choice_record import alpha_record, trial_record, write_record
from multihead_at.experiments.training import Training
from multihead_at.experiments.trial import Trial
from multihead_at.experiments.trial_choice import TrialChoice
from multihead_at.files import FileLock, read_json
from multihead_at.runs import EpochLog, RunData, RunFolder

_LOG = "log.txt"

SettingsOf = Callable[[Sequence[str]], Mapping[str, Any]]
"""Gives all settings of a run from the flags of `train`."""

DataOf = Callable[[Mapping[str, Any]], RunData]
"""Gives what a run of these settings would be made with now; nothing where that is not there."""


def _unknown_data(settings: Mapping[str, Any]) -> RunData:
    return RunData()


class DiskState:
    """Where the runs of trainings lie, and how far they are.

    A run's folder is `<output_dir>/<dataset>-<run>`; once it is finished its small files are copied to
    `<results_dir>/<dataset>/<run>`. A training whose result files lie there already is finished, wherever
    they come from, unless they say that they were made with other data than there are now.

    Args:
        output_dir: the folder of runs.
        results_dir: the folder of result files.
        settings_of: what flags mean.
        data_of: what there is to train with now.
    """

    def __init__(
        self,
        output_dir: Path,
        results_dir: Path,
        settings_of: SettingsOf,
        data_of: DataOf = _unknown_data,
    ) -> None:
        self.output_dir = output_dir
        self.results_dir = results_dir
        self._settings_of = settings_of
        self._data_of = data_of
        self._settings: dict[tuple[str, ...], Mapping[str, Any]] = {}
        self._choices: dict[tuple[Training, ...], AlphaChoice] = {}
        self._held: set[Path] = set()

    def run_folder(self, training: Training) -> Path:
        """Where it runs."""
        return self.output_dir / f"{training.row.dataset}-{training.name}"

    def log(self, training: Training) -> Path:
        """Where its process's output goes."""
        return self.run_folder(training) / _LOG

    def results_folder(self, training: Training) -> Path:
        """Where its result files go."""
        return self.results_dir / training.row.dataset / training.name

    def settings(self, training: Training) -> Mapping[str, Any]:
        """All its settings, by name."""
        # One that is not chosen yet changes nothing that is asked for.
        flags = (training.with_alpha(1.0) if training.needs_alpha else training).flags
        if flags not in self._settings:
            self._settings[flags] = self._settings_of(flags)
        return self._settings[flags]

    def is_finished(self, training: Training) -> bool:
        """Whether it is trained, and whether its result files are where they belong or could be copied there.

        Raises:
            InputError: runs or results of other settings or data lie in its place.
        """
        return self._is_collected(training) or self.is_trained(training)

    def is_trained(self, training: Training) -> bool:
        """Whether the run's own folder holds the result.

        Raises:
            InputError: it holds a run of other settings or data.
        """
        return not training.needs_alpha and self._holds(self.run_folder(training), training)

    def user(self, training: Training) -> str | None:
        """The process that trains it just now, None where there is none."""
        return FileLock(RunFolder(self.run_folder(training)).lock).holder()

    def collect(self, training: Training) -> None:
        """Copies the result files of a trained run, all at once; does nothing where they are there already.

        Raises:
            InputError: results of other settings or data are there, or they cannot be written.
        """
        if self._is_collected(training):
            return
        source, target = self.run_folder(training), self.results_folder(training)
        beside = target.with_name(f".copying-{target.name}")
        try:
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(parents=True)
            for file in RunFolder(source).result_files:
                if file.is_file():
                    shutil.copyfile(file, beside / file.name)
            # Refused where something else lies there: it may be somebody's.
            beside.rename(target)
        except OSError as error:
            raise InputError.from_os_error("written", error, target) from error

    def result(self, training: Training) -> dict[str, Any]:
        """What a finished training's `result.json` holds.

        Raises:
            InputError: there is none, or it is damaged.
        """
        for folder in (self.results_folder(training), self.run_folder(training)):
            if RunFolder(folder).result.is_file():
                return RunFolder(folder).load_result()
        raise InputError("expected a result", path=RunFolder(self.run_folder(training)).result)

    def epochs(self, training: Training) -> list[float]:
        """The seconds of each epoch that it has done."""
        for folder in (self.run_folder(training), self.results_folder(training)):
            with contextlib.suppress(InputError, KeyError, TypeError, ValueError):
                epochs = EpochLog(RunFolder(folder).epochs).read()
                if epochs:
                    return [float(epoch["seconds"]) for epoch in epochs]
        return []

    def choice(self, training: Training) -> AlphaChoice | None:
        """The alpha of a training with AT; None while what it is chosen by is not finished.

        Raises:
            InputError: as `is_finished` and `result`.
        """
        tuning = training.chosen_by
        if tuning not in self._choices and tuning and all(map(self.is_finished, tuning)):
            self._choices[tuning] = AlphaChoice.by_dev({one: self.result(one) for one in tuning})
        return self._choices.get(tuning)

    def resolve(self, training: Training) -> Training:
        """The training with its alpha, where that is chosen; else as it is.

        Raises:
            InputError: as `choice`.
        """
        choice = self.choice(training) if training.needs_alpha else None
        return training if choice is None else training.with_alpha(choice.alpha)

    def record(self, training: Training, choice: AlphaChoice) -> bool:
        """Writes down how a training's alpha was chosen, as `<dataset>/alpha-<bio|ec>.json`.

        Returns:
            Whether that did not stand there already.

        Raises:
            InputError: it cannot be written.
        """
        tag_set = str(self.settings(training)["ner_classes"])
        name = alpha_record(tag_set, training.row.tried, training.epochs)
        return write_record(self.results_dir / training.row.dataset / name, choice.to_dict())

    def choose(self, trial: Trial) -> TrialChoice:
        """The best settings of a trial whose trainings are finished.

        Raises:
            InputError: they have no figures to choose by.
        """
        return TrialChoice.by_dev(trial, [self.result(training) for training in trial.trainings])

    def record_trial(self, trial: Trial, choice: TrialChoice) -> bool:
        """Writes down how settings were chosen, as `<dataset>/tried-<stem>-<names>.json`.

        Returns:
            Whether that did not stand there already.

        Raises:
            InputError: it cannot be written.
        """
        return write_record(self.results_dir / trial.row.dataset / trial_record(trial), choice.to_dict())

    def _is_collected(self, training: Training) -> bool:
        return not training.needs_alpha and self._holds(self.results_folder(training), training)

    def _holds(self, folder: Path, training: Training) -> bool:
        """Whether a folder holds the training's result.

        Raises:
            InputError: it holds a run of other settings or data.
        """
        if folder in self._held:
            return True
        if not RunFolder(folder).flags.is_file():
            return False
        self._check_settings(folder, training)
        self._check_data(folder, training)
        if RunFolder(folder).result.is_file():
            self._held.add(folder)
        return folder in self._held

    def _check_settings(self, folder: Path, training: Training) -> None:
        # Settings that came later are at their defaults in older runs.
        stored = {**Config().to_dict(), **read_json(RunFolder(folder).flags)}
        for name, value in self.settings(training).items():
            if name not in MACHINE_SETTINGS and stored.get(name) != value:
                raise InputError(
                    f"holds a run with {name} = {stored.get(name)!r}, and {training.key} has {value!r}: move "
                    "it away, and it is trained again",
                    path=folder,
                )

    def _check_data(self, folder: Path, training: Training) -> None:
        made_with = RunData.read(folder)
        if made_with == RunData():
            return
        different = made_with.differences(self._data_of(self.settings(training)))
        if different:
            raise InputError(
                f"holds a run with other {' and '.join(different)} than {training.key} has now: move it "
                "away, and it is trained again",
                path=folder,
            )
