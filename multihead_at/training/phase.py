"""One training phase: a model fitted to documents by Keras's `fit`, scored after every epoch."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

import tensorflow as tf

from multihead_at.config import Config
from multihead_at.documents import Document
from multihead_at.runs import EpochLog, RunFolder
from multihead_at.training.batch_feed import feed_batches
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.chief_scores import ChiefScores
from multihead_at.training.epoch_batches import EpochBatches
from multihead_at.training.epoch_scores import EpochScores
from multihead_at.training.epoch_shares import EpochShares
from multihead_at.training.finite_loss import FiniteLoss
from multihead_at.training.keep_best import KeepBest
from multihead_at.training.model_of_run import ModelOfRun
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


def train_phase(
    phase: Phase,
    trained: ModelOfRun,
    config: Config,
    folder: RunFolder,
    state: TrainingState,
    console: TextIO,
    workers: Workers | None = None,
) -> None:
    """Trains a phase from where `state` says it stands.

    Args:
        phase: the phase.
        trained: the run's model, which is left as the last epoch left it.
        config: the settings.
        folder: takes weights, figures and states.
        state: is brought up to date after every epoch.
        console: where progress is shown.
        workers: that train together; None for a process alone.

    Raises:
        InputError: a file cannot be written, or the loss is no longer finite (see `FiniteLoss`).
    """
    encoded = [trained.predictor.encoder.encode(document) for document in phase.train]
    batches = EpochBatches(encoded, config, phase.number)
    trained.begin(phase.number, batches.steps, state)
    epochs = range(state.epoch + 1, phase.last_epoch + 1)
    if not epochs or (phase.number == 1 and state.stopping.ran_out_at is not None):
        return

    split = ScoredSplit(phase.split, phase.scored, trained.predictor, config)
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
        trained.model.fit(
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
