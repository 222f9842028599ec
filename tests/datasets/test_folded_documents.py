from __future__ import annotations

import pytest

from multihead_at.datasets.folded_documents import FoldedDocuments
from multihead_at.documents import Document, Head
from multihead_at.errors import InputError

DOCUMENTS = [Document(f"{number}", ("word",), ("O",), ((Head("N", 0),),)) for number in range(23)]


def test_a_fold_is_a_corpus_that_says_where_it_comes_from() -> None:
    folded = FoldedDocuments.seeded(DOCUMENTS, "a test")
    assert len(folded.folds) == 10
    corpus = folded.corpus("mine", 9)
    assert (corpus.name, corpus.split) == ("mine", "fold 9 of 10 drawn from a test by seed 0")
    assert corpus.dev == folded.corpus("mine", 0).test
    ids = [document.doc_id for document in (*corpus.train, *corpus.dev, *corpus.test)]
    assert sorted(ids, key=int) == [document.doc_id for document in DOCUMENTS]


@pytest.mark.parametrize("number", [-1, 10])
def test_a_fold_that_is_not_there(number: int) -> None:
    with pytest.raises(InputError, match=rf"^fold: expected 0 to 9 for corpus 'mine', received {number}$"):
        FoldedDocuments.seeded(DOCUMENTS, "a test").corpus("mine", number)


def test_fewer_documents_than_folds() -> None:
    with pytest.raises(InputError, match="folds: expected from 3 to 9, the number of documents; received 10"):
        FoldedDocuments.seeded(DOCUMENTS[:9], "a test")
