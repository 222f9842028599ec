"""The one model of a run: what a phase leaves behind is not felt by the next."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.encoding import Encoder, WordVectors, make_batch
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.model_of_run import ModelOfRun
from multihead_at.training.train_run import make_encoder
from multihead_at.training.training_state import TrainingState

STEPS = 3
# Each with the state of another kind of training.
SETTINGS = [
    {"average_decay": 0.9},
    {"optimizer": "Adagrad", "use_adversarial": True},
    {"optimizer": "AdadeltaOptimizer"},
    {"optimizer": "GradientDescentOptimizer"},
    {"learning_rate_schedule": "linear"},
]


@pytest.fixture
def encoder(corpus: Corpus, vectors: WordVectors, tiny_config: Callable[..., Config]) -> Encoder:
    return make_encoder(tiny_config(), corpus, vectors)


def begun(trained: ModelOfRun, phase: int, steps: int = STEPS) -> TrainingState:
    """The state as a phase begins, captured."""
    state = TrainingState(phase, -1, EarlyStopping(3))
    trained.begin(phase, steps, state)
    return captured(trained, state)


def captured(trained: ModelOfRun, state: TrainingState) -> TrainingState:
    state.capture(trained.model)
    return state


def train(trained: ModelOfRun, corpus: Corpus) -> None:
    encoded = [trained.predictor.encoder.encode(document) for document in corpus.train[:STEPS]]
    for document in encoded:
        trained.model.train_step({name: tf.constant(value) for name, value in make_batch([document]).items()})


def assert_same(one: TrainingState, other: TrainingState) -> None:
    assert one.arrays.keys() == other.arrays.keys()
    for name, values in one.arrays.items():
        np.testing.assert_array_equal(values, other.arrays[name], err_msg=name)


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: ",".join(map(str, settings.values())))
def test_the_second_phase_is_that_of_a_model_without_a_first(
    corpus: Corpus, encoder: Encoder, tiny_config: Callable[..., Config], settings: dict[str, object]
) -> None:
    config = tiny_config(**settings, dropout_embedding=0.5)
    used, fresh = ModelOfRun(config, encoder), ModelOfRun(config, encoder)
    first = begun(used, 1)
    train(used, corpus)
    assert not np.array_equal(
        captured(used, TrainingState(1, 0, EarlyStopping(3))).arrays["model/heads/u"],
        first.arrays["model/heads/u"],
    )

    assert_same(begun(used, 2, STEPS + 1), begun(fresh, 2, STEPS + 1))
    train(used, corpus)
    train(fresh, corpus)
    # Dropout included.
    done = TrainingState(2, 0, EarlyStopping(3))
    assert_same(captured(used, done), captured(fresh, TrainingState(2, 0, EarlyStopping(3))))


def test_a_phase_goes_on_from_its_state(
    corpus: Corpus, encoder: Encoder, tiny_config: Callable[..., Config]
) -> None:
    trained = ModelOfRun(tiny_config(), encoder)
    begun(trained, 2)
    train(trained, corpus)
    state = captured(trained, TrainingState(2, 0, EarlyStopping(3)))
    again = ModelOfRun(tiny_config(), encoder)
    again.begin(2, STEPS, state)
    assert_same(captured(again, TrainingState(2, 0, EarlyStopping(3))), state)


def test_the_step_of_the_first_phase_is_not_traced_again(
    encoder: Encoder, tiny_config: Callable[..., Config]
) -> None:
    trained = ModelOfRun(tiny_config(), encoder)
    begun(trained, 1)
    traced = trained.model.make_train_function()
    begun(trained, 2)
    assert trained.model.make_train_function() is traced


def test_a_falling_rate_is_that_of_the_phases_steps(
    encoder: Encoder, tiny_config: Callable[..., Config]
) -> None:
    trained = ModelOfRun(tiny_config(learning_rate_schedule="linear", nepochs=1), encoder)
    for phase, steps in ((1, 3), (2, 5)):
        begun(trained, phase, steps)
        rate = trained.model.optimizer.learning_rate
        assert float(rate(0)) > 0.0 == float(rate(2 * steps))
        assert float(rate(2 * steps - 1)) > 0.0
