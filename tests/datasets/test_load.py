"""Corpora: reading them, and warnings about their labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.datasets import Corpus, label_warnings, load_corpus
from multihead_at.documents import Document, Head, read_documents
from multihead_at.errors import InputError


def _content(doc_id: str, tag: str = "O", relation: str = "N") -> str:
    return f"#doc {doc_id}\n0\tword\t{tag}\t['{relation}']\t[0]\n"


def _corpus(train: list[Document], dev: list[Document], test: list[Document]) -> Corpus:
    return Corpus("mine", tuple(train), tuple(dev), tuple(test))


def _document(*columns: tuple[str, str], source: str | None = None, line: int | None = None) -> Document:
    """A document with a (tag, relation) for each token."""
    return Document(
        "1",
        tuple("word" for _ in columns),
        tuple(tag for tag, _ in columns),
        tuple((Head(relation, 0),) for _, relation in columns),
        source,
        line,
    )


def test_the_splits_are_read_in_their_places(tmp_path: Path) -> None:
    for split in ("train", "dev", "test"):
        (tmp_path / f"{split}.txt").write_text(_content(split) + _content(f"{split} 2"))
    corpus = load_corpus("mine", "train.txt", "data/Dev.txt", tmp_path / "test.txt", tmp_path)
    assert corpus.name == "mine"
    assert [document.doc_id for document in corpus.train] == ["train", "train 2"]
    assert [document.doc_id for document in corpus.dev] == ["dev", "dev 2"]
    assert [document.doc_id for document in corpus.test] == ["test", "test 2"]


def test_a_missing_file_is_told_before_any_is_read(tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text("broken")
    (tmp_path / "dev.txt").write_text(_content("1"))
    with pytest.raises(InputError) as caught:
        load_corpus("mine", "train.txt", "dev.txt", "none.txt", tmp_path)
    message = str(caught.value)
    assert message.startswith("test file of corpus 'mine': 'none.txt' not found. Looked for none.txt, ")
    assert str(tmp_path / "none.txt") in message
    assert "--data_dir or MULTIHEAD_AT_DATA_DIR" in message
    assert "docs/data.md say where" in message


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    for split in ("train", "dev", "test"):
        (tmp_path / f"{split}.txt").write_text(_content(split))
    (tmp_path / "dev.txt").write_text("#doc 1\nbroken\n")
    with pytest.raises(InputError, match=r"dev\.txt:2: 1 columns received"):
        load_corpus("mine", "train.txt", "dev.txt", "test.txt", tmp_path)


def test_no_warning_where_train_has_all_labels() -> None:
    train = [_document(("B-Loc", "N"), ("I-Loc", "Kill"))]
    dev = [_document(("O", "N")), _document(("B-Loc", "Kill"))]
    assert label_warnings(_corpus(train, dev, train)) == []


def test_labels_that_train_lacks_are_told_with_their_first_place(tmp_path: Path) -> None:
    path = tmp_path / "dev.txt"
    path.write_text(_content("1") + _content("2", "B-Org", "Kill") + _content("3", "I-Org", "Kill"))
    train = [_document(("B-Loc", "N"))]
    test = [_document(("B-Loc", "N"), ("I-Loc", "Work_For"))]
    lacks = "which train lacks: it cannot be learned"
    assert label_warnings(_corpus(train, read_documents(path), test)) == [
        f"dev of corpus 'mine' has the entity type 'Org', {lacks} (on 2 tokens, the first at {path}:4)",
        f"dev of corpus 'mine' has the relation 'Kill', {lacks} (on 2 tokens, the first at {path}:4)",
        f"test of corpus 'mine' has the relation 'Work_For', {lacks} "
        "(on 1 tokens, the first in document '1', token 1)",
        f"test of corpus 'mine' has the tag 'I-Loc', {lacks} "
        "(on 1 tokens, the first in document '1', token 1)",
    ]


def test_labels_that_only_train_has_are_no_warning() -> None:
    assert label_warnings(_corpus([_document(("B-Loc", "Kill"))], [_document(("O", "N"))], [])) == []


def test_a_relation_twice_on_a_token_is_one_token() -> None:
    twice = Document("1", ("word",), ("O",), ((Head("Kill", 0), Head("Kill", 0)),))
    (warning,) = label_warnings(_corpus([_document(("O", "N"))], [twice], []))
    assert "(on 1 tokens, " in warning


def test_conll04_is_found_by_the_original_s_paths(
    corpus_file: Callable[[str], Path], data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for split in ("train", "dev", "test"):
        corpus_file(f"conll04/{split}.txt")
    data_dir = data_dir.resolve()
    monkeypatch.chdir(tmp_path)
    names = [f"data/CoNLL04/{split}.txt" for split in ("train", "dev", "test")]
    corpus = load_corpus("conll04", names[0], names[1], names[2], data_dir)
    assert (len(corpus.train), len(corpus.dev), len(corpus.test)) == (910, 243, 288)
    assert label_warnings(corpus) == []
