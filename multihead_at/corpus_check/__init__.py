"""What is wrong or odd in a corpus, all of it in one go, before anything is trained. No TensorFlow here."""

from __future__ import annotations

from multihead_at.corpus_check.check_corpus import check_corpus
from multihead_at.corpus_check.checked_corpus import CheckedCorpus
from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.coverage import Coverage
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.corpus_check.label_check import unseen_labels
from multihead_at.corpus_check.read_split import read_split, split_of_documents

__all__ = [
    "CheckedCorpus",
    "CheckedDocument",
    "CheckedSplit",
    "Coverage",
    "Finding",
    "FindingKind",
    "check_corpus",
    "read_split",
    "split_of_documents",
    "unseen_labels",
]
