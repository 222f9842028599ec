"""Predicted classes as mentions of given boundaries."""

from __future__ import annotations

import pytest

from multihead_at.documents import Document, Head
from multihead_at.prediction import with_given_boundaries

HEADS = tuple((Head("N", token),) for token in range(6))
TOKENS = ("a", "b", "c", "d", "e", "f")


def document(*tags: str) -> Document:
    return Document("d", TOKENS, tags, HEADS)


GOLD = document("B-Loc", "I-Loc", "I-Loc", "O", "B-Org", "I-Org")


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        (("Loc", "Loc", "Loc", "O", "Org", "Org"), ("B-Loc", "I-Loc", "I-Loc", "O", "B-Org", "I-Org")),
        # The most common class, also where it is not gold's.
        (("Peop", "Loc", "Peop", "O", "Org", "Org"), ("B-Peop", "I-Peop", "I-Peop", "O", "B-Org", "I-Org")),
        # A tie goes to the class met first.
        (("O", "O", "O", "O", "Peop", "Org"), ("O", "O", "O", "O", "B-Peop", "I-Peop")),
        (("Org", "Loc", "Peop", "O", "Org", "O"), ("B-Org", "I-Org", "I-Org", "O", "B-Org", "I-Org")),
        # O does not count beside classes, neither as the majority nor first on a tie.
        (("O", "O", "Loc", "O", "O", "Org"), ("B-Loc", "I-Loc", "I-Loc", "O", "B-Org", "I-Org")),
        (("O", "O", "O", "Peop", "O", "Org"), ("O", "O", "O", "O", "B-Org", "I-Org")),
        # What is predicted outside the given mentions is left out.
        (("Loc", "Loc", "O", "Peop", "Org", "Org"), ("B-Loc", "I-Loc", "I-Loc", "O", "B-Org", "I-Org")),
    ],
)
def test_classes_of_tokens_become_mentions(classes: tuple[str, ...], expected: tuple[str, ...]) -> None:
    found = with_given_boundaries(GOLD, document(*classes))
    assert found.tags == expected
    assert (found.doc_id, found.tokens, found.heads) == ("d", TOKENS, HEADS)


def test_adjacent_mentions_stay_apart() -> None:
    gold = document("B-Loc", "B-Loc", "I-Loc", "O", "O", "O")
    found = with_given_boundaries(gold, document("Loc", "Loc", "Loc", "O", "O", "O"))
    assert found.tags == gold.tags
