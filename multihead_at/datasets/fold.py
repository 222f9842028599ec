"""Cross-validation: which documents a fold tests on, chooses by and trains on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from multihead_at.datasets.corpus import Corpus
from multihead_at.documents import Document
from multihead_at.errors import InputError


@dataclass(frozen=True)
class Fold:
    """One fold, as places in the list of all documents.

    Attributes:
        number: counted from 0.
        train: in file order.
        dev: in file order.
        test: in file order.
    """

    number: int
    train: tuple[int, ...]
    dev: tuple[int, ...]
    test: tuple[int, ...]

    def of(self, name: str, documents: Sequence[Document]) -> Corpus:
        """The fold's corpus."""
        train, dev, test = (
            tuple(documents[place] for place in places) for places in (self.train, self.dev, self.test)
        )
        return Corpus(name, train, dev, test)


def seeded_parts(documents: int, parts: int, seed: int) -> list[list[int]]:
    """Cuts documents into parts of like size at random.

    Args:
        documents: how many there are.
        parts: how many parts; at least 3, so that test, dev and train differ.
        seed: the same seed gives the same parts on every machine.

    Raises:
        InputError: fewer than 3 parts, or fewer documents than parts.
    """
    if not 3 <= parts <= documents:
        raise InputError(f"folds: expected from 3 to {documents}, the number of documents; received {parts}")
    draw = random.Random(seed)
    order = sorted(range(documents), key=lambda _: draw.random())
    return [sorted(order[part::parts]) for part in range(parts)]


def folds_of_parts(parts: Sequence[Sequence[int]]) -> list[Fold]:
    """Fold i tests on part i, takes part i + 1 (after the last the first) as dev and trains on the rest."""
    folds = []
    for number, test in enumerate(parts):
        dev = parts[(number + 1) % len(parts)]
        left_out = {*test, *dev}
        every = sorted(place for part in parts for place in part)
        train = tuple(place for place in every if place not in left_out)
        folds.append(Fold(number, train, tuple(sorted(dev)), tuple(sorted(test))))
    return folds
