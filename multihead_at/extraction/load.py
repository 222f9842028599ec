"""From a folder to an `Extractor`."""

from __future__ import annotations

import os
from pathlib import Path

from multihead_at.datasets import default_data_dir
from multihead_at.errors import InputError
from multihead_at.extraction.extractor import Extractor
from multihead_at.training import TrainedRun

_SAVED_MODEL = "saved_model.pb"


def load(
    model_dir: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str] | None = None,
    filename_embeddings: str | None = None,
) -> Extractor:
    """Loads a trained run.

    Args:
        model_dir: the run's folder.
        data_dir: where the word vectors are looked for; None: the environment variable's, else `data`.
        filename_embeddings: other vectors than the run's; they must be of the same width.

    Raises:
        InputError: the folder holds no run or a damaged one, or the vectors are not the run's.
    """
    # A SavedModel is another way to the same answers; an extractor of its own would be made here.
    if (Path(model_dir) / _SAVED_MODEL).is_file():
        raise InputError("expected the folder of a run, received a SavedModel", path=model_dir)
    run = TrainedRun(
        model_dir,
        data_dir=default_data_dir() if data_dir is None else data_dir,
        filename_embeddings=filename_embeddings,
    )
    return Extractor(run)
