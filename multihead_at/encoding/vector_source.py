"""The file that word vectors come from, and how to tell whether it has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from multihead_at.encoding.gensim_vectors import gensim_parts
from multihead_at.errors import InputError
from multihead_at.files import file_sha256

Stamp = list[list[object]]
"""For each file its name, size in bytes and time of change in nanoseconds; JSON holds it as it is."""


@dataclass(frozen=True)
class VectorSource:
    """A vector file as it was when it was looked at.

    Attributes:
        path: the file.
        files: the file and what gensim has put beside it.
        stamp: cheap to take; a file whose stamp is the same is taken to be unchanged.
    """

    path: Path
    files: tuple[Path, ...]
    stamp: Stamp

    @classmethod
    def at(cls, path: Path) -> VectorSource:
        """Looks at the file.

        Raises:
            InputError: it cannot be looked at.
        """
        files = (path, *gensim_parts(path))
        return cls(path, files, [_stamp(file) for file in files])

    @cached_property
    def sha256(self) -> str:
        """The file's SHA-256; of several files, that of a list of their endings and checksums.

        Raises:
            InputError: a file cannot be read.
        """
        try:
            digests = [file_sha256(file) for file in self.files]
        except OSError as error:
            raise InputError.from_os_error("read", error, self.path) from None
        if len(digests) == 1:
            return digests[0]
        endings = [file.name[len(self.path.name) :] for file in self.files]
        listed = "".join(f"{digest} {ending}\n" for digest, ending in zip(digests, endings))
        return hashlib.sha256(listed.encode("utf-8")).hexdigest()

    def check_unchanged(self) -> None:
        """Makes sure that what was read in the meantime is what was looked at.

        Raises:
            InputError: the file has changed.
        """
        if VectorSource.at(self.path).stamp != self.stamp:
            raise InputError("the file changed while it was being read; start again", path=self.path)


def _stamp(file: Path) -> list[object]:
    try:
        status = file.stat()
    except OSError as error:
        raise InputError.from_os_error("read", error, file) from None
    return [file.name, status.st_size, status.st_mtime_ns]
