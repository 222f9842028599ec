from __future__ import annotations

from multihead_at.documents import Mention
from multihead_at.pictures.compared_document import ComparedDocument
from multihead_at.pictures.error_table import ErrorTable
from multihead_at.scoring import ClassScore
from multihead_at.scoring.mention_relations import ROOT

ONE, FOUR, SEVEN = Mention("Loc", 10, 11), Mention("Loc", 12, 16), Mention("Org", 40, 47)
DOCUMENT = ComparedDocument(
    "1",
    ("word",) * 50,
    gold_mentions={ONE: "right", FOUR: "missed", SEVEN: "missed"},
    predicted_mentions={ONE: "right"},
    gold_relations={(FOUR, "of", ONE): "right", (ONE, "of", SEVEN): "missed", (ONE, "of", ROOT): "missed"},
    predicted_relations={(FOUR, "of", ONE): "right", (ONE, "in", ONE): "spurious"},
)


def test_mentions_by_length() -> None:
    by_type, by_length = ErrorTable.of_mentions([DOCUMENT, DOCUMENT])
    assert {name: counts.score for name, counts in by_type.rows.items()} == {
        "Loc": ClassScore(2, 0, 2),
        "Org": ClassScore(0, 0, 2),
    }
    assert {name: counts.score for name, counts in by_length.rows.items()} == {
        "1": ClassScore(2, 0, 0),
        "4": ClassScore(0, 0, 2),
        "5 or more": ClassScore(0, 0, 2),
    }


def test_relations_by_the_tokens_between_their_arguments() -> None:
    # 12 - 11 = 1 token between; 40 - 11 = 29; from token 0 to 10 it is 10; to itself 0.
    by_label, by_distance = ErrorTable.of_relations([DOCUMENT])
    assert {name: counts.score for name, counts in by_label.rows.items()} == {
        "in": ClassScore(0, 1, 0),
        "of": ClassScore(1, 0, 2),
    }
    assert {name: counts.score for name, counts in by_distance.rows.items()} == {
        "0": ClassScore(0, 1, 0),
        "1-2": ClassScore(1, 0, 0),
        "6-10": ClassScore(0, 0, 1),
        "21 or more": ClassScore(0, 0, 1),
    }
