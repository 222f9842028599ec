"""Shards of an earlier run are not taken for those of the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.bulk.old_shards import OldShards
from multihead_at.errors import InputError

OTHERS = ("out.errors-00000-of-00001.jsonl", "out-00000-of-00001.txt", "outer-00000-of-00001.jsonl", "out")
SHARDS = ("out-00000-of-00002.jsonl", "out-00001-of-00002.jsonl", "out-00000-of-123456.jsonl")


@pytest.fixture
def prefix(tmp_path: Path) -> str:
    """The prefix of shards, with other files beside them."""
    for name in (*OTHERS, *SHARDS):
        (tmp_path / name).touch()
    return str(tmp_path / "out")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_shards_are_refused(prefix: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"of-00002\.jsonl|of-123456\.jsonl: exists already: --overwrite"):
        OldShards([prefix], overwrite=False)
    assert names(tmp_path) == {*OTHERS, *SHARDS}


def test_shards_are_removed_at_the_end_and_nothing_else(prefix: str, tmp_path: Path) -> None:
    old = OldShards([prefix], overwrite=True)
    assert names(tmp_path) == {*OTHERS, *SHARDS}
    old.remove()
    assert names(tmp_path) == set(OTHERS)
    OldShards([prefix], overwrite=False)


def test_new_shards_in_the_place_of_old_ones_stay(prefix: str, tmp_path: Path) -> None:
    old = OldShards([prefix], overwrite=True)
    (tmp_path / "new").write_text("new", encoding="utf-8")
    (tmp_path / "new").replace(tmp_path / SHARDS[0])
    (tmp_path / SHARDS[1]).unlink()
    old.remove()
    assert names(tmp_path) == {*OTHERS, SHARDS[0]}


def test_an_input_is_never_removed(prefix: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected other files to read"):
        OldShards([prefix], overwrite=True, inputs=[f"{tmp_path}/./{SHARDS[1]}"])
    with pytest.raises(InputError, match="expected other files to read"):
        OldShards([prefix, f"{prefix}.errors"], overwrite=True, inputs=[str(tmp_path / OTHERS[0])])
    assert names(tmp_path) == {*OTHERS, *SHARDS}


@pytest.mark.parametrize("prefix", ["", "part", "none/part", "gs://bucket/part"])
def test_where_there_are_none(prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    OldShards([prefix], overwrite=False)


def test_shards_of_the_working_folder_are_found(
    prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="exists already"):
        OldShards(["out"], overwrite=False)
