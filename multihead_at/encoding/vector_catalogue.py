"""Word vectors that gensim can download, by name."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from multihead_at.datasets.downloaded_vectors import downloaded_vectors
from multihead_at.errors import InputError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PATIENCE = 30.0  # seconds for one answer of the network


def may_be_catalogued(name: str) -> bool:
    """Whether `name` looks like the catalogue's, such as glove-wiki-gigaword-100, and not like a path."""
    return _NAME.fullmatch(name) is not None


def download_vectors(name: str) -> Path:
    """Finds vectors among those that gensim has downloaded, or has it download them.

    gensim keeps them in ~/gensim-data, or in the folder that GENSIM_DATA_DIR names, and shows its progress
    (here on standard error).

    Args:
        name: as in gensim's catalogue.

    Returns:
        The downloaded file.

    Raises:
        InputError: the catalogue has no such vectors, or they cannot be downloaded.
    """
    downloaded = downloaded_vectors(name)
    if downloaded is not None:
        return downloaded
    # Late, because importing gensim takes a second.
    import gensim.downloader as downloader

    with _quiet():
        known = name in _ask(name, downloader.info)["models"]
        if not known:
            raise InputError(f"{name!r} is not in gensim's catalogue of word vectors")
        return Path(_ask(name, downloader.load, name, return_path=True))


def _ask(name: str, question: Any, *arguments: Any, **settings: Any) -> Any:
    try:
        return question(*arguments, **settings)
    except Exception as error:  # gensim raises bare Exceptions too
        reason = str(error).strip() or type(error).__name__
        raise InputError(f"gensim cannot download {name!r} ({reason})") from None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps gensim's log and traceback of a missing network off the screen, and its waiting within bounds."""
    logger = logging.getLogger("gensim.downloader")
    was_disabled, patience = logger.disabled, socket.getdefaulttimeout()
    logger.disabled = True
    socket.setdefaulttimeout(_PATIENCE)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        logger.disabled = was_disabled
        socket.setdefaulttimeout(patience)
