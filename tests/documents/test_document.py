"""Document."""

from __future__ import annotations

import dataclasses

import pytest

from multihead_at.documents import NO_RELATION, Document, Head

HEADS = ((Head("Kill", 1),), (Head(NO_RELATION, 1),))


def test_its_length_is_the_number_of_tokens() -> None:
    assert len(Document("1", ("a", "b"), ("O", "O"), HEADS)) == 2


def test_where_it_was_read_from_does_not_make_it_another_document() -> None:
    document = Document("1", ("a", "b"), ("O", "O"), HEADS)
    assert document == dataclasses.replace(document, source="a.txt", line=4)
    assert hash(document) == hash(dataclasses.replace(document, source="a.txt", line=4))
    assert document != dataclasses.replace(document, tokens=("a", "c"))


@pytest.mark.parametrize(
    "columns", [(("a",), ("O", "O"), HEADS), (("a", "b"), ("O",), HEADS), (("a", "b"), ("O", "O"), HEADS[:1])]
)
def test_columns_of_unequal_length_are_refused(
    columns: tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[Head, ...], ...]],
) -> None:
    with pytest.raises(ValueError, match=r"expected as many tags and heads as tokens. Received: "):
        Document("1", *columns)
