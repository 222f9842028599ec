"""Fetching a file from its public home: resumable, checked, and there whole or not at all."""

from __future__ import annotations

import http.client
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError
from multihead_at.files import file_sha256, open_plainly
from multihead_at.files.atomic_file import flush_folder

_PATIENCE = 30.0  # seconds for one answer of the network
_PIECE = 2**16
_PARTIAL_CONTENT, _RANGE_NOT_SATISFIABLE = 206, 416
_PART = ".part"

Progress = Callable[[int], None]
"""Is told how many bytes there are."""


def fetch_file(
    url: str, path: str | os.PathLike[str], *, sha256: str, size: int, progress: Progress = lambda _: None
) -> None:
    """Fetches a file into `<path>.part` and gives it its name once it is whole and what it should be.

    A part that is there already is continued where the server knows how, else begun anew; it is begun anew,
    too, where it turns out not to have been this file's. A connection that breaks is taken up again as long
    as that brings bytes.

    Args:
        url: where it lies.
        path: where it goes; its folder is made. What is there is replaced.
        sha256: what the file has to be.
        size: how many bytes that are; no more are taken.
        progress: told after every piece, and at the beginning where there is a part.

    Raises:
        InputError: the place cannot be reached, refuses or has another file; the connection broke (the part
            stays); the file cannot be written.
    """
    target = Path(path)
    part = target.with_name(target.name + _PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        is_continued = _bytes_of(part) > 0
        _fetch_part(url, part, size, progress)
        received = file_sha256(part)
        if received != sha256 and is_continued:
            # The part may have been of something else, as of a page that asks for a password.
            part.unlink()
            _fetch_part(url, part, size, progress)
            received = file_sha256(part)
        if received != sha256:
            part.unlink()
            raise InputError(f"expected the file with SHA-256 {sha256}, received {received}", path=url)
        os.replace(part, target)
        flush_folder(target.parent)
    except OSError as error:
        raise InputError.from_os_error("written", error, part) from error


class _BrokenError(Exception):
    """The connection broke, or there was none; the message says why."""


def _fetch_part(url: str, part: Path, size: int, progress: Progress) -> None:
    # A link goes, and so does what no download can have left.
    if part.is_symlink() or _bytes_of(part) > size:
        part.unlink()
    before = -1
    while (there := _bytes_of(part)) < size:
        try:
            _fetch_more(url, part, there, size, progress)
            reason = "the connection ended"
        except _BrokenError as broken:
            reason = str(broken)
        before, there = there, _bytes_of(part)
        if there <= before:
            kept = f"; the same command goes on after {there:,} of {size:,} bytes" if there else ""
            raise InputError(f"cannot be fetched: {reason}{kept}", path=url)


def _bytes_of(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _fetch_more(url: str, part: Path, there: int, size: int, progress: Progress) -> None:
    """Adds to the part what one connection brings."""
    answer = _ask(url, there)
    if answer is None:
        # What is there is no part of this file.
        part.unlink()
        _fetch_more(url, part, 0, size, progress)
        return
    with answer:
        going_on = there > 0 and answer.status == _PARTIAL_CONTENT
        if going_on and not re.match(rf"bytes {there}-", answer.headers.get("Content-Range", "")):
            raise _BrokenError("the server answered with another range than asked for")
        received = there if going_on else 0
        _check_length(answer, received, size, url)
        with open(part, "ab" if going_on else "wb", opener=open_plainly) as file:
            progress(received)
            for piece in _pieces(answer):
                received += len(piece)
                if received > size:
                    raise InputError(f"expected a file of {size:,} bytes, received more", path=url)
                file.write(piece)
                progress(received)
            file.flush()
            os.fsync(file.fileno())


def _check_length(answer: Any, start: int, size: int, url: str) -> None:
    """Refuses another file before it is taken, where the server tells how long it is."""
    length = answer.headers.get("Content-Length", "")
    if length.isdigit() and start + int(length) != size:
        message = f"expected a file of {size:,} bytes, received one of {start + int(length):,}"
        raise InputError(message, path=url)


def _ask(url: str, there: int) -> Any:
    """The server's answer; None where it has no more bytes than are there."""
    request = urllib.request.Request(url, headers={"User-Agent": "multihead-at"})
    if there:
        request.add_header("Range", f"bytes={there}-")
    try:
        return urllib.request.urlopen(request, timeout=_PATIENCE)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _RANGE_NOT_SATISFIABLE and there:
            return None
        raise InputError(f"cannot be fetched: HTTP {error.code} {error.reason}", path=url) from None
    except (OSError, http.client.HTTPException) as error:
        raise _BrokenError(_reason(error)) from None


def _pieces(answer: Any) -> Iterator[bytes]:
    while True:
        try:
            piece = answer.read(_PIECE)
        except (OSError, http.client.HTTPException) as error:
            raise _BrokenError(_reason(error)) from None
        if not piece:
            return
        yield piece


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
