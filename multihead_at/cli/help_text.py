"""The text that `--help` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from multihead_at.cli.command import Command
from multihead_at.cli.command_flag import CommandFlag

_WIDTH = 100
_INDENT = 36


def format_help(command: Command) -> str:
    """The help of a command: what it does, how it is called, its flags by group."""
    lines = [
        command.summary,
        "",
        f"  python -m multihead_at {command.name} [--flag=value ...]    in a checkout",
        f"  multihead-at {command.name} [--flag=value ...]              where it is installed",
        "",
        *textwrap.wrap(command.explanation, _WIDTH),
    ]
    for group in command.groups:
        lines += ["", f"{group.title}:"]
        for flag in group.flags:
            lines += _flag_lines(flag)
    return "\n".join(lines)


def format_overview(commands: Iterable[Command]) -> str:
    """The help of `multihead-at` itself: its commands."""
    lines = ["Joint entity and relation extraction with adversarial training.", ""]
    lines += [f"  multihead-at {command.name:<10} {command.summary}" for command in commands]
    lines += ["", "multihead-at COMMAND --help lists the flags of a command."]
    return "\n".join(lines)


def _flag_lines(flag: CommandFlag) -> list[str]:
    name = f"  --[no]{flag.name}" if flag.kind is bool else f"  --{flag.name}={flag.shown}"
    wrapped = textwrap.wrap(flag.help, _WIDTH - _INDENT)
    # A name that reaches into the help's column gets a line of its own.
    first = [] if len(name) < _INDENT else [name]
    beside = "" if first else name
    return first + [
        f"{beside if position == 0 else '':<{_INDENT}}{text}" for position, text in enumerate(wrapped)
    ]
