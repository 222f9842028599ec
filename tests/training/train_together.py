"""A worker of `test_workers.py`: a training that the test does alone, too.

    python -m tests.training.train_together FOLDER NAME

Prints the results as JSON, a line each.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from multihead_at.cli.quiet import quiet_tensorflow
from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.documents import Document, Head
from multihead_at.encoding import WordVectors
from multihead_at.errors import InputError

_SIZES: dict[str, Any] = {
    "hidden_size_lstm": 4,
    "hidden_size_n1": 4,
    "num_lstm_layers": 1,
    "char_embeddings_size": 3,
    "hidden_size_char": 2,
    "nepochs": 1,
    "optimizer": "GradientDescentOptimizer",
    "learning_rate": 0.02,
    "use_adversarial": True,
    "dataset": "tiny",
}

TRAININGS: dict[str, dict[str, Any]] = {
    # A sentence for each worker, known to be alone.
    "clipped gradients": {
        "batch_size": 2,
        "use_adversarial": False,
        "use_dropout": False,
        "use_chars": False,
        "gradientClipping": True,
    },
    # Five sentences, then one: the second worker has none.
    "every dropout, shuffled": {
        "batch_size": 5,
        "shuffle": True,
        "average_decay": 0.9,
        "dropout_fcl_ner": 0.7,
        "dropout_fcl_rel": 0.7,
        "protocol": "best",
    },
}


def corpus() -> Corpus:
    """Six sentences to train on, of several lengths; two each to choose and to test by."""
    documents = []
    for number, words in enumerate(("", "happily", "and works", "", "today and now", "still")):
        tokens = ("Ada", "lives", *words.split(), "in", "Velm", ".")
        heads = [(Head("N", token),) for token in range(len(tokens))]
        heads[0] = (Head("Live_In", len(tokens) - 2),)
        tags = ("B-Peop", *("O" for _ in tokens[3:]), "B-Loc", "O")
        documents.append(Document(f"{number}", tokens, tags, tuple(heads)))
    return Corpus("tiny", tuple(documents), tuple(documents[:2]), tuple(documents[4:]))


def vectors() -> WordVectors:
    """Five wide, for every word but the person."""
    words = ("lives", "in", ".", "velm", "happily", "works", "and", "today", "now", "still")
    matrix = np.random.default_rng(0).normal(size=(len(words), 5)).astype(np.float32)
    return WordVectors(words, matrix, name="made-up", sha256=hashlib.sha256(matrix.tobytes()).hexdigest())


def train(name: str, folder: Path, *, resume: bool = False, **changes: Any) -> dict[str, Any]:
    """Does one of the trainings in a folder of its name."""
    from multihead_at.training import train_run

    config = Config(**{**_SIZES, **TRAININGS[name], **changes})
    return train_run(
        config,
        corpus(),
        vectors(),
        folder / name,
        resume=resume,
        overwrite=False,
        console=io.StringIO(),
    )


def main(folder: Path, name: str) -> None:
    """Trains; resumes from the epoch before the last; is refused."""
    number = json.loads(os.environ["TF_CONFIG"])["task"]["index"]
    print(json.dumps(train(name, folder)), flush=True)
    last = folder / name
    if number == 0:
        (last / "result.json").unlink()
        (last / "state-before.npz").replace(last / "state.npz")
    print(json.dumps(train(name, folder, resume=True)), flush=True)
    try:
        train(name, folder / "other", seed=1 + number, learning_rate=0.1 + number)
    except InputError as error:
        print(json.dumps(str(error)), flush=True)


if __name__ == "__main__":
    quiet_tensorflow()
    main(Path(sys.argv[1]), sys.argv[2])
