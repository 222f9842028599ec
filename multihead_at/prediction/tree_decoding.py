"""Relations that form a tree, by Edmonds' algorithm: the authors' longer paper, arXiv 1804.07847, for DREC.

The vertices are the last tokens of the predicted mentions, as in the paper, and the root, token 0; an arc's
weight is the score, before the sigmoid, of its best relation. The paper decodes so only where the threshold
has not given a tree already. That needs no case of its own: where each mention has one arc above the
threshold and all arcs together form a tree, these are the best arcs of all, and no tree weighs more.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import numpy as np

from multihead_at.documents import mentions_from_bio
from multihead_at.errors import InputError

ROOT = 0
"""The token that every arc leads to in the end."""


def tree_vertices(tags: Sequence[str]) -> list[int]:
    """The root and the last tokens of the mentions that the BIO tags of one document spell, in order."""
    if not tags:
        return []
    return sorted({ROOT, *(mention.end - 1 for mention in mentions_from_bio(tags))})


def best_tree(scores: np.ndarray) -> list[int]:
    """Gives every vertex but the first one head, so that all lead to the first and the scores' sum is best.

    Args:
        scores: `[vertices, vertices]`, at least one, of (vertex, head); finite. The diagonal and the first
            row do not count.

    Returns:
        The head of each vertex, `[vertices]`; the first is its own.

    Raises:
        InputError: networkx is needed and not installed.
    """
    count = len(scores)
    allowed = np.array(scores, np.float64)
    np.fill_diagonal(allowed, -np.inf)
    heads = [0, *allowed[1:].argmax(axis=1).tolist()]
    # Each vertex' best head: if that is a tree, there is no better one.
    if _is_tree(heads):
        return heads
    networkx = require_networkx()
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(count))
    # All trees have equally many arcs, so a constant changes nothing; networkx wants weights above 0.
    lowest = allowed[np.isfinite(allowed)].min()
    graph.add_weighted_edges_from(
        (head, vertex, allowed[vertex, head] - lowest + 1.0)
        for vertex in range(1, count)
        for head in range(count)
        if head != vertex
    )
    tree = networkx.maximum_spanning_arborescence(graph)
    for head, vertex in tree.edges:
        heads[vertex] = head
    return heads


def require_networkx() -> ModuleType:
    """The package networkx.

    Raises:
        InputError: it is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise InputError(
            "decoding 'edmonds' received, which needs the package networkx: pip install 'multihead_at[trees]'"
        ) from error
    module: ModuleType = networkx
    return module


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether every vertex comes to the first by going from head to head."""
    reached = {0}
    for vertex in range(1, len(heads)):
        path = []
        while vertex not in reached and vertex not in path:
            path.append(vertex)
            vertex = heads[vertex]
        if vertex not in reached:
            return False
        reached.update(path)
    return True
