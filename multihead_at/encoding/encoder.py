"""Documents to integer arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from multihead_at.documents import Document, entity_class
from multihead_at.encoding.corpus_vocabularies import CorpusVocabularies
from multihead_at.encoding.encoded_document import EncodedDocument
from multihead_at.encoding.vocabulary import Vocabulary
from multihead_at.encoding.word_table import WordTable
from multihead_at.errors import InputError


class Encoder:
    """Turns documents into integer arrays.

    Args:
        vocabularies: of the corpus that the model is trained on.
        table: the word vectors in use.
        ner_classes: `BIO` or `EC`: which vocabulary gold tags are numbered by.

    Raises:
        InputError: `ner_classes` is neither.
    """

    def __init__(self, vocabularies: CorpusVocabularies, table: WordTable, ner_classes: str) -> None:
        self.vocabularies = vocabularies
        self.table = table
        self.ner_classes = ner_classes
        self._tags = vocabularies.tags(ner_classes)

    def encode(self, document: Document, gold: bool = True) -> EncodedDocument:
        """Encodes one document.

        Args:
            document: the document.
            gold: False leaves its tags and heads out, which may then be anything.

        Raises:
            InputError: a gold tag or relation is not in the vocabularies.
        """
        places: dict[str, int] = {}
        word_index = [places.setdefault(token, len(places)) for token in document.tokens]
        characters, character_lengths = self._characters(list(places))
        return EncodedDocument(
            document,
            tuple(places),
            _integers([self.table.row(word) for word in places], (len(places),)),
            characters,
            character_lengths,
            _integers(word_index, (len(document),)),
            self._tag_ids(document) if gold else _integers([0] * len(document), (len(document),)),
            self._relations(document) if gold else _integers([], (0, 3)),
        )

    def _characters(self, words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        get = self.vocabularies.characters.get
        known = [[number for number in map(get, word) if number is not None] for word in words]
        lengths = [len(numbers) for numbers in known]
        width = max([1, *lengths])
        padded = [numbers + [0] * (width - len(numbers)) for numbers in known]
        return _integers(padded, (len(words), width)), _integers(lengths, (len(words),))

    def _tag_ids(self, document: Document) -> np.ndarray:
        ids = []
        for position, tag in enumerate(document.tags):
            label = entity_class(tag) if self.ner_classes == "EC" else tag
            ids.append(_gold_id(self._tags, label, "tag", document, position))
        return _integers(ids, (len(document),))

    def _relations(self, document: Document) -> np.ndarray:
        vocabulary = self.vocabularies.relations
        rows = {
            (position, head.token, _gold_id(vocabulary, head.relation, "relation", document, position))
            for position, heads in enumerate(document.heads)
            for head in heads
        }
        return _integers(sorted(rows), (len(rows), 3))


def _gold_id(vocabulary: Vocabulary, label: str, kind: str, document: Document, position: int) -> int:
    number = vocabulary.get(label)
    if number is None:
        raise InputError(
            f"{kind} {label!r} of token {position} in document {document.doc_id} received, "
            f"expected one that the model knows: {', '.join(vocabulary)}",
            path=document.source,
            # Token 0 stands on the line after `#doc`.
            line=None if document.line is None else document.line + 1 + position,
        )
    return number


def _integers(values: Sequence[object], shape: tuple[int, ...]) -> np.ndarray:
    # The shape is given because an empty list does not tell it.
    array = np.array(values, dtype=np.int32).reshape(shape)
    array.setflags(write=False)
    return array
