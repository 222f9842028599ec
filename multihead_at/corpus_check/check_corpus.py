"""The checks of a whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from multihead_at.corpus_check.checked_corpus import CheckedCorpus
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.coverage import Coverage
from multihead_at.corpus_check.document_check import check_document
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.corpus_check.label_check import check_labels
from multihead_at.corpus_check.overlap_check import check_overlap
from multihead_at.encoding import WordVectors

LEAST_COVERAGE = 0.8
"""Share of a split's tokens that should have a word vector."""

_MOST_WORDS = 5


def check_corpus(
    splits: Sequence[CheckedSplit], vectors: WordVectors | None = None, *, root_node: bool = False
) -> CheckedCorpus:
    """Finds all that is wrong or odd.

    Args:
        splits: as `read_split` gives them.
        vectors: the word vectors that the corpus is to be trained with; None: nothing is said about them.
        root_node: as in `Config`.
    """
    coverage = {}
    if vectors is not None:
        coverage = {split.name: Coverage.of(split.documents, vectors) for split in splits}
    findings = [finding for split in splits for finding in split.findings]
    for split in splits:
        for checked in split.checked:
            findings += check_document(checked, root_node=root_node)
    findings += check_overlap(splits)
    findings += check_labels(splits)
    findings += _coverage(coverage, "" if vectors is None else vectors.name)
    kinds = {kind: place for place, kind in enumerate(FindingKind)}
    names = {split.name: place for place, split in enumerate(splits)}
    findings.sort(
        key=lambda found: (kinds[found.kind], names.get(found.split or "", len(names)), found.line or 0)
    )
    return CheckedCorpus(tuple(splits), tuple(findings), coverage)


def _coverage(coverage: Mapping[str, Coverage], vectors: str) -> Iterator[Finding]:
    for split, of_split in coverage.items():
        if of_split.share < LEAST_COVERAGE:
            words = ", ".join(map(repr, list(of_split.unknown)[:_MOST_WORDS]))
            message = (
                f"{of_split.share:.1%} of the tokens have a vector in {vectors}, expected "
                f"{LEAST_COVERAGE:.0%} or more; the most frequent without: {words}"
            )
            yield Finding(FindingKind.COVERAGE, message, split)
