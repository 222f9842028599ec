"""A trained run as a SavedModel."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from multihead_at.encoding import Encoder
from multihead_at.errors import InputError
from multihead_at.export.extraction_graph import ExtractionGraph
from multihead_at.export.word_table import WordTable
from multihead_at.export.write_saved_model import check_version, write_saved_model
from multihead_at.prediction import THRESHOLD
from multihead_at.runs.model_folder import FLAGS_FILE
from multihead_at.training import TrainedRun


def export_run(
    run_dir: str | os.PathLike[str],
    output_dir: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str],
    filename_embeddings: str | None = None,
    threshold: float = THRESHOLD,
    version: int = 1,
    overwrite: bool = False,
) -> Path:
    """Writes a run's tested weights and all of its word vectors as a SavedModel.

    It loads and runs where there is TensorFlow and nothing else. It is written beside its place and then
    renamed, so that a server never sees half of it.

    Args:
        run_dir: the run's folder.
        output_dir: the model's folder; the SavedModel is its sub-folder `version`, as TensorFlow Serving
            wants.
        data_dir: where the word vectors are looked for.
        filename_embeddings: other vectors than the run's; they must be of the same width.
        threshold: a relation is found where its probability is higher.
        version: a server takes the highest.
        overwrite: whether an existing version is replaced.

    Returns:
        The SavedModel's folder.

    Raises:
        InputError: the folder holds no run or a damaged one, the vectors are not the run's, the run decodes
            trees, or the output exists, cannot be written, is written to by another process or holds a run.
    """
    if (Path(output_dir) / FLAGS_FILE).exists():
        raise InputError("output: the folder of a run received, expected another one", path=output_dir)
    if Path(output_dir).is_file():
        raise InputError("output: a file received, expected a folder", path=output_dir)
    folder = Path(output_dir) / str(version)
    check_version(folder, overwrite=overwrite)
    run = TrainedRun(run_dir, data_dir=data_dir, filename_embeddings=filename_embeddings)
    if run.config.decoding != "threshold":
        raise InputError(
            f"a run with decoding={run.config.decoding} received, which a SavedModel cannot do: expected "
            "decoding=threshold",
            path=run_dir,
        )
    root_token = run.root_token
    small_table = run.word_table([])
    model = run.model(Encoder(run.vocabularies, small_table, run.config.ner_classes))
    table = WordTable(run.vectors, small_table.matrix)
    graph = ExtractionGraph(model, table, run.vocabularies, run.config.ner_classes, root_token)
    write_saved_model(
        folder,
        graph,
        threshold=threshold,
        description=_description(run, threshold),
        overwrite=overwrite,
    )
    return folder


def _description(run: TrainedRun, threshold: float) -> dict[str, Any]:
    """What the model is, for people who find it later."""
    folder = run.folder
    return {
        "threshold": threshold,
        "word_vectors": {"name": run.vectors.name, "words": len(run.vectors), "sha256": run.vectors.sha256},
        "settings": run.config.to_dict(),
        "environment": folder.load_environment(),
        "result": folder.load_result() if folder.result.is_file() else None,
    }
