"""What makes a run the one it is."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from multihead_at.config import MACHINE_SETTINGS, Config
from multihead_at.datasets import Corpus
from multihead_at.documents.document_hash import hash_documents
from multihead_at.encoding import WordVectors


def hash_splits(corpus: Corpus) -> dict[str, str]:
    """`hash_documents` of train, dev and test, by their names."""
    return {name: hash_documents(getattr(corpus, name)) for name in ("train", "dev", "test")}


def same_everywhere(config: Config, corpus: Corpus, vectors: WordVectors) -> dict[str, Any]:
    """What machines that train together must have in common, wherever each keeps its files."""
    return {
        **{
            name: value
            for name, value in config.to_dict().items()
            if name not in MACHINE_SETTINGS and not name.startswith("filename_")
        },
        **{f"{split} documents": sha256 for split, sha256 in hash_splits(corpus).items()},
        "word vectors": vectors.sha256,
    }


def hash_run(config: Config, corpus: Corpus, vectors: WordVectors) -> str:
    """A hash of a run's settings, documents and word vectors, for its states to say whose they are."""
    # Without settings as they are by default: one that is added later then changes no hash.
    defaults = Config().to_dict()
    same = {
        name: value
        for name, value in same_everywhere(config, corpus, vectors).items()
        if name not in defaults or value != defaults[name]
    }
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
