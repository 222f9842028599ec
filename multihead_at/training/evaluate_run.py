"""A trained run on any file."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from multihead_at.datasets import read_document_file
from multihead_at.documents import write_documents
from multihead_at.scoring import Scores
from multihead_at.training.scored_split import ScoredSplit
from multihead_at.training.tensorflow_setup import prepare_tensorflow
from multihead_at.training.trained_run import TrainedRun


def evaluate_run(
    run_dir: str | os.PathLike[str],
    file: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str],
    filename_embeddings: str | None = None,
    evaluation_method: str | None = None,
    decoding: str | None = None,
) -> Scores:
    """Scores a run's tested weights on a file and writes the predictions in five columns.

    In a process where TensorFlow has not computed yet, it does so with the run's threads, as in training.

    Args:
        run_dir: the run's folder.
        file: documents in the five-column format, or SpERT's JSON where the name ends in `.json`.
        output: where predictions go.
        data_dir: where the word vectors are looked for.
        filename_embeddings: other vectors than the run's; they must be of the same width.
        evaluation_method: another evaluation than the run's.
        decoding: another decoding of relations than the run's.

    Raises:
        InputError: the folder holds no run or a damaged one, the vectors are not the run's, the file is no
            such file.
    """
    documents = read_document_file(file)
    run = TrainedRun(run_dir, data_dir=data_dir, filename_embeddings=filename_embeddings)
    prepare_tensorflow(run.config.threads)
    config = run.config
    if evaluation_method is not None:
        config = dataclasses.replace(config, evaluation_method=evaluation_method)
    tokens = (token for document in documents for token in document.tokens)
    predictor = run.predictor(tokens, decoding=decoding)
    split = ScoredSplit(Path(file).stem, documents, predictor, config)
    predicted = split.predict()
    scores = split.score(predicted)
    write_documents(output, split.writable(predicted))
    return scores
