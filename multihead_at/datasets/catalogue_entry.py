"""A corpus or word vectors as users ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from multihead_at.datasets.paths import find_folders, is_there
from multihead_at.datasets.published_file import PublishedFile
from multihead_at.documents.corpus_files import corpus_files
from multihead_at.errors import InputError


@dataclass(frozen=True)
class CatalogueEntry:
    """A corpus or word vectors: whether they are there, what one may do with them, how to get them.

    Attributes:
        name: as users ask for it.
        contents: what it is, in a few words.
        licence: in a few words.
        how: how to get it where it is not fetched; what else there is to know where it is.
        places: what has to lie below the data folder; `*` stands for any name, `/**/` for
            any folders below the first.
        files: what can be fetched.
    """

    name: str
    contents: str
    licence: str
    how: str
    places: tuple[str, ...]
    files: tuple[PublishedFile, ...] = ()

    def missing(self, data_dir: Path) -> list[str]:
        """The places that hold nothing."""
        return [place for place in self.places if not _is_there(place, data_dir)]


def _is_there(place: str, data_dir: Path) -> bool:
    if "*" not in place:
        return is_there(place, data_dir)
    folder, anywhere_below, name = place.partition("/**/")
    try:
        if anywhere_below:
            return any(_holds(name, found) for found in find_folders(folder, data_dir))
        return any(data_dir.glob(place))
    except (InputError, OSError):
        return False


def _holds(name: str, folder: Path) -> bool:
    """Whether a file of such a name, in any case, lies in a folder as deep as one likes."""
    return any(fnmatchcase(path.name.lower(), name) for path in corpus_files(folder))
