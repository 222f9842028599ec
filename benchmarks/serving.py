"""Serving speed: sentences a CPU second of an exported model, one thread.

    python -m benchmarks.serving [--quick] [--json=FILE] [--model=DIR | --words=N]

From strings to entities and relations by the signatures `text` and `tokens`, 1 and 32 sentences a call, on
the sample's test sentences. Without --model an untrained model of CoNLL04's size is exported, with 20,000
words or so many; how long it takes to load is said, too. Median of three repetitions after a warm-up.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from benchmarks.bench_corpus import WORD_DIM, BenchCorpus, bench_config  # noqa: E402
from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.config.model_folder import find_saved_model  # noqa: E402
from multihead_at.datasets import sample_dir  # noqa: E402
from multihead_at.documents import read_documents  # noqa: E402
from multihead_at.encoding import WordVectors  # noqa: E402
from multihead_at.export.extraction_graph import ExtractionGraph  # noqa: E402
from multihead_at.export.word_table import WordTable  # noqa: E402
from multihead_at.export.write_saved_model import write_saved_model  # noqa: E402
from multihead_at.model import JointModel  # noqa: E402
from multihead_at.training.tensorflow_setup import prepare_tensorflow  # noqa: E402

REPETITIONS = 3
WORDS = 20_000


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer sentences")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--model", metavar="DIR", help="an exported model with BIO tags")
    parser.add_argument("--words", type=int, default=WORDS, help="words of the untrained model")
    flags = parser.parse_args()
    prepare_tensorflow(1)
    documents = read_documents(sample_dir() / "test.txt")
    sentences = [document.tokens for document in documents][: 64 if flags.quick else None]
    with tempfile.TemporaryDirectory() as folder:
        model_dir = find_saved_model(flags.model or _export(Path(folder), flags.words))
        if model_dir is None:
            parser.error(f"expected a SavedModel in {flags.model}")
        started = time.monotonic()
        model = tf.saved_model.load(str(model_dir))
        print(f"sample test, threads 1/1, loaded in {time.monotonic() - started:.2f} s", flush=True)
        rows = []
        for signature in ("text", "tokens"):
            for size in (1, 32):
                rows.append(measure(model, signature, sentences, size))
                print_table(rows[-1:])
        write_rows(flags.json, rows)


def measure(model: Any, signature: str, sentences: Sequence[tuple[str, ...]], size: int) -> dict[str, Any]:
    """Times a signature; sentences of like length share a call."""
    order = sorted(sentences, key=len)
    calls = [_inputs(signature, order[start : start + size]) for start in range(0, len(order), size)]
    function = model.signatures[signature]

    def run() -> None:
        for inputs in calls:
            function(**inputs)["relation_counts"].numpy()

    run()
    seconds = []
    for _ in range(REPETITIONS):
        started = time.process_time()
        run()
        seconds.append(time.process_time() - started)
    rate = len(order) / statistics.median(seconds)
    return {"signature": signature, "batch_size": size, "sentences_per_cpu_second": round(rate, 1)}


def _inputs(signature: str, sentences: Sequence[tuple[str, ...]]) -> dict[str, tf.Tensor]:
    if signature == "text":
        return {"text": tf.constant([" ".join(tokens) for tokens in sentences])}
    width = max(map(len, sentences))
    return {"tokens": tf.constant([[*tokens, *[""] * (width - len(tokens))] for tokens in sentences])}


def _export(folder: Path, count: int) -> Path:
    corpus = BenchCorpus.load()
    config = bench_config(batch_size=1, adversarial=False, ner_loss="crf")
    model = JointModel(config, corpus.sizes(config))
    # Fresh weights predict half of all relations: a trained model's few are what counts.
    model.head_selection.v.assign(tf.zeros_like(model.head_selection.v))
    words = list(dict.fromkeys([*corpus.table.words, *(f"word{number}" for number in range(count))]))
    matrix = np.random.default_rng(0).normal(scale=0.3, size=(len(words), WORD_DIM)).astype(np.float32)
    vectors = WordVectors(words, matrix, name="random", sha256="")
    table = WordTable(vectors, corpus.table.matrix[:2])
    write_saved_model(folder / "1", ExtractionGraph(model, table, corpus.vocabularies, "BIO"), threshold=0.5)
    return folder


if __name__ == "__main__":
    main()
