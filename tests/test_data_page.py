"""The page on data: its quick commands run on the real corpora, and what it says of files is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.documents import parse_document
from tests.documentation_commands import ROOT, ShownCommand, shown_commands

_PAGE = ROOT / "docs" / "data.md"
# Training, fetching and converting are tested elsewhere (tests/documentation).
_COMMANDS = [
    command
    for command in shown_commands()
    if command.page == _PAGE
    and "--get" not in command.line
    and (command.arguments or [""])[0] not in ("train", "convert")
]
_NEEDED = {"ade": "ade/DRUG-AE.rel"}


@pytest.mark.parametrize("command", _COMMANDS, ids=str)
def test_its_commands_run(
    command: ShownCommand, data_dir: Path, corpus_file: Callable[[str], Path], tmp_path: Path
) -> None:
    for name, file in _NEEDED.items():
        if f"={name}" in command.line:
            corpus_file(file)
            corpus_file("embeddings/glove-wiki-gigaword-100.bin")
    assert command.arguments is not None
    done = subprocess.run(
        [sys.executable, "-m", "multihead_at", *command.arguments],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MULTIHEAD_AT_DATA_DIR": str(data_dir),
            "MULTIHEAD_AT_CACHE_DIR": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_its_example_of_the_five_columns_is_what_it_says() -> None:
    found = re.search(r"^```text\n(#doc.*?)^```$", _PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert found is not None
    document = parse_document(found[1].splitlines())
    assert [(head.relation, document.tokens[head.token]) for head in document.heads[1]] == [
        ("Live_In", "Velm"),
        ("Work_For", "Mills"),
    ]
