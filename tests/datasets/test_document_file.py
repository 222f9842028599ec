from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.datasets import load_corpus, read_document_file
from multihead_at.documents import Document
from multihead_at.documents.spert_json import write_spert_json
from multihead_at.errors import InputError

Write = Callable[..., list[Document]]


@pytest.mark.parametrize("name", ["all.json", "ALL.JSON"])
def test_json_is_told_by_its_name(tmp_path: Path, write_split: Write, name: str) -> None:
    documents = write_split(tmp_path)
    write_spert_json(tmp_path / name, documents)
    assert read_document_file(tmp_path / name) == documents
    assert read_document_file(tmp_path / "mine" / "train.txt") == documents[:8]


def test_a_broken_file_is_told_in_the_words_of_its_format(tmp_path: Path) -> None:
    for name, message in (("a.json", "expected JSON"), ("a.txt", "expected a line '#doc <id>' first")):
        (tmp_path / name).write_text("nonsense", encoding="utf-8")
        with pytest.raises(InputError, match=message):
            read_document_file(tmp_path / name)


def test_spert_s_files_have_another_cut_of_train_and_dev(
    corpus_file: Callable[[str], Path], data_dir: Path
) -> None:
    names = [f"conll04_spert_json/conll04_{split}.json" for split in ("train", "dev", "test")]
    for name in names:
        corpus_file(name)
    corpus = load_corpus("conll04", names[0], names[1], names[2], data_dir)
    assert (len(corpus.train), len(corpus.dev), len(corpus.test)) == (922, 231, 288)
