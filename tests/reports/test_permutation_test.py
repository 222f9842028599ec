from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np
import pytest

from multihead_at.reports.permutation_test import Pair, permutation_test
from multihead_at.scoring import ClassScore, DocumentCounts, Scores

MakeCounts = Callable[..., DocumentCounts]


def exact(pairs: Sequence[Pair], units: Sequence[Sequence[Hashable]]) -> float:
    """The p-value over all swaps, with `Scores` doing the sums."""
    every = sorted({unit for of_pair in units for unit in of_pair}, key=str)

    def statistic(swapped: set[Hashable]) -> float:
        differences = []
        for (first, second), of_pair in zip(pairs, units):
            sides: tuple[list[Scores], list[Scores]] = ([], [])
            for one, other, unit in zip(first.scores, second.scores, of_pair):
                sides[unit in swapped].append(one)
                sides[unit not in swapped].append(other)
            of_first, of_second = (DocumentCounts(first.doc_ids, tuple(side)).total() for side in sides)
            differences.append(of_second.overall_f1 - of_first.overall_f1)
        return abs(sum(differences) / len(differences))

    observed = statistic(set())
    swaps: Iterator[tuple[Hashable, ...]] = itertools.chain.from_iterable(
        itertools.combinations(every, size) for size in range(len(every) + 1)
    )
    return float(np.mean([statistic(set(swapped)) >= observed - 1e-12 for swapped in swaps]))


def test_two_documents_by_hand(make_counts: MakeCounts) -> None:
    # The second system is better on both: of four swaps none and both are as far from 0 as the observed one.
    worse = make_counts(((1, 1, 1), (0, 0, 1)), ((1, 1, 1), (0, 0, 1)))
    better = make_counts(((2, 0, 0), (1, 0, 0)), ((2, 0, 0), (1, 0, 0)))
    assert permutation_test([(worse, better)], [(0, 1)]) == pytest.approx(0.5, abs=0.02)


def test_equal_systems_are_never_told_apart(make_counts: MakeCounts) -> None:
    counts = make_counts(((1, 1, 1), (0, 0, 1)), ((2, 0, 0), (1, 0, 0)))
    assert permutation_test([(counts, counts)], [(0, 1)]) == 1


def random_scores(draw: np.random.Generator, evaluation: str) -> Scores:
    def one() -> ClassScore:
        return ClassScore(*draw.integers(0, 4, size=3).tolist())

    if evaluation == "boundaries":
        return Scores(evaluation, False, {}, {"Kill": one(), "Live_In": one()}, one())
    entity = {label: one() for label in ("Loc", "O", "Other", "Peop")}
    return Scores(evaluation, False, entity, {"Kill": one(), "Live_In": one(), "Never": ClassScore()})


@pytest.mark.parametrize("evaluation", ["strict", "boundaries", "relaxed"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nearly_the_exact_value_of_all_swaps(evaluation: str, seed: int) -> None:
    draw = np.random.default_rng(seed)
    ids = tuple("abcdef")

    def counts() -> DocumentCounts:
        return DocumentCounts(ids, tuple(random_scores(draw, evaluation) for _ in ids))

    # Two seeds that test the same documents, swapped as one.
    pairs = [(counts(), counts()), (counts(), counts())]
    units = [ids, ids]
    # 10,000 draws: three standard errors are 0.015 at most.
    assert permutation_test(pairs, units) == pytest.approx(exact(pairs, units), abs=0.015)


def test_folds_are_swapped_each_by_itself() -> None:
    draw = np.random.default_rng(4)
    pairs = []
    for ids in (("a", "b", "c"), ("d", "e", "f", "g")):
        first, second = (
            DocumentCounts(ids, tuple(random_scores(draw, "strict") for _ in ids)) for _ in range(2)
        )
        pairs.append((first, second))
    units = [("a", "b", "c"), ("d", "e", "f", "g")]
    assert permutation_test(pairs, units) == pytest.approx(exact(pairs, units), abs=0.015)


def test_a_document_of_all_seeds_counts_once(make_counts: MakeCounts) -> None:
    # Five seeds of one document: two ways to swap it, however many seeds there are.
    worse, better = make_counts(((1, 1, 1), (0, 0, 1))), make_counts(((2, 0, 0), (1, 0, 0)))
    assert permutation_test([(worse, better)] * 5, [("a",)] * 5) == 1
    # As five documents it would pass for evidence: 2 of 32 swaps.
    assert permutation_test([(worse, better)] * 5, [(n,) for n in range(5)]) == pytest.approx(
        1 / 16, abs=0.01
    )


def test_the_same_seed_gives_the_same_value(make_counts: MakeCounts) -> None:
    worse = make_counts(*[((1, 1, 1), (0, 0, 1)), ((2, 0, 0), (1, 1, 0))] * 3)
    better = make_counts(*[((2, 0, 0), (0, 0, 1)), ((1, 1, 0), (1, 0, 0))] * 3)
    found = [permutation_test([(worse, better)], [range(6)], permutations=700, seed=s) for s in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_other_documents_or_labels_are_refused(make_counts: MakeCounts) -> None:
    one, two = make_counts(((1, 0, 0), (1, 0, 0))), make_counts(*[((1, 0, 0), (1, 0, 0))] * 2)
    with pytest.raises(ValueError, match="Expected the same documents"):
        permutation_test([(one, two)], [("a",)])
