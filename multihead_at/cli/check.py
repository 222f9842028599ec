"""The command `check`."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from multihead_at.cli.build_config import build_config
from multihead_at.cli.check_flags import CHECK_FLAGS
from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.config import Config
from multihead_at.datasets import NO_FOLD, load_corpus, resolve_path
from multihead_at.datasets.paths import is_there
from multihead_at.datasets.raw_corpora import RAW_CORPORA, read_whole_corpus
from multihead_at.errors import InputError
from multihead_at.files import write_json

if TYPE_CHECKING:
    from multihead_at.corpus_check import CheckedSplit
    from multihead_at.encoding import WordVectors

_ERRORS_FOUND = 1
_MOST_SHOWN = 10
_SPLITS = {"train": "filename_train", "dev": "filename_dev", "test": "filename_test"}
_OWN_FILES = "own files"
_SETTINGS = ("dataset", "config_file", "fold", "filename_embeddings", "root_node", *_SPLITS.values())


def _check(given: Mapping[str, Any]) -> int:
    most = given.get("most", _MOST_SHOWN)
    if most < 0:
        raise InputError(f"most: expected a whole number of at least 0, received {most}")
    data_dir = data_folder(given)
    config = _config(given)
    if "json" in given:
        _check_report_file(Path(given["json"]), config, data_dir)
    title, splits = _read(given, config, data_dir)
    vectors = _vectors(config, data_dir) if given.get("vectors", True) else None

    # NumPy comes with it.
    from multihead_at.cli.check_text import format_checked, format_verdict
    from multihead_at.corpus_check import check_corpus

    checked = check_corpus(splits, vectors, root_node=config.root_node)
    print(format_checked(f"{config.dataset}: {title}", checked, vectors, most=most or None))
    if "json" in given:
        from multihead_at.cli.check_report import check_report

        write_json(Path(given["json"]), check_report(config.dataset, title, checked, vectors))
    print(format_verdict(checked))
    fails = checked.errors or (given.get("strict", False) and checked.warnings)
    return _ERRORS_FOUND if fails else 0


def _check_report_file(report: Path, config: Config, data_dir: Path) -> None:
    """Refuses to write the report over what is checked."""
    for name in (getattr(config, flag) for flag in _SPLITS.values()):
        if report.is_file() and is_there(name, data_dir) and report.samefile(resolve_path(name, data_dir)):
            raise InputError("json: expected another file than those to check", path=report)


def _config(given: Mapping[str, Any]) -> Config:
    """The settings that train would have; without a dataset, files that nobody named stand for none."""
    settings = {name: given.get(name) for name in _SETTINGS}
    named = [name for name in _SPLITS.values() if name in given]
    if named and "dataset" not in given and "config_file" not in given:
        if "fold" in given and len(named) < len(_SPLITS):
            raise InputError("--fold takes train, dev and test together: name all three files")
        settings["dataset"] = _OWN_FILES
        settings.update((name, given.get(name, given[named[0]])) for name in _SPLITS.values())
    return build_config(settings)


def _read(given: Mapping[str, Any], config: Config, data_dir: Path) -> tuple[str, list[CheckedSplit]]:
    """What is to be checked, in a few words, and its splits."""
    files = {split: getattr(config, name) for split, name in _SPLITS.items()}
    if config.dataset == _OWN_FILES:
        files = {split: file for split, file in files.items() if _SPLITS[split] in given}
    if _is_raw(given, config, data_dir, files):
        return _read_raw(config, files, data_dir)
    paths = {
        split: resolve_path(file, data_dir, what=f"{split} file of corpus {config.dataset!r}:")
        for split, file in files.items()
    }

    from multihead_at.corpus_check import read_split

    splits = [read_split(path, split) for split, path in paths.items()]
    if config.fold == NO_FOLD or any(split.findings for split in splits):
        return "one file" if len(splits) == 1 else f"{len(splits)} files", splits
    return _read_raw(config, files, data_dir)


def _read_raw(config: Config, files: Mapping[str, str], data_dir: Path) -> tuple[str, list[CheckedSplit]]:
    """The same of what only train's readers can read: raw corpora and folds."""
    whole = read_whole_corpus(config.dataset, data_dir) if config.fold == NO_FOLD else None
    if whole is not None:
        title, splits = "the raw corpus", {"all": whole}
    else:
        corpus = load_corpus(
            config.dataset, files["train"], files["dev"], files["test"], data_dir, fold=config.fold
        )
        title, splits = corpus.split, {"train": corpus.train, "dev": corpus.dev, "test": corpus.test}

    from multihead_at.corpus_check import split_of_documents

    return title, [split_of_documents(documents, split) for split, documents in splits.items()]


def _is_raw(given: Mapping[str, Any], config: Config, data_dir: Path, files: Mapping[str, str]) -> bool:
    """Whether train would read it from what its makers publish, and not from files of its splits."""
    raw = RAW_CORPORA.get(config.dataset)
    if raw is None or any(name in given for name in (*_SPLITS.values(), "config_file")):
        return False
    return not raw.has_split or not any(is_there(file, data_dir) for file in files.values())


def _vectors(config: Config, data_dir: Path) -> WordVectors | None:
    from multihead_at.encoding import load_vectors

    try:
        return load_vectors(config.filename_embeddings, data_dir)
    except InputError as error:
        # The corpus can be checked all the same, and may be where its vectors are not.
        warnings.warn(f"no words are looked up: {error}", stacklevel=2)
        return None


CHECK = Command(
    name="check",
    summary="Tell what is wrong or odd in a corpus, before it is trained on.",
    explanation=(
        "Files are read to their end, and every mistake is told with its file and line. Errors are what "
        "training refuses or no model can be right about; warnings are what may be meant so. Exit status: 0 "
        "without errors, 1 with some, 2 where there is nothing to check."
    ),
    groups=CHECK_FLAGS,
    run=_check,
)
