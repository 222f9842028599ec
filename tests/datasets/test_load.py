"""Corpora: reading them, and warnings about their labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.datasets import load_corpus
from multihead_at.errors import InputError


def _content(doc_id: str, tag: str = "O", relation: str = "N") -> str:
    return f"#doc {doc_id}\n0\tword\t{tag}\t['{relation}']\t[0]\n"


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
