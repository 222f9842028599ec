"""The command `datasets`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from multihead_at.cli.build_config import build_config
from multihead_at.cli.catalogue_text import format_catalogue
from multihead_at.cli.command import Command
from multihead_at.cli.corpus_text import format_corpus
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.datasets_flags import DATASETS_FLAGS
from multihead_at.config import nearest_name
from multihead_at.datasets import load_corpus
from multihead_at.datasets.catalogue import CATALOGUE
from multihead_at.datasets.catalogue_entry import CatalogueEntry
from multihead_at.datasets.downloaded_vectors import downloaded_vectors
from multihead_at.datasets.published_file import PublishedFile
from multihead_at.datasets.raw_corpora import read_whole_corpus
from multihead_at.datasets.shared_texts import count_shared_texts
from multihead_at.datasets.split_counts import SplitCounts
from multihead_at.documents import Document
from multihead_at.errors import InputError

_OF_COUNTS = ("fold", "filename_train", "filename_dev", "filename_test")


def _datasets(given: Mapping[str, Any]) -> None:
    if "get" in given and "counts" in given:
        raise InputError("--get and --counts are two things to do: leave out one")
    for name in _OF_COUNTS:
        if name in given and "counts" not in given:
            raise InputError(f"--{name} goes with --counts=NAME: expected both")
    data_dir = data_folder(given, may_be_new="get" in given)
    if "get" in given:
        _get(given["get"], data_dir)
    elif "counts" in given:
        _count(given, data_dir)
    else:
        there = "" if data_dir.is_dir() else ", which is not there yet"
        print(f"Data folder: {data_dir}{there} (--data_dir names another)\n")
        print(format_catalogue((entry, _state(entry, data_dir)) for entry in CATALOGUE))


def _state(entry: CatalogueEntry, data_dir: Path) -> str:
    missing = entry.missing(data_dir)
    if not missing:
        return f"yes, in {entry.places[0].partition('/')[0]}/"
    if len(missing) < len(entry.places):
        return f"not whole: {', '.join(missing)} missing"
    return "no" if downloaded_vectors(entry.name) is None else "yes, gensim's"


def _get(names: str, data_dir: Path) -> None:
    entries = [_fetchable(name.strip()) for name in names.split(",")]
    for entry in entries:
        if entry.missing(data_dir):
            for number, file in enumerate(entry.files):
                _fetch(file, data_dir, entry.files[number + 1 :])
        else:
            _remove_leavings(entry, data_dir)
            print(f"{entry.name}: is there already, left alone")


def _remove_leavings(entry: CatalogueEntry, data_dir: Path) -> None:
    # Late, as in `_fetch`.
    from multihead_at.datasets.fetch_published import remove_leavings

    for file in entry.files:
        remove_leavings(file, data_dir)


def _fetchable(name: str) -> CatalogueEntry:
    known = {entry.name: entry for entry in CATALOGUE}
    if name not in known:
        raise InputError(
            f"get: expected one of {', '.join(known)}; received {name!r} "
            f"(the nearest: {nearest_name(name, known)})"
        )
    if not known[name].files:
        raise InputError(f"{name} cannot be fetched. How to get it: {known[name].how}")
    return known[name]


def _fetch(file: PublishedFile, data_dir: Path, following: Sequence[PublishedFile]) -> None:
    # Late: they take a tenth of a second to import, which --help need not wait for.
    from multihead_at.datasets.fetch_published import fetch_published, is_as_published

    bar = tqdm(
        total=file.size,
        desc=file.place,
        unit="B",
        unit_scale=True,
        leave=False,
        file=sys.stderr,
        # Not where the error stream is no terminal.
        disable=None,
    )
    path = data_dir / file.place

    def progress(received: int) -> None:
        bar.update(received - bar.n)

    with bar:
        try:
            fetched = fetch_published(file, data_dir, progress)
        except InputError as error:
            raise InputError(f"{error}. {_by_hand(file, following, data_dir)}") from error
    if fetched:
        print(f"{path}: fetched")
    elif file.member or is_as_published(file, path):
        print(f"{path}: is there already, left alone")
    else:
        print(f"{path}: is there already and differs from the published file; left alone")


def _by_hand(file: PublishedFile, following: Sequence[PublishedFile], data_dir: Path) -> str:
    what = f"{file.member} of that archive" if file.member else "that file"
    places = [other.place for other in following if not (data_dir / other.place).exists()]
    rest = f", and with it {', '.join(places)}" if places else ""
    return f"By hand: put {what} at {str(data_dir / file.place)!r}{rest}"


def _count(given: Mapping[str, Any], data_dir: Path) -> None:
    files = {name: given.get(name) for name in _OF_COUNTS}
    config = build_config({"dataset": given["counts"], **files})
    whole = None
    if not any(name in given for name in _OF_COUNTS):
        whole = read_whole_corpus(config.dataset, data_dir)
    splits: dict[str, tuple[Document, ...]]
    if whole is not None:
        title, splits = f"{config.dataset}: the raw corpus", {"all": whole}
    else:
        corpus = load_corpus(
            config.dataset,
            config.filename_train,
            config.filename_dev,
            config.filename_test,
            data_dir,
            fold=config.fold,
        )
        title = f"{config.dataset}: {corpus.split}"
        splits = {"train": corpus.train, "dev": corpus.dev, "test": corpus.test}
    counts = {name: SplitCounts.of(documents) for name, documents in splits.items()}
    print(format_corpus(title, counts, count_shared_texts(splits)))


DATASETS = Command(
    name="datasets",
    summary="List corpora and word vectors, fetch the public ones, count a corpus.",
    explanation=(
        "The table says what is in the data folder, under which licence, and how to get the rest. Fetched "
        "files come from their public homes and are kept only with the checksum that they should have."
    ),
    groups=DATASETS_FLAGS,
    run=_datasets,
)
