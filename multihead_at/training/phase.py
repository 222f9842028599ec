"""One training phase: a model fitted to documents by Keras's `fit`, scored after every epoch."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

import tensorflow as tf

from multihead_at.config import Config
from multihead_at.documents import Document
from multihead_at.encoding import Encoder
from multihead_at.model import JointModel, LearningRate, ModelSizes, learning_rate, make_optimizer
from multihead_at.prediction import Predictor
from multihead_at.runs import EpochLog, RunFolder
from multihead_at.training.batch_feed import STEPS_AT_ONCE, feed_batches
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.chief_scores import ChiefScores
from multihead_at.training.epoch_batches import EpochBatches
from multihead_at.training.epoch_scores import EpochScores
from multihead_at.training.epoch_shares import EpochShares
from multihead_at.training.finite_loss import FiniteLoss
from multihead_at.training.keep_best import KeepBest
from multihead_at.training.progress import Progress
from multihead_at.training.save_state import SaveState
from multihead_at.training.scored_split import ScoredSplit
from multihead_at.training.training_state import TrainingState
from multihead_at.training.workers import Workers
from multihead_at.training.write_log import WriteLog


@dataclass(frozen=True)
class Phase:
    """What a phase trains on and is scored on.

    Attributes:
        number: 1 (train, scored on dev, stopped early) or 2 (train and dev, scored on test).
        train: the documents that weights are fitted to.
        split: "dev" or "test".
        scored: its documents.
        last_epoch: the last epoch, counted from 0, inclusive.
    """

    number: int
    train: Sequence[Document]
    split: str
    scored: Sequence[Document]
    last_epoch: int


def make_model(config: Config, encoder: Encoder, *, phase: int = 1) -> JointModel:
    """A model with fresh weights for the encoder's vocabularies and word table."""
    vocabularies = encoder.vocabularies
    sizes = ModelSizes(
        encoder.table.matrix.shape[1],
        len(vocabularies.characters),
        len(vocabularies.tags(config.ner_classes)),
        len(vocabularies.relations),
    )
    model = JointModel(config, sizes, phase=phase)
    model.word_embedding.set_table(encoder.table.matrix)
    return model


def make_predictor(model: JointModel, encoder: Encoder, config: Config) -> Predictor:
    """A predictor that works as the settings say."""
    return Predictor(model, encoder, config.eval_batch_size, decoding=config.decoding)


def train_phase(
    phase: Phase,
    config: Config,
    encoder: Encoder,
    folder: RunFolder,
    state: TrainingState,
    console: TextIO,
    workers: Workers | None = None,
) -> JointModel:
    """Trains a phase from where `state` says it stands.

    Args:
        phase: the phase.
        config: the settings.
        encoder: of the corpus.
        folder: takes weights, figures and states.
        state: is brought up to date after every epoch.
        console: where progress is shown.
        workers: that train together; None for a process alone.

    Returns:
        The model as the last epoch left it.

    Raises:
        InputError: a file cannot be written, or the loss is no longer finite (see `FiniteLoss`).
    """
    encoded = [encoder.encode(document) for document in phase.train]
    batches = EpochBatches(encoded, config, phase.number)
    rate = _rate(config, batches.steps)
    with contextlib.nullcontext() if workers is None else workers.scope():
        model = make_model(config, encoder, phase=phase.number)
        optimizer = make_optimizer(config.optimizer, rate, adam_beta2=config.adam_beta2)
        model.compile(optimizer=optimizer, steps_per_execution=STEPS_AT_ONCE)
        state.restore(model)
    epochs = range(state.epoch + 1, phase.last_epoch + 1)
    if not epochs or (phase.number == 1 and state.stopping.ran_out_at is not None):
        return model

    split = ScoredSplit(phase.split, phase.scored, make_predictor(model, encoder, config), config)
    progress = Progress(phase.number, phase.split, batches.steps, epochs, console)
    callbacks = [
        FiniteLoss(phase.number, batches, phase.train, state, folder),
        EpochScores(split),
        *([] if workers is None else [ChiefScores(workers, phase.split)]),
        *([KeepBest(state.stopping, folder.best)] if phase.number == 1 else []),
        progress,
        tf.keras.callbacks.TensorBoard(folder.tensorboard_of(phase.number), write_graph=False),
        WriteLog(EpochLog(folder.epochs), phase.number),
        SaveState(state, Checkpoints(folder)),
    ]
    steps = range(epochs.start * batches.steps, epochs.stop * batches.steps)
    batch_size = config.batch_size if len(phase.train) % config.batch_size == 0 else None
    # However it ends: what is then said stands on a line of its own.
    with contextlib.closing(progress.bar):
        model.fit(
            feed_batches(batches.of_step, steps, batch_size)
            if workers is None
            else workers.feed(
                EpochShares(encoded, config, phase.number, workers.number, workers.count), steps, batch_size
            ),
            initial_epoch=epochs.start,
            epochs=epochs.stop,
            steps_per_epoch=batches.steps,
            callbacks=callbacks,
            verbose=0,
        )
    return model


def _rate(config: Config, steps: int) -> LearningRate:
    """The schedule runs to the end of the last epoch that the settings allow, in both phases."""
    return learning_rate(config.learning_rate_schedule, config.learning_rate, steps * (config.nepochs + 1))
