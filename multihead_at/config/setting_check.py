"""What each setting may be: its kind, its range, the names it accepts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from multihead_at.config.nearest_name import nearest_name
from multihead_at.errors import InputError

# Keras seeds its generators with 32 bits.
_LARGEST_SEED = 2**32 - 1

_OPTIMIZER_SYNONYMS = MappingProxyType(
    {
        "Adadelta": "AdadeltaOptimizer",
        "GradientDescent": "GradientDescentOptimizer",
        "SGD": "GradientDescentOptimizer",
    }
)

_Check = Callable[[str, object], object]


def check_setting(name: str, value: object) -> object:
    """The value as `Config` holds it: a whole number for a real one becomes a float, a synonym its name.

    Args:
        name: a field of `Config`.
        value: what was given for it, of the field's type.

    Raises:
        InputError: the setting is unknown, or the value is of the wrong kind, out of range or no known name.
    """
    if name not in _CHECKS:
        raise InputError(f"unknown setting {name!r}; the nearest there is: {nearest_name(name, _CHECKS)}")
    return _CHECKS[name](name, value)


def _refuse(name: str, expected: str, value: object) -> InputError:
    return InputError(f"{name}: expected {expected}, received {value!r}")


def _whole_number(least: int, most: int | None = None) -> _Check:
    expected = f"a whole number of at least {least}"
    if most is not None:
        expected = f"a whole number between {least} and {most}"

    def check(name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _refuse(name, expected, value)
        if value < least or (most is not None and value > most):
            raise _refuse(name, expected, value)
        return value

    return check


def _real_number(expected: str, accepts: Callable[[float], bool]) -> _Check:
    def check(name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _refuse(name, expected, value)
        try:
            number = float(value)
        except OverflowError:
            raise _refuse(name, expected, value) from None
        if not math.isfinite(number) or not accepts(number):
            raise _refuse(name, expected, value)
        return number

    return check


def _one_of(*names: str, synonyms: Mapping[str, str] = MappingProxyType({})) -> _Check:
    def check(name: str, value: object) -> str:
        if isinstance(value, str):
            value = synonyms.get(value, value)
        if not isinstance(value, str) or value not in names:
            raise _refuse(name, "one of " + ", ".join(names), value)
        return value

    return check


def _true_or_false(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse(name, "true or false", value)
    return value


def _file_name(name: str, value: object) -> str:
    if not _is_text(value) or not str(value).strip():
        raise _refuse(name, "a name", value)
    return str(value)


def _dataset_name(name: str, value: object) -> str:
    # It becomes part of a folder's name.
    name_of_folder = _file_name(name, value)
    if not name_of_folder.isprintable() or "/" in name_of_folder or "\\" in name_of_folder:
        raise _refuse(name, "a name without slashes or control characters", value)
    return name_of_folder


def _is_text(value: object) -> bool:
    """Whether it is a string that a path and a UTF-8 file can hold."""
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


_keep_probability = _real_number("a keep probability above 0 and at most 1", lambda p: 0.0 < p <= 1.0)
_size = _whole_number(1)

_CHECKS: Mapping[str, _Check] = MappingProxyType(
    {
        "filename_embeddings": _file_name,
        "filename_train": _file_name,
        "filename_dev": _file_name,
        "filename_test": _file_name,
        "nepochs": _whole_number(0),
        "optimizer": _one_of(
            "Adam",
            "Adagrad",
            "AdadeltaOptimizer",
            "GradientDescentOptimizer",
            synonyms=_OPTIMIZER_SYNONYMS,
        ),
        "activation": _one_of("tanh", "relu"),
        "learning_rate": _real_number("a finite number above 0", lambda rate: rate > 0.0),
        "gradientClipping": _true_or_false,
        "nepoch_no_imprv": _whole_number(1),
        "use_dropout": _true_or_false,
        "ner_loss": _one_of("crf", "softmax"),
        "ner_classes": _one_of("BIO", "EC"),
        "use_chars": _true_or_false,
        "use_adversarial": _true_or_false,
        "dropout_embedding": _keep_probability,
        "dropout_lstm": _keep_probability,
        "dropout_lstm_output": _keep_probability,
        "dropout_fcl_ner": _keep_probability,
        "dropout_fcl_rel": _keep_probability,
        "hidden_size_lstm": _size,
        "hidden_size_n1": _size,
        "num_lstm_layers": _size,
        "char_embeddings_size": _size,
        "hidden_size_char": _size,
        "label_embeddings_size": _whole_number(0),
        "alpha": _real_number("a finite number of at least 0", lambda alpha: alpha >= 0.0),
        "evaluation_method": _one_of("strict", "boundaries", "relaxed"),
        "root_node": _true_or_false,
        "decoding": _one_of("threshold", "edmonds"),
        "dataset": _dataset_name,
        # The corpus knows how many folds there are.
        "fold": _whole_number(-1),
        "batch_size": _size,
        "seed": _whole_number(0, _LARGEST_SEED),
        "protocol": _one_of("original", "best_retrain", "best", "dev_only"),
        "shuffle": _true_or_false,
        "group_lengths": _true_or_false,
        "learning_rate_schedule": _one_of("constant", "linear", "cosine"),
        "adam_beta2": _real_number("at least 0 and below 1", lambda beta: 0.0 <= beta < 1.0),
        "average_decay": _real_number("at least 0 and below 1", lambda decay: 0.0 <= decay < 1.0),
        "preset": _one_of("faithful", "fast"),
        "threads": _size,
        "eval_batch_size": _size,
    }
)
