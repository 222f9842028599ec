"""All that a check has found."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.coverage import Coverage
from multihead_at.corpus_check.finding import Finding


@dataclass(frozen=True)
class CheckedCorpus:
    """A corpus and all that is wrong or odd in it.

    Attributes:
        splits: train, dev and test, or what there is of them.
        findings: in the order of `FindingKind`, then of the splits and of the lines in them.
        coverage: by the split's name; empty where no word vectors were given.
    """

    splits: tuple[CheckedSplit, ...]
    findings: tuple[Finding, ...]
    coverage: dict[str, Coverage]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What has to be mended."""
        return tuple(finding for finding in self.findings if finding.kind.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What may be meant so."""
        return tuple(finding for finding in self.findings if not finding.kind.is_error)
