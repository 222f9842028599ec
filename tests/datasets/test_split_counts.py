from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from multihead_at.datasets import read_document_file
from multihead_at.datasets.split_counts import SplitCounts
from multihead_at.documents import Document, Head


def test_counts_of_two_documents() -> None:
    # Ada lives in Velm and was born there; Bo.
    first = Document(
        "1",
        ("Ada", "of", "Upper", "Velm"),
        ("B-Peop", "O", "B-Loc", "I-Loc"),
        ((Head("Live_In", 3), Head("Born_In", 3)), (Head("N", 1),), (Head("N", 2),), (Head("N", 3),)),
    )
    second = Document("2", ("Bo",), ("B-Peop",), ((Head("N", 0),),))
    assert SplitCounts.of([first, second]) == SplitCounts(
        documents=2,
        tokens=5,
        longest=4,
        mentions={"Peop": 2, "Loc": 1},
        relations={"Live_In": 1, "Born_In": 1},
        several_heads=1,
    )


def test_counts_of_nothing() -> None:
    assert SplitCounts.of([]) == SplitCounts(0, 0, 0, {}, {}, 0)


def test_counts_of_conll04(corpus_file: Callable[[str], Path]) -> None:
    counts = SplitCounts.of(read_document_file(corpus_file("conll04/test.txt")))
    assert counts == SplitCounts(
        documents=288,
        tokens=8408,
        longest=119,
        mentions={"Loc": 427, "Peop": 321, "Org": 198, "Other": 133},
        relations={"OrgBased_In": 105, "Live_In": 100, "Located_In": 94, "Work_For": 76, "Kill": 47},
        several_heads=46,
    )
