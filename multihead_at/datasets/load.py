"""Reading a corpus, and what to warn about before it is trained on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from multihead_at.datasets.corpus import Corpus
from multihead_at.datasets.paths import resolve_path
from multihead_at.documents import NO_RELATION, OUTSIDE, Document, entity_class, read_documents

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
) -> Corpus:
    """Reads the three files of a corpus.

    Args:
        name: the corpus' name, as in `--dataset`.
        train: name or path of the training documents, in the five-column format; found by `resolve_path`.
        dev: the same for the documents that the epoch is chosen by.
        test: the same for the documents that figures are reported on.
        data_dir: the folder of corpora and vectors.

    Returns:
        The corpus.

    Raises:
        InputError: a file is missing (all three are looked for before any is read), or is not in the format.
    """
    paths = [
        resolve_path(file, data_dir, what=f"{split} file of corpus {name!r}:")
        for split, file in (("train", train), ("dev", dev), ("test", test))
    ]
    splits = [tuple(read_documents(path)) for path in paths]
    return Corpus(name, *splits)


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
