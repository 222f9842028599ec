"""The reader and the writer on the real CoNLL04 files, where they are at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.documents import NO_RELATION, mentions_from_bio, read_documents, write_documents

CorpusFile = Callable[[str], Path]
SPLITS = ("train", "dev", "test")


@pytest.mark.parametrize("split", SPLITS)
def test_read_then_write_is_the_identity(corpus_file: CorpusFile, tmp_path: Path, split: str) -> None:
    path = corpus_file(f"conll04/{split}.txt")
    write_documents(tmp_path / "again.txt", read_documents(path))
    assert (tmp_path / "again.txt").read_bytes() == path.read_bytes()


def test_there_are_1441_documents(corpus_file: CorpusFile) -> None:
    assert sum(len(read_documents(corpus_file(f"conll04/{split}.txt"))) for split in SPLITS) == 1441


@pytest.mark.parametrize(
    ("split", "sentences", "tokens", "longest", "mentions", "relations", "tokens_with_more_heads"),
    [
        ("train", 910, 26_804, 113, (1204, 1145, 596, 448), (245, 242, 342, 241, 203), 138),
        ("dev", 243, 6_975, 114, (337, 225, 190, 125), (67, 83, 79, 106, 18), 41),
        ("test", 288, 8_408, 119, (427, 321, 198, 133), (94, 76, 100, 105, 47), 46),
    ],
)
def test_the_published_counts(
    corpus_file: CorpusFile,
    split: str,
    sentences: int,
    tokens: int,
    longest: int,
    mentions: tuple[int, ...],
    relations: tuple[int, ...],
    tokens_with_more_heads: int,
) -> None:
    documents = read_documents(corpus_file(f"conll04/{split}.txt"))
    assert len(documents) == sentences
    assert sum(map(len, documents)) == tokens
    assert max(map(len, documents)) == longest

    types = Counter(mention.type for document in documents for mention in mentions_from_bio(document.tags))
    assert types == dict(zip(("Loc", "Peop", "Org", "Other"), mentions))

    heads = [heads for document in documents for heads in document.heads]
    names = Counter(head.relation for pairs in heads for head in pairs if head.relation != NO_RELATION)
    assert names == dict(zip(("Located_In", "Work_For", "Live_In", "OrgBased_In", "Kill"), relations))
    assert sum(len(pairs) > 1 for pairs in heads) == tokens_with_more_heads


def test_two_training_documents_have_an_i_with_no_b(corpus_file: CorpusFile) -> None:
    lenient = {
        document.doc_id
        for document in read_documents(corpus_file("conll04/train.txt"))
        for before, tag in zip(("O", *document.tags), document.tags)
        if tag.startswith("I-") and before[2:] != tag[2:]
    }
    assert lenient == {"4295", "1395"}
