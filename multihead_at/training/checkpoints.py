"""The last two states of a run, of which the newest whole one is gone on from."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from multihead_at.errors import InputError
from multihead_at.training.damaged_file_error import DamagedFileError
from multihead_at.training.run_folder import RunFolder
from multihead_at.training.training_state import TrainingState


class Checkpoints:
    """`state.npz` of a run, and `state-before.npz`, the one before it.

    A state is written under a temporary name, flushed to the disk and only then renamed, so that a kill or a
    full disk leaves the one before as it was. One that is damaged all the same is passed over.

    Args:
        folder: the run's.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._newest = folder.state
        self._before = folder.state_before

    def write(self, state: TrainingState) -> None:
        """Writes a state as the newest; the newest till now becomes the one before.

        Raises:
            InputError: it cannot be written; the newest till now is then the one before, and whole.
        """
        try:
            if self._newest.exists():
                os.replace(self._newest, self._before)
        except OSError as error:
            raise InputError.from_os_error("written", error, self._before) from error
        state.write(self._newest)

    def newest(self) -> TrainingState | None:
        """Reads the newest whole state; None where there is none.

        A damaged one is passed over with a warning and removed: training from an older state, or from the
        beginning, does the same steps again.

        Raises:
            InputError: a state cannot be read, or is of another version.
        """
        for path in (self._newest, self._before):
            # A kill within `write` leaves the one before only.
            if not path.exists():
                continue
            try:
                return TrainingState.read(path)
            except DamagedFileError:
                self._pass_over(path)
        return None

    def _pass_over(self, path: Path) -> None:
        older = path == self._newest and self._before.exists()
        place = self._before.name if older else "the beginning"
        warnings.warn(f"{path}: damaged checkpoint passed over, trying {place}", stacklevel=3)
        try:
            # Else it would take the place of the whole one when the next is written.
            path.unlink()
        except OSError as error:
            raise InputError.from_os_error("written", error, path) from error
