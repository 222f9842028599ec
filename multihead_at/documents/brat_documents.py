"""brat's texts to documents and back."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Iterator

from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.collection_pause import collection_pause
from multihead_at.documents.document import Document
from multihead_at.documents.mention import Mention
from multihead_at.documents.mentions_and_relations import mentions_and_relations
from multihead_at.documents.overlaps import longest_mentions
from multihead_at.documents.sentence_documents import sentence_documents
from multihead_at.documents.text_spans import TextSpans
from multihead_at.documents.token import Token
from multihead_at.documents.tokenized_text import TokenizedText
from multihead_at.errors import InputError


@collection_pause()
def brat_documents(text: AnnotatedText) -> list[Document]:
    """Cuts a text into documents, one a sentence.

    No sentence ends within a mention or between the mentions of a relation, and tokens end where mentions do.
    Of mentions that overlap the longest stays, as BIO tags hold no others; a warning tells of it.

    Args:
        text: the text.

    Returns:
        Its sentences; ids are the text's, with `.1`, `.2`, ... behind it where there are several. None for a
        text without words.

    Raises:
        InputError: a mention of blanks.
    """
    flat = longest_mentions(text)
    if len(flat.mentions) < len(text.mentions):
        lost = len(text.mentions) - len(flat.mentions), len(text.relations) - len(flat.relations)
        warnings.warn(
            f"document {text.doc_id}: {lost[0]} mentions left out, with {lost[1]} relations, because longer "
            "ones overlap them",
            stacklevel=2,
        )
    spans = [(mention.start, mention.end) for mention in flat.mentions]
    related = [
        (min(spans[one.head], spans[one.tail])[0], max(spans[one.head], spans[one.tail])[1])
        for one in flat.relations
    ]
    try:
        tokenized = TokenizedText.of_text(text.text, spans, together=related)
    except InputError as error:
        raise InputError(f"document {text.doc_id}: {error.message}") from None
    # Boundaries come in order of their places.
    mentions = list(flat.mentions)
    for place, (first, behind) in zip(
        sorted(range(len(spans)), key=lambda place: spans[place]), tokenized.boundaries or ()
    ):
        mentions[place] = Mention(mentions[place].type, first, behind)
    return list(sentence_documents(_sentences(text.doc_id, tokenized), mentions, flat.relations))


def _sentences(doc_id: str, text: TokenizedText) -> Iterator[tuple[str, list[str]]]:
    """Yields the id and the tokens of each sentence."""
    ends = text.sentence_ends
    for number, (start, end) in enumerate(zip((0, *ends), ends), start=1):
        tokens = [token.text for token in text.tokens[start:end]]
        yield (f"{doc_id}.{number}" if len(ends) > 1 else doc_id), tokens


def brat_text(document: Document) -> AnnotatedText:
    """Joins a document's tokens by blanks.

    Args:
        document: with BIO tags.

    Raises:
        InputError: a relation whose ends are not the last tokens of mentions, a token with a blank in it, or
            a mention of nothing but characters that count as blanks.
    """
    mentions, relations = mentions_and_relations(document)
    for token in document.tokens:
        if " " in token:
            raise InputError(
                f"document {document.doc_id}: token {token!r} received, expected one without a blank",
                path=document.source,
                line=document.line,
            )
    ends = []
    place = 0
    for token in document.tokens:
        place += len(token)
        ends.append(place)
        place += 1
    spans = [
        Mention(
            mention.type, ends[mention.start] - len(document.tokens[mention.start]), ends[mention.end - 1]
        )
        for mention in mentions
    ]
    text = AnnotatedText(document.doc_id, " ".join(document.tokens), tuple(spans), tuple(relations))
    places = TextSpans(text.text)
    for mention in spans:
        if places.stripped(mention.start, mention.end) is None:
            words = text.text[mention.start : mention.end]
            raise InputError(
                f"document {document.doc_id}: mention {words!r} received, expected one with a word in it",
                path=document.source,
                line=document.line,
            )
    return text


def tokenized_brat_documents(text: AnnotatedText) -> list[Document]:
    """The inverse of `brat_text`: a sentence on each line, whose tokens single blanks separate.

    Args:
        text: the text; lines without a word are passed over.

    Returns:
        Its sentences, with ids as those of `brat_documents`.

    Raises:
        InputError: two blanks in a row; a mention that overlaps another one or does not begin and end where
            tokens do; a relation between two lines.
    """
    tokens, sentence_ends = [], []
    place = 0
    for whole in text.text.split("\n"):
        line = whole.removesuffix("\r")
        for word in line.split(" ") if line else ():
            if not word:
                raise InputError(f"document {text.doc_id}: expected tokens with one blank between them")
            tokens.append(Token(word, place, place + len(word)))
            place += len(word) + 1
        if line:
            sentence_ends.append(len(tokens))
        else:
            place += 1
        place += len(whole) - len(line)
    starts = {token.start: number for number, token in enumerate(tokens)}
    ends = {token.end: number for number, token in enumerate(tokens, start=1)}
    mentions = []
    for mention in text.mentions:
        if mention.start not in starts or mention.end not in ends:
            raise InputError(
                f"document {text.doc_id}: mention {text.text[mention.start : mention.end]!r} received, "
                "expected one that begins and ends where tokens do"
            )
        mentions.append(Mention(mention.type, starts[mention.start], ends[mention.end]))
    for relation in text.relations:
        first, second = (bisect_right(sentence_ends, mentions[end].start) for end in relation[1:])
        if first != second:
            raise InputError(f"document {text.doc_id}: relation {relation.type} between two lines received")
    tokenized = TokenizedText(text.text, tuple(tokens), tuple(sentence_ends))
    return list(sentence_documents(_sentences(text.doc_id, tokenized), mentions, text.relations))
