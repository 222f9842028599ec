"""Errors by class, by length and by distance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from multihead_at.documents import Mention
from multihead_at.pictures.compared_document import ComparedDocument
from multihead_at.pictures.error_counts import ErrorCounts
from multihead_at.scoring.mention_relations import MentionRelation

_Item = TypeVar("_Item", Mention, MentionRelation)

# The last number of each row; what is more has a row of its own.
_LENGTHS = (1, 2, 3, 4)
_DISTANCES = (0, 2, 5, 10, 20)


@dataclass(frozen=True)
class ErrorTable:
    """Rows of counts.

    Attributes:
        of: what the rows are, such as "class".
        rows: by name; together they are all mentions, or all relations.
    """

    of: str
    rows: Mapping[str, ErrorCounts]

    @property
    def total(self) -> ErrorCounts:
        """All rows together."""
        return sum(self.rows.values(), ErrorCounts())

    @classmethod
    def of_mentions(cls, documents: Iterable[ComparedDocument]) -> tuple[ErrorTable, ErrorTable]:
        """The mentions by entity type and by length in tokens; without a type there is one row "mention"."""
        pairs = [(document.gold_mentions, document.predicted_mentions) for document in documents]
        return (
            cls("type", _count(pairs, lambda mention: mention.type or "mention")),
            cls("tokens", _binned(pairs, lambda mention: mention.end - mention.start, _LENGTHS, least=1)),
        )

    @classmethod
    def of_relations(cls, documents: Iterable[ComparedDocument]) -> tuple[ErrorTable, ErrorTable]:
        """The relations by label and by the number of tokens between their arguments."""
        pairs = [(document.gold_relations, document.predicted_relations) for document in documents]
        return (
            cls("label", _count(pairs, lambda relation: relation[1])),
            cls("tokens between", _binned(pairs, _tokens_between, _DISTANCES, least=0)),
        )


def _tokens_between(relation: MentionRelation) -> int:
    """The distance of a relation's arguments; of neighbours and of a mention to itself 0."""
    first, second = sorted((relation[0], relation[2]), key=lambda mention: mention.start)
    return max(0, second.start - first.end)


def _count(
    pairs: Sequence[tuple[Mapping[_Item, str], Mapping[_Item, str]]], row_of: Callable[[_Item], str]
) -> dict[str, ErrorCounts]:
    names = sorted({row_of(item) for pair in pairs for side in pair for item in side})
    rows = {name: ErrorCounts() for name in names}
    for gold, predicted in pairs:
        for item, outcome in gold.items():
            rows[row_of(item)].gold[outcome] += 1
        for item, outcome in predicted.items():
            rows[row_of(item)].predicted[outcome] += 1
    return rows


def _binned(
    pairs: Sequence[tuple[Mapping[_Item, str], Mapping[_Item, str]]],
    size_of: Callable[[_Item], int],
    lasts: Sequence[int],
    *,
    least: int,
) -> dict[str, ErrorCounts]:
    """The same with a row for each range of sizes, in their order; ranges without any are left out."""
    firsts = [least, *(last + 1 for last in lasts)]
    names = [str(first) if first == last else f"{first}-{last}" for first, last in zip(firsts, lasts)]
    names.append(f"{firsts[-1]} or more")

    def row_of(item: _Item) -> str:
        return names[sum(size_of(item) > last for last in lasts)]

    counted = _count(pairs, row_of)
    return {name: counted[name] for name in names if name in counted}
