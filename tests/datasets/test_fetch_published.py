from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from file_server import FileServer

from multihead_at.datasets import fetch_published as module
from multihead_at.datasets.fetch_published import fetch_published, is_as_published, remove_leavings
from multihead_at.datasets.published_file import PublishedFile
from multihead_at.errors import InputError


def published(server: FileServer, name: str, content: bytes, **more: object) -> PublishedFile:
    server.files[f"/{name}"] = content
    sha256 = hashlib.sha256(content).hexdigest()
    place = f"corpus/{more.pop('place', name)}"
    return PublishedFile(place, server.url(f"/{name}"), sha256, len(content), **more)  # type: ignore[arg-type]


def vectors(server: FileServer, name: str = "wanted.txt") -> PublishedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "the 1 2\n")
    content = packed.getvalue()
    return published(server, "v.zip", content, place="v.txt", member="wanted.txt", most_bytes=100)


def test_a_file_comes_to_its_place(server: FileServer, tmp_path: Path) -> None:
    file = published(server, "a.txt", b"text")
    assert fetch_published(file, tmp_path / "data")
    assert (tmp_path / "data" / "corpus" / "a.txt").read_bytes() == b"text"


def test_a_file_that_is_there_is_left_alone(server: FileServer, tmp_path: Path) -> None:
    file = published(server, "a.txt", b"text")
    (tmp_path / "corpus").mkdir()
    mine = tmp_path / "corpus" / "a.txt"
    mine.write_bytes(b"mine")
    assert not fetch_published(file, tmp_path)
    assert mine.read_bytes() == b"mine"
    assert server.asked == []
    assert not is_as_published(file, mine)
    mine.write_bytes(b"text")
    assert is_as_published(file, mine)


def test_a_file_out_of_an_archive_which_goes(server: FileServer, tmp_path: Path) -> None:
    assert fetch_published(vectors(server), tmp_path)
    assert [path.name for path in (tmp_path / "corpus").iterdir()] == ["v.txt"]
    assert (tmp_path / "corpus" / "v.txt").read_bytes() == b"the 1 2\n"


def test_a_user_s_copy_of_the_archive_is_used_and_stays(server: FileServer, tmp_path: Path) -> None:
    file = vectors(server)
    (tmp_path / "corpus").mkdir()
    mine = tmp_path / "corpus" / "v.zip"
    mine.write_bytes(b"another")
    with pytest.raises(InputError, match=rf"v\.zip: expected the archive with SHA-256 {file.sha256}"):
        fetch_published(file, tmp_path)
    mine.write_bytes(server.files["/v.zip"])
    assert fetch_published(file, tmp_path)
    assert server.asked == []
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == ["v.txt", "v.zip"]


class _Killed(BaseException):
    """Stands for the end of the process."""


def _kill(*unused: object, **more: object) -> None:
    raise _Killed


def test_killed_before_unpacking_the_next_one_unpacks_and_leaves_no_archive(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = vectors(server)
    with monkeypatch.context() as patched:
        patched.setattr(module, "unpack_member", _kill)
        with pytest.raises(_Killed):
            fetch_published(file, tmp_path)
    assert fetch_published(file, tmp_path)
    assert len(server.asked) == 1
    assert [path.name for path in (tmp_path / "corpus").iterdir()] == ["v.txt"]


def test_killed_after_unpacking_the_archive_goes_the_next_time(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = vectors(server)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", _kill)
        with pytest.raises(_Killed):
            fetch_published(file, tmp_path)
    users = tmp_path / "corpus" / "v.zip"
    users.touch()
    assert len(list((tmp_path / "corpus").iterdir())) == 3
    remove_leavings(file, tmp_path)
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == ["v.txt", "v.zip"]


def test_an_archive_that_cannot_be_unpacked_leaves_no_file(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected a file 'wanted\.txt' in the archive"):
        fetch_published(vectors(server, "other.txt"), tmp_path)
    assert not (tmp_path / "corpus" / "v.txt").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_a_symbolic_link_that_leads_nowhere_is_not_followed(
    server: FileServer, tmp_path: Path, packed: bool
) -> None:
    file = vectors(server) if packed else published(server, "a.txt", b"text")
    target = tmp_path / "data" / file.place
    target.parent.mkdir(parents=True)
    target.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(InputError) as caught:
        fetch_published(file, tmp_path / "data")
    message = "expected a file or none, received a symbolic link that leads nowhere"
    assert str(caught.value) == f"{target}: {message}"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert server.asked == []
