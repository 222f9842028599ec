"""The guide to one's own data: its commands, run one after the other, lead where it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documentation_commands import ROOT, ShownCommand, shown_commands

_PAGE = ROOT / "docs" / "own_data.md"
_COMMANDS = [command for command in shown_commands() if command.page == _PAGE]
_FLAGS = re.compile(r"^```text\n(--dataset=.*?)^```$", re.MULTILINE | re.DOTALL)
# Epochs 0 and 1.
_SHORT = ("--nepochs=1",)


def _run(command: ShownCommand, folder: Path) -> str:
    arguments = command.arguments
    if arguments is not None:
        short = _SHORT if arguments[0] == "train" else ()
        words = [sys.executable, "-m", "multihead_at", *arguments, *short]
    else:
        words = [str(ROOT / word) if word.startswith("data/") else word for word in command.words]
        words[0] = sys.executable if words[0] == "python" else words[0]
    kept = {name: value for name, value in os.environ.items() if name != "MULTIHEAD_AT_DATA_DIR"}
    done = subprocess.run(
        words,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "MULTIHEAD_AT_CACHE_DIR": str(folder / "cache")},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, ""), command
    return done.stdout


def _write_flags(folder: Path) -> None:
    (flags,) = _FLAGS.findall(_PAGE.read_text(encoding="utf-8"))
    (folder / "mine.flags").write_text(flags, encoding="utf-8")


def _place_of(what: str) -> int:
    return next(place for place, command in enumerate(_COMMANDS) if (command.arguments or [""])[0] == what)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all has been done up to the check."""
    folder = tmp_path_factory.mktemp("guide")
    _write_flags(folder)
    for command in _COMMANDS[: _place_of("check") + 1]:
        _run(command, folder)
    return folder


def test_up_to_the_check_all_is_well(checked: Path) -> None:
    for split in ("train", "dev", "test"):
        again = (checked / "mine" / f"{split}.txt").read_text(encoding="utf-8")
        assert again == (checked / "made" / f"{split}.txt").read_text(encoding="utf-8")
    assert (checked / "brat" / "again" / "481.ann").read_text(encoding="utf-8") == (
        checked / "brat" / "dev" / "481.ann"
    ).read_text(encoding="utf-8")
    report = json.loads((checked / "mine" / "report.json").read_text(encoding="utf-8"))
    assert (report["errors"], report["warnings"], report["dataset"]) == (0, 0, "mine")


def test_the_mistake_that_is_shown_is_told_so(
    checked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from multihead_at.cli.main import main

    monkeypatch.chdir(checked)
    path = Path("mine", "train.txt")
    good = path.read_text(encoding="utf-8")
    lines = good.split("\n")
    assert lines[11].endswith("\t[10]")
    lines[11] = lines[11].replace("\t[10]", "\t[40]")
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        assert main(["check", "--flagfile=mine.flags", "--novectors"]) == 1
    finally:
        path.write_text(good, encoding="utf-8")
    output = capsys.readouterr().out
    shown = re.search(r"^```text\n(ERRORS.*?)^```$", _PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert shown is not None
    assert output.endswith(f"\n{shown[1]}")


@pytest.mark.long
def test_the_rest_ends_in_a_model_that_is_served(checked: Path) -> None:
    outputs = [_run(command, checked) for command in _COMMANDS[_place_of("check") + 1 :]]
    assert (checked / "runs" / "mine-bio-seed1" / "result.json").is_file()
    assert (checked / "suggested.ann").is_file() and (checked / "suggested.txt").is_file()
    assert (checked / "models" / "mine" / "1" / "saved_model.pb").is_file()
    of_run, of_export = (
        json.loads(outputs[place])
        for place in (_place_of("predict") - _place_of("check") - 1, len(outputs) - 1)
    )
    assert [entity["text"] for entity in of_run["entities"]] == [
        entity["text"] for entity in of_export["entities"]
    ]
