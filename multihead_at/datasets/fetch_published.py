"""Published files into the data folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from multihead_at.datasets.fetch_file import Progress, fetch_file
from multihead_at.datasets.published_file import PublishedFile
from multihead_at.datasets.unpack_member import unpack_member
from multihead_at.errors import InputError
from multihead_at.files import file_sha256

# Ours to delete, also where a killed process has left it; an archive of the published name is a user's.
_OURS = ".fetched-"


def fetch_published(file: PublishedFile, data_dir: Path, progress: Progress = lambda _: None) -> bool:
    """Fetches a file, and unpacks it where an archive holds it; a file that is there is left alone.

    Args:
        file: what to fetch.
        data_dir: the folder of corpora and vectors; made where it is not there.
        progress: told how many bytes have been fetched.

    Returns:
        Whether it was fetched, and not there already.

    Raises:
        InputError: as `fetch_file` and `unpack_member`; an archive of its name is another one; in its place
            is a symbolic link that leads nowhere.
    """
    target = data_dir / file.place
    if target.exists():
        return False
    if target.is_symlink():
        # Written through, it would make a file anywhere.
        raise InputError("expected a file or none, received a symbolic link that leads nowhere", path=target)
    if not file.member:
        fetch_file(file.url, target, sha256=file.sha256, size=file.size, progress=progress)
        return True
    archive = _archive(file, data_dir)
    if archive.exists():
        if not is_as_published(file, archive):
            message = f"expected the archive with SHA-256 {file.sha256}, received another"
            raise InputError(message, path=archive)
        unpack_member(archive, file.member, target, most_bytes=file.most_bytes)
        return True
    ours = archive.with_name(_OURS + archive.name)
    # It has its name only once it is whole and what it should be.
    if not ours.exists():
        fetch_file(file.url, ours, sha256=file.sha256, size=file.size, progress=progress)
    unpack_member(ours, file.member, target, most_bytes=file.most_bytes)
    ours.unlink()
    return True


def remove_leavings(file: PublishedFile, data_dir: Path) -> None:
    """Deletes the archive of a file that is there, where a process was killed before it could.

    Raises:
        InputError: it cannot be deleted.
    """
    if file.member and (data_dir / file.place).exists():
        archive = _archive(file, data_dir)
        ours = archive.with_name(_OURS + archive.name)
        try:
            ours.unlink(missing_ok=True)
        except OSError as error:
            raise InputError.from_os_error("deleted", error, ours) from error


def _archive(file: PublishedFile, data_dir: Path) -> Path:
    """Where a user would put the published archive."""
    return (data_dir / file.place).with_name(PurePosixPath(urlsplit(file.url).path).name)


def is_as_published(file: PublishedFile, path: Path) -> bool:
    """Whether a file on the disk has the checksum of the published one (of the archive, where it is one).

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.stat().st_size == file.size and file_sha256(path) == file.sha256
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
