"""Parsing of a command's flags with absl, with errors in one line.

Every command has its own `FlagValues`: absl's global FLAGS would mix the commands' flags with those
of every library.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from absl import flags

from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.flag_lines import with_flag_files
from multihead_at.config import nearest_name, read_number
from multihead_at.errors import InputError

_LONGEST_NAME = 100
_MOST_FLAGS = 10_000
# Of 1; less is no slip of the keyboard.
_LEAST_ALIKE = 0.6
# A run's folder is the model of some commands.
_SAME_FOLDER = {"run": "model", "model": "run"}


def parse_flags(arguments: Sequence[str], groups: Sequence[FlagGroup]) -> dict[str, Any]:
    """Parses `--name=value`, `--name value`, `--switch`, `--noswitch` and `--flagfile=FILE`, as absl does.

    Args:
        arguments: the command line after the command's name.
        groups: the flags there are.

    Returns:
        The flags that stand on the command line, by name, each of its flag's kind; a repeated
        one's last, or a list of all where the kind is `list`.

    Raises:
        InputError: a flag is unknown or has no value or one of the wrong kind, or something is no flag.
    """
    values = _define(groups)
    try:
        given = list(with_flag_files(arguments))
        _check_sizes(given)
        rest = values(["multihead-at", *given])[1:]
    except flags.UnrecognizedFlagError as error:
        raise InputError(_unknown(error.flagname, groups)) from None
    except (flags.Error, ValueError) as error:
        raise InputError(str(error)) from None
    if rest:
        raise InputError(f"expected flags written --name=value, received {rest[0]!r}")
    names = [flag.name for group in groups for flag in group.flags]
    return {name: values[name].value for name in names if values[name].present}


def _check_sizes(arguments: Sequence[str]) -> None:
    """Refuses far too many flags and far too long names.

    absl takes the square of the flags' number, and its search for a flag that is like one takes gigabytes.
    """
    if len(arguments) > _MOST_FLAGS:
        raise InputError(f"expected at most {_MOST_FLAGS} flags, received {len(arguments)}")
    if any(len(argument.partition("=")[0]) > _LONGEST_NAME for argument in arguments if argument[:1] == "-"):
        raise InputError("expected flags written --name=value, received one with a very long name")


def _define(groups: Sequence[FlagGroup]) -> flags.FlagValues:
    values = flags.FlagValues()
    for group in groups:
        for flag in group.flags:
            if flag.kind is list:
                flags.DEFINE_multi(
                    _Parser(str), flags.ArgumentSerializer(), flag.name, None, flag.help, flag_values=values
                )
                continue
            flags.DEFINE(
                _Parser(flag.kind), flag.name, None, flag.help, flag_values=values, boolean=flag.kind is bool
            )
    return values


class _Parser(flags.ArgumentParser):  # type: ignore[type-arg]
    """Parses a value; absl puts the flag's name before what is wrong with it."""

    def __init__(self, kind: type) -> None:
        super().__init__()
        self._kind = kind

    def parse(self, argument: str) -> Any:
        try:
            return _VALUES[self._kind](argument)
        except (KeyError, ValueError):
            raise ValueError(f"expected {_EXPECTED[self._kind]}, received {argument!r}") from None


def _text(argument: str) -> str:
    if not argument.strip():
        raise ValueError
    return argument


_SWITCH = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
_VALUES: dict[type, Callable[[str], Any]] = {
    bool: lambda argument: _SWITCH[argument.lower()],
    int: functools.partial(read_number, int),
    float: functools.partial(read_number, float),
    str: _text,
}
_EXPECTED = {bool: "true or false", int: "a whole number", float: "a number", str: "a value"}


def _unknown(name: str, groups: Sequence[FlagGroup]) -> str:
    known = [flag.name for group in groups for flag in group.flags]
    near = _SAME_FOLDER.get(name)
    if near not in known:
        # A switch that is off has `no` in front.
        spellings = (name, name[2:]) if name.startswith("no") else (name,)
        found = (nearest_name(spelling, known, least=_LEAST_ALIKE) for spelling in spellings)
        near = next(filter(None, found), None)
    hint = f"; the nearest there is: --{near}" if near else ""
    return f"unknown flag --{name}{hint} (--help lists all)"
