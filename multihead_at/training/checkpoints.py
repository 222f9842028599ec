"""The last two states of a run, of which the newest whole one is gone on from."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from multihead_at.errors import InputError
from multihead_at.files.atomic_file import flush_folder
from multihead_at.runs import RunFolder
from multihead_at.training.damaged_file_error import DamagedFileError
from multihead_at.training.training_state import TrainingState


class Checkpoints:
    """`state.npz` of a run, and `state-before.npz`, the one before it.

    A state is written whole and flushed to the disk as `state-next.npz` before either is touched, so that a
    kill or a full disk leaves two whole ones at any moment. One that is damaged all the same is passed over.

    Args:
        folder: the run's.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder.path
        self._next = folder.state_next
        self._newest = folder.state
        self._before = folder.state_before

    def write(self, state: TrainingState) -> None:
        """Writes a state as the newest; the newest till now becomes the one before.

        Raises:
            InputError: it cannot be written; the newest till now and the one before are left whole.
        """
        state.write(self._next)
        self._make_newest()

    def newest(self, run: str | None = None) -> TrainingState | None:
        """Reads the newest whole state; None where there is none.

        A damaged one is passed over with a warning and removed: training from an older state, or from the
        beginning, does the same steps again.

        Args:
            run: what run it must be of, if it says so; None: of any.

        Raises:
            InputError: a state cannot be read, or is of another version or another run.
        """
        while (path := self.newest_file()) is not None:
            try:
                state = TrainingState.read(path)
            except DamagedFileError:
                self._pass_over(path)
                continue
            if run is not None and state.run not in ("", run):
                raise InputError(
                    "expected a state of this run, received one of a run with other settings or data",
                    path=path,
                )
            if path == self._next:
                # A kill within `write` left it: the next one written would take its place, not follow it.
                self._make_newest()
            return state
        return None

    def newest_file(self) -> Path | None:
        """The file of the newest state, whole or not; None where there is none."""
        return next((path for path in (self._next, self._newest, self._before) if path.exists()), None)

    def _make_newest(self) -> None:
        """Moves all states on by one name."""
        try:
            if self._newest.exists():
                os.replace(self._newest, self._before)
            os.replace(self._next, self._newest)
            flush_folder(self._folder)
        except OSError as error:
            raise InputError.from_os_error("written", error, self._newest) from error

    def _pass_over(self, path: Path) -> None:
        try:
            # Else it would take the place of the whole one when the next is written.
            path.unlink()
        except OSError as error:
            raise InputError.from_os_error("written", error, path) from error
        older = self.newest_file()
        place = "the beginning" if older is None else older.name
        warnings.warn(f"{path}: damaged checkpoint passed over, trying {place}", stacklevel=3)
