"""Plain data in a file of JSON, with a checksum where a program will trust it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError
from multihead_at.files.atomic_file import open_atomically

VERSION = 1
_FORMAT = "format"


def write_json(path: Path, data: Mapping[str, Any], *, kind: str | None = None) -> None:
    """Writes plain data, whole or not at all.

    Args:
        path: the file.
        data: what JSON can hold.
        kind: what it is; an entry `format` then says so, with a version and the data's checksum.

    Raises:
        InputError: the file cannot be written.
    """
    if kind is not None:
        data = {_FORMAT: {"kind": kind, "version": VERSION, "sha256": _sha256(data)}, **data}
    with open_atomically(path) as file:
        file.write((json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode())


def read_json(path: Path, *, kind: str | None = None) -> dict[str, Any]:
    """Reads a JSON object, and checks it where `write_json` left a checksum.

    Args:
        path: the file.
        kind: what it must be, if it says what it is (files of before there was this entry do not).

    Returns:
        The data, without the entry `format`.

    Raises:
        InputError: no such file, or it holds something else, or its data are not those that were written.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected JSON: {error}", path=path) from error
    if not isinstance(data, dict):
        raise InputError(f"expected a JSON object, received {type(data).__name__}", path=path)
    written = data.pop(_FORMAT, None)
    if written is not None:
        _check(written, data, kind, path)
    return data


def _check(written: Any, data: dict[str, Any], kind: str | None, path: Path) -> None:
    found = (
        [written.get(name) for name in ("kind", "version", "sha256")]
        if isinstance(written, dict)
        else [written]
    )
    expected = [found[0] if kind is None else kind, VERSION]
    if found[:2] != expected:
        wanted, received = (" of version ".join(map(str, pair)) for pair in (expected, found[:2]))
        raise InputError(f"expected {wanted}, received {received}", path=path)
    if found[2] != _sha256(data):
        raise InputError(
            "damaged or changed by hand: expected the data of its checksum, received others", path=path
        )


def _sha256(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
