from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.cli.data_folder import data_folder
from multihead_at.errors import InputError


def test_the_flag_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MULTIHEAD_AT_DATA_DIR", "elsewhere")
    assert data_folder({"data_dir": str(tmp_path)}) == tmp_path
    assert data_folder({}) == Path("elsewhere")
    monkeypatch.delenv("MULTIHEAD_AT_DATA_DIR")
    assert data_folder({"data_dir": None}) == Path("data")


def test_a_flag_that_names_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="data_dir: expected a folder that is there, received 'nowhere'"):
        data_folder({"data_dir": "nowhere"})
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="data_dir: expected a folder that is there"):
        data_folder({"data_dir": str(file)})
