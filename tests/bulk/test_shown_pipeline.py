"""The pipeline of one's own that the page on scale shows."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from tests.documentation_commands import ROOT, shown_blocks


def test_the_shown_pipeline_answers_and_refuses(
    tmp_path: Path, bio_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = shown_blocks(ROOT / "docs" / "scaling.md", "python")
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "mine").symlink_to(bio_model)
    (tmp_path / "pipeline.py").write_text(program, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("pipeline.py")
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (refused,) = (record for record in printed if "error" in record)
    assert refused["input"] == "no JSON"
    (answer,) = (record for record in printed if "entities" in record)
    assert answer["id"] == "1"
    assert [entity["text"] for entity in answer["entities"]] == ["Ada Brook", "Velm"]
    assert [relation["type"] for relation in answer["relations"]] == ["Live_In"]
