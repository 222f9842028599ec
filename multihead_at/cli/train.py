"""The command `train`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.build_config import build_config
from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.result_text import format_result
from multihead_at.cli.run_folder import check_run_folder, default_run_folder
from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.config import Config
from multihead_at.datasets import Corpus, load_corpus
from multihead_at.runs.model_folder import FLAGS_FILE

# Folders of one machine, and how the run was begun.
_NOT_OF_THE_RESULT = frozenset(("data_dir", "output_dir", "overwrite", "resume", "threads"))


def _train(given: Mapping[str, Any]) -> None:
    config = build_config(given)
    run_folder = Path(given["output_dir"]) if "output_dir" in given else default_run_folder(config)
    resume, overwrite = given.get("resume", False), given.get("overwrite", False)
    check_run_folder(run_folder, resume=resume, overwrite=overwrite)
    if resume and not (run_folder / FLAGS_FILE).is_file():
        print(f"multihead-at: nothing to resume in {run_folder}: a new run begins", file=sys.stderr)
    data_dir = data_folder(given)

    corpus = load_corpus(
        config.dataset,
        config.filename_train,
        config.filename_dev,
        config.filename_test,
        data_dir,
        fold=config.fold,
    )
    for warning in (*_flag_warnings(given, config), *_label_warnings(corpus, config)):
        print(f"multihead-at: warning: {warning}", file=sys.stderr)

    # gensim and TensorFlow take seconds to import: mistakes in the flags and in the corpus are told before.
    from multihead_at.encoding.vector_files import load_vectors

    vectors = load_vectors(config.filename_embeddings, data_dir)

    from multihead_at.training import train_run

    try:
        result = train_run(
            config,
            corpus,
            vectors,
            run_folder,
            resume=resume,
            overwrite=overwrite,
            console=sys.stdout,
            command=_command(given),
        )
    except KeyboardInterrupt as interrupt:
        interrupt.args = (f"--resume continues {run_folder} from its last finished epoch",)
        raise
    print(format_result(result))
    print(f"run folder: {run_folder}")


def _command(given: Mapping[str, Any]) -> str:
    """What was typed, as it would be typed again; without what changes no figure."""
    words = ["python", "train.py"]
    for name, value in given.items():
        if value is None or name in _NOT_OF_THE_RESULT:
            continue
        if isinstance(value, bool):
            words.append(f"--{'' if value else 'no'}{name}")
        else:
            words.append(shlex.quote(f"--{name}={value}"))
    # The name of a configuration file need not be text; a file of JSON holds nothing else.
    return " ".join(words).encode(errors="backslashreplace").decode()


def _label_warnings(corpus: Corpus, config: Config) -> Iterator[str]:
    """What `check` says of labels that train lacks."""
    # NumPy comes with it.
    from multihead_at.corpus_check import split_of_documents, unseen_labels

    splits = [
        split_of_documents(documents, name)
        for name, documents in (("train", corpus.train), ("dev", corpus.dev), ("test", corpus.test))
    ]
    yield from map(str, unseen_labels(splits, bio_tags=config.ner_classes == "BIO"))


def _flag_warnings(given: Mapping[str, Any], config: Config) -> list[str]:
    if "alpha" in given and "use_adversarial" not in given and not config.use_adversarial:
        return ["--alpha changes nothing while adversarial training is off; --at_alpha=X turns it on"]
    return []


TRAIN = Command(
    name="train",
    summary="Train a model on a corpus and test it.",
    explanation=(
        "--dataset, --ec and --at_alpha choose one of the flag files, whose values are the defaults; what "
        "stands on the command line wins. In square brackets: the default, which for a setting is the "
        "original's for CoNLL04 with BIO tags. Without any flag the embedded sample corpus is trained."
    ),
    groups=TRAIN_FLAGS,
    run=_train,
)
