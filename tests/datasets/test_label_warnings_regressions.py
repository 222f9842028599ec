"""Entity classes (EC) know no `B-` and `I-`: no warning is due about a tag that train lacks."""

from __future__ import annotations

from multihead_at.datasets import Corpus, label_warnings
from multihead_at.documents import Document, Head


def _document(*tags: str) -> Document:
    heads = tuple((Head("N", position),) for position in range(len(tags)))
    return Document("1", ("word",) * len(tags), tags, heads)


def test_a_tag_that_train_lacks_matters_to_bio_only() -> None:
    corpus = Corpus("mine", (_document("B-Loc"),), (_document("B-Loc", "I-Loc"),), ())
    (warning,) = label_warnings(corpus)
    assert "the tag 'I-Loc'" in warning
    assert label_warnings(corpus, bio_tags=False) == []


def test_a_type_that_train_lacks_matters_to_both() -> None:
    corpus = Corpus("mine", (_document("B-Loc"),), (), (_document("I-Org"),))
    for bio_tags in (True, False):
        (warning,) = label_warnings(corpus, bio_tags=bio_tags)
        assert "the entity type 'Org'" in warning
