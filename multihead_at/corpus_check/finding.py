"""One thing that is wrong or odd, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.errors import InputError


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or odd.

    Attributes:
        kind: what sort of thing.
        message: what was received, and what was expected where that is not plain.
        split: of the corpus; None where it is about several.
        path: the file, where it is about one.
        line: the line in it, from 1.
        doc_id: the document, where it is about one.
        token: the token in it, from 0.
    """

    kind: FindingKind
    message: str
    split: str | None = None
    path: str | None = None
    line: int | None = None
    doc_id: str | None = None
    token: int | None = None

    def __str__(self) -> str:
        """On one line, the place first."""
        document = "" if self.doc_id is None else f"document {self.doc_id!r}: "
        place = "" if self.path is not None or self.split is None else f"{self.split}: "
        return str(InputError(f"{place}{document}{self.message}", path=self.path, line=self.line))

    def to_dict(self) -> dict[str, Any]:
        """All of it, as JSON holds it."""
        return {
            "kind": self.kind.label,
            "severity": "error" if self.kind.is_error else "warning",
            "message": self.message,
            "split": self.split,
            "file": self.path,
            "line": self.line,
            "document": self.doc_id,
            "token": self.token,
        }
