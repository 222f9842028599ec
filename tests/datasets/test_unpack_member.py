"""Archives, of which one file is wanted and nothing else may come out."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.datasets.unpack_member import unpack_member
from multihead_at.errors import InputError

CONTENT = b"a 1 2\n" * 100
MOST = 10_000


def write_zip(path: Path, *others: tuple[str, int, bytes]) -> None:
    """An archive of the member, and of others with their names, modes and contents."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, mode, content in (*others, ("in/wanted.txt", stat.S_IFREG | 0o644, CONTENT)):
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def write_tar(path: Path, *others: tarfile.TarInfo) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for info in others:
            archive.addfile(info, io.BytesIO(bytes(info.size)))
        wanted = tarfile.TarInfo("in/wanted.txt")
        wanted.size = len(CONTENT)
        archive.addfile(wanted, io.BytesIO(CONTENT))


def tar_info(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, link
    return info


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "vectors.txt"


def refused(archive: Path, target: Path, match: str, member: str = "in/wanted.txt") -> None:
    """Unpacking is refused, and leaves nothing, here or elsewhere."""
    before = sorted(archive.parent.rglob("*"))
    with pytest.raises(InputError, match=match) as caught:
        unpack_member(archive, member, target, most_bytes=MOST)
    assert caught.value.path == str(archive)
    assert sorted(archive.parent.rglob("*")) == before


@pytest.mark.parametrize("write", [write_zip, write_tar])
def test_only_the_wanted_file_comes_out(tmp_path: Path, target: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "archive")
    unpack_member(tmp_path / "archive", "in/wanted.txt", target, most_bytes=len(CONTENT))
    assert target.read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == ["vectors.txt"]


@pytest.mark.parametrize("name", ["../evil", "in/../../evil", "/evil", "\\evil", "..\\evil", "C:evil"])
def test_names_that_lead_out_are_refused(tmp_path: Path, target: Path, name: str) -> None:
    write_zip(tmp_path / "a.zip", (name, stat.S_IFREG | 0o644, b"x"))
    refused(tmp_path / "a.zip", target, "unsafe archive: .* leads out of its folder")
    write_tar(tmp_path / "a.tar.gz", tar_info(name, size=1))
    refused(tmp_path / "a.tar.gz", target, "unsafe archive: .* leads out of its folder")


def test_links_and_devices_in_a_zip_are_refused(tmp_path: Path, target: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO):
        write_zip(tmp_path / "a.zip", ("odd", kind | 0o777, b"target"))
        refused(tmp_path / "a.zip", target, "unsafe archive: 'odd' is neither a file nor a folder")


def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, target: Path) -> None:
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
        write_tar(tmp_path / "a.tar.gz", tar_info("odd", kind, link="in/wanted.txt"))
        refused(tmp_path / "a.tar.gz", target, "unsafe archive: 'odd' is neither a file nor a folder")


def test_the_wanted_name_may_be_no_link_either(tmp_path: Path, target: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("in/wanted.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "elsewhere")
    refused(tmp_path / "a.zip", target, "is neither a file nor a folder")


def test_folders_are_welcome(tmp_path: Path, target: Path) -> None:
    write_zip(tmp_path / "a.zip", ("in/", stat.S_IFDIR | 0o755, b""))
    unpack_member(tmp_path / "a.zip", "in/wanted.txt", target, most_bytes=MOST)
    write_tar(tmp_path / "a.tar.gz", tar_info("in", tarfile.DIRTYPE))
    unpack_member(tmp_path / "a.tar.gz", "in/wanted.txt", target, most_bytes=MOST)


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, target: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/wanted.txt", bytes(10**7))
    assert (tmp_path / "a.zip").stat().st_size < 20_000
    refused(tmp_path / "a.zip", target, "unsafe archive: more than the expected 10,000 bytes")
    write_tar(tmp_path / "a.tar.gz", tar_info("big", size=10**7))
    refused(tmp_path / "a.tar.gz", target, "unsafe archive: more than the expected 10,000 bytes")


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/wanted.txt", bytes(10**6))
    # The sizes in both of its headers say 100.
    path.write_bytes(path.read_bytes().replace((10**6).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    refused(path, target, "cannot be unpacked|more than the expected")


def test_very_many_files_are_refused(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multihead_at.datasets.unpack_member._MOST_MEMBERS", 3)
    write_zip(tmp_path / "a.zip", *((f"{number}", 0, b"") for number in range(3)))
    refused(tmp_path / "a.zip", target, "unsafe archive: more than 3 files")


def test_an_archive_without_the_file(tmp_path: Path, target: Path) -> None:
    write_zip(tmp_path / "a.zip")
    write_tar(tmp_path / "a.tar.gz")
    for name in ("a.zip", "a.tar.gz"):
        refused(tmp_path / name, target, "expected a file 'none' in the archive", member="none")


def test_what_is_damaged_or_no_archive(tmp_path: Path, target: Path) -> None:
    write_zip(tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    # In the middle of the packed contents, before the list of files.
    damaged = whole[:50] + bytes(byte ^ 255 for byte in whole[50:60]) + whole[60:]
    write_tar(tmp_path / "a.tar.gz")
    for content in (damaged, (tmp_path / "a.tar.gz").read_bytes()[:-20], b"nonsense", b""):
        (tmp_path / "b").write_bytes(content)
        refused(tmp_path / "b", target, "cannot be unpacked")


def test_an_archive_with_a_password(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("wanted", "x")
    content = bytearray(path.read_bytes())
    # The flags of the file's entry in the list at the end.
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    refused(path, target, "expected 'wanted' without a password", member="wanted")


def test_an_older_file_stays_when_unpacking_fails(tmp_path: Path, target: Path) -> None:
    target.write_bytes(b"old")
    write_zip(tmp_path / "a.zip", ("../evil", 0, b"x"))
    refused(tmp_path / "a.zip", target, "unsafe archive")
    assert target.read_bytes() == b"old"
