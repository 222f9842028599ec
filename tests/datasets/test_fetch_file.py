"""Fetching, from a server on this machine that is as good or as bad as the test wants it."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from file_server import FileServer

from multihead_at.datasets import fetch_file as module
from multihead_at.datasets.fetch_file import fetch_file
from multihead_at.errors import InputError
from multihead_at.files import file_sha256

CONTENT = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server(server: FileServer) -> FileServer:
    server.files["/a.bin"] = CONTENT
    return server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "a.bin"


def fetch(server: FileServer, path: Path, **changes: object) -> list[int]:
    """Fetches the content; gives what progress was told."""
    told: list[int] = []
    wanted: dict[str, object] = {"sha256": SHA256, "size": len(CONTENT), "progress": told.append, **changes}
    fetch_file(server.url("/a.bin"), path, **wanted)  # type: ignore[arg-type]
    return told


def test_a_file_is_fetched_whole_into_a_new_folder(server: FileServer, path: Path) -> None:
    told = fetch(server, path)
    assert path.read_bytes() == CONTENT
    assert [file.name for file in path.parent.iterdir()] == ["a.bin"]
    assert (told[0], told[-1]) == (0, len(CONTENT))
    assert told == sorted(told)
    assert server.asked == [("/a.bin", None)]


def test_a_broken_connection_is_taken_up_where_it_ended(server: FileServer, path: Path) -> None:
    server.breaks_after = [1000, 70_000]
    fetch(server, path)
    assert path.read_bytes() == CONTENT
    assert [wanted for _, wanted in server.asked] == [None, "bytes=1000-", "bytes=71000-"]


def test_a_part_of_before_is_continued(server: FileServer, path: Path) -> None:
    # The second connection brings nothing: one gives up.
    server.breaks_after = [1000, 0]
    with pytest.raises(InputError) as caught:
        fetch(server, path)
    assert str(caught.value) == (
        f"{server.url('/a.bin')}: cannot be fetched: the connection ended; "
        "the same command goes on after 1,000 of 512,000 bytes"
    )
    assert not path.exists()
    assert (path.parent / "a.bin.part").read_bytes() == CONTENT[:1000]
    told = fetch(server, path)
    assert told[0] == 1000
    assert path.read_bytes() == CONTENT


def test_a_server_without_ranges_sends_everything_anew(server: FileServer, path: Path) -> None:
    server.knows_ranges = False
    server.breaks_after = [1000]
    told = fetch(server, path)
    assert path.read_bytes() == CONTENT
    assert server.asked[1] == ("/a.bin", "bytes=1000-")
    assert told.count(0) == 2


def test_where_the_range_is_refused_it_begins_anew(server: FileServer, path: Path) -> None:
    server.refuses_ranges = True
    path.parent.mkdir()
    (path.parent / "a.bin.part").write_bytes(CONTENT[:1000])
    fetch(server, path)
    assert path.read_bytes() == CONTENT
    assert [wanted for _, wanted in server.asked] == ["bytes=1000-", None]


def test_a_server_without_ranges_that_always_breaks_is_given_up(server: FileServer, path: Path) -> None:
    server.knows_ranges = False
    server.breaks_after = [1000] * 50
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch(server, path)
    assert len(server.asked) == 2


def test_another_file_is_not_kept(server: FileServer, path: Path) -> None:
    server.files["/a.bin"] = other = b"x" * len(CONTENT)
    with pytest.raises(InputError) as caught:
        fetch(server, path)
    assert f"expected the file with SHA-256 {SHA256}, received {hashlib.sha256(other).hexdigest()}" in str(
        caught.value
    )
    assert list(path.parent.iterdir()) == []


def test_a_part_of_something_else_is_begun_anew(server: FileServer, path: Path) -> None:
    path.parent.mkdir()
    (path.parent / "a.bin.part").write_bytes(b"x" * 1000)
    fetch(server, path)
    assert server.asked == [("/a.bin", "bytes=1000-"), ("/a.bin", None)]
    assert path.read_bytes() == CONTENT


def test_another_file_is_refused_after_a_part_too(server: FileServer, path: Path) -> None:
    server.files["/a.bin"] = bytes(len(CONTENT))
    path.parent.mkdir()
    (path.parent / "a.bin.part").write_bytes(b"x" * 1000)
    with pytest.raises(InputError, match="expected the file with SHA-256"):
        fetch(server, path)
    assert list(path.parent.iterdir()) == []


def test_a_part_that_is_longer_than_the_file_is_dropped(server: FileServer, path: Path) -> None:
    path.parent.mkdir()
    (path.parent / "a.bin.part").write_bytes(CONTENT + b"x")
    fetch(server, path)
    assert server.asked == [("/a.bin", None)]
    assert path.read_bytes() == CONTENT


def test_a_part_that_is_whole_needs_no_server(path: Path) -> None:
    path.parent.mkdir()
    (path.parent / "a.bin.part").write_bytes(CONTENT)
    fetch_file("http://127.0.0.1:9/a.bin", path, sha256=SHA256, size=len(CONTENT))
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("size", [len(CONTENT) - 1, len(CONTENT) + 1])
def test_a_file_of_another_length_is_not_taken(server: FileServer, path: Path, size: int) -> None:
    with pytest.raises(InputError, match=f"expected a file of {size:,} bytes, received one of 512,000"):
        fetch(server, path, size=size)
    assert list(path.parent.iterdir()) == []


def test_a_server_that_tells_no_length(server: FileServer, path: Path) -> None:
    server.tells_length = False
    with pytest.raises(InputError, match="expected a file of 70,000 bytes, received more"):
        fetch(server, path, size=70_000)
    assert (path.parent / "a.bin.part").stat().st_size <= 70_000
    fetch(server, path)
    assert path.read_bytes() == CONTENT


def test_a_file_that_is_not_there(server: FileServer, path: Path) -> None:
    url = server.url("/none")
    with pytest.raises(InputError) as caught:
        fetch_file(url, path, sha256=SHA256, size=1)
    assert str(caught.value) == f"{url}: cannot be fetched: HTTP 404 Not Found"
    assert list(path.parent.iterdir()) == []


def test_without_a_network(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    url = f"http://127.0.0.1:{port}/a.bin"
    with pytest.raises(InputError) as caught:
        fetch_file(url, path, sha256=SHA256, size=1)
    assert str(caught.value) == f"{url}: cannot be fetched: Connection refused"
    assert list(path.parent.iterdir()) == []


def test_a_server_that_says_nothing_is_not_waited_for_long(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a.bin"
        with pytest.raises(InputError, match="cannot be fetched: timed out"):
            fetch_file(url, path, sha256=SHA256, size=1)


def test_a_disk_that_refuses_is_told(server: FileServer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(InputError, match=r"a\.bin\.part: cannot be written: No space left on device"):
        fetch(server, path)
    assert not path.exists()


def test_checksum(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(CONTENT)
    assert file_sha256(tmp_path / "a") == SHA256


@pytest.mark.parametrize("content", [b"", CONTENT[:1000], CONTENT])
def test_a_part_that_is_a_symbolic_link_is_not_followed(
    server: FileServer, path: Path, content: bytes
) -> None:
    path.parent.mkdir()
    mine = path.parent.parent / "mine.bin"
    mine.write_bytes(content)
    (path.parent / "a.bin.part").symlink_to(mine)
    fetch(server, path)
    assert mine.read_bytes() == content
    assert path.read_bytes() == CONTENT and not path.is_symlink()


def test_a_part_that_becomes_a_symbolic_link_is_not_followed(
    server: FileServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    mine = path.parent.parent / "mine.bin"
    check = module._check_length

    def link_and_check(*arguments: Any) -> None:
        (path.parent / "a.bin.part").symlink_to(mine)
        check(*arguments)

    monkeypatch.setattr(module, "_check_length", link_and_check)
    with pytest.raises(
        InputError, match=r"a\.bin\.part: cannot be written: expected a file, received a symb"
    ):
        fetch(server, path)
    assert not mine.exists()


def test_the_name_is_flushed_to_the_disk(
    server: FileServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[list[str]] = []
    monkeypatch.setattr(module, "flush_folder", lambda folder: flushed.append(os.listdir(folder)))
    fetch(server, path)
    assert flushed == [["a.bin"]]
