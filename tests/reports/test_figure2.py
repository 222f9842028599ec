from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from multihead_at.reports.figure2 import _first_epoch, draw_figure2
from multihead_at.reports.panel import Panel


def rising(top: float, seed: int, epochs: int = 40) -> tuple[float, ...]:
    noise = np.random.default_rng(seed).normal(0, 0.5, size=epochs)
    return tuple(top * (1 - np.exp(-np.arange(epochs) / 5)) + noise + 1)


PANELS = [
    Panel(
        "one", tuple(rising(70, seed) for seed in range(3)), tuple(rising(75, seed) for seed in range(3, 6))
    ),
    Panel("two", (rising(60, 7, epochs=5),), ()),
    Panel("three", (), (rising(60, 8, epochs=1),)),
]


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[Path, Path]:
    paths = (tmp_path / "figure.png", tmp_path / "figure.svg")
    draw_figure2(PANELS, *paths)
    return paths


def test_drawn_again_the_files_are_the_same(pictures: tuple[Path, Path], tmp_path: Path) -> None:
    again = (tmp_path / "again.png", tmp_path / "again.svg")
    draw_figure2(PANELS, *again)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in pictures]


def test_both_are_pictures_of_some_size(pictures: tuple[Path, Path]) -> None:
    png, svg = pictures
    data = png.read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width > 1000
    assert height > 800
    assert ET.fromstring(svg.read_text(encoding="utf-8")).tag == "{http://www.w3.org/2000/svg}svg"


def test_neither_names_a_day_or_a_version(pictures: tuple[Path, Path]) -> None:
    png, svg = pictures
    assert b"tEXtSoftware" not in png.read_bytes()
    text = svg.read_text(encoding="utf-8")
    assert "<dc:date>" not in text
    assert "<dc:creator>" not in text


def test_a_panel_begins_where_both_curves_have_risen() -> None:
    late = [0.0] * 12 + [100.0] * 60
    early = [0.0] * 3 + [100.0] * 60
    assert _first_epoch([[early], [late]]) == 12
    assert _first_epoch([[early]]) == 3
    # At epoch 30 at the latest, and never where less than half is left.
    assert _first_epoch([[[0.0] * 50 + [100.0] * 50]]) == 30
    assert _first_epoch([[[0.0] * 9 + [100.0]]]) == 5
    assert _first_epoch([[[0.0]]]) == 0


def test_a_panel_begins_before_the_end_of_its_shortest_run(tmp_path: Path) -> None:
    late = [0.0] * 20 + [100.0] * 40
    early = [0.0] * 2 + [100.0] * 8
    assert _first_epoch([[early], [late]]) == 5
    assert _first_epoch([[late], [early, late]]) == 5
    panel = Panel("one stops soon", (tuple(early),), (tuple(late),))
    draw_figure2([panel], tmp_path / "figure.png", tmp_path / "figure.svg")
    assert (tmp_path / "figure.png").stat().st_size
