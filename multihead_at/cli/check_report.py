"""What a check has found, as JSON holds it."""

from __future__ import annotations

from typing import Any

from multihead_at.corpus_check import CheckedCorpus
from multihead_at.datasets.split_counts import SplitCounts
from multihead_at.encoding import WordVectors


def check_report(
    dataset: str, title: str, checked: CheckedCorpus, vectors: WordVectors | None
) -> dict[str, Any]:
    """All findings and all counts.

    Args:
        dataset: the corpus' name.
        title: which of its documents were checked.
        checked: what was found.
        vectors: the word vectors that words were looked up in.
    """
    return {
        "dataset": dataset,
        "checked": title,
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "findings": [finding.to_dict() for finding in checked.findings],
        "vectors": None if vectors is None else vectors.name,
        "splits": {split.name: _split(checked, split.name) for split in checked.splits},
    }


def _split(checked: CheckedCorpus, name: str) -> dict[str, Any]:
    documents = next(split.documents for split in checked.splits if split.name == name)
    counts = SplitCounts.of(documents)
    data: dict[str, Any] = {
        "documents": counts.documents,
        "tokens": counts.tokens,
        "longest": counts.longest,
        "tokens_with_several_heads": counts.several_heads,
        "mentions": dict(counts.mentions),
        "relations": dict(counts.relations),
    }
    if name in checked.coverage:
        coverage = checked.coverage[name]
        data["coverage"] = round(coverage.share, 6)
        data["unknown_words"] = coverage.unknown
    return data
