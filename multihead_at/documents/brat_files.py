"""The names of brat's pairs of files: a text in one `.txt`, and beside it its annotations in one `.ann`."""

from __future__ import annotations

import os
import re
from pathlib import Path

TEXT_ENDING = ".txt"
ANNOTATION_ENDING = ".ann"


def brat_pair(path: str | os.PathLike[str]) -> tuple[Path, Path]:
    """The text's file and the annotations', of either of them or of both without ending."""
    place = Path(path)
    stem = place.with_suffix("") if place.suffix in (TEXT_ENDING, ANNOTATION_ENDING) else place
    return Path(f"{stem}{TEXT_ENDING}"), Path(f"{stem}{ANNOTATION_ENDING}")


def brat_order(doc_id: str) -> tuple[list[str | int], str]:
    """What documents are sorted by: their ids, in which numbers count as such (`2` before `10`)."""
    parts = re.split("([0-9]+)", doc_id)
    return [int(part) if number % 2 else part for number, part in enumerate(parts)], doc_id
