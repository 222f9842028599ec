"""Labels that a model cannot learn, or hardly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.documents import NO_RELATION, mentions_from_bio

FEWEST_EXAMPLES = 10
"""Of a label; fewer are said to be few."""

_ENTITY_TYPE = "entity type"
_RELATION = "relation"
_TAG = "tag"
_PLURALS = {_ENTITY_TYPE: "mentions", _RELATION: "relations"}
_LEARNED = ("train", "all")


class _Label(NamedTuple):
    kind: str
    name: str


class _Place(NamedTuple):
    document: CheckedDocument
    token: int


class _Labels(NamedTuple):
    """Of a split: how often each label stands there, and where first."""

    counts: Counter[_Label]
    first: dict[_Label, _Place]


def check_labels(splits: Sequence[CheckedSplit]) -> Iterator[Finding]:
    """Yields labels that train has few examples of or none, and such as differ in little.

    Entity types are counted by mentions. Tags are looked at where train has their type: a type may come there
    in mentions of one token only.
    """
    labels = {split.name: _labels(split) for split in splits}
    for learned in _LEARNED:
        if learned in labels:
            yield from _few(learned, labels[learned])
    yield from _unseen(labels)
    yield from _similar(labels)


def unseen_labels(splits: Sequence[CheckedSplit], *, bio_tags: bool = True) -> Iterator[Finding]:
    """Yields the labels that a model cannot learn, because train has none of them.

    Args:
        splits: train and others.
        bio_tags: whether BIO tags are learned, and not entity classes alone.
    """
    yield from _unseen({split.name: _labels(split) for split in splits}, bio_tags=bio_tags)


def _few(split: str, labels: _Labels) -> Iterator[Finding]:
    for kind, plural in _PLURALS.items():
        if not any(label.kind == kind for label in labels.counts):
            yield Finding(FindingKind.NOTHING_TO_LEARN, f"no {plural} received", split)
    for label, count in sorted(labels.counts.items()):
        if label.kind != _TAG and count < FEWEST_EXAMPLES:
            message = (
                f"{label.kind} {label.name!r} received {_times(count)} in {split}, expected "
                f"{FEWEST_EXAMPLES} times or more; the first is here"
            )
            yield _at(labels.first[label], FindingKind.FEW_EXAMPLES, message)


def _unseen(labels: Mapping[str, _Labels], *, bio_tags: bool = True) -> Iterator[Finding]:
    learned = next((name for name in _LEARNED if name in labels), None)
    if learned is None:
        return
    known = labels[learned].counts
    for split, of_split in labels.items():
        for label, count in sorted(of_split.counts.items()):
            # A tag is news only where its type is none.
            is_told = bio_tags and _Label(_ENTITY_TYPE, label.name[2:]) in known
            if label in known or (label.kind == _TAG and not is_told):
                continue
            message = (
                f"{split} has the {label.kind} {label.name!r} {_times(count)}, {learned} never: it cannot be "
                "learned; the first is here"
            )
            yield _at(of_split.first[label], FindingKind.UNSEEN_LABEL, message)


def _similar(labels: Mapping[str, _Labels]) -> Iterator[Finding]:
    total: Counter[_Label] = Counter()
    for of_split in labels.values():
        total.update({label: count for label, count in of_split.counts.items() if label.kind != _TAG})
    alike: dict[_Label, list[_Label]] = {}
    for label in sorted(total):
        letters = "".join(filter(str.isalnum, label.name.casefold()))
        alike.setdefault(_Label(label.kind, letters), []).append(label)
    for (kind, letters), several in alike.items():
        if letters and len(several) > 1:
            rarest = min(several, key=lambda label: total[label])
            place = next(of_split.first[rarest] for of_split in labels.values() if rarest in of_split.first)
            names = ", ".join(f"{label.name!r} ({_times(total[label])})" for label in several)
            message = f"{_PLURALS[kind]} of {names} received, expected one name; here is a {rarest.name!r}"
            yield _at(place, FindingKind.SIMILAR_LABELS, message)


def _at(place: _Place, kind: FindingKind, message: str) -> Finding:
    return place.document.finding(kind, message, place.token)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _labels(split: CheckedSplit) -> _Labels:
    counts: Counter[_Label] = Counter()
    first: dict[_Label, _Place] = {}
    for checked in split.checked:
        for label, token in _labels_of(checked):
            counts[label] += 1
            first.setdefault(label, _Place(checked, token))
    return _Labels(counts, first)


def _labels_of(checked: CheckedDocument) -> Iterator[tuple[_Label, int]]:
    document = checked.document
    for mention in mentions_from_bio(document.tags):
        yield _Label(_ENTITY_TYPE, mention.type), mention.start
        for token in range(mention.start, mention.end):
            yield _Label(_TAG, document.tags[token]), token
    for token, heads in enumerate(document.heads):
        for head in heads:
            if head.relation != NO_RELATION:
                yield _Label(_RELATION, head.relation), token
