"""The model of a run: made once, and begun anew for each phase."""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np

from multihead_at.config import Config
from multihead_at.encoding import Encoder
from multihead_at.model import JointModel, ModelSizes, learning_rate, make_optimizer
from multihead_at.prediction import Predictor
from multihead_at.training.batch_feed import STEPS_AT_ONCE
from multihead_at.training.training_state import TrainingState
from multihead_at.training.workers import Workers


def make_model(config: Config, encoder: Encoder) -> JointModel:
    """A model with phase 1's fresh weights for the encoder's vocabularies and word table."""
    vocabularies = encoder.vocabularies
    sizes = ModelSizes(
        encoder.table.matrix.shape[1],
        len(vocabularies.characters),
        len(vocabularies.tags(config.ner_classes)),
        len(vocabularies.relations),
    )
    model = JointModel(config, sizes)
    model.word_embedding.set_table(encoder.table.matrix)
    return model


def make_predictor(model: JointModel, encoder: Encoder, config: Config) -> Predictor:
    """A predictor that works as the settings say."""
    return Predictor(model, encoder, config.eval_batch_size, decoding=config.decoding)


class ModelOfRun:
    """A model and its predictor, which both phases and the test go through: to trace a model takes seconds.

    Args:
        config: the settings.
        encoder: of the corpus.
        workers: that train together; None for a process alone.

    Attributes:
        model: the model.
        predictor: predicts with its present weights.
    """

    def __init__(self, config: Config, encoder: Encoder, workers: Workers | None = None) -> None:
        self._config = config
        self._workers = workers
        with self._scope():
            self.model = make_model(config, encoder)
        self.predictor = make_predictor(self.model, encoder, config)
        self._fresh_optimizer: list[np.ndarray] = []

    def begin(self, phase: int, steps: int, state: TrainingState) -> None:
        """Puts the model where `state` says; before the first epoch, there are a phase's fresh weights.

        Args:
            phase: 1 or 2.
            steps: of an epoch.
            state: of the phase.
        """
        with self._scope():
            self.model.begin(phase)
            # How a rate falls is traced, and depends on how many steps the phase has.
            if self._fresh_optimizer and self._config.learning_rate_schedule == "constant":
                self.model.optimizer.set_weights(self._fresh_optimizer)
            else:
                self._compile(steps)
            state.restore(self.model)

    def _compile(self, steps: int) -> None:
        config = self._config
        # The schedule runs to the end of the last epoch that the settings allow, in both phases.
        rate = learning_rate(
            config.learning_rate_schedule, config.learning_rate, steps * (config.nepochs + 1)
        )
        optimizer = make_optimizer(config.optimizer, rate, adam_beta2=config.adam_beta2)
        # Keras makes the optimizer's variables at its first step, and traces that step twice.
        optimizer._create_all_weights(list(self.model.named_weights().values()))
        self._fresh_optimizer = optimizer.get_weights()
        self.model.compile(optimizer=optimizer, steps_per_execution=STEPS_AT_ONCE)

    def _scope(self) -> contextlib.AbstractContextManager[Any]:
        return contextlib.nullcontext() if self._workers is None else self._workers.scope()
