"""The documentation: its commands exist, its links lead somewhere.

`tests/documentation` and the tests of two pages run what is shown.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.main import COMMANDS
from tests.documentation_commands import PAGES, ROOT, ShownCommand, shown_commands

_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b|\.\.\.")
_ALL = list(shown_commands())
_OURS = [command for command in _ALL if command.arguments is not None]
_GROUPS = {command.name: command.groups for command in COMMANDS}


@pytest.mark.parametrize("command", _OURS, ids=str)
def test_a_shown_command_has_only_flags_that_exist(command: ShownCommand) -> None:
    arguments = command.arguments
    assert arguments is not None
    # A file of flags is read by the test of its page, which has it.
    words = [word for word in arguments if not word.startswith("--flagfile=")]
    name, *flags = [word for word in words if not _PLACEHOLDER.fullmatch(word)]
    redirected = next((place for place, word in enumerate(flags) if word in {"|", ">", "<"}), None)
    parse_flags(flags[:redirected], _GROUPS[name])


@pytest.mark.parametrize("command", [one for one in _ALL if one.words[0].startswith("./")], ids=str)
def test_a_shown_script_is_there_and_can_be_run(command: ShownCommand) -> None:
    assert os.access(ROOT / command.words[0], os.X_OK)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_to_files(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = set(_LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert {f"docs/{page.name}" for page in PAGES if page.parent.name == "docs"} <= linked
