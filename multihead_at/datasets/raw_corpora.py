"""The corpora that are read straight from what their makers publish, and their folds."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from multihead_at.datasets.ace04_folds import ACE04_FOLDS, ace04_folds, read_ace04_split
from multihead_at.datasets.ade_folds import ade_folds, are_published_sentences
from multihead_at.datasets.fold import folds_of_parts
from multihead_at.datasets.folded_documents import FOLD_SEED, SEEDED_FOLDS, FoldedDocuments
from multihead_at.datasets.paths import find_folders, resolve_path
from multihead_at.datasets.raw_corpus import RawCorpus
from multihead_at.documents import Document, read_ace04
from multihead_at.documents.ace04 import has_ace04_documents
from multihead_at.documents.ade import read_ade
from multihead_at.documents.conll04_corp import read_conll04_corp
from multihead_at.errors import InputError

_ADE = "ade/DRUG-AE.rel"
# What results have called the folds that come with the package since they were read from a file of this name.
_ADE_FOLDS = "published_folds.json"
# Said beside every result: the folds that everybody uses are no split by abstract.
_BY_SENTENCE = "cut by sentence: sentences of one abstract lie in train, dev and test"
_CONLL04 = "conll04/conll04.corp"
_ACE04 = "ace04"
_ACE04_SPLIT = "split"


def count_folds(name: str) -> int:
    """How many folds the corpus of this name has; nothing is read."""
    raw = RAW_CORPORA.get(name)
    return SEEDED_FOLDS if raw is None else raw.folds


def read_whole_corpus(name: str, data_dir: str | os.PathLike[str]) -> tuple[Document, ...] | None:
    """All documents of a corpus that is published without a split; None for any other corpus.

    Args:
        name: the corpus' name, as in `--dataset`.
        data_dir: the folder of corpora and vectors.

    Raises:
        InputError: the corpus is not there or not in its format.
    """
    raw = RAW_CORPORA.get(name)
    return None if raw is None or raw.has_split else raw.read_documents(Path(data_dir))


def _ade_documents(data_dir: Path) -> tuple[Document, ...]:
    return tuple(read_ade(resolve_path(_ADE, data_dir, what="raw corpus 'ade':")))


def _read_ade(data_dir: Path) -> FoldedDocuments:
    documents = _ade_documents(data_dir)
    if are_published_sentences(documents):
        folded = FoldedDocuments(documents, tuple(folds_of_parts(ade_folds())), f"in {_ADE_FOLDS}")
    else:
        folded = FoldedDocuments.seeded(documents, Path(_ADE).name)
    return dataclasses.replace(folded, split=f"{folded.split}, {_BY_SENTENCE}")


def _ace04_documents(data_dir: Path) -> tuple[Document, ...]:
    """Of all pairs that are there, whether the lists of the folds name them or not."""
    folder = next(filter(has_ace04_documents, find_folders(_ACE04, data_dir)), None)
    if folder is None:
        raise InputError(f"raw corpus 'ace04': {_missing_of_ace04(data_dir, None, data_dir)}")
    return tuple(read_ace04(folder))


def _read_ace04(data_dir: Path) -> FoldedDocuments:
    # `--get` puts the lists into a folder of this spelling, wherever the documents are.
    folder = next(filter(has_ace04_documents, find_folders(_ACE04, data_dir)), None)
    split = next(find_folders(f"{_ACE04}/{_ACE04_SPLIT}", data_dir), None)
    if folder is None or split is None:
        raise InputError(f"raw corpus 'ace04': {_missing_of_ace04(data_dir, folder, split)}")
    names = {name for part in read_ace04_split(split) for name in part}
    documents = tuple(read_ace04(folder, names))
    folds = tuple(ace04_folds(split, documents, FOLD_SEED))
    return FoldedDocuments(documents, folds, f"in {_ACE04}/{_ACE04_SPLIT}, dev drawn by seed {FOLD_SEED}")


def _missing_of_ace04(data_dir: Path, folder: Path | None, split: Path | None) -> str:
    place = data_dir / _ACE04
    missing = []
    if folder is None:
        missing.append(f"the LDC's files *.sgm and *.apf.xml (LDC2005T09) below {str(place)!r}")
    if split is None:
        lists = f"cv0 to cv{ACE04_FOLDS - 1}, in {str(place / _ACE04_SPLIT)!r}"
        missing.append(f"the lists of its test documents, {lists}")
    return f"expected {' and '.join(missing)}; received none (`multihead-at datasets` says where to get them)"


def _conll04_documents(data_dir: Path) -> tuple[Document, ...]:
    return tuple(read_conll04_corp(resolve_path(_CONLL04, data_dir, what="raw corpus 'conll04':")))


def _read_conll04(data_dir: Path) -> FoldedDocuments:
    return FoldedDocuments.seeded(_conll04_documents(data_dir), Path(_CONLL04).name)


RAW_CORPORA: Mapping[str, RawCorpus] = MappingProxyType(
    {
        raw.name: raw
        for raw in (
            RawCorpus("ace04", f"{_ACE04}/", ACE04_FOLDS, False, _ace04_documents, _read_ace04),
            RawCorpus("ade", _ADE, SEEDED_FOLDS, False, _ade_documents, _read_ade),
            RawCorpus("conll04", _CONLL04, SEEDED_FOLDS, True, _conll04_documents, _read_conll04),
        )
    }
)
"""By name."""
