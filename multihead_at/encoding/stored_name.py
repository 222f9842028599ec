"""What stands for a class or function that a file of gensim's names: nothing but the name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredName:
    """A class or function that the file names.

    Attributes:
        name: "module name", one of `ALLOWED_NAMES`.
    """

    name: str
