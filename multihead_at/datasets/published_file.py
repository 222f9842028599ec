"""A file that its makers have put where anybody can fetch it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedFile:
    """A file, its public home, and what it has to be.

    Attributes:
        place: where it belongs, below the data folder.
        url: its home.
        sha256: of what lies there; hexadecimal.
        size: of what lies there, in bytes.
        member: the file's name in the archive that lies there; nothing: no archive, the file itself.
        most_bytes: no more is unpacked.
    """

    place: str
    url: str
    sha256: str
    size: int
    member: str = ""
    most_bytes: int = 0
