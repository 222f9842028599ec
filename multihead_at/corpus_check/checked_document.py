"""A document as far as it could be read."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.documents import Document


@dataclass(frozen=True)
class CheckedDocument:
    """A document as far as it could be read.

    Attributes:
        document: what could not be read is left out: a tag is then `O`, a head `NO_RELATION`.
        split: of the corpus.
        path: the file it is from; None where it is made from a raw corpus.
        line: the line where it begins, from 1.
        token_lines: the line of each token; empty where tokens have no lines of their own.
        unsure: tokens of which something was left out: no more is said about them.
    """

    document: Document
    split: str
    path: str | None = None
    line: int | None = None
    token_lines: tuple[int, ...] = ()
    unsure: frozenset[int] = frozenset()

    @classmethod
    def of(cls, document: Document, split: str) -> CheckedDocument:
        """A document that a strict reader has read."""
        if document.line is None:
            return cls(document, split, document.source)
        lines = range(document.line + 1, document.line + 1 + len(document))
        return cls(document, split, document.source, document.line, tuple(lines))

    def finding(self, kind: FindingKind, message: str, token: int | None = None) -> Finding:
        """Something about the document, or about one token of it."""
        line = self.line if token is None or not self.token_lines else self.token_lines[token]
        return Finding(kind, message, self.split, self.path, line, self.document.doc_id, token)

    def place(self) -> str:
        """Where the document is, for a message about another one."""
        if self.path is None:
            return f"document {self.document.doc_id!r}"
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"document {self.document.doc_id!r} at {where}"
