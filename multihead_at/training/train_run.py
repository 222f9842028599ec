"""A whole run: both phases, the test, and everything that its folder holds."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any, TextIO

import multihead_at
from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.documents import Document, write_documents
from multihead_at.encoding import CorpusVocabularies, Encoder, WordTable, WordVectors
from multihead_at.errors import InputError
from multihead_at.files import open_atomically
from multihead_at.runs import EpochLog, RunData, RunFolder
from multihead_at.scoring import Scores, format_scores
from multihead_at.training.callback_logs import percentages
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.model_of_run import ModelOfRun
from multihead_at.training.phase import Phase, train_phase
from multihead_at.training.protocol import last_epoch_of_phase_two
from multihead_at.training.run_hash import hash_run, hash_splits, same_everywhere
from multihead_at.training.scored_split import ScoredSplit
from multihead_at.training.source_commit import source_commit
from multihead_at.training.tensorflow_setup import prepare_tensorflow
from multihead_at.training.training_state import TrainingState
from multihead_at.training.weights import load_weights, save_weights
from multihead_at.training.workers import Workers

_PACKAGES = ("tensorflow", "tensorflow-addons", "numpy", "absl-py", "gensim")


def train_run(
    config: Config,
    corpus: Corpus,
    vectors: WordVectors,
    run_dir: str | os.PathLike[str],
    *,
    resume: bool,
    overwrite: bool,
    console: TextIO,
    command: str = "",
) -> dict[str, Any]:
    """Trains and tests by the protocol of the settings.

    With the environment variable `TF_CONFIG` together with the other machines that it names (see `Workers`).

    Args:
        config: the settings.
        corpus: train, dev and test.
        vectors: the word vectors.
        run_dir: the run's folder (see `RunFolder`).
        resume: go on with the run that the folder holds; a finished one is left as it is.
        overwrite: replace the run that the folder holds.
        console: where progress is shown.
        command: what was typed for it, to be kept beside the result.

    Returns:
        What `result.json` holds; F1 in percent.

    Raises:
        InputError: the folder cannot take the run or cannot be written, another process trains in it, the
            run to resume began with other data, the loss is no longer finite, or other machines that
            train, too, are lost.
    """
    workers = Workers.from_environment(config)
    prepare_tensorflow(config.threads)
    if workers is not None:
        return _train_together(
            workers,
            config,
            corpus,
            vectors,
            run_dir,
            resume=resume,
            overwrite=overwrite,
            console=console,
            command=command,
        )
    folder = RunFolder(run_dir)
    with folder.locked():
        folder.open(config, resume=resume, overwrite=overwrite)
        return _train(config, corpus, vectors, folder, resume=resume, console=console, command=command)


def _train_together(
    workers: Workers,
    config: Config,
    corpus: Corpus,
    vectors: WordVectors,
    run_dir: str | os.PathLike[str],
    *,
    resume: bool,
    overwrite: bool,
    console: TextIO,
    command: str,
) -> dict[str, Any]:
    with workers.lost_are_told(), workers.run_folder(run_dir) as folder, folder.locked():
        folder.open(config, resume=resume, overwrite=overwrite)
        kept = "" if workers.number == 0 else "; worker 0 keeps the run's folder"
        print(f"worker {workers.number} of {workers.count}{kept}", file=console, flush=True)
        workers.check_same({"--resume": resume, **same_everywhere(config, corpus, vectors)})
        if resume:
            workers.share_run(folder)
        result = _train(
            config,
            corpus,
            vectors,
            folder,
            resume=resume,
            console=console,
            command=command,
            workers=workers,
        )
        workers.wait()
        return result


def _train(
    config: Config,
    corpus: Corpus,
    vectors: WordVectors,
    folder: RunFolder,
    *,
    resume: bool,
    console: TextIO,
    command: str,
    workers: Workers | None = None,
) -> dict[str, Any]:
    encoder = make_encoder(config, corpus, vectors)
    environment = _environment(corpus, vectors, encoder.table.coverage, command)
    if config.root_node:
        environment["root_token"] = _root_token(corpus.train)
    if resume:
        _check_same_data(folder, environment)
        if folder.result.is_file():
            return folder.load_result()
        environment = _as_begun(folder, environment)
    folder.save_vocabularies(encoder.vocabularies)
    folder.save_environment(environment)

    run = hash_run(config, corpus, vectors)
    state = _starting_state(config, folder, run, resume=resume)
    trained = ModelOfRun(config, encoder, workers)
    if state.phase == 1:
        phase = Phase(1, corpus.train, "dev", corpus.dev, config.nepochs)
        train_phase(phase, trained, config, folder, state, console, workers)
    last_epoch = last_epoch_of_phase_two(config.protocol, state.stopping, config.nepochs)
    if last_epoch is not None:
        if state.phase == 1:
            state = TrainingState(2, -1, state.stopping, run=run)
        phase = Phase(2, (*corpus.train, *corpus.dev), "test", corpus.test, last_epoch)
        train_phase(phase, trained, config, folder, state, console, workers)
        save_weights(folder.retrained, trained.model, phase=2, epoch=last_epoch)

    result = _test(config, corpus, trained, folder, state)
    folder.save_result(result)
    return result


def make_encoder(config: Config, corpus: Corpus, vectors: WordVectors) -> Encoder:
    """The encoder of a corpus: vocabularies of train, dev and test together, as the original's."""
    documents = [*corpus.train, *corpus.dev, *corpus.test]
    tokens = (token for document in documents for token in document.tokens)
    table = WordTable.build(vectors, tokens, config.seed)
    return Encoder(CorpusVocabularies.collect(documents), table, config.ner_classes)


def _check_same_data(folder: RunFolder, environment: Mapping[str, Any]) -> None:
    """Refuses to continue with other documents or word vectors: the run's weights would not fit them."""
    if not folder.environment.is_file():
        return
    changed = RunData.of(folder.load_environment()).differences(RunData.of(environment))
    if changed:
        raise InputError(
            f"holds a run with other {' and '.join(changed)} than those received: "
            "--resume continues a run with the data that it began with",
            path=folder.path,
        )


def _as_begun(folder: RunFolder, environment: dict[str, Any]) -> dict[str, Any]:
    """What the run began with, and after it under `resumed` each command and commit that went on with it."""
    if not folder.environment.is_file():
        return environment
    before = folder.load_environment()
    resumed = {name: environment[name] for name in ("command", "commit")}
    return {**before, "resumed": [*before.get("resumed", ()), resumed]}


def _starting_state(config: Config, folder: RunFolder, run: str, *, resume: bool) -> TrainingState:
    state = Checkpoints(folder).newest(run) if resume else None
    if state is None:
        folder.epochs.unlink(missing_ok=True)
        return TrainingState(1, -1, EarlyStopping(config.nepoch_no_imprv), run=run)
    EpochLog(folder.epochs).cut_after(state.phase, state.epoch)
    return state


def _test(
    config: Config, corpus: Corpus, trained: ModelOfRun, folder: RunFolder, state: TrainingState
) -> dict[str, Any]:
    """Scores dev with phase 1's best weights and test with the protocol's, and writes both predictions.

    With the protocol `dev_only` there is no test.
    """
    dev = _score_split("dev", corpus.dev, trained, folder.best, config, folder)
    tested = folder.best if config.protocol == "best" else folder.retrained
    test = None
    if config.protocol != "dev_only":
        test = _score_split("test", corpus.test, trained, tested, config, folder)
    epochs = EpochLog(folder.epochs).read()
    return {
        "dataset": config.dataset,
        "fold": config.fold,
        "split": corpus.split,
        "setting": config.ner_classes,
        "evaluation": config.evaluation_method,
        "protocol": config.protocol,
        "alpha": config.alpha if config.use_adversarial else 0.0,
        "seed": config.seed,
        "batch_size": config.batch_size,
        "preset": config.preset,
        "decoding": config.decoding,
        "dev": dev,
        "test": test,
        "epochs": {
            "phase 1": sum(line["phase"] == 1 for line in epochs),
            "phase 2": sum(line["phase"] == 2 for line in epochs),
            "patience ran out at": state.stopping.ran_out_at,
        },
        "seconds": round(sum(line["seconds"] for line in epochs), 1),
        "cpu_seconds": round(sum(line["cpu_seconds"] for line in epochs), 1),
        "word_vectors": folder.load_environment()["word_vectors"]["name"],
    }


def _score_split(
    name: str,
    documents: Sequence[Document],
    trained: ModelOfRun,
    weights: os.PathLike[str],
    config: Config,
    folder: RunFolder,
) -> dict[str, Any]:
    loaded = load_weights(weights, trained.model)
    split = ScoredSplit(name, documents, trained.predictor, config)
    predicted = split.predict()
    scores = split.score(predicted)
    write_documents(folder.predictions(name), split.writable(predicted))
    _write_table(folder, name, scores)
    if name == "test":
        split.count(predicted).write(folder.counts(name))
    figures = {f"{figure}_f1": round(value, 4) for figure, value in percentages(scores).items()}
    return {**figures, "epoch": loaded["epoch"], "weights": os.path.basename(weights)}


def _write_table(folder: RunFolder, name: str, scores: Scores) -> None:
    with open_atomically(folder.scores(name)) as file:
        file.write((format_scores(scores) + "\n").encode())


def _root_token(documents: Sequence[Document]) -> str | None:
    """What most documents have at token 0, their root: text to predict for is given it, too."""
    found = Counter(document.tokens[0] for document in documents if document.tokens).most_common(1)
    return found[0][0] if found else None


def _environment(corpus: Corpus, vectors: WordVectors, coverage: float, command: str) -> dict[str, Any]:
    return {
        "command": command,
        "commit": source_commit(),
        "multihead_at": multihead_at.__version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "documents_sha256": hash_splits(corpus),
        "word_vectors": {
            "name": vectors.name,
            "sha256": vectors.sha256,
            "dim": vectors.dim,
            "coverage_of_tokens": round(coverage, 4),
        },
    }
