"""Which documents and word vectors a run was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from multihead_at.files import read_json

_FILE = "environment.json"
_SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class RunData:
    """Checksums, as far as they are known.

    Attributes:
        documents: SHA-256 of the documents of train, of dev and of test; empty where they are not known.
        vectors: SHA-256 of the word vectors' file; empty where it is not known.
    """

    documents: tuple[str, ...] = ()
    vectors: str = ""

    @classmethod
    def read(cls, folder: Path) -> RunData:
        """What a run's folder says of itself; runs of before that was written down say nothing.

        Raises:
            InputError: it is damaged.
        """
        path = folder / _FILE
        if not path.exists():
            return cls()
        return cls.of(read_json(path))

    @classmethod
    def of(cls, environment: Mapping[str, Any]) -> RunData:
        """What `environment.json` says."""
        documents, vectors = environment.get("documents_sha256"), environment.get("word_vectors")
        return cls(
            tuple(str(documents.get(split)) for split in _SPLITS) if isinstance(documents, Mapping) else (),
            str(vectors.get("sha256")) if isinstance(vectors, Mapping) else "",
        )

    def differences(self, other: RunData) -> list[str]:
        """What both know and have not in common, in words; empty where there is nothing of the kind."""
        words = [
            f"{split} documents"
            for split, one, another in zip(_SPLITS, self.documents, other.documents)
            if one != another
        ]
        if self.vectors and other.vectors and self.vectors != other.vectors:
            words.append("word vectors")
        return words
