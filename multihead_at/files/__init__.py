"""Files that are there whole or not at all, JSON with checksums, locks: how other rooms read and write."""

from __future__ import annotations

from multihead_at.files.atomic_file import open_atomically
from multihead_at.files.file_lock import FileLock
from multihead_at.files.file_sha256 import file_sha256
from multihead_at.files.json_file import read_json, write_json
from multihead_at.files.open_plainly import open_plainly
from multihead_at.files.utf8_text import read_utf8

__all__ = [
    "FileLock",
    "file_sha256",
    "open_atomically",
    "open_plainly",
    "read_json",
    "read_utf8",
    "write_json",
]
