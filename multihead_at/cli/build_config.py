"""From what was typed to `Config`: the flag file or configuration file below, the command line above."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.flag_file import flag_file, known_datasets, read_flag_file
from multihead_at.config import Config, nearest_name, read_configuration_file
from multihead_at.datasets import NO_FOLD, flags_dir
from multihead_at.errors import InputError

DEFAULT_DATASET = "sample"

# The settings that a user's own data start from.
_OWN_DATA_SETTINGS = "conll04"
_SPLITS = ("filename_train", "filename_dev", "filename_test")
_PROTOCOL_OF_FOLDS = "best"
_FAITHFUL = Config().preset
_ENTITY_CLASSES = {"ner_classes": "EC", "ner_loss": "softmax", "evaluation_method": "relaxed"}


def build_config(flag_values: Mapping[str, Any]) -> Config:
    """The configuration that flags ask for.

    `dataset`, `ec` and `at_alpha` (or `use_adversarial`) choose the flag file whose values are the defaults;
    `config_file` takes its place. With a fold the protocol is `best` whatever they say. What is given wins
    over all of them.

    Args:
        flag_values: the flags that were given, by name; None counts as not given, and flags that are no
            settings (`output_dir`) are passed over.

    Raises:
        InputError: flags contradict each other, the dataset is unknown, a file cannot be read, or `Config`
            refuses a value.
    """
    given = {name: value for name, value in flag_values.items() if value is not None}
    _refuse_contradictions(given)
    below = _configuration_file_settings if "config_file" in given else _flag_file_settings
    settings = {**Config().to_dict(), **below(given), **_preset(given), **_implied_settings(given)}
    if given.get("fold", NO_FOLD) != NO_FOLD:
        settings["protocol"] = _PROTOCOL_OF_FOLDS
    settings.update((name, value) for name, value in given.items() if name in settings and name != "dataset")
    if given.get("ec") is False and settings["ner_classes"] == "EC":
        raise InputError(f"--noec contradicts ner_classes EC in {given['config_file']}: leave out one")
    return Config.from_dict(settings)


def _preset(given: Mapping[str, Any]) -> dict[str, Any]:
    preset = given.get("preset", _FAITHFUL)
    if preset == _FAITHFUL:
        return {}
    path = flags_dir() / f"preset_{preset}.flags"
    return read_flag_file(path) if path.is_file() else {"preset": preset}


def _refuse_contradictions(given: Mapping[str, Any]) -> None:
    if "at_alpha" in given:
        for name in ("alpha", "use_adversarial"):
            if name in given:
                raise InputError(
                    f"--at_alpha sets alpha and use_adversarial: leave out --at_alpha or --{name}"
                )
        if not (math.isfinite(given["at_alpha"]) and given["at_alpha"] >= 0):
            raise InputError(
                f"at_alpha: expected a finite number of at least 0 (0: off), received {given['at_alpha']!r}"
            )
    if "ec" in given and "ner_classes" in given and given["ec"] != (given["ner_classes"] == "EC"):
        switch = "--ec" if given["ec"] else "--noec"
        raise InputError(f"{switch} contradicts --ner_classes={given['ner_classes']}: leave out one")


def _implied_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """What `ec` and `at_alpha` stand for.

    With `at_alpha` 0 alpha stays, so that the run is the one without the flag.
    """
    settings: dict[str, Any] = {}
    if given.get("ec"):
        settings.update(_ENTITY_CLASSES)
    if "at_alpha" in given:
        settings["use_adversarial"] = given["at_alpha"] > 0
        if given["at_alpha"] > 0:
            settings["alpha"] = given["at_alpha"]
    return settings


def _configuration_file_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    path = given["config_file"]
    settings = read_configuration_file(path)
    for name in ("filename_embeddings", *_SPLITS):
        if name not in settings and name not in given:
            raise InputError(f"has no {name}: expected a line '{name} = FILE', or --{name}=FILE", path=path)
    settings["dataset"] = given.get("dataset", Path(path).stem)
    return settings


def _flag_file_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    dataset = given.get("dataset", DEFAULT_DATASET)
    known = known_datasets()
    if not known:
        raise InputError("no flag files found: the installation is not whole, install the package again")
    named = [f"--{name}" for name in _SPLITS if name in given]
    if named and "dataset" not in given:
        raise InputError(
            f"{named[0]} received without --dataset: expected --dataset=NAME too, a name of your own for the "
            f"corpus, or one of {', '.join(known)} for its settings"
        )
    own_data = dataset.lower() not in known
    if own_data:
        _check_own_data(dataset, known, given)
    path = flag_file(
        _OWN_DATA_SETTINGS if own_data else dataset.lower(),
        entity_classes=bool(given.get("ec")),
        adversarial=bool(given.get("use_adversarial", given.get("at_alpha", 0.0) > 0)),
    )
    settings = read_flag_file(path)
    settings["dataset"] = dataset if own_data else dataset.lower()
    return settings


def _check_own_data(dataset: str, known: list[str], given: Mapping[str, Any]) -> None:
    missing = [f"--{name}" for name in _SPLITS if name not in given]
    if missing:
        raise InputError(
            f"unknown dataset {dataset!r}; there are {', '.join(known)} "
            f"(the nearest: {nearest_name(dataset, known)}); for your own data give {', '.join(missing)} too"
        )
