"""A file of a run that is not whole."""

from __future__ import annotations

from multihead_at.errors import InputError


class DamagedFileError(InputError):
    """A file that is there and can be read, but is cut short, changed or something else.

    Where an older one does as well, that one is used; else it is told as any `InputError`.
    """
