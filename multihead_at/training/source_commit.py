"""Which commit of the code runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def source_commit(package: Path = _PACKAGE) -> str | None:
    """The commit of the checkout that holds the package, with `+` behind it where the package was changed.

    Args:
        package: the package's folder.

    Returns:
        The commit; None where the package lies in no checkout, or git is not there.
    """
    commit = _git("rev-parse", "HEAD", package=package)
    # Installed somewhere below another project's checkout, it is none of that commit's.
    if commit is None or not _git("ls-files", "__init__.py", package=package):
        return None
    return commit + ("+" if _git("status", "--porcelain", ".", package=package) else "")


def _git(*arguments: str, package: Path) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(package), *arguments], capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
