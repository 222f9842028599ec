"""Trees of relations."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from multihead_at.errors import InputError
from multihead_at.prediction.tree_decoding import best_tree, tree_vertices


def all_trees(count: int) -> Iterator[tuple[int, ...]]:
    """All heads of vertices 1 and above by which each comes to vertex 0."""
    for heads in itertools.product(range(count), repeat=count - 1):
        tree = (0, *heads)

        def reaches_root(vertex: int, tree: tuple[int, ...] = tree) -> bool:
            for _ in tree:
                vertex = tree[vertex]
            return vertex == 0

        if all(reaches_root(vertex) for vertex in range(count)):
            yield tree


def weight(scores: np.ndarray, heads: list[int] | tuple[int, ...]) -> float:
    return sum(float(scores[vertex, head]) for vertex, head in enumerate(heads) if vertex > 0)


def test_as_many_trees_as_cayley_says() -> None:
    assert [len(list(all_trees(count))) for count in (1, 2, 3, 4, 5)] == [1, 1, 3, 16, 125]


@given(
    st.integers(1, 5).flatmap(
        lambda count: st_numpy.arrays(
            np.float32,
            (count, count),
            elements=st.integers(-4, 4).map(lambda value: value / 2) | st.floats(-9, 9, width=32),
        )
    )
)
def test_no_tree_weighs_more(scores: np.ndarray) -> None:
    heads = best_tree(scores)
    trees = list(all_trees(len(scores)))
    assert tuple(heads) in trees
    assert weight(scores, heads) == pytest.approx(max(weight(scores, tree) for tree in trees), abs=1e-4)


def test_the_root_alone() -> None:
    assert best_tree(np.array([[7.0]])) == [0]


def test_own_arcs_and_arcs_of_the_root_do_not_count() -> None:
    scores = np.array([[9.0, 9, 9], [1, 9, 0], [0, 2, 9]])
    assert best_tree(scores) == [0, 0, 1]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # 1 and 2 like each other best. By hand: 1 <- 0, 2 <- 1 weighs 1 + 8; 2 <- 0, 1 <- 2 weighs 3 + 9.
    scores = np.array([[0.0, 0, 0], [1, 0, 9], [3, 8, 0]])
    assert best_tree(scores) == [0, 2, 0]


def test_a_cycle_inside_a_cycle() -> None:
    # 1 and 2 like each other, both together and 3 do; only 3 comes cheaply to the root.
    scores = np.array([[0.0, 0, 0, 0], [-9, 0, 9, 5], [-9, 9, 0, 4], [1, 6, 6, 0]])
    assert best_tree(scores) == [0, 3, 1, 0]


def test_all_arcs_of_one_weight_below_zero_still_give_a_tree() -> None:
    assert tuple(best_tree(np.full((4, 4), -3.0))) in list(all_trees(4))


def test_vertices_are_the_root_and_last_tokens_of_mentions() -> None:
    assert tree_vertices(["O", "B-Space", "I-Space", "O", "B-Field", "B-Field"]) == [0, 2, 4, 5]
    assert tree_vertices(["O", "O"]) == [0]
    assert tree_vertices(["B-Space", "O"]) == [0]


def test_without_networkx_there_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    assert best_tree(np.array([[0.0, 0], [1, 0]])) == [0, 0]
    with pytest.raises(InputError, match=r"needs the package networkx: pip install 'multihead_at\[trees\]'"):
        best_tree(np.array([[0.0, 0, 0], [1, 0, 9], [3, 8, 0]]))
