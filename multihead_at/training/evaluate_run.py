"""A trained run on any file."""

from __future__ import annotations

import dataclasses
import os
import warnings
from collections.abc import Sequence
from pathlib import Path

from multihead_at.datasets import read_document_file
from multihead_at.documents import OUTSIDE, Document, write_documents
from multihead_at.encoding import CorpusVocabularies
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

    Labels that the model does not know, and so cannot find, are told in a warning: they count as missed.
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
    _warn_of_unknown_labels(file, documents, run.vocabularies)
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


def _warn_of_unknown_labels(
    file: str | os.PathLike[str], documents: Sequence[Document], known: CorpusVocabularies
) -> None:
    seen = CorpusVocabularies.collect(documents)
    for kind, here, learned in (
        ("entity types", seen.entity_classes, known.entity_classes),
        ("relations", seen.relations, known.relations),
    ):
        unknown = [repr(name) for name in here if name not in learned and name != OUTSIDE]
        if unknown:
            warnings.warn(f"{file}: {kind} that the model does not know: {', '.join(unknown)}", stacklevel=3)
