"""The ten published folds of ADE, which come with the package: `ade_folds.txt` says whose they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from multihead_at.documents import Document

_FILE = Path(__file__).with_name("ade_folds.txt")
_FOLDS = 10
# Of the published DRUG-AE.rel's sentences: the folds count them in the file's order.
_SENTENCES_SHA256 = "6c2be52ebbf3a3efdcae0807459e850c5f8e03502f9af02a6a673c2ad885dd6a"


def are_published_sentences(documents: Iterable[Document]) -> bool:
    """Whether these are the sentences that the folds were made of, in their order; tags do not count."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.doc_id}\t{' '.join(document.tokens)}\n".encode())
    return digest.hexdigest() == _SENTENCES_SHA256


def ade_folds() -> list[list[int]]:
    """The sentences that each fold tests on, as places in the list of all: `[10][any number]`, sorted."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    digits = "".join(line for line in lines if not line.startswith("#"))
    parts: list[list[int]] = [[] for _ in range(_FOLDS)]
    for place, digit in enumerate(digits):
        parts[int(digit)].append(place)
    return parts
