from __future__ import annotations

from multihead_at.scoring import ClassScore
from multihead_at.scoring.label_counts import LabelCounts


def test_counts_by_label_and_adds_up_over_documents() -> None:
    counts = LabelCounts()
    # "a1" is hit, "b2" is invented, "b3" is missed; then "a4" is missed.
    counts.add({"a1", "b3"}, {"a1", "b2"}, lambda item: item[0])
    counts.add({"a4"}, set(), lambda item: item[0])
    assert counts.class_scores(["b", "a", "c"]) == {
        "b": ClassScore(0, 1, 1),
        "a": ClassScore(1, 0, 1),
        "c": ClassScore(),
    }


def test_keeps_the_order_of_the_labels() -> None:
    assert list(LabelCounts().class_scores(["b", "a"])) == ["b", "a"]
