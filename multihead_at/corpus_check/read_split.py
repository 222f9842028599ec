"""From files and documents to splits that can be checked."""

from __future__ import annotations

import os
from collections.abc import Iterable

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.five_column_check import read_five_columns
from multihead_at.corpus_check.spert_json_check import read_spert_sentences
from multihead_at.datasets.document_file import is_json_file
from multihead_at.documents import Document


def read_split(path: str | os.PathLike[str], name: str) -> CheckedSplit:
    """Reads a split's file in either format that training reads, to its end whatever is wrong in it.

    Args:
        path: the file: SpERT's JSON where its name ends in `.json`, else the five columns.
        name: the split's name.

    Raises:
        InputError: the file cannot be opened or read at all.
    """
    return read_spert_sentences(path, name) if is_json_file(path) else read_five_columns(path, name)


def split_of_documents(documents: Iterable[Document], name: str) -> CheckedSplit:
    """A split of documents that a strict reader has read."""
    return CheckedSplit(name, tuple(CheckedDocument.of(document, name) for document in documents))
