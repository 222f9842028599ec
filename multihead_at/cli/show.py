"""The command `show`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.command import Command
from multihead_at.cli.extraction_text import format_extraction
from multihead_at.cli.run_folder import require_run
from multihead_at.cli.show_flags import SHOW_FLAGS
from multihead_at.documents import NO_RELATION, Document, read_documents
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder


def _show(given: Mapping[str, Any]) -> None:
    if "run" not in given:
        raise InputError("--run=DIR is needed")
    run_folder = Path(given["run"])
    require_run(run_folder)
    path = RunFolder(run_folder).predictions(given.get("split", "test"))
    documents = read_documents(path)
    if "document" in given:
        document = _of_id(documents, given["document"], path)
    else:
        document = max(documents, key=_count_relations)
    print(format_extraction(document))


def _of_id(documents: Sequence[Document], doc_id: str, path: Path) -> Document:
    for document in documents:
        if document.doc_id == doc_id:
            return document
    raise InputError(
        f"document: expected one of the {len(documents)} ids there are, such as {documents[0].doc_id!r}, "
        f"received {doc_id!r}",
        path=path,
    )


def _count_relations(document: Document) -> int:
    return sum(head.relation != NO_RELATION for heads in document.heads for head in heads)


SHOW = Command(
    name="show",
    summary="Show what a run has extracted from a document.",
    explanation="Reads the predictions that the run's folder holds; nothing is computed.",
    groups=SHOW_FLAGS,
    run=_show,
)
