"""The pages show the committed rows, and every benchmark runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.tables import fill, read_tables

_ROOT = Path(__file__).resolve().parents[2]
_PAGES = ("speed.md", "serving.md", "prediction.md", "scaling.md")


def test_the_pages_show_the_committed_rows() -> None:
    tables = read_tables(_ROOT / "benchmarks" / "results")
    pages = [(_ROOT / "docs" / name).read_text(encoding="utf-8") for name in _PAGES]
    assert len(tables) == sum(page.count("<!-- table:") for page in pages) == 9
    assert [fill(page, tables) for page in pages] == pages


def test_a_row_is_a_line(tmp_path: Path) -> None:
    rows = [
        {"model": "keras", "batch_size": 1, "sentences_per_cpu_second": 100.0, "this / keras": 1.0},
        {"model": "ours", "batch_size": 1, "sentences_per_cpu_second": 250.0, "this / keras": 2.5},
    ]
    (tmp_path / "inference.json").write_text(json.dumps({"rows": rows}), encoding="utf-8")
    (table,) = read_tables(tmp_path).values()
    assert table.splitlines()[2] == "| 1 | 100 | 250 | **2.5\N{MULTIPLICATION SIGN}** |"
    page = "a\n<!-- table: inference -->\nold\n<!-- end -->\nb\n"
    assert fill(page, {"inference": "new\n"}) == "a\n<!-- table: inference -->\nnew\n<!-- end -->\nb\n"


@pytest.mark.long
@pytest.mark.parametrize("name", ["train_step", "memory", "inference", "start_up", "side_by_side", "serving"])
def test_a_benchmark_runs(name: str, tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    command = [sys.executable, "-m", f"benchmarks.{name}", "--quick", f"--json={rows}"]
    subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, timeout=900)
    report = json.loads(rows.read_text(encoding="utf-8"))
    assert report["machine"]["threads"] and len(report["rows"]) > 1
