"""ACE 2004 (LDC2005T09): pairs of `.sgm` and `.apf.xml`."""

from __future__ import annotations

import dataclasses
import os
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path

from multihead_at.documents.ace04_annotation import Ace04Annotation, read_ace04_annotation
from multihead_at.documents.ace04_head import Ace04Head
from multihead_at.documents.ace04_sentences import ace04_sentences
from multihead_at.documents.ace04_source import Ace04Source, read_ace04_source, without_references
from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.collection_pause import collection_pause
from multihead_at.documents.corpus_files import corpus_files
from multihead_at.documents.document import Document
from multihead_at.documents.mention import Mention
from multihead_at.documents.overlaps import longest_mentions
from multihead_at.documents.relation import Relation
from multihead_at.documents.sentence_documents import sentence_documents
from multihead_at.documents.text_spans import TextSpans
from multihead_at.documents.token import Token
from multihead_at.errors import InputError

_SOURCE, _ANNOTATION = ".sgm", ".apf.xml"
_MOST_SHOWN = 60


@collection_pause()
def read_ace04(folder: str | os.PathLike[str], names: Collection[str] | None = None) -> list[Document]:
    """Reads the corpus as flat documents, one a sentence (see `ace04_sentences`).

    BIO tags hold no overlapping mentions: of two heads that overlap the longer stays, of equally long ones
    the earlier, of two types for one head the first in the file. The relations of a mention that goes go
    with it. A mention that begins or ends inside a token cuts it in two.

    Args:
        folder: see `read_ace04_texts`.
        names: see `read_ace04_texts`.

    Returns:
        The sentences, by the documents' names and in the order of the text. An id is
        `<document's name>.<number of the sentence, from 0>`; see `ace04_document_name`.

    Raises:
        InputError: as `read_ace04_texts`; or a document has no text.
    """
    documents = []
    for path, source, text in _texts(folder, names):
        sentences = [dataclasses.replace(found, source=str(path)) for found in _sentences(source, text)]
        if not sentences:
            raise InputError("expected text, received none", path=path)
        documents += sentences
    return documents


def read_ace04_texts(
    folder: str | os.PathLike[str], names: Collection[str] | None = None
) -> list[AnnotatedText]:
    """Reads the corpus as it is annotated: whole documents, mentions may overlap.

    A mention is the head of an entity mention, with the entity's type; mentions of equal span and type are
    one, and relations between a mention and itself go. Relation mentions count once for each type and pair of
    arguments. White space around a head is stripped.

    Offsets count the characters of the `.sgm` without its tags. A reference such as `&AMP;` counts as it is
    written; where the heads' texts do not fit so, but do where each counts as the one character that it
    stands for, or only XML's own do, that is how they are counted in this document.

    Args:
        folder: holds the pairs, in sub-folders as deep as one likes; the two of a pair have one name, and
            need not lie side by side. Other files are passed over.
        names: of the documents to read; all without it.

    Raises:
        InputError: there are no pairs, or half of one, or two of a name; a file cannot be read or is not what
            it should be; a head lies beyond the text, or the text there is not what the annotation says.
    """
    return [text for _, _, text in _texts(folder, names)]


def has_ace04_documents(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder holds a document's text, as deep as one likes.

    Raises:
        InputError: it cannot be looked through.
    """
    return any(path.name.lower().endswith(_SOURCE) for path in corpus_files(folder))


def ace04_file_name(path: Path) -> str | None:
    """The name that the two files of a pair share; None of any other file."""
    for ending in (_SOURCE, _ANNOTATION):
        if path.name.lower().endswith(ending):
            return path.name[: -len(ending)]
    return None


def ace04_document_name(doc_id: str) -> str:
    """The name of the document that a sentence is from: the name of its files, without their endings."""
    return doc_id.rpartition(".")[0]


def _texts(
    folder: str | os.PathLike[str], names: Collection[str] | None
) -> Iterator[tuple[Path, Ace04Source, AnnotatedText]]:
    """The documents, each with the path of its source, and the source."""
    for name, paths in _pairs(Path(folder), names).items():
        source, annotation = read_ace04_source(paths[0]), read_ace04_annotation(paths[1])
        merged: dict[Mention, int] = {}
        places = [merged.setdefault(mention, len(merged)) for mention in _mentions(source, annotation, paths)]
        relations = dict.fromkeys(
            Relation(label, places[head], places[tail])
            for label, head, tail in annotation.relations
            if places[head] != places[tail]
        )
        yield paths[0], source, AnnotatedText(name, source.text, tuple(merged), tuple(relations))


def _pairs(folder: Path, names: Collection[str] | None) -> dict[str, tuple[Path, Path]]:
    """The pairs of files by name, in the order of names."""
    found: dict[str, dict[str, Path]] = {_SOURCE: {}, _ANNOTATION: {}}
    for path in corpus_files(folder):
        for ending, by_name in found.items():
            name = path.name[: -len(ending)]
            if not path.name.lower().endswith(ending) or (names is not None and name not in names):
                continue
            if name in by_name:
                raise InputError(f"received, but {by_name[name]} is of the same name", path=path)
            by_name[name] = path
    for ending, other in ((_SOURCE, _ANNOTATION), (_ANNOTATION, _SOURCE)):
        for name, path in found[ending].items():
            if name not in found[other]:
                raise InputError(f"received without {name}{other}, expected both in {folder}", path=path)
    if not found[_SOURCE]:
        which = "" if names is None else " of the documents asked for"
        raise InputError(
            f"expected pairs of files *{_SOURCE} and *{_ANNOTATION}{which}, found none", path=folder
        )
    return {name: (found[_SOURCE][name], found[_ANNOTATION][name]) for name in sorted(found[_SOURCE])}


def _mentions(source: Ace04Source, annotation: Ace04Annotation, paths: tuple[Path, Path]) -> list[Mention]:
    """The annotated heads as spans of the source's text, as many and in the same order."""
    spans = TextSpans(source.text)
    ways: list[Sequence[int]] = [source.as_written]
    if source.has_references:
        ways += [range(len(source.text) + 1), source.as_xml]
    refusals = []
    for places in ways:
        try:
            return [_mention(source.text, spans, head, places, paths) for head in annotation.heads]
        except InputError as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _mention(
    text: str, spans: TextSpans, head: Ace04Head, places: Sequence[int], paths: tuple[Path, Path]
) -> Mention:
    """A head as a span of the text, without blanks around it.

    Args:
        text: the source's.
        spans: of the text.
        head: the head.
        places: for what the annotation counts, its places in the text, and the text's end.
        paths: of source and annotation.
    """
    last = len(places) - 2
    if head.end > last:
        raise _refusal(f"received, expected no end beyond character {last}, the last", head, paths)
    start, end = places[head.start], places[head.end + 1]
    # The files break lines differently: white space does not count.
    if head.text.strip() and not spans.reads(start, end, without_references(head.text)):
        raise _refusal(f"received, but there stands {_shown(text[start:end])}", head, paths)
    words = spans.stripped(start, end)
    if words is None:
        raise _refusal("received, but there stands nothing", head, paths)
    return Mention(head.type, *words)


def _refusal(message: str, head: Ace04Head, paths: tuple[Path, Path]) -> InputError:
    source, annotation = paths
    return InputError(
        f"head {_shown(head.text)} at {head.start} to {head.end} of {source} {message}",
        path=annotation,
        line=head.line,
    )


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "...")


def _sentences(source: Ace04Source, text: AnnotatedText) -> Iterator[Document]:
    """Cuts a document into flat sentences."""
    flat = longest_mentions(text)
    cuts = [place for mention in flat.mentions for place in (mention.start, mention.end)]
    # Every mention lies in one sentence, and both of a relation's in the same.
    sentences = list(ace04_sentences(source, _protected(text), cuts))
    mentions = _on_tokens(flat.mentions, list(chain.from_iterable(sentences)))
    named = (
        (f"{text.doc_id}.{number}", [token.text for token in tokens])
        for number, tokens in enumerate(sentences)
    )
    return sentence_documents(named, mentions, flat.relations)


def _on_tokens(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Spans of characters as spans of tokens."""
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    return [
        Mention(label, bisect_left(starts, start), bisect_left(ends, end) + 1)
        for label, start, end in mentions
    ]


def _protected(document: AnnotatedText) -> Iterator[tuple[int, int]]:
    """The spans that no border of a sentence may cut."""
    for mention in document.mentions:
        yield mention.start, mention.end
    for relation in document.relations:
        arguments = document.mentions[relation.head], document.mentions[relation.tail]
        yield min(mention.start for mention in arguments), max(mention.end for mention in arguments)
