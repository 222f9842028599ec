"""A trained run on any file."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from multihead_at.documents import read_documents, write_documents
from multihead_at.encoding import Encoder, WordTable, load_vectors
from multihead_at.errors import InputError
from multihead_at.prediction import Predictor
from multihead_at.scoring import Scores
from multihead_at.training.phase import make_model
from multihead_at.training.run_folder import RunFolder
from multihead_at.training.scored_split import ScoredSplit
from multihead_at.training.tensorflow_setup import prepare_tensorflow
from multihead_at.training.weights import load_weights


def evaluate_run(
    run_dir: str | os.PathLike[str],
    file: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str],
    filename_embeddings: str | None = None,
    evaluation_method: str | None = None,
) -> Scores:
    """Scores a run's tested weights on a file and writes the predictions in the same format.

    Args:
        run_dir: the run's folder.
        file: documents in the five-column format.
        output: where predictions go.
        data_dir: where the word vectors are looked for.
        filename_embeddings: other vectors than the run's; they must be of the same width.
        evaluation_method: another evaluation than the run's.

    Raises:
        InputError: the folder holds no run or a damaged one, the vectors are not the run's, the file is no
            such file.
    """
    folder = RunFolder(run_dir)
    config = folder.load_config()
    if evaluation_method is not None:
        config = dataclasses.replace(config, evaluation_method=evaluation_method)
    prepare_tensorflow(config.threads)
    documents = read_documents(file)
    vectors = load_vectors(filename_embeddings or config.filename_embeddings, data_dir)
    expected = folder.load_environment()["word_vectors"]
    if filename_embeddings is None and vectors.sha256 != expected["sha256"]:
        raise InputError(
            f"word vectors {vectors.name}: expected those of the run (SHA-256 {expected['sha256']}), "
            f"received others ({vectors.sha256}); --filename_embeddings uses them all the same"
        )
    if vectors.dim != expected["dim"]:
        raise InputError(
            f"word vectors {vectors.name}: expected width {expected['dim']}, received {vectors.dim}"
        )
    tokens = (token for document in documents for token in document.tokens)
    table = WordTable.build(vectors, tokens, config.seed)
    encoder = Encoder(folder.load_vocabularies(), table, config.ner_classes)
    model = make_model(config, encoder)
    load_weights(folder.tested_weights(), model)

    split = ScoredSplit(Path(file).stem, documents, Predictor(model, encoder, config.eval_batch_size), config)
    predicted = split.predict()
    scores = split.score(predicted)
    write_documents(output, split.writable(predicted))
    return scores
