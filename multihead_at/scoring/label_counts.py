"""Counting of hits and misses by label, document after document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Set
from typing import TypeVar

from multihead_at.scoring.class_score import ClassScore

Item = TypeVar("Item")


class LabelCounts:
    """True positives, false positives and false negatives of every label met so far."""

    def __init__(self) -> None:
        self._true_positives: Counter[str] = Counter()
        self._false_positives: Counter[str] = Counter()
        self._false_negatives: Counter[str] = Counter()

    def add(self, gold: Set[Item], predicted: Set[Item], label: Callable[[Item], str]) -> None:
        """Counts one document.

        Args:
            gold: its mentions, or its relations.
            predicted: the same, as predicted.
            label: the label that an item is counted under.
        """
        self._true_positives.update(map(label, gold & predicted))
        self._false_positives.update(map(label, predicted - gold))
        self._false_negatives.update(map(label, gold - predicted))

    def class_score(self, label: str) -> ClassScore:
        """The counts of one label: zeros where it was never met."""
        return ClassScore(
            self._true_positives[label], self._false_positives[label], self._false_negatives[label]
        )

    def class_scores(self, labels: Iterable[str]) -> dict[str, ClassScore]:
        """The counts of each label, in the order given."""
        return {label: self.class_score(label) for label in labels}
