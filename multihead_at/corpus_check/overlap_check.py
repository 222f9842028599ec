"""Documents that stand in a corpus more than once."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator, Sequence

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind

_Texts = dict[tuple[str, ...], CheckedDocument]


def check_overlap(splits: Sequence[CheckedSplit]) -> Iterator[Finding]:
    """Yields texts and ids that several documents have.

    A text is all tokens of a document. As `count_shared_texts` counts them: in a split every document that
    repeats an earlier one, between two splits every text that both have.
    """
    texts: dict[str, _Texts] = {}
    for split in splits:
        texts[split.name] = yield from _first_of_each(split)
    for one, other in itertools.combinations(splits, 2):
        for tokens, document in texts[other.name].items():
            if tokens in texts[one.name]:
                first = texts[one.name][tokens]
                message = f"{one.name} has the same text, {first.place()}{_difference(document, first)}"
                yield document.finding(FindingKind.SHARED_TEXT, message)


def _first_of_each(split: CheckedSplit) -> Generator[Finding, None, _Texts]:
    """Yields what stands twice in a split; returns the first document of each text."""
    texts: _Texts = {}
    ids: dict[str, CheckedDocument] = {}
    for checked in split.checked:
        # An empty token stands for one that could not be read.
        is_whole = "" not in checked.document.tokens
        first = texts.setdefault(checked.document.tokens, checked) if is_whole else checked
        if first is not checked:
            message = f"has the text of {first.place()}{_difference(checked, first)}"
            yield checked.finding(FindingKind.REPEATED_TEXT, message)
        named = ids.setdefault(checked.document.doc_id, checked)
        if named is not checked:
            yield checked.finding(FindingKind.REPEATED_ID, f"has the id of {named.place()}")
    return texts


def _difference(one: CheckedDocument, other: CheckedDocument) -> str:
    is_same = (one.document.tags, one.document.heads) == (other.document.tags, other.document.heads)
    return "" if is_same else ", with other tags or relations"
