"""The documents of a split, and what was wrong in its file."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.finding import Finding
from multihead_at.documents import Document


@dataclass(frozen=True)
class CheckedSplit:
    """The documents of a split, as far as they could be read.

    Attributes:
        name: train, dev or test; `all` for a corpus without a split.
        checked: its documents.
        findings: what a strict reader would have refused.
    """

    name: str
    checked: tuple[CheckedDocument, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents alone."""
        return tuple(one.document for one in self.checked)
