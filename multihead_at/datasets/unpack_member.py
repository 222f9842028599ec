"""One file out of an archive that nobody has to trust."""

from __future__ import annotations

import contextlib
import lzma
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from multihead_at.errors import InputError
from multihead_at.files import open_atomically

_PIECE = 2**16
_MOST_MEMBERS = 10_000
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 1
# What the libraries raise for archives that are cut off, damaged or of a kind that they do not know.
_DAMAGED = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


def unpack_member(
    archive: str | os.PathLike[str], member: str, path: str | os.PathLike[str], *, most_bytes: int
) -> None:
    """Unpacks one file of a zip or tar archive (packed or not) to a place of ours, whole or not at all.

    No name in the archive ever becomes a path. An archive that holds anything but plain files and folders
    with plain names is refused all the same, whatever it says about the member.

    Args:
        archive: the archive.
        member: the file's name in it.
        path: where it goes; the folder must be there.
        most_bytes: the file may have no more; in a tar archive, all files before it together.

    Raises:
        InputError: no such archive or member; a name that leads out of the archive's folder, a link or a
            device; more bytes than allowed; damaged contents; the file cannot be written.
    """
    try:
        is_zip = zipfile.is_zipfile(archive)
        opened = _zip_member if is_zip else _tar_member
        with opened(archive, member, most_bytes) as source, open_atomically(path) as file:
            for piece in _pieces(source, archive, most_bytes):
                file.write(piece)
    except _DAMAGED as error:
        raise InputError(f"cannot be unpacked: {error}", path=archive) from error


@contextlib.contextmanager
def _zip_member(archive: str | os.PathLike[str], member: str, most_bytes: int) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(archive) as opened:
        found = None
        for number, info in enumerate(opened.infolist()):
            kind = stat.S_IFMT(info.external_attr >> 16)
            _check_member(info.filename, kind in (0, stat.S_IFREG, stat.S_IFDIR), number, archive)
            found = info if info.filename == member else found
        if found is None:
            raise InputError(f"expected a file {member!r} in the archive, received none", path=archive)
        if found.flag_bits & _ENCRYPTED:
            raise InputError(f"expected {member!r} without a password", path=archive)
        _check_size(found.file_size, most_bytes, archive)
        with opened.open(found) as source:
            yield source


@contextlib.contextmanager
def _tar_member(archive: str | os.PathLike[str], member: str, most_bytes: int) -> Iterator[IO[bytes]]:
    with tarfile.open(archive) as opened:
        found = None
        total = 0
        for number, info in enumerate(opened):
            _check_member(info.name, info.isreg() or info.isdir(), number, archive)
            # Passing over a file unpacks it, too.
            total += info.size
            _check_size(total, most_bytes, archive)
            found = info if info.name == member and info.isreg() else found
        source = None if found is None else opened.extractfile(found)
        if source is None:
            raise InputError(f"expected a file {member!r} in the archive, received none", path=archive)
        with source:
            yield source


def _check_member(name: str, is_plain: bool, number: int, archive: str | os.PathLike[str]) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        raise InputError(f"unsafe archive: {name!r} leads out of its folder", path=archive)
    if not is_plain:
        raise InputError(f"unsafe archive: {name!r} is neither a file nor a folder", path=archive)
    if number >= _MOST_MEMBERS:
        raise InputError(f"unsafe archive: more than {_MOST_MEMBERS:,} files", path=archive)


def _check_size(size: int, most_bytes: int, archive: str | os.PathLike[str]) -> None:
    if size > most_bytes:
        raise InputError(f"unsafe archive: more than the expected {most_bytes:,} bytes", path=archive)


def _pieces(source: IO[bytes], archive: str | os.PathLike[str], most_bytes: int) -> Iterator[bytes]:
    """The member's bytes; the archive's own word on how many there are need not be true."""
    total = 0
    while True:
        try:
            piece = source.read(_PIECE)
        except _DAMAGED as error:
            raise InputError(f"cannot be unpacked: {error}", path=archive) from error
        if not piece:
            return
        total += len(piece)
        _check_size(total, most_bytes, archive)
        yield piece
