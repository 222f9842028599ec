"""The five published folds of ACE04, by document."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path

from multihead_at.datasets.fold import Fold
from multihead_at.documents import Document, ace04_document_name
from multihead_at.errors import InputError
from multihead_at.files import read_utf8

ACE04_FOLDS = 5

_DEV_SHARE = 0.15
_MOST_SHOWN = 5


def ace04_folds(split_folder: str | os.PathLike[str], documents: Sequence[Document], seed: int) -> list[Fold]:
    """Fold i tests on the documents that `cv<i>` names; of the other four lists' 15 % at random are dev.

    All sentences of a document lie on one side. Documents that no list names are in no fold.

    Args:
        split_folder: holds the lists, `cv0` to `cv4`.
        documents: the sentences, as `read_ace04` gives them.
        seed: of what is dev; the same seed gives the same folds on every machine.

    Raises:
        InputError: as `read_ace04_split`; or a list names a document that is not there.
    """
    split = read_ace04_split(split_folder)
    places: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        places.setdefault(ace04_document_name(document.doc_id), []).append(place)
    missing = [name for names in split for name in names if name not in places]
    if missing:
        more = f" and {len(missing) - _MOST_SHOWN} more" if len(missing) > _MOST_SHOWN else ""
        raise InputError(
            f"expected documents of all names in the lists, received none for "
            f"{', '.join(missing[:_MOST_SHOWN])}{more}",
            path=split_folder,
        )

    def of(names: Sequence[str]) -> tuple[int, ...]:
        return tuple(sorted(place for name in names for place in places[name]))

    folds = []
    for number, test in enumerate(split):
        rest = [name for names in split if names is not test for name in names]
        draw = random.Random(f"{seed} {number}")
        order = sorted(rest, key=lambda _: draw.random())
        dev = max(round(_DEV_SHARE * len(rest)), 1)
        folds.append(Fold(number, of(order[dev:]), of(order[:dev]), of(test)))
    return folds


def read_ace04_split(split_folder: str | os.PathLike[str]) -> list[list[str]]:
    """Reads the lists of the folds' test documents, a name on a line; blank lines are passed over.

    Args:
        split_folder: holds the lists, `cv0` to `cv4`.

    Returns:
        Names, `[5][any number]`.

    Raises:
        InputError: a list cannot be read or is empty, or a name stands in the lists twice.
    """
    seen: dict[str, str] = {}
    split = []
    for path in (Path(split_folder, f"cv{number}") for number in range(ACE04_FOLDS)):
        names = []
        lines = read_utf8(path, encoding="utf-8-sig").splitlines()
        for number, name in enumerate(map(str.strip, lines), start=1):
            if not name:
                continue
            if name in seen:
                raise InputError(f"{name} received, which {seen[name]} has already", path=path, line=number)
            seen[name] = f"{path}:{number}"
            names.append(name)
        if not names:
            raise InputError("expected names of documents, received none", path=path)
        split.append(names)
    return split
