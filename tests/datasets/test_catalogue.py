from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from multihead_at.datasets.catalogue import CATALOGUE
from multihead_at.datasets.catalogue_entry import CatalogueEntry
from multihead_at.datasets.fetch_published import is_as_published

FILES = [file for entry in CATALOGUE for file in entry.files]


def test_names_are_there_once() -> None:
    names = [entry.name for entry in CATALOGUE]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9.-]+", name) for name in names)


def test_files_have_a_home_a_checksum_and_a_place_in_the_data_folder() -> None:
    for file in FILES:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256), file
        assert re.match(r"https?://[a-z0-9.-]+/", file.url), file
        assert file.size > 0 and bool(file.member) == bool(file.most_bytes), file
        place = PurePosixPath(file.place)
        assert not place.is_absolute() and ".." not in place.parts, file


def test_what_can_be_fetched_is_all_that_is_needed(tmp_path: Path) -> None:
    for entry in CATALOGUE:
        for file in entry.files:
            path = tmp_path / file.place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        assert bool(entry.missing(tmp_path)) == (not entry.files), entry.name


def test_missing_places(tmp_path: Path) -> None:
    entry = CatalogueEntry("x", "", "", "", ("a/train.txt", "a/**/*.sgm", "v.*"))
    assert entry.missing(tmp_path / "nowhere") == list(entry.places)
    (tmp_path / "A" / "deep").mkdir(parents=True)
    (tmp_path / "A" / "Train.txt").touch()
    (tmp_path / "v.bin").touch()
    assert entry.missing(tmp_path) == ["a/**/*.sgm"]


@pytest.mark.parametrize("name", ["ace04", "ACE04", "Ace04"])
def test_what_lies_anywhere_below_a_folder_in_any_case_and_behind_links(tmp_path: Path, name: str) -> None:
    entry = CatalogueEntry("x", "", "", "", ("ace04/**/*.sgm",))
    (tmp_path / "ace04").mkdir()
    elsewhere = tmp_path / "elsewhere" / "english"
    elsewhere.mkdir(parents=True)
    (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / name / "linked").symlink_to(elsewhere.parent)
    (elsewhere / "circle").symlink_to(elsewhere)
    assert entry.missing(tmp_path) == ["ace04/**/*.sgm"]
    (elsewhere / "APW2000.SGM").touch()
    assert entry.missing(tmp_path) == []


@pytest.mark.parametrize("file", [file for file in FILES if not file.member], ids=lambda file: file.place)
def test_the_corpora_of_this_machine_are_the_published_ones(
    corpus_file: Callable[[str], Path], file: object
) -> None:
    from multihead_at.datasets.published_file import PublishedFile

    assert isinstance(file, PublishedFile)
    assert is_as_published(file, corpus_file(file.place))
