"""What trainings would be made with now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.datasets import load_corpus
from multihead_at.documents.document_hash import hash_documents
from multihead_at.errors import InputError
from multihead_at.runs import RunData

_SPLITS = ("train", "dev", "test")


class PresentData:
    """The checksums of corpora and word vectors, each taken once; nothing is downloaded.

    Args:
        data_dir: the folder of corpora and vectors.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._documents: dict[tuple[Any, ...], tuple[str, ...]] = {}
        self._vectors: dict[str, str] = {}

    def of(self, settings: Mapping[str, Any]) -> RunData:
        """That of a run of these settings; without what is not there or cannot be read."""
        files = tuple(settings[f"filename_{split}"] for split in _SPLITS)
        corpus = (settings["dataset"], *files, settings["fold"])
        if corpus not in self._documents:
            self._documents[corpus] = self._hash_documents(*corpus)
        vectors = settings["filename_embeddings"]
        if vectors not in self._vectors:
            self._vectors[vectors] = self._hash_vectors(vectors)
        return RunData(self._documents[corpus], self._vectors[vectors])

    def _hash_documents(self, name: str, train: str, dev: str, test: str, fold: int) -> tuple[str, ...]:
        try:
            corpus = load_corpus(name, train, dev, test, self._data_dir, fold=fold)
        except InputError:
            return ()
        return tuple(hash_documents(getattr(corpus, split)) for split in _SPLITS)

    def _hash_vectors(self, name: str) -> str:
        # Late, as they bring numpy.
        from multihead_at.encoding.vector_files import find_vectors
        from multihead_at.encoding.vector_source import VectorSource

        try:
            return VectorSource.at(find_vectors(name, self._data_dir, download=False)).sha256
        except InputError:
            return ""
