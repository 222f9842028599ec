"""Folds of corpora as `--dataset` and `--fold` name them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.datasets import NO_FOLD, Corpus, count_folds, load_corpus
from multihead_at.datasets.ade_folds import ade_folds
from multihead_at.documents import Document, Head
from multihead_at.errors import InputError

WriteSplit = Callable[..., list[Document]]
WriteAde = Callable[..., Path]


def load(name: str, data_dir: Path, fold: int = NO_FOLD, ending: str = "txt") -> Corpus:
    files = [f"{name}/{split}.{ending}" for split in ("train", "dev", "test")]
    return load_corpus(name, files[0], files[1], files[2], data_dir, fold=fold)


def ids(documents: tuple[Document, ...]) -> list[str]:
    return [document.doc_id for document in documents]


def test_without_a_fold_it_is_the_files_own_split(tmp_path: Path, write_split: WriteSplit) -> None:
    documents = write_split(tmp_path)
    corpus = load("mine", tmp_path)
    assert [*corpus.train, *corpus.dev, *corpus.test] == documents
    assert corpus.split == "three files"


@pytest.mark.parametrize(("name", "ending"), [("mine", "txt"), ("conll04", "txt"), ("drec", "tsv")])
def test_folds_of_three_files_are_over_all_their_documents(
    tmp_path: Path, write_split: WriteSplit, name: str, ending: str
) -> None:
    documents = write_split(tmp_path, name, ending)
    folds = [load(name, tmp_path, fold, ending) for fold in range(10)]
    tested = [doc_id for corpus in folds for doc_id in ids(corpus.test)]
    assert sorted(tested, key=int) == ids(tuple(documents))
    assert folds[4].dev == folds[5].test
    assert folds[4].split == "fold 4 of 10 drawn from train, dev and test together by seed 0"


def test_folds_of_ade_are_the_published_ones_without_any_file_of_them(
    tmp_path: Path, write_ade: WriteAde, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multihead_at.datasets.raw_corpora.are_published_sentences", lambda documents: True)
    write_ade(tmp_path, 4272)
    corpus = load("ade", tmp_path, 9)
    assert (len(corpus.train), len(corpus.dev), len(corpus.test)) == (3416, 427, 429)
    # Sentence i is the (i mod 3)-th of abstract i // 3.
    assert ids(corpus.test) == [f"{place // 3}.{place % 3}" for place in ade_folds()[9]]
    assert ids(corpus.dev) == [f"{place // 3}.{place % 3}" for place in ade_folds()[0]]
    # By this name runs of before know them.
    assert corpus.split.startswith("fold 9 of 10 in published_folds.json, cut by sentence: ")


def test_folds_of_another_corpus_than_the_published_one_are_drawn(
    tmp_path: Path, write_ade: WriteAde
) -> None:
    write_ade(tmp_path, 30)
    folds = [load("ade", tmp_path, fold) for fold in range(10)]
    assert [len(corpus.test) for corpus in folds] == [3] * 10
    assert len({doc_id for corpus in folds for doc_id in ids(corpus.test)}) == 30
    assert folds[0].split.startswith("fold 0 of 10 drawn from DRUG-AE.rel by seed 0, cut by sentence: ")


def test_as_many_sentences_do_not_make_it_the_published_corpus(tmp_path: Path, write_ade: WriteAde) -> None:
    write_ade(tmp_path, 4272)
    assert load("ade", tmp_path, 0).split.startswith("fold 0 of 10 drawn from DRUG-AE.rel by seed 0, ")


@pytest.mark.parametrize(("name", "last", "source"), [("ade", 9, "ade/DRUG-AE.rel"), ("ace04", 4, "ace04/")])
def test_without_a_fold_a_corpus_without_a_split_says_that_one_is_needed(
    tmp_path: Path, write_ade: WriteAde, name: str, last: int, source: str
) -> None:
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            load(name, tmp_path)
        assert str(caught.value) == (
            f"corpus {name!r}: no files train.txt, dev.txt and test.txt in {str(tmp_path / name)!r}. "
            f"--fold=N (0 to {last}) is needed, which takes folds of the raw corpus, {source} in the data "
            "folder; another split is named by --filename_train, --filename_dev and --filename_test"
        )
        # The same where the raw corpus is there.
        write_ade(tmp_path)


def test_ace04_without_its_lists_is_told_what_goes_where(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"raw corpus 'ace04': .*/ace04' and the lists .* cv0 to cv4, in '.*split'"
    ):
        load("ace04", tmp_path, 0)


def test_ace04_without_its_documents_is_told_whose_they_are(tmp_path: Path) -> None:
    (tmp_path / "ace04" / "split").mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        load("ace04", tmp_path, 0)
    assert str(caught.value) == (
        f"raw corpus 'ace04': expected the LDC's files *.sgm and *.apf.xml (LDC2005T09) below "
        f"'{tmp_path / 'ace04'}'; received none (`multihead-at datasets` says where to get them)"
    )


def test_ade_in_three_files_has_their_split_and_keeps_its_folds(
    tmp_path: Path, write_split: WriteSplit, write_ade: WriteAde
) -> None:
    documents = write_split(tmp_path, "ade")
    assert list(load("ade", tmp_path).train) == documents[:8]
    with pytest.raises(InputError, match=r"raw corpus 'ade': 'ade/DRUG-AE\.rel' not found"):
        load("ade", tmp_path, 0)
    write_ade(tmp_path)
    assert "DRUG-AE.rel" in load("ade", tmp_path, 0).split


def test_files_that_a_user_names_are_folded_and_not_the_raw_corpus(
    tmp_path: Path, write_split: WriteSplit, write_ade: WriteAde
) -> None:
    write_split(tmp_path)
    write_ade(tmp_path)
    corpus = load_corpus("ade", "mine/train.txt", "mine/dev.txt", "mine/test.txt", tmp_path, fold=0)
    assert corpus.split == "fold 0 of 10 drawn from train, dev and test together by seed 0"


def test_a_fold_of_the_corpus_that_is_not_there(tmp_path: Path, write_ade: WriteAde) -> None:
    write_ade(tmp_path)
    with pytest.raises(InputError, match="fold: expected 0 to 9 for corpus 'ade', received 10"):
        load("ade", tmp_path, 10)


def test_a_lost_file_of_three_is_told_by_name(tmp_path: Path, write_split: WriteSplit) -> None:
    write_split(tmp_path, "conll04")
    (tmp_path / "conll04" / "dev.txt").unlink()
    with pytest.raises(InputError, match="dev file of corpus 'conll04'"):
        load("conll04", tmp_path, 0)


def test_the_number_of_folds_is_known_without_the_corpus() -> None:
    assert [count_folds(name) for name in ("ace04", "ade", "conll04", "mine")] == [5, 10, 10, 10]


def _rows_of_raw_conll04(number: int) -> str:
    rows = [(number, "Peop", 0, "Ada"), (number, "O", 1, "in"), (number, "Loc", 2, "Velm")]
    lines = [f"{n}\t{tag}\t{i}\tO\tNN\t{word}\tO\tO\tO\n" for n, tag, i, word in rows]
    return "".join([*lines, "\n", "0\t2\tLive_In\n", "\n"])


def test_the_raw_conll04_corpus_takes_the_place_of_its_files_in_folds(tmp_path: Path) -> None:
    folder = tmp_path / "conll04"
    folder.mkdir()
    raw = "".join(_rows_of_raw_conll04(number) for number in range(20))
    (folder / "conll04.corp").write_text(raw, encoding="utf-8")
    corpus = load("conll04", tmp_path, 3)
    assert (len(corpus.train), len(corpus.dev), len(corpus.test)) == (16, 2, 2)
    assert corpus.split == "fold 3 of 10 drawn from conll04.corp by seed 0"
    with pytest.raises(InputError, match=r"--fold=N .* raw corpus, conll04/conll04\.corp in"):
        load("conll04", tmp_path)


def test_conll04_without_anything_is_told_with_its_first_file(tmp_path: Path) -> None:
    for fold in (NO_FOLD, 0):
        with pytest.raises(
            InputError, match=r"train file of corpus 'conll04': 'conll04/train\.txt' not found"
        ):
            load("conll04", tmp_path, fold)


def test_folds_of_the_real_conll04(corpus_file: Callable[[str], Path], data_dir: Path) -> None:
    for split in ("train", "dev", "test"):
        corpus_file(f"conll04/{split}.txt")
    sizes = [len(load("conll04", data_dir, fold).test) for fold in range(10)]
    assert sorted(sizes) == [144] * 9 + [145]


def test_folds_of_the_real_raw_conll04(corpus_file: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "conll04").mkdir()
    shutil.copy(corpus_file("conll04/conll04.corp"), tmp_path / "conll04")
    corpus = load("conll04", tmp_path, 9)
    assert len(corpus.train) + len(corpus.dev) + len(corpus.test) == 1441


def test_folds_of_the_real_ade(corpus_file: Callable[[str], Path], data_dir: Path) -> None:
    corpus_file("ade/DRUG-AE.rel")
    corpus = load("ade", data_dir, 9)
    assert (len(corpus.train), len(corpus.dev), len(corpus.test)) == (3416, 427, 429)


@pytest.mark.parametrize("name", ["ace04", "ACE04"])
def test_folds_of_ace04_are_by_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    split = tmp_path / "ace04" / "split"
    split.mkdir(parents=True)
    (tmp_path / name / "english").mkdir(parents=True)
    (tmp_path / name / "english" / "a0.sgm").touch()
    for number in range(5):
        (split / f"cv{number}").write_text(f"a{number}\nb{number}\n", encoding="utf-8")

    def read(folder: Path, names: set[str]) -> list[Document]:
        assert folder == tmp_path / name
        heads = ((Head("N", 0),),)
        # Two sentences each.
        return [Document(f"{one}.{n}", ("word",), ("O",), heads) for one in sorted(names) for n in (0, 1)]

    monkeypatch.setattr("multihead_at.datasets.raw_corpora.read_ace04", read)
    corpus = load("ace04", tmp_path, 4)
    assert ids(corpus.test) == ["a4.0", "a4.1", "b4.0", "b4.1"]
    # 15 % of eight documents is one, of two sentences.
    assert (len(corpus.train), len(corpus.dev)) == (14, 2)
    assert corpus.split == "fold 4 of 5 in ace04/split, dev drawn by seed 0"
    with pytest.raises(InputError, match="fold: expected 0 to 4 for corpus 'ace04', received 5"):
        load("ace04", tmp_path, 5)
