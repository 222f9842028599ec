"""The published folds of ACE04."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.datasets import ace04_folds, read_ace04_split
from multihead_at.documents import Document, Head
from multihead_at.errors import InputError


@pytest.fixture
def split(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes the five lists."""

    def write(*lists: str) -> Path:
        for number, names in enumerate(lists):
            (tmp_path / f"cv{number}").write_text(names)
        return tmp_path

    return write


def sentences(**counts: int) -> list[Document]:
    """So many sentences of each document, those of all documents mixed."""
    ids = [f"{name}.{number}" for number in range(9) for name, count in counts.items() if number < count]
    return [Document(doc_id, ("a",), ("O",), ((Head("N", 0),),)) for doc_id in ids]


FIVE = ("A\nB\n", "C\nD", "\nE\n\nF\n", "G\r\nH\r\n", " I \nJ\n")
DOCUMENTS = sentences(A=2, B=1, C=3, D=1, E=2, F=1, G=1, H=4, I=1, J=1, Unlisted=2)


def names_of(places: tuple[int, ...]) -> set[str]:
    return {DOCUMENTS[place].doc_id[:-2] for place in places}


def test_blank_lines_are_passed_over(split: Callable[..., Path]) -> None:
    assert read_ace04_split(split(*FIVE)) == [["A", "B"], ["C", "D"], ["E", "F"], ["G", "H"], ["I", "J"]]


def test_folds_are_cut_by_document(split: Callable[..., Path]) -> None:
    folds = ace04_folds(split(*FIVE), DOCUMENTS, 1)
    assert [names_of(fold.test) for fold in folds] == [set("AB"), set("CD"), set("EF"), set("GH"), set("IJ")]
    for number, fold in enumerate(folds):
        assert fold.number == number
        # 15 % of the eight others, rounded.
        assert len(names_of(fold.dev)) == 1
        assert names_of(fold.test) | names_of(fold.dev) | names_of(fold.train) == set("ABCDEFGHIJ")
        every = [*fold.train, *fold.dev, *fold.test]
        assert len(every) == len(set(every)) == 17
        assert list(fold.train) == sorted(fold.train)
        assert not names_of(fold.dev) & names_of(fold.train)


def test_the_seed_decides_what_is_dev(split: Callable[..., Path]) -> None:
    folder = split(*FIVE)
    assert ace04_folds(folder, DOCUMENTS, 1) == ace04_folds(folder, DOCUMENTS, 1)
    devs = {tuple(fold.dev for fold in ace04_folds(folder, DOCUMENTS, seed)) for seed in range(5)}
    assert len(devs) == 5


def test_missing_documents_are_told_by_name(split: Callable[..., Path]) -> None:
    folder = split(*FIVE)
    with pytest.raises(InputError, match=r"received none for F$"):
        ace04_folds(folder, [document for document in DOCUMENTS if document.doc_id != "F.0"], 1)
    with pytest.raises(InputError, match=r"received none for A, B, C, D, E and 5 more$"):
        ace04_folds(folder, sentences(Unlisted=1), 1)


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        (FIVE[:4], "cv4: cannot be read"),
        (("A", "B", "C\n\nA", "D", "E"), r"cv2:3: A received, which .*cv0:1 has already"),
        (("A", "B", "\n", "D", "E"), "cv2: expected names of documents, received none"),
    ],
)
def test_bad_lists(split: Callable[..., Path], lists: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_ace04_split(split(*lists))


def test_the_published_lists(corpus_file: Callable[[str], Path]) -> None:
    folder = corpus_file("ace04/split/cv0").parent
    split = read_ace04_split(folder)
    assert sum(map(len, split)) == 348
    names = [name for part in split for name in part]
    documents = [Document(f"{name}.0", ("a",), ("O",), ((Head("N", 0),),)) for name in names]
    folds = ace04_folds(folder, documents, 0)
    assert [len(fold.test) for fold in folds] == [69, 69, 69, 69, 72]
    assert [len(fold.dev) for fold in folds] == [42, 42, 42, 42, 41]
