"""From a folder to an `Extractor`."""

from __future__ import annotations

import os

from multihead_at.datasets import default_data_dir
from multihead_at.errors import InputError
from multihead_at.extraction.extractor import Extractor
from multihead_at.extraction.run_extractor import RunExtractor
from multihead_at.extraction.saved_model_extractor import SavedModelExtractor
from multihead_at.runs.model_folder import find_saved_model, require_model
from multihead_at.training import TrainedRun


def load(
    model_dir: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str] | None = None,
    filename_embeddings: str | None = None,
) -> Extractor:
    """Loads a trained run, or what `multihead-at export` made of one.

    Args:
        model_dir: the folder of a run or of a SavedModel, or of a SavedModel's versions.
        data_dir: where the word vectors are looked for; None: the environment variable's, else `data`.
        filename_embeddings: other vectors than the run's; they must be of the same width.

    Raises:
        InputError: the folder holds no model or a damaged one, or the vectors are not the run's.
    """
    require_model(model_dir)
    if find_saved_model(model_dir) is not None:
        if filename_embeddings is not None:
            raise InputError(
                "a SavedModel received, which has its word vectors inside: expected no filename_embeddings",
                path=model_dir,
            )
        return SavedModelExtractor(model_dir)
    run = TrainedRun(
        model_dir,
        data_dir=default_data_dir() if data_dir is None else data_dir,
        filename_embeddings=filename_embeddings,
    )
    return RunExtractor(run)
