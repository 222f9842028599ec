"""A folder in the place of another."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

REPLACED = ".replaced-"
"""What the name of an old folder begins with while a new one takes its place in two steps."""

# Of Linux's renameat2: paths as they are, and both names at once.
_AS_THEY_ARE, _EXCHANGE = -100, 2


def replace_folder(new: Path, folder: Path) -> None:
    """Gives a folder another's place, where there is always the old one or the new one.

    Where the system cannot exchange two names at once, neither is there for a moment; a process killed just
    then leaves the old one beside it for `put_back`.

    Args:
        new: the folder, on the same disk. The old one may have its name afterwards, to be removed.
        folder: the place; another folder may be there or none.

    Raises:
        OSError: it cannot be done; the old one is in its place.
    """
    if not folder.exists():
        os.replace(new, folder)
    elif not _exchange(new, folder):
        replaced = folder.with_name(f"{REPLACED}{folder.name}")
        os.replace(folder, replaced)
        try:
            os.replace(new, folder)
        except BaseException:
            os.replace(replaced, folder)
            raise
        shutil.rmtree(replaced, ignore_errors=True)


def put_back(parent: Path) -> None:
    """Gives old folders their names again whose place a killed `replace_folder` left empty.

    Raises:
        OSError: it cannot be done.
    """
    for replaced in parent.glob(f"{REPLACED}*"):
        folder = parent / replaced.name.removeprefix(REPLACED)
        if folder.exists():
            shutil.rmtree(replaced, ignore_errors=True)
        else:
            os.replace(replaced, folder)


def _exchange(one: Path, other: Path) -> bool:
    """Whether two folders have exchanged their names: Linux can do it, and not on every disk."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(renameat2(_AS_THEY_ARE, paths[0], _AS_THEY_ARE, paths[1], _EXCHANGE) == 0)
