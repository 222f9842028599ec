"""Training speed: CPU seconds of an epoch, ours against the plain Keras model, one thread each.

    python -m benchmarks.train_step [--quick] [--json=FILE] [--batch_sizes=1,8,16,32] [--adversarial=yes,no]
        [--ner_losses=crf,softmax] [--data_dir=DIR]

Each model is in a process of its own and gets batches that are ready in memory. After tracing and 50 warm-up
steps, which are reported apart, the two run the same steps in turn, three times; an epoch's figure is the
median, scaled by the number of tokens. Plain Keras runs with oneDNN, as TensorFlow does by itself, ours
without, as its commands do; TF_ENABLE_ONEDNN_OPTS=0 or 1 in the environment sets it for both.
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
from multihead_at.encoding import EncodedDocument, make_batch  # noqa: E402
from multihead_at.model import JointModel, make_optimizer  # noqa: E402
from multihead_at.training.batch_feed import STEPS_AT_ONCE, feed_batches, pack  # noqa: E402
from multihead_at.training.tensorflow_setup import prepare_tensorflow  # noqa: E402

WARM_UP_STEPS = 50
REPETITIONS = 3
Groups = Sequence[Sequence[EncodedDocument]]


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few minutes: fewer settings, fewer steps")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--batch_sizes", default="", help="default 1,8,16,32; quick: 1,16")
    parser.add_argument("--adversarial", default="yes,no")
    parser.add_argument("--ner_losses", default="", help="default crf,softmax; quick: crf")
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    parser.add_argument("--serve", choices=_RUNS, help=argparse.SUPPRESS)
    flags = parser.parse_args()
    batch_sizes = flags.batch_sizes or ("1,16" if flags.quick else "1,8,16,32")
    ner_losses = flags.ner_losses or ("crf" if flags.quick else "crf,softmax")
    corpus = BenchCorpus.load(flags.data_dir)
    part = 8 if flags.quick else 4
    if flags.serve:
        config = bench_config(
            batch_size=int(batch_sizes), adversarial=flags.adversarial == "yes", ner_loss=ner_losses
        )
        prepare_tensorflow(1)
        serve_runs(lambda: _prepare(flags.serve, corpus, config, part))
        return

    print(f"{corpus.name}: {len(corpus.documents)} sentences, threads 1/1", flush=True)
    same = ["--quick"] * flags.quick + [f"--data_dir={flags.data_dir}"] * bool(flags.data_dir)
    rows: list[dict[str, Any]] = []
    for ner_loss in ner_losses.split(","):
        for adversarial in flags.adversarial.split(","):
            for size in map(int, batch_sizes.split(",")):
                config = bench_config(batch_size=size, adversarial=adversarial == "yes", ner_loss=ner_loss)
                setting = [
                    f"--batch_sizes={size}",
                    f"--adversarial={adversarial}",
                    f"--ner_losses={ner_loss}",
                ]
                both = compare(corpus, config, part, [*setting, *same])
                print_table(both)
                rows += both
                write_rows(flags.json, rows)


def compare(corpus: BenchCorpus, config: Config, part: int, arguments: list[str]) -> list[dict[str, Any]]:
    """Times both models with the same settings.

    Args:
        corpus: what is trained on.
        config: the settings.
        part: a repetition trains on one of so many batches, spread over the corpus.
        arguments: that make this module serve these settings.
    """
    encoder = corpus.encoder(config)
    encoded = [encoder.encode(document) for document in corpus.documents]
    timed = _groups(encoded, config.batch_size)[::part]
    share = sum(len(document) for group in timed for document in group) / sum(map(len, encoded))
    models = {name: MeasuredProcess("benchmarks.train_step", name, arguments) for name in _RUNS}
    seconds = {
        name: [one / share for one in values] for name, values in alternate(models, REPETITIONS).items()
    }
    middle = medians(seconds)
    return [
        {
            "model": name,
            "batch_size": config.batch_size,
            "adversarial": config.use_adversarial,
            "ner_loss": config.ner_loss,
            "cpu_seconds_per_epoch": round(middle[name], 2),
            "lowest": round(min(seconds[name]), 2),
            "highest": round(max(seconds[name]), 2),
            "tracing_and_warm_up": round(models[name].warm_up, 1),
            "keras / this": round(middle["keras"] / middle[name], 2),
        }
        for name in models
    ]


def _groups(encoded: Sequence[EncodedDocument], size: int) -> list[Sequence[EncodedDocument]]:
    return [encoded[i : i + size] for i in range(0, len(encoded) - size + 1, size)]


def _prepare(model: str, corpus: BenchCorpus, config: Config, part: int) -> Callable[[], None]:
    """Makes a model and does its warm-up steps; returns one repetition of those that are timed."""
    encoder = corpus.encoder(config)
    groups = _groups([encoder.encode(document) for document in corpus.documents], config.batch_size)
    run = _RUNS[model](corpus, config)
    run([groups[i % len(groups)] for i in range(WARM_UP_STEPS)])
    return lambda: run(groups[::part])


def _plain_run(corpus: BenchCorpus, config: Config) -> Callable[[Groups], None]:
    sizes = corpus.sizes(config)
    model = PlainKeras(config, sizes, corpus.table.matrix)
    model.compile(optimizer=tf.keras.optimizers.Adam(config.learning_rate, epsilon=1e-8))
    kept: dict[int, Any] = {}

    def run(groups: Groups) -> None:
        for group in groups:
            if id(group[0]) not in kept:
                kept[id(group[0])] = plain_batch(group, sizes.relations)
            model.step(kept[id(group[0])])

    return run


def _our_run(corpus: BenchCorpus, config: Config) -> Callable[[Groups], None]:
    model = JointModel(config, corpus.sizes(config))
    model.word_embedding.set_table(corpus.table.matrix)
    optimizer = make_optimizer(config.optimizer, config.learning_rate)
    model.compile(optimizer=optimizer, steps_per_execution=STEPS_AT_ONCE)
    kept: dict[int, Any] = {}

    def packed(group: Sequence[EncodedDocument]) -> Any:
        if id(group[0]) not in kept:
            kept[id(group[0])] = pack(make_batch(group))
        return kept[id(group[0])]

    def run(groups: Groups) -> None:
        feed = feed_batches(lambda step: packed(groups[step]), range(len(groups)), config.batch_size)
        model.fit(feed, steps_per_epoch=len(groups), verbose=0)

    return run


_RUNS: dict[str, Callable[[BenchCorpus, Config], Callable[[Groups], None]]] = {
    "keras": _plain_run,
    "ours": _our_run,
}


if __name__ == "__main__":
    main()
