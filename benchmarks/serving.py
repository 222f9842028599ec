"""Serving speed: sentences a CPU second of an exported model, one thread.

    python -m benchmarks.serving [--quick] [--json=FILE]
        [--run=DIR [--data_dir=DIR] | --model=DIR | --words=N]

From strings to entities and relations by the signatures `text` and `tokens`, 1 and 32 sentences a call, on
the sample's test sentences. With --run a run with BIO tags is exported first, with all of its word vectors;
without it and --model an untrained model of CoNLL04's size, with 20,000 words or so many. The seconds (of the
clock) of exporting and of loading are said, too, both with TensorFlow imported and the cache of word vectors
ready. Median of three repetitions after a warm-up.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from benchmarks.bench_corpus import WORD_DIM, BenchCorpus, bench_config  # noqa: E402
from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.datasets import default_data_dir, sample_dir  # noqa: E402
from multihead_at.documents import read_documents  # noqa: E402
from multihead_at.encoding import WordVectors  # noqa: E402
from multihead_at.export import export_run  # noqa: E402
from multihead_at.export.extraction_graph import ExtractionGraph  # noqa: E402
from multihead_at.export.word_table import WordTable  # noqa: E402
from multihead_at.export.write_saved_model import write_saved_model  # noqa: E402
from multihead_at.model import JointModel  # noqa: E402
from multihead_at.runs.model_folder import find_saved_model  # noqa: E402
from multihead_at.training.tensorflow_setup import prepare_tensorflow  # noqa: E402

REPETITIONS = 3
WORDS = 20_000


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer sentences")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--run", metavar="DIR", help="the folder of a run with BIO tags, to be exported")
    parser.add_argument("--data_dir", help="where the run's word vectors are looked for")
    parser.add_argument("--model", metavar="DIR", help="an exported model with BIO tags")
    parser.add_argument("--words", type=int, default=WORDS, help="words of the untrained model")
    flags = parser.parse_args()
    prepare_tensorflow(1)
    documents = read_documents(sample_dir() / "test.txt")
    sentences = [document.tokens for document in documents][: 64 if flags.quick else None]
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        place = flags.model
        if place is None:
            place, seconds = _timed(lambda: _export(Path(folder), flags))
            size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
            rows.append({"what": "export", "seconds": seconds, "mb": round(size / 1e6)})
        model_dir = find_saved_model(place)
        if model_dir is None:
            parser.error(f"expected a SavedModel in {place}")
        model, seconds = _timed(lambda: tf.saved_model.load(str(model_dir)))
        rows.append({"what": "load", "seconds": seconds})
        for row in rows:
            print_table([row])
        for signature in ("text", "tokens"):
            for size in (1, 32):
                rows.append(measure(model, signature, sentences, size))
                print_table(rows[-1:])
        write_rows(flags.json, rows)


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.monotonic()
    return act(), round(time.monotonic() - started, 2)


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


def _export(folder: Path, flags: argparse.Namespace) -> Path:
    if flags.run:
        return export_run(flags.run, folder, data_dir=flags.data_dir or default_data_dir())
    return _export_untrained(folder, flags.words)


def _export_untrained(folder: Path, count: int) -> Path:
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
