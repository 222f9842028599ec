"""Published files into the data folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from multihead_at.datasets.fetch_file import Progress, fetch_file
from multihead_at.datasets.published_file import PublishedFile
from multihead_at.datasets.unpack_member import unpack_member
from multihead_at.documents.file_sha256 import file_sha256
from multihead_at.errors import InputError


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
    archive = target.with_name(PurePosixPath(urlsplit(file.url).path).name)
    is_users = archive.exists()
    if not is_users:
        fetch_file(file.url, archive, sha256=file.sha256, size=file.size, progress=progress)
    elif not is_as_published(file, archive):
        raise InputError(f"expected the archive with SHA-256 {file.sha256}, received another", path=archive)
    unpack_member(archive, file.member, target, most_bytes=file.most_bytes)
    if not is_users:
        archive.unlink()
    return True


def is_as_published(file: PublishedFile, path: Path) -> bool:
    """Whether a file on the disk has the checksum of the published one (of the archive, where it is one)."""
    try:
        return path.stat().st_size == file.size and file_sha256(path) == file.sha256
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
