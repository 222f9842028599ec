"""Prediction speed: sentences a CPU second, ours against the plain Keras model, one thread each.

    python -m benchmarks.inference [--quick] [--json=FILE] [--data_dir=DIR]

From encoded sentences to tags and relations, 1 and 32 sentences a call; sentences of like length share a
call. Each model is in a process of its own; the median of three alternating repetitions after a warm-up.
oneDNN is as in `benchmarks.train_step`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

import tensorflow as tf  # noqa: E402

from benchmarks.bench_corpus import BenchCorpus, bench_config  # noqa: E402
from benchmarks.measured_process import MeasuredProcess, alternate, medians, serve_runs  # noqa: E402
from benchmarks.plain_keras import PlainKeras, plain_batch  # noqa: E402
from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.config import Config  # noqa: E402
from multihead_at.documents import Document  # noqa: E402
from multihead_at.encoding import EncodedDocument, Encoder  # noqa: E402
from multihead_at.model import JointModel  # noqa: E402
from multihead_at.prediction import Predictor  # noqa: E402
from multihead_at.training.tensorflow_setup import prepare_tensorflow  # noqa: E402

REPETITIONS = 3
MODELS = ("keras", "ours")
Run = Callable[[Sequence[EncodedDocument]], object]


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer sentences")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    parser.add_argument("--serve", choices=MODELS, help=argparse.SUPPRESS)
    parser.add_argument("--batch_size", type=int, help=argparse.SUPPRESS)
    flags = parser.parse_args()
    corpus = BenchCorpus.load(flags.data_dir)
    documents = corpus.documents[: 160 if flags.quick else None]
    if flags.serve:
        prepare_tensorflow(1)
        serve_runs(lambda: _prepare(flags.serve, corpus, documents, flags.batch_size))
        return
    print(f"{corpus.name}, threads 1/1", flush=True)
    arguments = ["--quick"] * flags.quick + [f"--data_dir={flags.data_dir}"] * bool(flags.data_dir)
    rows: list[dict[str, Any]] = []
    for size in (1, 32):
        rows += compare(size, len(documents), [f"--batch_size={size}", *arguments])
        print_table(rows[-2:])
        write_rows(flags.json, rows)


def compare(batch_size: int, sentences: int, arguments: list[str]) -> list[dict[str, Any]]:
    """Times both models on the same sentences."""
    models = {name: MeasuredProcess("benchmarks.inference", name, arguments) for name in MODELS}
    middle = medians(alternate(models, REPETITIONS))
    return [
        {
            "model": name,
            "batch_size": batch_size,
            "sentences_per_cpu_second": round(sentences / middle[name], 1),
            "this / keras": round(middle["keras"] / middle[name], 2),
        }
        for name in MODELS
    ]


def _prepare(
    model: str, corpus: BenchCorpus, documents: Sequence[Document], batch_size: int
) -> Callable[[], object]:
    """Makes a model and does some steps; returns the prediction of all documents."""
    config = bench_config(batch_size=1, adversarial=False, ner_loss="crf")
    encoder = corpus.encoder(config)
    encoded = [encoder.encode(document) for document in documents]
    run = (_plain_run if model == "keras" else _our_run)(corpus, config, encoder, batch_size)
    run(encoded[: 2 * batch_size])
    return lambda: run(encoded)


def _our_run(corpus: BenchCorpus, config: Config, encoder: Encoder, batch_size: int) -> Run:
    model = JointModel(config, corpus.sizes(config))
    model.word_embedding.set_table(corpus.table.matrix)
    _predict_few(model.head_selection.v)
    return Predictor(model, encoder, batch_size).predict_encoded


def _plain_run(corpus: BenchCorpus, config: Config, encoder: Encoder, batch_size: int) -> Run:
    model = PlainKeras(config, corpus.sizes(config), corpus.table.matrix)
    _predict_few(model.relation_scores.kernel)
    return lambda documents: _plain_predictions(model, documents, batch_size)


# Fresh weights predict half of all relations: a trained model's few are what counts.
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
