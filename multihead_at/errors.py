"""The one error that stands for a user's mistake; every room raises it and the command line prints it."""

from __future__ import annotations

import os


class InputError(Exception):
    """A user's mistake in a file, a path or a setting: printed as one line, exit status 2.

    Args:
        message: what was received and what was expected.
        path: the file it is about, if there is one.
        line: the line in that file, counted from 1.
    """

    def __init__(
        self, message: str, *, path: str | os.PathLike[str] | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else os.fspath(path)
        self.line = line

    def __str__(self) -> str:
        place = ""
        if self.path is not None:
            place = f"{self.path}: " if self.line is None else f"{self.path}:{self.line}: "
        return printable(place + self.message)

    @classmethod
    def from_os_error(cls, action: str, error: OSError, path: str | os.PathLike[str]) -> InputError:
        """Words an operating system's refusal (missing, a directory, no permission, disk full) about `path`.

        Args:
            action: what could not be done, as in "cannot be <action>": "read", "written".
            error: what was raised.
            path: the file it was raised for.
        """
        return cls(f"cannot be {action}: {error.strerror or error}", path=path)


def printable(text: str) -> str:
    """Escapes what would break a line or upset a terminal: file names and corpora may hold anything."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
