"""The command `convert`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.command import Command
from multihead_at.cli.convert_flags import CONVERT_FLAGS, FORMATS, RAW_FORMATS
from multihead_at.documents import (
    AnnotatedText,
    Document,
    read_ace04,
    read_brat,
    read_documents,
    read_spert_json,
    write_brat,
    write_documents,
    write_spert_json,
)
from multihead_at.documents.ace04 import ace04_file_name
from multihead_at.documents.ade import read_ade
from multihead_at.documents.bio import entity_class
from multihead_at.documents.brat_documents import brat_documents, brat_text, tokenized_brat_documents
from multihead_at.documents.brat_files import brat_order, brat_pair
from multihead_at.documents.conll04_corp import read_conll04_corp
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.mentions_and_relations import mentions_and_relations
from multihead_at.errors import InputError


def _convert(given: Mapping[str, Any]) -> None:
    for name, shown in (("from", "FORMAT"), ("to", "FORMAT"), ("input", "FILE"), ("output", "FILE")):
        if name not in given:
            raise InputError(f"--{name}={shown} is needed")
    for name, known in (("from", (*FORMATS, *RAW_FORMATS)), ("to", FORMATS)):
        if given[name] not in known:
            raise InputError(f"{name}: expected one of {', '.join(known)}, received {given[name]!r}")
    if given["from"] == given["to"]:
        raise InputError(f"--from and --to are both {given['to']}: expected two formats")
    if given.get("tokenized") and given["from"] != "brat":
        raise InputError("--tokenized is for --from=brat: the other formats have tokens")
    source, target = Path(given["input"]), Path(given["output"])
    _check_output(given["from"], source, target, overwrite=given.get("overwrite", False))
    documents = _read(given["from"], source, tokenized=given.get("tokenized", False))
    _write(given["to"], target, documents)
    print(f"{len(documents)} documents: {target}")


def _check_output(form: str, source: Path, target: Path, *, overwrite: bool) -> None:
    """Refuses to write over what is to be read (a file, its other half, or one in the folder), or unasked."""
    read = [source, *brat_pair(source)] if form == "brat" else [source]
    if not target.is_file():
        return
    is_read = any(one.is_file() and target.samefile(one) for one in read)
    if is_read or source.resolve() in target.resolve().parents:
        raise InputError("output: expected another file than those to convert", path=target)
    if not overwrite:
        raise InputError("exists already: --overwrite replaces it, another --output keeps it", path=target)


def _read(form: str, path: Path, *, tokenized: bool) -> list[Document]:
    if form == "columns":
        return read_documents(path)
    if form == "spert":
        return read_spert_json(path)
    if form == "ade":
        return read_ade(path)
    if form == "corp":
        return read_conll04_corp(path)
    if form == "ace04":
        return _read_ace04(path)
    cut: Callable[[AnnotatedText], list[Document]] = tokenized_brat_documents if tokenized else brat_documents
    documents = []
    for text in read_brat(path):
        try:
            documents += cut(text)
        except InputError as error:
            raise InputError(error.message, path=path) from None
    return documents


def _read_ace04(path: Path) -> list[Document]:
    """All pairs of files in a folder, or the pair that one file is of."""
    if path.is_dir():
        return read_ace04(path)
    name = ace04_file_name(path)
    if not path.is_file() or name is None:
        raise InputError("expected a folder, or one of a pair of files *.sgm and *.apf.xml", path=path)
    return read_ace04(path.parent, [name])


def _write(form: str, path: Path, documents: Sequence[Document]) -> None:
    if form == "columns":
        write_documents(path, documents)
        return
    if form == "spert":
        write_spert_json(path, documents)
    else:
        write_brat(path, map(brat_text, documents))
        _warn_of_brat(documents)
    changed = sum(_with_what_counts(document) != document for document in documents)
    if changed:
        warnings.warn(
            f"{changed} documents come back with another notation: a mention that began with I- with B-, a "
            "relation given twice once, no N beside others",
            stacklevel=2,
        )


def _with_what_counts(document: Document) -> Document:
    """The document as formats give it back that hold mentions and relations, and not tags and heads."""
    mentions, relations = mentions_and_relations(document)
    return document_from_mentions(document.doc_id, document.tokens, mentions, relations)


def _warn_of_brat(documents: Sequence[Document]) -> None:
    ids = [document.doc_id for document in documents]
    if sorted(ids, key=brat_order) != ids:
        warnings.warn(
            "brat's files have no order but that of their names: read again, the documents come in "
            "another one",
            stacklevel=3,
        )
    types = {entity_class(tag) for document in documents for tag in document.tags}
    types |= {head.relation for document in documents for heads in document.heads for head in heads}
    with_blanks = sorted(name for name in types if " " in name)
    if with_blanks:
        warnings.warn(
            f"brat's types have no blanks: they become _ in {', '.join(map(repr, with_blanks))}", stacklevel=3
        )


CONVERT = Command(
    name="convert",
    summary="Convert a corpus between the five-column format, SpERT's JSON and brat, or a raw one to these.",
    explanation=(
        "Relations must lead from the last token of a mention to the last token of another, as those of a "
        "corpus do. From brat come mentions and relations; what else it knows is passed over with a warning, "
        "and documents come in the order of their names. "
        "Sentences that a relation joins stay together; of mentions that overlap the longest stays. Raw "
        "corpora are read as in training; of conll04.corp the sentences with a relation."
    ),
    groups=CONVERT_FLAGS,
    run=_convert,
)
