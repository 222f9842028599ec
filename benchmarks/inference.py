"""Prediction speed: sentences a CPU second, ours against the plain Keras model, one thread each.

    python -m benchmarks.inference [--quick] [--json=FILE] [--data_dir=DIR]

From encoded sentences to tags and relations, 1 and 32 sentences a call; sentences of like length share a
call. Median of three alternating repetitions after a warm-up.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

import tensorflow as tf  # noqa: E402

from benchmarks.bench_corpus import BenchCorpus, bench_config  # noqa: E402
from benchmarks.plain_keras import PlainKeras, plain_batch  # noqa: E402
from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.encoding import EncodedDocument  # noqa: E402
from multihead_at.model import JointModel  # noqa: E402
from multihead_at.prediction import Predictor  # noqa: E402
from multihead_at.training.tensorflow_setup import prepare_tensorflow  # noqa: E402

REPETITIONS = 3


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer sentences")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    flags = parser.parse_args()
    prepare_tensorflow(1)
    corpus = BenchCorpus.load(flags.data_dir)
    print(f"{corpus.name}, threads 1/1", flush=True)
    rows: list[dict[str, Any]] = []
    for size in (1, 32):
        rows += compare(corpus, size, sentences=160 if flags.quick else len(corpus.documents))
        print_table(rows[-2:])
        write_rows(flags.json, rows)


def compare(corpus: BenchCorpus, batch_size: int, *, sentences: int) -> list[dict[str, Any]]:
    """Times both models on the same sentences."""
    config = bench_config(batch_size=1, adversarial=False, ner_loss="crf")
    encoder = corpus.encoder(config)
    encoded = [encoder.encode(document) for document in corpus.documents[:sentences]]
    ours = JointModel(config, corpus.sizes(config))
    ours.word_embedding.set_table(corpus.table.matrix)
    predictor = Predictor(ours, encoder, batch_size)
    plain = PlainKeras(config, corpus.sizes(config), corpus.table.matrix)
    # Fresh weights predict half of all relations: a trained model's few are what counts.
    _predict_few(ours.head_selection.v)
    _predict_few(plain.relation_scores.kernel)
    runs: dict[str, Callable[[Sequence[EncodedDocument]], Any]] = {
        "keras": lambda documents: _plain_predictions(plain, documents, batch_size),
        "ours": predictor.predict_encoded,
    }
    for run in runs.values():
        run(encoded[: 2 * batch_size])
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(REPETITIONS):
        for name, run in runs.items():
            started = time.process_time()
            run(encoded)
            seconds[name].append(time.process_time() - started)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return [
        {
            "model": name,
            "batch_size": batch_size,
            "sentences_per_cpu_second": round(len(encoded) / medians[name], 1),
            "this / keras": round(medians["keras"] / medians[name], 2),
        }
        for name in runs
    ]


def _predict_few(v: tf.Variable) -> None:
    v.assign(tf.zeros_like(v))


def _plain_predictions(
    model: PlainKeras, encoded: Sequence[EncodedDocument], batch_size: int
) -> list[tuple[Any, Any]]:
    order = sorted(encoded, key=len)
    found = []
    for start in range(0, len(order), batch_size):
        batch = plain_batch(order[start : start + batch_size], model.sizes.relations)
        names = ("words", "characters", "character_lengths", "lengths")
        tags, relations = model.predict_batch({name: batch[name] for name in names})
        found.append((tags.numpy(), relations.numpy()))
    return found


if __name__ == "__main__":
    main()
