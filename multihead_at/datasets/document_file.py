"""Documents of a file in any of the formats that a split may have."""

from __future__ import annotations

import os
from pathlib import Path

from multihead_at.documents import Document, read_documents
from multihead_at.documents.spert_json import read_spert_json


def read_document_file(path: str | os.PathLike[str]) -> list[Document]:
    """Reads the documents of a file: SpERT's JSON where its name ends in `.json`, else the five columns.

    Raises:
        InputError: the file cannot be read, or is not in its format.
    """
    return read_spert_json(path) if is_json_file(path) else read_documents(path)


def is_json_file(path: str | os.PathLike[str]) -> bool:
    """Whether the file's name says that it holds SpERT's JSON."""
    return Path(path).suffix.lower() == ".json"
