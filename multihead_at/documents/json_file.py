"""Plain data in a file of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.documents.atomic_file import open_atomically
from multihead_at.errors import InputError


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Writes plain data, whole or not at all."""
    with open_atomically(path) as file:
        file.write((json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """Reads a JSON object.

    Raises:
        InputError: no such file, or it holds something else.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected JSON: {error}", path=path) from error
    if not isinstance(data, dict):
        raise InputError(f"expected a JSON object, received {type(data).__name__}", path=path)
    return data
