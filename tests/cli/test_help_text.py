from __future__ import annotations

import pytest

from multihead_at.cli.command import Command
from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.help_text import format_help, format_overview
from multihead_at.cli.main import COMMANDS


def test_layout() -> None:
    groups = (
        FlagGroup(
            "First", (CommandFlag("size", int, "N", "of it. [3]"), CommandFlag("deep", bool, "", "or not."))
        ),
        FlagGroup("Second", (CommandFlag("a_name_that_needs_the_whole_line", str, "FILE", "beside."),)),
    )
    command = Command("count", "Counts.", "What counting is.", groups, lambda given: None)
    assert format_help(command).split("\n") == [
        "Counts.",
        "",
        "  python -m multihead_at count [--flag=value ...]    in a checkout",
        "  multihead-at count [--flag=value ...]              where it is installed",
        "",
        "What counting is.",
        "",
        "First:",
        "  --size=N                          of it. [3]",
        "  --[no]deep                        or not.",
        "",
        "Second:",
        "  --a_name_that_needs_the_whole_line=FILE",
        "                                    beside.",
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_has_all_its_flags_on_lines_of_100(command: Command) -> None:
    lines = format_help(command).split("\n")
    shown = [line.strip().partition("=")[0].split()[0] for line in lines if line.startswith("  --")]
    flags = [flag for group in command.groups for flag in group.flags]
    assert shown == [f"--[no]{flag.name}" if flag.kind is bool else f"--{flag.name}" for flag in flags]
    assert max(map(len, lines)) <= 100


def test_the_overview_has_every_command() -> None:
    overview = format_overview(COMMANDS)
    assert "multihead-at train " in overview
    assert "multihead-at evaluate " in overview
