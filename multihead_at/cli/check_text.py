"""What a check has found, as the screen shows it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from multihead_at.cli.corpus_text import format_corpus
from multihead_at.corpus_check import CheckedCorpus, Finding
from multihead_at.datasets.shared_texts import count_shared_texts
from multihead_at.datasets.split_counts import SplitCounts
from multihead_at.encoding import WordVectors

_MOST_WORDS = 12


def format_checked(
    title: str, checked: CheckedCorpus, vectors: WordVectors | None, *, most: int | None
) -> str:
    """Counts of the corpus, then what is wrong in it, then what is odd.

    Args:
        title: the first line.
        checked: what was found.
        vectors: the word vectors that words were looked up in.
        most: findings of a kind that are shown; None: all.
    """
    splits = {split.name: split.documents for split in checked.splits}
    counts = {name: SplitCounts.of(documents) for name, documents in splits.items()}
    parts = [format_corpus(title, counts, count_shared_texts(splits))]
    if vectors is not None:
        parts.append("\n".join(_coverage(checked, vectors)))
    for heading, findings in (("ERRORS", checked.errors), ("WARNINGS", checked.warnings)):
        if findings:
            parts.append("\n".join([f"{heading}: {len(findings):,}", *_findings(findings, most)]))
    return "\n\n".join(parts) + "\n"


def format_verdict(checked: CheckedCorpus) -> str:
    """The last line: how much was found."""
    errors, warnings = len(checked.errors), len(checked.warnings)
    if not errors and not warnings:
        return "Nothing is wrong, nothing odd."
    verdict = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}."
    return verdict[0].upper() + verdict[1:]


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _coverage(checked: CheckedCorpus, vectors: WordVectors) -> Iterator[str]:
    yield f"Tokens with a vector in {vectors.name} ({len(vectors):,} words)"
    width = max(map(len, checked.coverage))
    for split, of_split in checked.coverage.items():
        words = ", ".join(itertools.islice(of_split.unknown, _MOST_WORDS))
        without = f"   most frequent without: {words}" if words else ""
        yield f"  {split:<{width}} {of_split.share:7.1%}{without}"


def _findings(findings: Sequence[Finding], most: int | None) -> Iterator[str]:
    for kind, group in itertools.groupby(findings, key=lambda finding: finding.kind):
        several = list(group)
        yield ""
        yield f"{kind.title} ({len(several):,})"
        yield from (f"  {finding}" for finding in several[:most])
        if most is not None and len(several) > most:
            yield f"  ... and {len(several) - most:,} more: --most=0 shows all, --json=FILE writes all"
