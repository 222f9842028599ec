"""The entry of the command line: `multihead-at COMMAND ...`."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from multihead_at.cli.bulk import BULK
from multihead_at.cli.check import CHECK
from multihead_at.cli.closed_streams import hold_closed_streams
from multihead_at.cli.command import Command
from multihead_at.cli.convert import CONVERT
from multihead_at.cli.datasets import DATASETS
from multihead_at.cli.evaluate import EVALUATE
from multihead_at.cli.experiments import EXPERIMENTS
from multihead_at.cli.export import EXPORT
from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.help_text import format_help, format_overview
from multihead_at.cli.pages import PAGES
from multihead_at.cli.predict import PREDICT
from multihead_at.cli.quiet import quiet_tensorflow
from multihead_at.cli.report import REPORT
from multihead_at.cli.run_command import run_command
from multihead_at.cli.show import SHOW
from multihead_at.cli.train import TRAIN
from multihead_at.config import nearest_name
from multihead_at.errors import InputError

COMMANDS: tuple[Command, ...] = (
    TRAIN,
    EVALUATE,
    PREDICT,
    BULK,
    EXPORT,
    SHOW,
    PAGES,
    CONVERT,
    CHECK,
    DATASETS,
    EXPERIMENTS,
    REPORT,
)

_HELP = frozenset(
    f"{dashes}{name}" for dashes in ("-", "--") for name in ("help", "helpshort", "helpfull", "h", "?")
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that the arguments name.

    Args:
        arguments: the command and its flags; the program's own when left out.

    Returns:
        The exit status.
    """
    hold_closed_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file name need not be text that the terminal can show; the error stream escapes it already.
        sys.stdout.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    return run_command(lambda: _dispatch(words))


def _dispatch(words: Sequence[str]) -> int | None:
    if words and words[0] in _HELP:
        print(format_overview(COMMANDS))
        return None
    command = _find(words)
    flags = words[1:]
    if _HELP.intersection(flags):
        print(format_help(command))
        return None
    given = parse_flags(flags, command.groups)
    quiet_tensorflow()
    return command.run(given)


def _find(words: Sequence[str]) -> Command:
    names = [command.name for command in COMMANDS]
    if not words:
        raise InputError(f"expected a command ({', '.join(names)}), received none; --help explains them")
    for command in COMMANDS:
        if command.name == words[0]:
            return command
    nearest = nearest_name(words[0], names)
    raise InputError(
        f"expected a command ({', '.join(names)}), received {words[0]!r}; the nearest: {nearest}"
    )
