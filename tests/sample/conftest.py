"""The sample corpus as documents, for the tests of this folder."""

from __future__ import annotations

import pytest

from multihead_at.datasets import sample_dir
from multihead_at.documents import Document, read_documents

Splits = dict[str, list[Document]]


@pytest.fixture(scope="session")
def splits() -> Splits:
    """The documents of `train`, `dev` and `test`."""
    return {split: list(read_documents(sample_dir() / f"{split}.txt")) for split in ("train", "dev", "test")}
