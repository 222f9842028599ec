"""Converted word vectors: kept, trusted only when whole, never in the way."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding import WordVectors, load_vectors, vector_cache, vector_files, vector_source
from multihead_at.encoding.vector_block import VectorBlock
from multihead_at.encoding.vector_cache import VectorCache, default_cache_dir
from multihead_at.encoding.vector_source import VectorSource
from multihead_at.errors import InputError

Write = Callable[..., Path]


@pytest.fixture
def source(tmp_path: Path, write_text: Write) -> Path:
    return write_text(tmp_path / "source.txt", ["a", "b"], [[1, 2], [3, 4]])


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def load(source: Path, cache: Path) -> WordVectors:
    """Loads without any warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_vectors(source, source.parent, cache)


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def forbid(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError(f"{name} was called")

    monkeypatch.setattr(place, name, refuse)


def check(vectors: WordVectors) -> None:
    assert list(vectors.words) == ["a", "b"]
    assert vectors.matrix.tolist() == [[1, 2], [3, 4]]
    assert vectors.matrix.dtype == np.float32


def test_a_second_start_reads_neither_the_source_nor_its_checksum(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(source, cache)
    forbid(monkeypatch, vector_files, "read_vectors")
    forbid(monkeypatch, vector_source, "file_sha256")
    forbid(monkeypatch, vector_cache, "file_sha256")
    second = load(source, cache)
    for vectors in (first, second):
        check(vectors)
        assert isinstance(vectors.matrix, np.memmap)
        assert not vectors.matrix.flags.writeable
        assert vectors.name == "source"
    assert first.sha256 == second.sha256 == entries(cache)[0].name


def test_what_is_stored_is_plain_data(source: Path, cache: Path) -> None:
    load(source, cache)
    (entry,) = entries(cache)
    assert {path.name for path in entry.iterdir()} == {"matrix.npy", "words.txt", "meta.json"}
    assert (entry / "words.txt").read_bytes() == b"a\nb\n"
    assert np.load(entry / "matrix.npy", allow_pickle=False).tolist() == [[1, 2], [3, 4]]
    meta = json.loads((entry / "meta.json").read_text(encoding="utf-8"))
    assert (meta["words"], meta["dim"], meta["sha256"]) == (2, 2, entry.name)
    status = source.stat()
    assert meta["sources"] == {str(source): [[source.name, status.st_size, status.st_mtime_ns]]}


def test_other_users_may_read_it_if_the_user_lets_them(source: Path, cache: Path) -> None:
    before = os.umask(0o022)
    try:
        load(source, cache)
    finally:
        os.umask(before)
    (entry,) = entries(cache)
    assert entry.stat().st_mode & 0o777 == 0o755
    assert {path.stat().st_mode & 0o777 for path in entry.iterdir()} == {0o644}


def test_a_source_that_was_only_touched_is_not_converted_again(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(source, cache)
    os.utime(source, ns=(1, 1))
    forbid(monkeypatch, vector_files, "read_vectors")
    check(load(source, cache))
    # The new time is noted, so that the checksum is not taken again.
    forbid(monkeypatch, vector_source, "file_sha256")
    check(load(source, cache))


def test_the_same_content_elsewhere_shares_an_entry(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(source, cache)
    copy = source.with_name("copy.txt")
    shutil.copy(source, copy)
    forbid(monkeypatch, vector_files, "read_vectors")
    check(load(copy, cache))
    forbid(monkeypatch, vector_source, "file_sha256")
    check(load(copy, cache))
    check(load(source, cache))


def test_a_source_that_changed_is_converted_again_and_replaces_the_old(
    source: Path, cache: Path, write_text: Write
) -> None:
    load(source, cache)
    write_text(source, ["a", "c"], [[1, 2], [5, 6]])
    os.utime(source, ns=(1, 1))
    changed = load(source, cache)
    assert list(changed.words) == ["a", "c"]
    assert changed.matrix.tolist() == [[1, 2], [5, 6]]
    assert [entry.name for entry in entries(cache)] == [changed.sha256]


def test_an_entry_that_another_file_needs_stays(source: Path, cache: Path, write_text: Write) -> None:
    copy = source.with_name("copy.txt")
    shutil.copy(source, copy)
    load(source, cache)
    load(copy, cache)
    write_text(source, ["c"], [[5, 6]])
    load(source, cache)
    assert len(entries(cache)) == 2


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def change_meta(entry: Path, **changes: Any) -> None:
    meta = json.loads((entry / "meta.json").read_text(encoding="utf-8"))
    (entry / "meta.json").write_text(json.dumps({**meta, **changes}), encoding="utf-8")


def replace_by_file(entry: Path) -> None:
    shutil.rmtree(entry)
    entry.write_bytes(b"no folder")


def empty(entry: Path) -> None:
    for path in entry.iterdir():
        path.unlink()


DAMAGE: dict[str, Callable[[Path], Any]] = {
    "matrix changed": lambda entry: flip_a_byte(entry / "matrix.npy"),
    "matrix cut short": lambda entry: os.truncate(entry / "matrix.npy", 140),
    "matrix empty": lambda entry: os.truncate(entry / "matrix.npy", 0),
    "matrix missing": lambda entry: os.remove(entry / "matrix.npy"),
    "matrix of objects": lambda entry: np.save(entry / "matrix.npy", np.array([{}]), allow_pickle=True),
    "words changed": lambda entry: (entry / "words.txt").write_bytes(b"a\nc\n"),
    "words cut short": lambda entry: (entry / "words.txt").write_bytes(b"a\n"),
    "words missing": lambda entry: os.remove(entry / "words.txt"),
    "meta missing": lambda entry: os.remove(entry / "meta.json"),
    "meta empty": lambda entry: (entry / "meta.json").write_bytes(b""),
    "meta not UTF-8": lambda entry: (entry / "meta.json").write_bytes(b"\xff"),
    "meta of another kind": lambda entry: (entry / "meta.json").write_bytes(b"[]"),
    "meta of another format": lambda entry: change_meta(entry, format="other"),
    "meta of another version": lambda entry: change_meta(entry, version=99),
    "meta of other vectors": lambda entry: change_meta(entry, sha256="0" * 64),
    "meta without parts": lambda entry: change_meta(entry, parts={}),
    "meta without sources": lambda entry: change_meta(entry, sources=None),
    "meta with another width": lambda entry: change_meta(entry, dim=4, words=1),
    "empty folder": empty,
    "no folder": replace_by_file,
}


@pytest.mark.parametrize("kind", sorted(DAMAGE))
def test_a_damaged_entry_is_made_again_with_a_warning(source: Path, cache: Path, kind: str) -> None:
    load(source, cache)
    (entry,) = entries(cache)
    DAMAGE[kind](entry)
    with pytest.warns(UserWarning, match="stored word vectors are damaged"):
        check(load_vectors(source, source.parent, cache))
    assert entries(cache) == [entry]
    check(load(source, cache))


def test_a_copied_cache_is_good(source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(source, cache)
    copy = cache.with_name("copied")
    shutil.copytree(cache, copy, copy_function=shutil.copyfile)
    forbid(monkeypatch, vector_files, "read_vectors")
    check(load(source, copy))


def test_a_cache_that_cannot_be_written_is_done_without(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.warns(UserWarning, match="read without a cache.*MULTIHEAD_AT_CACHE_DIR"):
        vectors = load_vectors(source, tmp_path, tmp_path / "file" / "cache")
    check(vectors)
    assert vectors.sha256 == VectorSource.at(source).sha256
    assert not vectors.matrix.flags.writeable


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_or_protected_disk_leaves_nothing_behind(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.warns(UserWarning, match=os.strerror(number)):
        check(load_vectors(source, source.parent, cache))
    assert entries(cache) == []


def test_an_entry_s_name_is_flushed_to_the_disk(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[list[str]] = []
    monkeypatch.setattr(vector_cache, "flush_folder", lambda path: flushed.append(os.listdir(path)))
    vectors = load(source, cache)
    assert flushed == [[vectors.sha256]]


def test_a_cache_that_can_only_be_read_serves(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(source, cache)
    os.utime(source, ns=(1, 1))

    def fail(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "protected")

    monkeypatch.setattr(os, "replace", fail)
    check(load(source, cache))
    assert len(list(entries(cache)[0].iterdir())) == 3


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, InputError])
def test_an_interruption_leaves_nothing_behind(
    source: Path, cache: Path, interruption: type[BaseException]
) -> None:
    def blocks() -> Iterator[VectorBlock]:
        yield VectorBlock(["a"], np.zeros((1, 2), np.float32))
        raise interruption("stop")

    with pytest.raises(interruption):
        VectorCache(cache).store(VectorSource.at(source), blocks(), "x")
    assert entries(cache) == []


def test_a_source_that_changes_while_it_is_read_is_not_stored(source: Path, cache: Path) -> None:
    def blocks() -> Iterator[VectorBlock]:
        yield VectorBlock(["a"], np.zeros((1, 2), np.float32))
        os.utime(source, ns=(1, 1))

    with pytest.raises(InputError, match="changed while it was being read"):
        VectorCache(cache).store(VectorSource.at(source), blocks(), "x")
    assert entries(cache) == []


@pytest.mark.parametrize("damaged", [False, True])
def test_another_process_may_be_faster(source: Path, cache: Path, damaged: bool) -> None:
    ours, theirs = np.zeros((1, 2), np.float32), np.ones((1, 2), np.float32)

    def blocks() -> Iterator[VectorBlock]:
        yield VectorBlock(["a"], ours)
        VectorCache(cache).store(VectorSource.at(source), [VectorBlock(["a"], theirs)], "x")
        if damaged:
            flip_a_byte(cache / VectorSource.at(source).sha256 / "matrix.npy")

    stored = VectorCache(cache).store(VectorSource.at(source), blocks(), "x")
    np.testing.assert_array_equal(stored.matrix, ours if damaged else theirs)
    assert len(entries(cache)) == 1
    np.testing.assert_array_equal(load(source, cache).matrix, stored.matrix)


def test_several_processes_at_once(source: Path, cache: Path) -> None:
    program = (
        "import sys, warnings; warnings.simplefilter('error')\n"
        "from multihead_at.encoding import load_vectors\n"
        "vectors = load_vectors(sys.argv[1], '.', sys.argv[2])\n"
        "print(vectors.words, vectors.matrix.tolist())"
    )
    command = [sys.executable, "-c", program, str(source), str(cache)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(3)]
    said = [process.communicate()[0].decode().strip() for process in running]
    assert said == ["['a', 'b'] [[1.0, 2.0], [3.0, 4.0]]"] * 3
    assert len(entries(cache)) == 1


def test_what_a_killed_process_left_is_removed_after_a_day(source: Path, cache: Path) -> None:
    old, young = cache / ".building-old", cache / ".building-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    load(source, cache)
    assert not old.exists()
    assert young.exists()


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=6)


@given(st.lists(words, min_size=1, max_size=6, unique=True), st.integers(1, 5))
def test_any_words_come_back(written: list[str], at_a_time: int) -> None:
    rows = np.arange(len(written), dtype=np.float32)[:, np.newaxis]
    starts = range(0, len(written), at_a_time)
    blocks = [VectorBlock(written[i : i + at_a_time], rows[i : i + at_a_time]) for i in starts]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "source")
        path.write_bytes(b"any")
        vectors = VectorCache(Path(folder, "cache")).store(VectorSource.at(path), blocks, "x")
        assert list(vectors.words) == written
        assert vectors.matrix.tolist() == rows.tolist()
        del vectors


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"MULTIHEAD_AT_CACHE_DIR": "given", "XDG_CACHE_HOME": "/xdg"}, Path("given")),
        ({"XDG_CACHE_HOME": "/xdg"}, Path("/xdg/multihead-at")),
        ({"MULTIHEAD_AT_CACHE_DIR": "", "XDG_CACHE_HOME": "relative"}, Path("/home/me/.cache/multihead-at")),
        ({}, Path("/home/me/.cache/multihead-at")),
    ],
)
def test_the_default_place(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: Path
) -> None:
    for name in ("MULTIHEAD_AT_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_cache_dir() == expected
