"""What a run goes on from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.errors import InputError
from multihead_at.model import JointModel, ModelSizes, make_optimizer
from multihead_at.training.damaged_file_error import DamagedFileError
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.training_state import TrainingState
from multihead_at.training.weights import load_weights, save_weights

Make = Callable[..., Config]
SIZES = ModelSizes(word_dim=5, characters=4, tags=3, relations=2)
BATCH = {
    "word_ids": [1, 2],
    "characters": [[1, 2], [3, 0]],
    "character_lengths": [2, 1],
    "word_index": [[0, 1, 0]],
    "lengths": [3],
    "tag_ids": [[0, 1, 2]],
    "relations": [[0, 0, 2, 1]],
}


def made(config: Config, *, steps: int = 0) -> JointModel:
    """A model after so many steps, dropout and AT included."""
    model = JointModel(config, SIZES)
    model.word_embedding.set_table(np.random.default_rng(0).normal(size=(3, 5)).astype(np.float32))
    model.compile(optimizer=make_optimizer(config.optimizer, config.learning_rate))
    model.optimizer._create_all_weights(list(model.named_weights().values()))
    train(model, steps)
    return model


def train(model: JointModel, steps: int) -> None:
    for _ in range(steps):
        model.train_step({name: tf.constant(values, tf.int32) for name, values in BATCH.items()})


@pytest.mark.parametrize("optimizer", ["Adam", "Adagrad", "AdadeltaOptimizer", "GradientDescentOptimizer"])
def test_the_third_step_is_the_same_after_a_restart(
    tmp_path: Path, tiny_config: Make, optimizer: str
) -> None:
    config = tiny_config(optimizer=optimizer)
    model = made(config, steps=2)
    state = TrainingState(1, 5, EarlyStopping(3, 40.0, best_epoch=4, epochs_without=1))
    state.capture(model)
    state.write(tmp_path / "state.npz")

    read = TrainingState.read(tmp_path / "state.npz")
    assert (read.phase, read.epoch, read.stopping) == (1, 5, state.stopping)
    again = made(config)
    read.restore(again)
    for one in (model, again):
        train(one, 1)
    assert int(again.optimizer.iterations) == 3
    for name, weight in model.named_weights().items():
        np.testing.assert_array_equal(weight.numpy(), again.named_weights()[name].numpy(), err_msg=name)
    for one, other in zip(model.optimizer.get_weights(), again.optimizer.get_weights()):
        np.testing.assert_array_equal(one, other)


def test_a_state_before_the_first_epoch_changes_nothing(tiny_config: Make) -> None:
    model = made(tiny_config())
    before = [weight.numpy() for weight in model.named_weights().values()]
    TrainingState(1, -1, EarlyStopping(3)).restore(model)
    for weight, value in zip(model.named_weights().values(), before):
        np.testing.assert_array_equal(weight.numpy(), value)


def test_a_state_of_another_model_is_refused_by_name(tmp_path: Path, tiny_config: Make) -> None:
    model = made(tiny_config(), steps=1)
    state = TrainingState(1, 0, EarlyStopping(3))
    state.capture(model)
    path = tmp_path / "state.npz"
    state.write(path)
    read = TrainingState.read(path)
    for changes, message in (
        ({"hidden_size_n1": 6}, "expected shape"),
        ({"use_chars": False}, "in one only"),
        ({"average_decay": 0.9}, "in one only"),
        ({"optimizer": "GradientDescentOptimizer"}, "in one only"),
    ):
        other = made(tiny_config(**changes))
        before = [weight.numpy() for weight in other.named_weights().values()]
        with pytest.raises(InputError, match=rf"state\.npz: .*{message}"):
            read.restore(other)
        for weight, value in zip(other.named_weights().values(), before):
            np.testing.assert_array_equal(weight.numpy(), value)


@pytest.mark.parametrize("name", ["model/characters/embeddings", "optimizer/0001"])
def test_other_kinds_of_numbers_are_refused(tmp_path: Path, tiny_config: Make, name: str) -> None:
    state = TrainingState(1, 0, EarlyStopping(3))
    state.capture(made(tiny_config(), steps=1))
    state.arrays[name] = state.arrays[name].astype(np.float64)
    state.write(tmp_path / "state.npz")
    read = TrainingState.read(tmp_path / "state.npz")
    message = rf"state\.npz: weight {name}: expected numbers of kind float32, received float64"
    with pytest.raises(InputError, match=message):
        read.restore(made(tiny_config()))


def test_a_finished_epoch_without_weights_is_refused(tmp_path: Path, tiny_config: Make) -> None:
    TrainingState(1, 4, EarlyStopping(3)).write(tmp_path / "state.npz")
    with pytest.raises(InputError, match=r"state\.npz: expected the weights of this model"):
        TrainingState.read(tmp_path / "state.npz").restore(made(tiny_config()))


@pytest.mark.parametrize(("phase", "epoch"), [(0, 1), (3, 1), (1, -1), (2, -2)])
def test_no_epoch_is_no_state(tmp_path: Path, phase: int, epoch: int) -> None:
    TrainingState(phase, epoch, EarlyStopping(3)).write(tmp_path / "state.npz")
    with pytest.raises(DamagedFileError, match=r"state\.npz: expected training state, received a damaged"):
        TrainingState.read(tmp_path / "state.npz")


def test_other_files_are_refused(tmp_path: Path, tiny_config: Make) -> None:
    save_weights(tmp_path / "best.npz", made(tiny_config()), phase=1, epoch=0)
    with pytest.raises(InputError, match=r"best\.npz: expected training state"):
        TrainingState.read(tmp_path / "best.npz")


def test_weights_are_read_back(tmp_path: Path, tiny_config: Make) -> None:
    model, other = made(tiny_config(seed=1), steps=1), made(tiny_config(seed=2))
    save_weights(tmp_path / "best.npz", model, phase=2, epoch=7)
    assert load_weights(tmp_path / "best.npz", other) == {"phase": 2, "epoch": 7}
    for name, weight in model.named_weights().items():
        np.testing.assert_array_equal(weight.numpy(), other.named_weights()[name].numpy())


@pytest.mark.parametrize(
    ("changes", "message"), [({"hidden_size_n1": 6}, "expected shape"), ({"use_chars": False}, "in one only")]
)
def test_weights_of_another_model_are_refused(
    tmp_path: Path, tiny_config: Make, changes: dict[str, object], message: str
) -> None:
    save_weights(tmp_path / "best.npz", made(tiny_config()), phase=1, epoch=0)
    other = made(tiny_config(**changes))
    before = [weight.numpy() for weight in other.named_weights().values()]
    with pytest.raises(InputError, match=message):
        load_weights(tmp_path / "best.npz", other)
    for weight, value in zip(other.named_weights().values(), before):
        np.testing.assert_array_equal(weight.numpy(), value)
