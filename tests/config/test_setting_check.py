from __future__ import annotations

import pytest

from multihead_at.config import Config, check_setting
from multihead_at.errors import InputError

REFUSED: dict[str, list[object]] = {
    "nepochs": [-1, 1.5, "3", True, None],
    "nepoch_no_imprv": [0],
    "batch_size": [0, -4],
    "eval_batch_size": [0],
    "threads": [0],
    "hidden_size_lstm": [0],
    "hidden_size_n1": [0],
    "num_lstm_layers": [0],
    "char_embeddings_size": [0],
    "hidden_size_char": [0],
    "label_embeddings_size": [-1],
    "seed": [-1, 2**32],
    "learning_rate": [0, 0.0, -1e-3, float("nan"), float("inf"), 10**400, "1e-3", True],
    "alpha": [-0.01, float("nan"), float("inf")],
    "dropout_embedding": [0, 0.0, 1.01, -0.5, float("nan")],
    "dropout_lstm": [0.0],
    "dropout_lstm_output": [2],
    "dropout_fcl_ner": [0.0],
    "dropout_fcl_rel": [1.5],
    "optimizer": ["adam", "RMSProp", None],
    "activation": ["sigmoid", ""],
    "ner_loss": ["CRF"],
    "ner_classes": ["bio", "IOB"],
    "evaluation_method": ["Strict", "exact"],
    "protocol": ["best-retrain"],
    "fold": [-2, 0.5, True],
    "use_chars": [1, "true", None],
    "gradientClipping": [5.0],
    "use_dropout": [0],
    "use_adversarial": ["no"],
    "root_node": [None],
    "decoding": ["Edmonds", "mst"],
    "shuffle": [1],
    "group_lengths": ["yes"],
    "learning_rate_schedule": ["steps", 1],
    "adam_beta2": [1.0, -0.1, "0.9"],
    "average_decay": [1.0, -0.1, float("nan")],
    "preset": ["slow", True],
    "dataset": ["", "a/b", "a\\b", "line\nbreak", "\ud800", 4],
    "filename_train": ["", " ", "a\0b", "\udcff.txt", None],
    "filename_dev": [""],
    "filename_test": [""],
    "filename_embeddings": [""],
}


def test_every_setting_has_a_refusal_below() -> None:
    assert set(REFUSED) == set(Config().to_dict())


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in REFUSED.items() for value in values],
    ids=lambda item: ascii(item)[:20],
)
def test_refusal_names_the_setting_what_came_and_what_was_expected(name: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        check_setting(name, value)
    assert caught.value.message.startswith(f"{name}: expected ")
    assert caught.value.message.endswith(f", received {value!r}")


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("nepochs", 0, 0),
        ("label_embeddings_size", 0, 0),
        ("dropout_lstm", 1, 1.0),
        ("dropout_lstm", 1e-9, 1e-9),
        ("alpha", 0, 0.0),
        ("seed", 2**32 - 1, 2**32 - 1),
        ("optimizer", "Adadelta", "AdadeltaOptimizer"),
        ("optimizer", "SGD", "GradientDescentOptimizer"),
        ("optimizer", "GradientDescent", "GradientDescentOptimizer"),
        ("optimizer", "GradientDescentOptimizer", "GradientDescentOptimizer"),
        ("optimizer", "Adagrad", "Adagrad"),
        ("dataset", "my data.v2", "my data.v2"),
    ],
)
def test_accepted(name: str, value: object, kept: object) -> None:
    checked = check_setting(name, value)
    assert (checked, type(checked)) == (kept, type(kept))


def test_unknown_setting() -> None:
    with pytest.raises(InputError, match="unknown setting 'nepoch'; the nearest there is: nepochs"):
        check_setting("nepoch", 3)
