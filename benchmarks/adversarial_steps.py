"""Steps of this project's model with AT, for benchmarks that watch them."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.bench_corpus import BenchCorpus, bench_config
from multihead_at.encoding import make_batch
from multihead_at.model import JointModel, make_optimizer
from multihead_at.training.batch_feed import STEPS_AT_ONCE, feed_batches, pack


def adversarial_steps(
    batch_size: int, data_dir: str | None, sentences: int | None = None
) -> tuple[Callable[[int], None], int]:
    """A fresh model for BIO with AT, and its batches ready in memory.

    Args:
        batch_size: sentences a step.
        data_dir: where conll04/train.txt lies; else the sample is used.
        sentences: how many of the corpus, in file order; None for all.

    Returns:
        What trains so many steps, over the batches in turn, and how many batches there are.
    """
    corpus = BenchCorpus.load(data_dir)
    config = bench_config(batch_size=batch_size, adversarial=True, ner_loss="crf")
    encoder = corpus.encoder(config)
    encoded = [encoder.encode(document) for document in corpus.documents[:sentences]]
    starts = range(0, len(encoded) - batch_size + 1, batch_size)
    batches = [pack(make_batch(encoded[start : start + batch_size])) for start in starts]
    model = JointModel(config, corpus.sizes(config))
    model.word_embedding.set_table(corpus.table.matrix)
    optimizer = make_optimizer(config.optimizer, config.learning_rate)
    model.compile(optimizer=optimizer, steps_per_execution=STEPS_AT_ONCE)

    def train(steps: int) -> None:
        feed = feed_batches(lambda step: batches[step % len(batches)], range(steps), batch_size)
        model.fit(feed, steps_per_epoch=steps, verbose=0)

    return train, len(batches)
