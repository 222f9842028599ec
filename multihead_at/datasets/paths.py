"""Where data, flag files and the sample corpus lie."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from multihead_at.errors import InputError

DATA_DIR_VARIABLE = "MULTIHEAD_AT_DATA_DIR"

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent


def default_data_dir() -> Path:
    """The folder of corpora and vectors without `--data_dir`: the environment variable's, else `data`."""
    return Path(os.environ.get(DATA_DIR_VARIABLE) or "data")


def flags_dir() -> Path:
    """The folder of flag files: inside the installed package, or the checkout's `flags`."""
    installed = _PACKAGE / "flags"
    return installed if installed.is_dir() else _CHECKOUT / "flags"


def sample_dir() -> Path:
    """The folder of the sample corpus: inside the installed package, or the checkout's `data/sample`."""
    installed = _PACKAGE / "sample"
    return installed if installed.is_dir() else _CHECKOUT / "data" / "sample"


def resolve_path(
    name: str | os.PathLike[str], data_dir: str | os.PathLike[str], *, what: str = "file"
) -> Path:
    """Finds a file that a flag or an original configuration file names.

    Tried in order: the name as given; below `data_dir`, ignoring case and a leading `data/` (the original's
    paths are relative to its authors' checkout, as in `data/CoNLL04/train.txt`); for `sample/...` the sample
    corpus that comes with the package.

    Args:
        name: the file's name or path.
        data_dir: the folder of corpora and vectors.
        what: what the file is to the user, for the message.

    Returns:
        The first that is there and is no folder. One that may not be looked at counts as there: reading it
        then says so.

    Raises:
        InputError: none is there; the message lists the places tried and how to name the right one.
    """
    given = Path(name)
    if not os.fspath(name) or "\0" in os.fspath(name):
        raise InputError(f"{what}: name {os.fspath(name)!r} received, expected the name of a file")
    if _is_file(given):
        return given
    tried = [str(given)]
    if not given.is_absolute():
        parts = _without_data(given.parts)
        found = _find_ignoring_case(Path(data_dir), parts)
        if found is not None:
            return found
        tried.append(f"{Path(data_dir, *parts)} (in any case)")
        if parts[:1] == ("sample",):
            bundled = sample_dir().joinpath(*parts[1:])
            if _is_file(bundled):
                return bundled
            tried.append(str(bundled))
    if given.is_dir():
        raise InputError(f"{what} a folder received, expected a file", path=given)
    raise InputError(f"{what} {os.fspath(name)!r} not found. {_where_to_get(tried, Path(data_dir))}")


def is_there(name: str | os.PathLike[str], data_dir: str | os.PathLike[str]) -> bool:
    """Whether `resolve_path` finds the file."""
    try:
        resolve_path(name, data_dir)
    except InputError:
        return False
    return True


def find_folders(name: str, data_dir: str | os.PathLike[str]) -> Iterator[Path]:
    """Yields the folders below `data_dir` whose path is `name` in any case, the exact spelling first.

    Raises:
        InputError: a folder on the way cannot be read.
    """
    folders = [Path(data_dir)]
    for part in PurePosixPath(name).parts:
        folders = [found for folder in folders for found in _entries_named(part, folder) if found.is_dir()]
    yield from folders


def _where_to_get(tried: list[str], data_dir: Path) -> str:
    missing = "" if os.path.isdir(data_dir) else f" The data folder {str(data_dir)!r} does not exist."
    return (
        f"Looked for {', '.join(tried)}.{missing} Name the folder that holds your corpora with --data_dir or "
        f"{DATA_DIR_VARIABLE} (`multihead-at datasets` and docs/data.md say where to get them)"
    )


def _without_data(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[1:] if len(parts) > 1 and parts[0].lower() == "data" else parts


def _find_ignoring_case(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """Returns the file below `folder` whose path is `parts` in any case, the exact spelling first."""
    exact = folder.joinpath(*parts)
    if _is_file(exact):
        return exact
    if not parts:
        return None
    for entry in _entries_named(parts[0], folder):
        found = _find_ignoring_case(entry, parts[1:])
        if found is not None:
            return found
    return None


def _entries_named(name: str, folder: Path) -> list[Path]:
    """The entries of a folder with a name in any case, the exact spelling first."""
    try:
        entries = sorted(os.listdir(folder), key=lambda entry: (entry != name, entry))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise InputError.from_os_error("read", error, folder) from error
    return [folder / entry for entry in entries if entry.lower() == name.lower()]


def _is_file(path: Path) -> bool:
    """Whether something other than a folder is there; pipes are welcome."""
    try:
        return not stat.S_ISDIR(os.stat(path).st_mode)
    except PermissionError:
        return True
    except OSError:
        return False
