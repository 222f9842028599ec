"""Reading a corpus, and what to warn about before it is trained on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from multihead_at.datasets.corpus import Corpus
from multihead_at.datasets.document_file import read_document_file
from multihead_at.datasets.folded_documents import FoldedDocuments
from multihead_at.datasets.paths import is_there, resolve_path
from multihead_at.datasets.raw_corpora import RAW_CORPORA
from multihead_at.datasets.raw_corpus import RawCorpus
from multihead_at.documents import NO_RELATION, OUTSIDE, Document, entity_class
from multihead_at.errors import InputError

NO_FOLD = -1
"""In place of a fold's number: the split into files."""

_SPLITS = ("train", "dev", "test")
_ENTITY_TYPE = "entity type"
_RELATION = "relation"
_TAG = "tag"

_Label = tuple[str, str]
"""What it is (entity type, relation, tag) and its name."""


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


def label_warnings(corpus: Corpus, *, bio_tags: bool = True) -> list[str]:
    """Says which labels of dev and test a model cannot learn, because train has none of them.

    Args:
        corpus: the corpus.
        bio_tags: whether BIO tags are learned, and not entity classes alone.

    Returns:
        One line for each entity type, relation and BIO tag (where its type is known), dev's before test's.
    """
    known = {label for label, _ in _labels(corpus.train)}
    warnings = []
    for split, documents in (("dev", corpus.dev), ("test", corpus.test)):
        for (kind, name), places in sorted(_places(documents).items()):
            type_is_known = (_ENTITY_TYPE, entity_class(name)) in known
            if (kind, name) not in known and (kind != _TAG or (bio_tags and type_is_known)):
                warnings.append(
                    f"{split} of corpus {corpus.name!r} has the {kind} {name!r}, which train lacks: it "
                    f"cannot be learned (on {len(places)} tokens, the first {places[0]})"
                )
    return warnings


def _labels(documents: Sequence[Document]) -> Iterator[tuple[_Label, str]]:
    """Yields each label with the place where it stands, once for each time."""
    for document in documents:
        for position, (tag, heads) in enumerate(zip(document.tags, document.heads)):
            place = _place(document, position)
            if tag != OUTSIDE:
                yield (_ENTITY_TYPE, entity_class(tag)), place
                yield (_TAG, tag), place
            for relation in {head.relation for head in heads} - {NO_RELATION}:
                yield (_RELATION, relation), place


def _places(documents: Sequence[Document]) -> dict[_Label, list[str]]:
    places: dict[_Label, list[str]] = {}
    for label, place in _labels(documents):
        places.setdefault(label, []).append(place)
    return places


def _place(document: Document, position: int) -> str:
    if document.source is None or document.line is None:
        return f"in document {document.doc_id!r}, token {position}"
    return f"at {document.source}:{document.line + 1 + position}"
