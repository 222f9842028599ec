"""From the name of word vectors to the vectors."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from multihead_at.datasets import resolve_path
from multihead_at.datasets.downloaded_vectors import downloaded_vectors
from multihead_at.encoding.binary_vectors import read_binary_vectors
from multihead_at.encoding.gensim_vectors import read_gensim_vectors
from multihead_at.encoding.text_vectors import read_text_vectors
from multihead_at.encoding.vector_block import VectorBlock, without_repeats
from multihead_at.encoding.vector_cache import CACHE_DIR_VARIABLE, VectorCache, default_cache_dir
from multihead_at.encoding.vector_catalogue import download_vectors, may_be_catalogued
from multihead_at.encoding.vector_source import VectorSource
from multihead_at.encoding.vector_stream import open_vector_file
from multihead_at.encoding.word_vectors import WordVectors
from multihead_at.errors import InputError

EMBEDDINGS_FOLDER = "embeddings"
_TEXT_ENDINGS = (".txt", ".vec")
_BINARY_ENDING = ".bin"
_ENDINGS = (*_TEXT_ENDINGS, _BINARY_ENDING, ".kv", ".model", ".wordvectors", ".gensim")
_EVERY_ENDING = (*_ENDINGS, *(f"{ending}.gz" for ending in _ENDINGS), ".gz")
_SEEN_FIRST = 2**16
_OBJECT_MARK = 0x80
_OBJECT_VERSIONS = range(2, 6)
_CONTROL_CHARACTERS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\r\n")))


def load_vectors(
    name: str | os.PathLike[str],
    data_dir: str | os.PathLike[str],
    cache_dir: str | os.PathLike[str] | None = None,
) -> WordVectors:
    """Finds word vectors and loads them.

    What is read for the first time is converted and kept in a cache; later starts map it into memory. Where
    the cache cannot be written, a warning is given and the vectors are held in memory.

    Args:
        name: as `find_vectors`.
        data_dir: the folder of corpora and vectors.
        cache_dir: the folder for converted vectors; None: that of `default_cache_dir`.

    Returns:
        The vectors, in the order of their file, the first vector of each word.

    Raises:
        InputError: as `find_vectors` and `read_vectors`.
    """
    source = VectorSource.at(find_vectors(name, data_dir))
    title = _without_ending(source.path.name)
    cache = VectorCache(default_cache_dir() if cache_dir is None else cache_dir)
    found = cache.find(source, title)
    if found is not None:
        return found
    try:
        return cache.store(source, without_repeats(read_vectors(source.path), source.path), title)
    except OSError as error:
        warnings.warn(
            f"word vectors are read without a cache, which takes time and memory at every start: {error}. "
            f"{CACHE_DIR_VARIABLE} can name another folder for it",
            stacklevel=2,
        )
    return _load_into_memory(source, title)


def find_vectors(
    name: str | os.PathLike[str], data_dir: str | os.PathLike[str], *, download: bool = True
) -> Path:
    """Finds the file of word vectors.

    Tried in order: `name` as a path (by `resolve_path`); `<data_dir>/embeddings/<name>`, as it stands or with
    an ending of a known format behind it; gensim's downloader.

    Args:
        name: a path, a file's name with or without its ending, or a name of gensim's catalogue.
        data_dir: the folder of corpora and vectors.
        download: whether gensim may fetch them; else only what it has fetched before is found.

    Raises:
        InputError: there is none, or `name` fits several files; the message says what to put where.
    """
    text = os.fspath(name)
    try:
        found = resolve_path(text, data_dir, what="word vectors")
        if found.is_file():
            return found
    except InputError:
        if not text or "\0" in text:
            raise
    except OSError as error:
        raise InputError.from_os_error("read", error, text) from None
    place = Path(data_dir, EMBEDDINGS_FOLDER, text)
    fitting = [path for path in _with_endings(place) if path.is_file()]
    if len(fitting) > 1 and fitting[0] != place:
        names = ", ".join(path.name for path in fitting)
        raise InputError(
            f"word vectors {text!r} received, which fits {names} in {place.parent}: name one of them"
        )
    if fitting:
        return fitting[0]
    return _download(text, place, download)


def may_be_downloaded(name: str | os.PathLike[str]) -> bool:
    """Whether vectors of this name, where they are not there, are asked for at gensim's downloader."""
    text = os.fspath(name)
    return may_be_catalogued(text) and not text.endswith(_EVERY_ENDING)


def read_vectors(path: str | os.PathLike[str]) -> Iterator[VectorBlock]:
    """Reads a file of word vectors in any format: text, binary, either in gzip, or gensim's own.

    Args:
        path: the file. `.txt` and `.vec` are read as text and `.bin` as binary; for others the first bytes
            decide. What gensim's `save` wrote is known by its first bytes under any name.

    Yields:
        Words and vectors in file order, repeated words included.

    Raises:
        InputError: the file cannot be read, or is not in its format.
    """
    ending = Path(_without_gz(os.fspath(path))).suffix
    with open_vector_file(path) as file:
        beginning = file.read(_SEEN_FIRST)
    if len(beginning) > 1 and beginning[0] == _OBJECT_MARK and beginning[1] in _OBJECT_VERSIONS:
        return read_gensim_vectors(path)
    if ending == _BINARY_ENDING or (ending not in _TEXT_ENDINGS and _looks_binary(beginning)):
        return read_binary_vectors(path)
    return read_text_vectors(path)


def _looks_binary(beginning: bytes) -> bool:
    """Whether a header is followed by something else than a line of text."""
    header, _, rest = beginning.partition(b"\n")
    if len(header.split()) != 2:
        return False
    line = rest.partition(b"\n")[0]
    if line.translate(None, _CONTROL_CHARACTERS) != line:
        return True
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _load_into_memory(source: VectorSource, title: str) -> WordVectors:
    sha256 = source.sha256
    words: list[str] = []
    # It grows in place; joining blocks at the end would need the memory twice.
    values = bytearray()
    for block in without_repeats(read_vectors(source.path), source.path):
        words += block.words
        values += np.ascontiguousarray(block.rows, dtype=np.float32).data
    source.check_unchanged()
    matrix = np.frombuffer(values, dtype=np.float32).reshape(len(words), -1)
    matrix.setflags(write=False)
    return WordVectors(words, matrix, name=title, sha256=sha256)


def _download(name: str, place: Path, may_fetch: bool) -> Path:
    reason = ""
    if may_be_downloaded(name):
        try:
            found = download_vectors(name) if may_fetch else downloaded_vectors(name)
            if found is not None:
                return found
        except InputError as error:
            reason = f" {error.message}."
    endings = "|".join(ending[1:] for ending in _EVERY_ENDING)
    raise InputError(
        f"word vectors {name!r} not found.{reason} Expected the path of a file, or a file {place.name} or "
        f"{place.name}.<{endings}> in {place.parent}, or a network and a name of gensim's catalogue such as "
        "glove-wiki-gigaword-100"
    )


def _with_endings(place: Path) -> Iterator[Path]:
    yield place
    for ending in _EVERY_ENDING:
        yield Path(f"{place}{ending}")


def _without_gz(name: str) -> str:
    return name[: -len(".gz")] if name.endswith(".gz") else name


def _without_ending(name: str) -> str:
    name = _without_gz(name)
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), "")
    return name[: len(name) - len(ending)] or name
