"""Reading a corpus."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from multihead_at.datasets.corpus import Corpus
from multihead_at.datasets.document_file import read_document_file
from multihead_at.datasets.folded_documents import FoldedDocuments
from multihead_at.datasets.paths import is_there, resolve_path
from multihead_at.datasets.raw_corpora import RAW_CORPORA
from multihead_at.datasets.raw_corpus import RawCorpus
from multihead_at.documents import Document
from multihead_at.errors import InputError

NO_FOLD = -1
"""In place of a fold's number: the split into files."""

_SPLITS = ("train", "dev", "test")


def load_corpus(
    name: str,
    train: str | os.PathLike[str],
    dev: str | os.PathLike[str],
    test: str | os.PathLike[str],
    data_dir: str | os.PathLike[str],
    *,
    fold: int = NO_FOLD,
) -> Corpus:
    """Reads a corpus: the split into its three files, or a fold of cross-validation.

    A fold is one of the raw corpus where the name is that of one (`RAW_CORPORA`) and the files are those that
    it has anyway, `<name>/train.txt` and so on. Any other fold is one of the documents of train, dev and test
    together, in this order.

    Args:
        name: the corpus' name, as in `--dataset`.
        train: name or path of the training documents, in the five-column format or SpERT's JSON (`.json`);
            found by `resolve_path`.
        dev: the same for the documents that the epoch is chosen by.
        test: the same for the documents that figures are reported on.
        data_dir: the folder of corpora and vectors.
        fold: the fold's number, from 0; `NO_FOLD` for the files' own split.

    Returns:
        The corpus.

    Raises:
        InputError: a file is missing (all three are looked for before any is read), or is not in the format;
            there is no such fold; the corpus has no split of its own and no fold is given.
    """
    files = dict(zip(_SPLITS, (train, dev, test)))
    raw = RAW_CORPORA.get(name) if _are_the_usual(files, name) else None
    if fold != NO_FOLD:
        return _read_folds(name, files, data_dir, raw).corpus(name, fold)
    train_documents, dev_documents, test_documents = _read_files(name, files, data_dir, raw)
    return Corpus(name, tuple(train_documents), tuple(dev_documents), tuple(test_documents))


def _are_the_usual(files: Mapping[str, str | os.PathLike[str]], name: str) -> bool:
    """Whether they are the corpus' own ones, and none that a user has named."""
    return all(Path(file) == Path(name, f"{split}.txt") for split, file in files.items())


def _read_folds(
    name: str,
    files: Mapping[str, str | os.PathLike[str]],
    data_dir: str | os.PathLike[str],
    raw: RawCorpus | None,
) -> FoldedDocuments:
    if raw is not None and (not raw.has_split or _is_all_there_is(raw, files, data_dir)):
        return raw.read(Path(data_dir))
    documents = [document for split in _read_files(name, files, data_dir, None) for document in split]
    return FoldedDocuments.seeded(documents, "train, dev and test together")


def _is_all_there_is(
    raw: RawCorpus, files: Mapping[str, str | os.PathLike[str]], data_dir: str | os.PathLike[str]
) -> bool:
    return is_there(raw.source, data_dir) and not _some_are_there(files, data_dir)


def _some_are_there(files: Mapping[str, str | os.PathLike[str]], data_dir: str | os.PathLike[str]) -> bool:
    # One is enough: where the others have been lost, the message should name them.
    return any(is_there(file, data_dir) for file in files.values())


def _read_files(
    name: str,
    files: Mapping[str, str | os.PathLike[str]],
    data_dir: str | os.PathLike[str],
    raw: RawCorpus | None,
) -> list[list[Document]]:
    only_raw = raw is not None and (not raw.has_split or is_there(raw.source, data_dir))
    if raw is not None and only_raw and not _some_are_there(files, data_dir):
        raise InputError(
            f"corpus {name!r}: no files train.txt, dev.txt and test.txt in {str(Path(data_dir, name))!r}. "
            f"--fold=N (0 to {raw.folds - 1}) is needed, which takes folds of the raw corpus, {raw.source} "
            "in the data folder; another split is named by --filename_train, --filename_dev and "
            "--filename_test"
        )
    paths = [
        resolve_path(file, data_dir, what=f"{split} file of corpus {name!r}:")
        for split, file in files.items()
    ]
    return [read_document_file(path) for path in paths]
