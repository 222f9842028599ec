"""Labels that train lacks, as `train` and `check` tell them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from multihead_at.corpus_check import split_of_documents, unseen_labels
from multihead_at.documents import Document, Head, read_documents


def _document(*columns: tuple[str, str]) -> Document:
    """A document with a (tag, relation) for each token."""
    return Document(
        "1",
        tuple("word" for _ in columns),
        tuple(tag for tag, _ in columns),
        tuple((Head(relation, 0),) for _, relation in columns),
    )


def _told(
    train: Sequence[Document], dev: Sequence[Document], test: Sequence[Document], *, bio_tags: bool = True
) -> list[str]:
    splits = [
        split_of_documents(given, name) for name, given in zip(("train", "dev", "test"), (train, dev, test))
    ]
    return [str(finding) for finding in unseen_labels(splits, bio_tags=bio_tags)]


def test_nothing_where_train_has_all_labels() -> None:
    train = [_document(("B-Loc", "N"), ("I-Loc", "Kill"))]
    dev = [_document(("O", "N")), _document(("B-Loc", "Kill"))]
    assert _told(train, dev, train) == []


def test_labels_that_train_lacks_are_told_with_their_first_place(tmp_path: Path) -> None:
    path = tmp_path / "dev.txt"
    path.write_text(
        "#doc 1\n0\tword\tO\t['N']\t[0]\n"
        "#doc 2\n0\tword\tB-Org\t['Kill']\t[0]\n"
        "#doc 3\n0\tword\tI-Org\t['Kill']\t[0]\n"
    )
    train = [_document(("B-Loc", "N"))]
    test = [_document(("B-Loc", "N"), ("I-Loc", "Work_For"))]
    lacks = "train never: it cannot be learned; the first is here"
    assert _told(train, read_documents(path), test) == [
        f"{path}:4: document '2': dev has the entity type 'Org' 2 times, {lacks}",
        f"{path}:4: document '2': dev has the relation 'Kill' 2 times, {lacks}",
        f"test: document '1': test has the relation 'Work_For' once, {lacks}",
        f"test: document '1': test has the tag 'I-Loc' once, {lacks}",
    ]


def test_labels_that_only_train_has_are_not_told() -> None:
    assert _told([_document(("B-Loc", "Kill"))], [_document(("O", "N"))], []) == []


def test_a_tag_that_train_lacks_matters_to_bio_only() -> None:
    """Entity classes (EC) know no `B-` and `I-`."""
    train, dev = [_document(("B-Loc", "N"))], [_document(("B-Loc", "N"), ("I-Loc", "N"))]
    assert len(_told(train, dev, [])) == 1
    assert _told(train, dev, [], bio_tags=False) == []


@pytest.mark.parametrize("bio_tags", [True, False])
def test_a_type_that_train_lacks_matters_to_both(bio_tags: bool) -> None:
    (told,) = _told([_document(("B-Loc", "N"))], [], [_document(("I-Org", "N"))], bio_tags=bio_tags)
    assert "the entity type 'Org' once" in told
