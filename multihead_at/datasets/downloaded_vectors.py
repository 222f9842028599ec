"""Where gensim keeps the word vectors that it has downloaded."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER_VARIABLE = "GENSIM_DATA_DIR"


def downloaded_vectors(name: str) -> Path | None:
    """The file of vectors that gensim has downloaded before, if it has; gensim itself is not loaded."""
    folder = os.environ.get(_FOLDER_VARIABLE) or os.path.expanduser("~/gensim-data")
    path = Path(folder, name, f"{name}.gz")
    return path if path.is_file() else None
