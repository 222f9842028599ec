"""A corpus so small that training it takes a moment."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from multihead_at.datasets import Corpus
from multihead_at.documents import Document, Head
from multihead_at.encoding import WordVectors


def _document(number: int, person: str, place: str) -> Document:
    tokens = (person, "lives", "in", place, ".")
    heads = [(Head("N", token),) for token in range(5)]
    heads[0] = (Head("Live_In", 3),)
    return Document(f"{number}", tokens, ("B-Peop", "O", "O", "B-Loc", "O"), tuple(heads))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Six sentences to train on, two each to choose and to test by."""
    names = [("Ada", "Velm"), ("Bo", "Orr"), ("Cy", "Tarn"), ("Dee", "Velm"), ("Eli", "Orr"), ("Flo", "Tarn")]
    documents = [_document(number, *name) for number, name in enumerate(names)]
    return Corpus("tiny", tuple(documents), tuple(documents[:2]), tuple(documents[4:]))


@pytest.fixture(scope="session")
def vectors(corpus: Corpus) -> WordVectors:
    """Five wide, for every word but the persons."""
    words = ("lives", "in", ".", "velm", "orr", "tarn")
    matrix = np.random.default_rng(0).normal(size=(len(words), 5)).astype(np.float32)
    return WordVectors(words, matrix, name="made-up", sha256=hashlib.sha256(matrix.tobytes()).hexdigest())
