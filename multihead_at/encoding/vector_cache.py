"""Word vectors converted once and kept as plain data, so that the next start takes a moment.

    <folder>/<SHA-256 of the source>/matrix.npy   float32 [words, dim], opened memory-mapped
                                     words.txt    one word a line, UTF-8; backslash and line end are escaped
                                     meta.json    format, source, sizes and checksums of the parts

An entry is written beside its place and then renamed, so that it is whole or absent, also when two processes
build it at once. What is not whole, or not ours, is built again with a warning.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from multihead_at.encoding.vector_block import VectorBlock
from multihead_at.encoding.vector_source import VectorSource
from multihead_at.encoding.word_vectors import WordVectors
from multihead_at.files import file_sha256
from multihead_at.files.atomic_file import flush_folder

CACHE_DIR_VARIABLE = "MULTIHEAD_AT_CACHE_DIR"

_FORMAT = "multihead_at word vectors"
_VERSION = 1
_MATRIX = "matrix.npy"
_WORDS = "words.txt"
_META = "meta.json"
_BUILDING = ".building-"
_ABANDONED_AFTER = 24 * 3600.0  # seconds
_HEADER_SIZE = 128
_TRIES = 3


def default_cache_dir() -> Path:
    """The folder for converted vectors when none is given.

    The environment variable's; else `multihead-at` in the user's cache folder ($XDG_CACHE_HOME, or ~/.cache).
    """
    chosen = os.environ.get(CACHE_DIR_VARIABLE)
    if chosen:
        return Path(chosen)
    shared = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification has relative paths ignored.
    return (Path(shared) if os.path.isabs(shared) else Path(os.path.expanduser("~/.cache"))) / "multihead-at"


class VectorCache:
    """A folder of converted word vectors.

    Args:
        folder: made when something is stored.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)

    def find(self, source: VectorSource, name: str) -> WordVectors | None:
        """Opens what was stored for a source.

        Args:
            source: the file. While its stamp is the one recorded, it is not read; else its checksum decides.
            name: for `WordVectors`.

        Returns:
            The vectors, memory-mapped, or None where there are none. For a damaged entry a warning is given.
        """
        recorded = self._recorded_sha256(source)
        sha256 = recorded or source.sha256
        vectors = self._open(sha256, name)
        if vectors is not None and recorded is None:
            self._record(sha256, source)
        return vectors

    def store(self, source: VectorSource, blocks: Iterable[VectorBlock], name: str) -> WordVectors:
        """Stores what a source holds, in place of what was stored for it before.

        Args:
            source: the file.
            blocks: its words and vectors, without repeats; at least one word.
            name: for `WordVectors`.

        Returns:
            The vectors, memory-mapped.

        Raises:
            OSError: the folder cannot be written.
            InputError: raised by `blocks`, or the source changed meanwhile; nothing is stored.
        """
        sha256 = source.sha256
        self._folder.mkdir(parents=True, exist_ok=True)
        self._remove_abandoned()
        building = self._new_folder()
        try:
            _write_parts(building, source, sha256, blocks)
            source.check_unchanged()
            self._publish(building, sha256)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        self._remove_superseded(source, sha256)
        vectors = self._open(sha256, name)
        if vectors is None:
            raise OSError(f"{self._folder / sha256} cannot be read back")
        return vectors

    def _entries(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yields the folders of entries with their meta data, where these are legible."""
        for path in sorted(self._folder.glob(f"[!.]*/{_META}")):
            with suppress(OSError, ValueError):
                yield path.parent, _read_meta(path.parent)

    def _recorded_sha256(self, source: VectorSource) -> str | None:
        with suppress(OSError):
            for entry, meta in self._entries():
                if meta["sources"].get(_place(source)) == source.stamp:
                    return entry.name
        return None

    def _open(self, sha256: str, name: str) -> WordVectors | None:
        entry = self._folder / sha256
        try:
            if not os.path.lexists(entry):
                return None
            return _open_entry(entry, name)
        except (OSError, ValueError, EOFError) as error:
            message = f"{entry}: stored word vectors are damaged ({error}); they are made again"
            warnings.warn(message, stacklevel=2)
            return None

    def _record(self, sha256: str, source: VectorSource) -> None:
        """Notes that this file is the entry's source too; without that note it is read again next time."""
        entry = self._folder / sha256
        with suppress(OSError, ValueError):
            meta = _read_meta(entry)
            meta["sources"][_place(source)] = source.stamp
            _replace_meta(entry, meta)
        self._remove_superseded(source, sha256)

    def _publish(self, building: Path, sha256: str) -> None:
        entry = self._folder / sha256
        for _ in range(_TRIES):
            try:
                building.rename(entry)
                flush_folder(self._folder)
                return
            except OSError:
                if not os.path.lexists(entry):
                    raise
            with suppress(OSError, ValueError, EOFError):
                _open_entry(entry, "")
                return  # another process was faster
            self._discard(entry)
        raise OSError(f"{entry} cannot be replaced")

    def _discard(self, entry: Path) -> None:
        """Moves a damaged entry aside before deleting it, so that nobody finds half of it."""
        aside = self._new_folder()
        with suppress(OSError):
            entry.rename(aside / entry.name)
        shutil.rmtree(aside, ignore_errors=True)

    def _new_folder(self) -> Path:
        # Not tempfile's: its folders and files are for one user alone, and a cache may be shared.
        folder = self._folder / f"{_BUILDING}{secrets.token_hex(8)}"
        folder.mkdir()
        return folder

    def _remove_superseded(self, source: VectorSource, sha256: str) -> None:
        """Deletes what was stored for this file before it changed, gigabytes of no more use."""
        with suppress(OSError):
            for entry, meta in self._entries():
                if entry.name != sha256 and set(meta["sources"]) == {_place(source)}:
                    self._discard(entry)

    def _remove_abandoned(self) -> None:
        """Deletes what a killed process left half built."""
        for path in self._folder.glob(f"{_BUILDING}*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED_AFTER:
                    shutil.rmtree(path, ignore_errors=True)


def _place(source: VectorSource) -> str:
    return os.path.abspath(source.path)


def _write_parts(folder: Path, source: VectorSource, sha256: str, blocks: Iterable[VectorBlock]) -> None:
    count, dim = 0, 0
    with open(folder / _MATRIX, "wb") as matrix, open(folder / _WORDS, "wb") as words:
        matrix.write(bytes(_HEADER_SIZE))
        for block in blocks:
            matrix.write(np.ascontiguousarray(block.rows, dtype="<f4").data)
            words.write(_join_words(block.words))
            count += len(block.words)
            dim = block.rows.shape[1]
        matrix.seek(0)
        matrix.write(_matrix_header(count, dim))
        for file in (matrix, words):
            file.flush()
            os.fsync(file.fileno())
    meta = {
        "format": _FORMAT,
        "version": _VERSION,
        "sha256": sha256,
        "words": count,
        "dim": dim,
        "sources": {_place(source): source.stamp},
        "parts": {part: _describe(folder / part, file_sha256(folder / part)) for part in (_MATRIX, _WORDS)},
    }
    _replace_meta(folder, meta)


def _open_entry(entry: Path, name: str) -> WordVectors:
    """Opens an entry.

    Raises:
        OSError, ValueError, EOFError: it is not as it was written.
    """
    meta = _read_meta(entry)
    _check_parts(entry, meta)
    matrix = np.load(entry / _MATRIX, mmap_mode="r", allow_pickle=False)
    if matrix.dtype != np.float32 or matrix.shape != (meta.get("words"), meta.get("dim")):
        raise ValueError(f"array {matrix.shape} of {matrix.dtype}")
    words = _split_words((entry / _WORDS).read_bytes())
    return WordVectors(words, matrix, name=name, sha256=meta["sha256"])


def _check_parts(entry: Path, meta: dict[str, Any]) -> None:
    """Compares checksums, but only of parts that someone has touched: for 5 GB they take long."""
    for part in (_MATRIX, _WORDS):
        written = meta["parts"].get(part)
        if not isinstance(written, dict) or not isinstance(written.get("sha256"), str):
            raise ValueError(f"{_META} does not describe {part}")
        touched = _describe(entry / part, written["sha256"]) != written
        if touched and file_sha256(entry / part) != written["sha256"]:
            raise ValueError(f"{part} has changed")


def _describe(path: Path, sha256: str) -> dict[str, object]:
    status = path.stat()
    return {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": sha256}


def _read_meta(entry: Path) -> dict[str, Any]:
    meta = json.loads((entry / _META).read_text(encoding="utf-8"))
    if not isinstance(meta, dict) or meta.get("format") != _FORMAT or meta.get("version") != _VERSION:
        raise ValueError(f"{_META} is not of this version")
    if meta.get("sha256") != entry.name and not entry.name.startswith(_BUILDING):
        raise ValueError(f"{_META} is of other vectors")
    if not isinstance(meta.get("sources"), dict) or not isinstance(meta.get("parts"), dict):
        raise ValueError(f"{_META} is incomplete")
    return meta


def _replace_meta(entry: Path, meta: dict[str, Any]) -> None:
    new = entry / f"{_META}.{secrets.token_hex(8)}"
    try:
        with open(new, "x", encoding="utf-8") as file:
            json.dump(meta, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, entry / _META)
    finally:
        new.unlink(missing_ok=True)


def _matrix_header(count: int, dim: int) -> bytes:
    """The header of an .npy file, always `_HEADER_SIZE` bytes: the number of words is known last."""
    text = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, {dim}), }}"
    mark = b"\x93NUMPY\x01\x00"
    size = _HEADER_SIZE - len(mark) - 2
    return mark + size.to_bytes(2, "little") + text.ljust(size - 1).encode("ascii") + b"\n"


def _join_words(words: list[str]) -> bytes:
    text = "\n".join(words)
    if "\\" in text or text.count("\n") >= len(words):
        text = "\n".join(word.replace("\\", "\\\\").replace("\n", "\\n") for word in words)
    return (text + "\n").encode("utf-8")


def _split_words(data: bytes) -> list[str]:
    words = data.decode("utf-8").split("\n")
    if words.pop() != "":
        raise ValueError(f"{_WORDS} is cut short")
    if b"\\" in data:
        words = [_unescape(word) if "\\" in word else word for word in words]
    return words


def _unescape(word: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], word)
