"""Whether two systems differ by more than the choice of test documents explains."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from multihead_at.documents import OUTSIDE
from multihead_at.scoring import DocumentCounts, Scores
from multihead_at.scoring.scores import OTHER

PERMUTATIONS = 10_000

# Permutations at a time: a compromise between speed and memory.
_CHUNK = 500
_ROUNDING = 1e-9

Pair = tuple[DocumentCounts, DocumentCounts]
"""The same documents by one system and by the other."""


def permutation_test(
    pairs: Sequence[Pair],
    units: Sequence[Sequence[Hashable]],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> float:
    """The two-sided p-value of the mean difference of overall F1, by swapping documents.

    The statistic is the mean over pairs of (second system's overall F1 - first one's), each as `Scores` has
    it: micro, or macro under `relaxed`. A permutation swaps each document's counts between the systems with
    probability 1/2. Pairs of several seeds test the same documents: such a document is swapped in all of them
    or in none, so that seeds do not pass for more documents. p = (1 + permutations whose statistic is at
    least as far from 0 as the observed one) / (1 + permutations).

    Args:
        pairs: of runs, over the same labels.
        units: what is swapped as one, for each document of each pair: `[pairs][documents]`.
        permutations: how many are drawn.
        seed: of the draws.

    Raises:
        ValueError: a pair's documents or labels are not the same.
    """
    swapped_as_one = dict.fromkeys(unit for of_pair in units for unit in of_pair)
    places = {unit: place for place, unit in enumerate(swapped_as_one)}
    tallies = [_PairTally(pair, [places[unit] for unit in of_pair]) for pair, of_pair in zip(pairs, units)]
    draw = np.random.Generator(np.random.PCG64(seed))
    observed = abs(_statistic(tallies, np.zeros((1, len(places))))[0])
    as_far = 0
    for begin in range(0, permutations, _CHUNK):
        rows = min(_CHUNK, permutations - begin)
        swapped = draw.integers(0, 2, size=(rows, len(places)), dtype=np.int8).astype(float)
        as_far += int(np.sum(np.abs(_statistic(tallies, swapped)) >= observed - _ROUNDING))
    return (1 + as_far) / (1 + permutations)


def _statistic(tallies: Sequence[_PairTally], swapped: np.ndarray) -> np.ndarray:
    """The mean difference for each row of swaps: `[rows, units]` of 0 and 1 -> `[rows]`."""
    return np.mean([tally.difference(swapped) for tally in tallies], axis=0)


class _PairTally:
    """The counts of a pair of runs as arrays, `[documents, labels, 3]`: tp, fp, fn.

    Args:
        pair: the runs.
        places: of its documents in a row of swaps, `[documents]`.
    """

    def __init__(self, pair: Pair, places: Sequence[int]) -> None:
        first, second = (counts.scores for counts in pair)
        if pair[0].doc_ids != pair[1].doc_ids or pair[0].labels != pair[1].labels:
            raise ValueError("Expected the same documents and labels in both runs of a pair")
        self._places = list(places)
        self._macro = first[0].macro is not None
        self._kinds = []
        for columns in (_entity_columns, _relation_columns):
            arrays = [np.array([columns(one) for one in scores], float) for scores in (first, second)]
            self._kinds.append((arrays[0].sum(axis=0), arrays[1].sum(axis=0), arrays[1] - arrays[0]))

    def difference(self, swapped: np.ndarray) -> np.ndarray:
        """Second minus first overall F1, after the documents marked by 1 have changed sides: `[rows]`."""
        of_documents = swapped[:, self._places]
        difference = np.zeros(len(swapped))
        for first, second, excess in self._kinds:
            moved = np.tensordot(of_documents, excess, axes=1)
            difference += (self._f1(second - moved) - self._f1(first + moved)) / 2
        return difference

    def _f1(self, counts: np.ndarray) -> np.ndarray:
        """`[rows, labels, 3]` -> `[rows]`."""
        if not counts.shape[1]:
            return np.zeros(len(counts))
        if not self._macro:
            counts = counts.sum(axis=1, keepdims=True)
        twice_hits = 2 * counts[..., 0]
        total = twice_hits + counts[..., 1] + counts[..., 2]
        return np.divide(twice_hits, total, out=np.zeros_like(total), where=total > 0).mean(axis=1)


def _entity_columns(scores: Scores) -> list[tuple[int, int, int]]:
    """The counts that the entity F1 is computed from, `[labels, 3]`."""
    if scores.entity_boundaries is not None:
        return [scores.entity_boundaries.counts]
    left_out = {OUTSIDE, OTHER} if scores.macro is not None else set()
    return [one.counts for label, one in scores.entity.items() if label not in left_out]


def _relation_columns(scores: Scores) -> list[tuple[int, int, int]]:
    return [one.counts for one in scores.relation.values()]
