"""Which settings `experiments --try` means."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from multihead_at.config import Config, nearest_name
from multihead_at.errors import InputError

# `experiments` itself sets these, or chooses them.
_NOT_TRIED = {"dataset", "fold", "seed", "protocol", "use_adversarial", "alpha", "threads"}
# They become part of the names of folders.
_VALUE = re.compile(r"[A-Za-z0-9_.-]+")


def tried_settings(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Every combination of the values of some settings.

    Args:
        texts: each as `learning_rate=0.001,0.002`.

    Returns:
        As `("learning_rate=0.001",)`, in the order of the values; empty without texts.

    Raises:
        InputError: something else than a setting of `train` that may be tried, or no values for it.
    """
    known = [field.name for field in dataclasses.fields(Config) if field.name not in _NOT_TRIED]
    values: dict[str, list[str]] = {}
    for text in texts:
        name, _, listed = text.partition("=")
        if name not in known:
            raise InputError(
                f"try: expected NAME=VALUE,VALUE with a setting of train, received {text!r} (the nearest: "
                f"{nearest_name(name, known)})"
            )
        if name in values:
            raise InputError(f"try: {name} received twice, expected all its values in one --try")
        values[name] = [value.strip() for value in listed.split(",")]
        if not all(map(_VALUE.fullmatch, values[name])):
            raise InputError(
                f"try: expected values of letters, digits and . _ -, separated by commas, received {text!r}"
            )
    if not values:
        return []
    settings = ([f"{name}={value}" for value in dict.fromkeys(several)] for name, several in values.items())
    return list(itertools.product(*settings))
