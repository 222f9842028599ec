"""The folder of a run: what lies where in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from multihead_at.config import LATER_SETTINGS, MACHINE_SETTINGS, Config
from multihead_at.errors import InputError
from multihead_at.files import FileLock, read_json, write_json
from multihead_at.files.atomic_file import UNFINISHED
from multihead_at.runs.model_folder import FLAGS_FILE

if TYPE_CHECKING:
    from multihead_at.encoding import CorpusVocabularies

# What the files of plain data say that they are.
_FLAGS, _VOCABULARIES, _ENVIRONMENT, _RESULT = "flags", "vocabularies", "environment", "result"


class RunFolder:
    """A run's files.

    `flags.json` (the settings), `environment.json` (versions, hashes of data and vectors),
    `vocabularies.json`, `epochs.jsonl` (one line an epoch), `tensorboard/`, `best.npz` (phase 1's best
    weights), `retrained.npz` (phase 2's), `state.npz` (to resume from), `state-before.npz` (the one before
    it) and for a moment `state-next.npz` (the one after it), `result.json`, and for dev and test
    `predictions-*.txt` (documents) and `scores-*.txt` (a table), for test `counts-test.csv` (what each
    document adds to the scores).

    Args:
        path: the folder.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.flags = self.path / FLAGS_FILE
        self.environment = self.path / "environment.json"
        self.vocabularies = self.path / "vocabularies.json"
        self.epochs = self.path / "epochs.jsonl"
        self.tensorboard = self.path / "tensorboard"
        self.best = self.path / "best.npz"
        self.retrained = self.path / "retrained.npz"
        self.state = self.path / "state.npz"
        self.state_before = self.path / "state-before.npz"
        self.state_next = self.path / "state-next.npz"
        self.result = self.path / "result.json"
        self.lock = self.path / ".lock"

    @property
    def files(self) -> tuple[Path, ...]:
        """Those of one run that are not of one split, in the order in which they are first written."""
        return (
            self.flags,
            self.vocabularies,
            self.environment,
            self.epochs,
            self.best,
            self.retrained,
            self.state,
            self.state_before,
            self.state_next,
            self.result,
        )

    @property
    def split_files(self) -> tuple[Path, ...]:
        """Those of one run that are of dev or of test."""
        return tuple(
            file(split) for split in ("dev", "test") for file in (self.predictions, self.scores, self.counts)
        )

    @property
    def result_files(self) -> tuple[Path, ...]:
        """What is kept of a finished run: no predictions, which hold a corpus's text, and no weights."""
        scores = (self.scores("dev"), self.scores("test"), self.counts("test"))
        return (self.flags, self.environment, self.epochs, *scores, self.result)

    def is_own(self, path: Path) -> bool:
        """Whether a training in this folder writes, or has written, what is at a path."""
        return path.resolve() in [file.resolve() for file in (*self.files, *self.split_files)]

    @property
    def name(self) -> str:
        """The folder's own name, which says nothing of where it lies."""
        return self.path.resolve().name

    def predictions(self, split: str) -> Path:
        """The file of predicted documents of "dev" or "test"."""
        return self.path / f"predictions-{split}.txt"

    def tensorboard_of(self, phase: int) -> Path:
        """Where a phase's figures for TensorBoard are."""
        return self.tensorboard / f"phase_{phase}"

    def scores(self, split: str) -> Path:
        """The table of all scores of "dev" or "test"."""
        return self.path / f"scores-{split}.txt"

    def counts(self, split: str) -> Path:
        """What each document adds to the scores of "test"."""
        return self.path / f"counts-{split}.csv"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Makes the folder, and keeps other processes from training in it till the block ends.

        Raises:
            InputError: another process trains in it, or it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError.from_os_error("written", error, self.path) from error
        with FileLock(self.lock):
            for unfinished in self.path.glob(f"{UNFINISHED}*"):
                unfinished.unlink(missing_ok=True)
            yield

    def check_free(self, *, resume: bool, overwrite: bool) -> None:
        """Refuses a folder that cannot take a run.

        Raises:
            InputError: it is a file, or holds a run and neither `resume` nor `overwrite` is said.
        """
        if self.path.exists() and not self.path.is_dir():
            raise InputError("expected a folder for the run, received a file", path=self.path)
        if self.flags.exists() and not resume and not overwrite:
            raise InputError(
                "holds a run already: --resume continues it, --overwrite replaces it, "
                "--output_dir=DIR takes another folder",
                path=self.path,
            )

    def open(self, config: Config, *, resume: bool, overwrite: bool) -> None:
        """Makes the folder ready for a run of `config`.

        What a run writes is removed where there are no settings with it: a killed `overwrite` left it.

        Raises:
            InputError: it holds a run and neither `resume` nor `overwrite` is said; it holds a run of other
                settings and `resume` is said; it cannot be written.
        """
        self.check_free(resume=resume, overwrite=overwrite)
        try:
            if self.flags.exists() and not overwrite:
                self._check_resumable(config)
                return
            self.path.mkdir(parents=True, exist_ok=True)
            self._remove_run()
        except OSError as error:
            raise InputError.from_os_error("written", error, self.path) from error
        write_json(self.flags, config.to_dict(), kind=_FLAGS)

    def _check_resumable(self, config: Config) -> None:
        before, now = self._settings(), config.to_dict()
        changed = [name for name in now if before.get(name) != now[name]]
        for name in changed:
            if name in MACHINE_SETTINGS:
                continue
            raise InputError(
                f"holds a run with {name} = {before.get(name)!r}, received {now[name]!r}: "
                "--resume continues a run with the settings that it began with",
                path=self.path,
            )
        if "threads" in changed and not self.result.is_file():
            warnings.warn(
                f"{self.path}: began with threads = {before.get('threads')!r}, goes on with "
                f"{now['threads']}: sums may be rounded otherwise, and the run ends with other bits",
                stacklevel=2,
            )

    def _settings(self) -> dict[str, Any]:
        # Runs of before there were these settings do not name them, and did what their defaults say.
        defaults = Config().to_dict()
        return {**{name: defaults[name] for name in LATER_SETTINGS}, **read_json(self.flags, kind=_FLAGS)}

    def _remove_run(self) -> None:
        # Only what a run writes: the folder may hold a user's own files. The result first and the settings
        # last: what a kill leaves is a run of these settings, to be gone on with or to be overwritten.
        self.result.unlink(missing_ok=True)
        for file in self.split_files:
            file.unlink(missing_ok=True)
        for evaluated in self.path.glob(self.predictions("evaluated-*").name):
            evaluated.unlink()
        for number in (1, 2):
            shutil.rmtree(self.tensorboard_of(number), ignore_errors=True)
        with contextlib.suppress(OSError):  # where there is more in it
            self.tensorboard.rmdir()
        for file in reversed(self.files):
            file.unlink(missing_ok=True)

    def load_config(self) -> Config:
        """The settings of the run.

        Raises:
            InputError: the folder holds no run, or its settings are damaged.
        """
        if not self.flags.is_file():
            raise InputError("expected the folder of a run, with a flags.json", path=self.path)
        try:
            return Config.from_dict(self._settings())
        except InputError as error:
            raise InputError(error.message, path=self.flags) from None

    def save_vocabularies(self, vocabularies: CorpusVocabularies) -> None:
        """Writes the vocabularies, with a checksum.

        Raises:
            InputError: they cannot be written.
        """
        write_json(self.vocabularies, vocabularies.to_dict(), kind=_VOCABULARIES)

    def load_vocabularies(self) -> CorpusVocabularies:
        """The vocabularies of the run.

        Raises:
            InputError: there are none, or they are damaged.
        """
        # Late: with it comes NumPy, which commands that look at many folders can do without.
        from multihead_at.encoding import CorpusVocabularies

        try:
            return CorpusVocabularies.from_dict(read_json(self.vocabularies, kind=_VOCABULARIES))
        except InputError as error:
            raise InputError(error.message, path=self.vocabularies) from None

    def save_environment(self, environment: Mapping[str, Any]) -> None:
        """Writes what the run was made with, with a checksum.

        Raises:
            InputError: it cannot be written.
        """
        write_json(self.environment, environment, kind=_ENVIRONMENT)

    def load_environment(self) -> dict[str, Any]:
        """What `environment.json` holds: what the run was made with.

        Raises:
            InputError: there is none, or it is damaged.
        """
        environment = read_json(self.environment, kind=_ENVIRONMENT)
        try:
            for split in ("train", "dev", "test"):
                environment["documents_sha256"][split]
            for name in ("name", "sha256", "dim"):
                environment["word_vectors"][name]
        except (KeyError, TypeError):
            message = "expected the checksums of the run's documents and word vectors, received others"
            raise InputError(message, path=self.environment) from None
        return environment

    def save_result(self, result: Mapping[str, Any]) -> None:
        """Writes the figures of a run that is finished, with a checksum.

        Raises:
            InputError: they cannot be written.
        """
        write_json(self.result, result, kind=_RESULT)

    def load_result(self) -> dict[str, Any]:
        """The figures of a finished run.

        Raises:
            InputError: there are none, or they are damaged.
        """
        return read_json(self.result, kind=_RESULT)

    def reported(self, split: str) -> tuple[float, float] | None:
        """Entity and relation F1 of a split in percent, as the result has them; None without any.

        Raises:
            InputError: the result is damaged.
        """
        figures = self.load_result().get(split) if self.result.is_file() else None
        try:
            return (float(figures["entity_f1"]), float(figures["relation_f1"])) if figures else None
        except (KeyError, OverflowError, TypeError, ValueError):
            message = f"{split}: expected entity_f1 and relation_f1, received others"
            raise InputError(message, path=self.result) from None

    def tested_weights(self) -> Path:
        """The weights that the run's test figures are of; phase 1's best while it is not finished.

        Raises:
            InputError: there are no weights yet.
        """
        if self.result.is_file():
            # With `dev_only` nothing was tested.
            tested = self.load_result().get("test") or {}
            if not isinstance(tested, dict):
                raise InputError("expected the result of a run, received another", path=self.result)
            name = tested.get("weights")
            for path in (self.best, self.retrained):
                if path.name == name:
                    return path
        if not self.best.is_file():
            raise InputError("holds no trained weights yet: expected best.npz", path=self.path)
        return self.best
