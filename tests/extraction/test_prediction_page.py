"""The page on prediction: its commands and its Python are run, and what it shows is what comes."""

from __future__ import annotations

import contextlib
import io
import json
import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import read_documents
from tests.documentation_commands import ROOT, shown_commands

PAGE = (ROOT / "docs" / "prediction.md").read_text(encoding="utf-8")
COMMANDS = [command for command in shown_commands() if command.page.name == "prediction.md"]

RECORDS = """{"id": "a", "text": "Ada Brook lives in Velm."}
[]
{"tokens": ["Bo", "Orrin", "lives", "in", "Tarn", "."]}
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, bio_run: Path, ec_run: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the runs and the files that the page speaks of."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "sample-bio-seed1").symlink_to(bio_run)
    (tmp_path / "runs" / "sample-ec-seed1").symlink_to(ec_run)
    for name, content in (
        ("notes.txt", "Ada Brook lives\nin Velm. Bo Orrin lives in Tarn.\n\nSo.\n"),
        ("sentences.txt", "Ada Brook lives in Velm.\n\n"),
        ("records.jsonl", RECORDS),
        ("boundaries.jsonl", blocks("json")[1]),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Runs a line of the page, which may end in `< FILE` and `> FILE`, as a shell does."""
    with contextlib.ExitStack() as stack:
        if ">" in words:
            file = stack.enter_context(open(words.pop(), "w", encoding="utf-8"))
            assert words.pop() == ">"
            monkeypatch.setattr(sys, "stdout", file)
        if "<" in words:
            monkeypatch.setattr(sys, "stdin", stack.enter_context(open(words.pop(), encoding="utf-8")))
            assert words.pop() == "<"
        return main(words)


def test_the_commands(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    shown: list[dict[str, Any]] = []
    for command in COMMANDS:
        assert command.arguments is not None
        expected = 0
        if "--format=columns" in command.line:
            # Without --errors the record that is none stops the command.
            expected = 2
        with monkeypatch.context() as patch:
            assert run(list(command.arguments), patch) == expected, command
        output = capfdbinary.readouterr().out.decode()
        if "--text=" in command.line:
            shown = [json.loads(line) for line in (output, blocks("json")[0])]
        elif "--file=boundaries.jsonl" in command.line:
            assert [entity["type"] for entity in json.loads(output)["entities"]] == ["Peop", "Loc"]
    assert len(COMMANDS) >= 8 and len(shown) == 2
    for found in shown:
        for thing in (*found["entities"], *found["relations"]):
            assert 0.5 < thing.pop("probability") <= 1
    assert shown[0] == shown[1]

    notes = [json.loads(line) for line in (folder / "notes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [found["id"] for found in notes] == [1, 4]
    assert [entity["text"] for entity in notes[0]["entities"]] == ["Ada Brook", "Velm", "Bo Orrin", "Tarn"]
    assert (folder / "found.ann").read_text(encoding="utf-8").startswith("T1\tPeop 0 9\tAda Brook\n")
    assert len((folder / "found.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert json.loads((folder / "bad.jsonl").read_text(encoding="utf-8"))["line"] == 2


def test_five_columns_of_records_that_can_all_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "records.jsonl").write_text(RECORDS.replace("[]\n", ""), encoding="utf-8")
    (command,) = (command for command in COMMANDS if "--format=columns" in command.line)
    assert command.arguments is not None
    assert run(list(command.arguments), monkeypatch) == 0
    assert [document.doc_id for document in read_documents(folder / "found.txt")] == ["a", "2"]


def test_the_examples_in_python_print_what_stands_below_them(folder: Path) -> None:
    script = folder / "page.py"
    script.write_text("\n".join(blocks("python")), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        runpy.run_path(str(script))
    assert printed.getvalue() == "".join(blocks("text"))
