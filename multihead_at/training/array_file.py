"""Named arrays and plain data in one file that is there whole or not at all: weights and training states.

An .npz file whose members carry checksums; one more member is the header, which names the others.
"""

from __future__ import annotations

import io
import json
import os
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from multihead_at.errors import InputError
from multihead_at.files import open_atomically
from multihead_at.training.damaged_file_error import DamagedFileError

VERSION = 1
_HEADER = "multihead_at"
# What NumPy, zipfile and json raise for a file that is cut short, changed or something else.
_DAMAGED = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    MemoryError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)


def write_arrays(
    path: str | os.PathLike[str], kind: str, arrays: Mapping[str, np.ndarray], data: Mapping[str, Any]
) -> None:
    """Writes arrays and data (what JSON holds) as an .npz file; each member carries a checksum.

    Args:
        path: the file.
        kind: what it is, which `read_arrays` asks for.
        arrays: by name.
        data: plain data beside them.

    Raises:
        InputError: it cannot be written.
    """
    header = json.dumps({"kind": kind, "version": VERSION, "arrays": sorted(arrays), "data": data}).encode()
    # Built in memory: on a full disk zipfile would put a traceback of its own on the error stream.
    content = io.BytesIO()
    np.savez(content, **{_HEADER: np.frombuffer(header, np.uint8)}, **arrays)
    with open_atomically(path) as file:
        file.write(content.getbuffer())


def read_arrays(path: str | os.PathLike[str], kind: str) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Reads what `write_arrays` wrote; nothing in the file is executed.

    Raises:
        DamagedFileError: it is damaged or foreign.
        InputError: no such file, or it is of another kind or version.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    try:
        # NumPy warns of headers that Python 2 wrote, which ours are not.
        with warnings.catch_warnings(), np.load(io.BytesIO(content), allow_pickle=False) as archive:
            warnings.simplefilter("error")
            _check_stored_plainly(archive.zip)
            arrays = {name: archive[name] for name in archive.files}
        header = json.loads(arrays.pop(_HEADER).tobytes())
        if header["kind"] != kind or header["version"] != VERSION:
            raise InputError(
                f"expected {kind} of version {VERSION}, "
                f"received {header['kind']} of version {header['version']}",
                path=path,
            )
        # Files of before there was this list lack it.
        if sorted(arrays) != header.get("arrays", sorted(arrays)):
            raise ValueError("an array is missing")
        return arrays, header["data"]
    except (*_DAMAGED, Warning) as error:
        raise DamagedFileError(f"expected {kind}, received a damaged or foreign file", path=path) from error


def _check_stored_plainly(archive: zipfile.ZipFile) -> None:
    """Refuses compressed members: ours are not, and theirs could be of any size."""
    if any(member.compress_type != zipfile.ZIP_STORED for member in archive.infolist()):
        raise ValueError("a compressed array")
