"""The four vocabularies that a corpus defines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from multihead_at.documents import NO_RELATION, Document, entity_class
from multihead_at.encoding.vocabulary import Vocabulary
from multihead_at.errors import InputError

_NAMES = ("characters", "bio_tags", "entity_classes", "relations")


@dataclass(frozen=True)
class CorpusVocabularies:
    """Characters, tags, entity classes and relations of a corpus.

    Attributes:
        characters: every character of every token. No padding or unknown entry: lengths mask the padding, and
            an unseen character is skipped.
        bio_tags: the tags as they stand in the files.
        entity_classes: the tags without `B-` and `I-`.
        relations: the relations, `NO_RELATION` among them.
    """

    characters: Vocabulary
    bio_tags: Vocabulary
    entity_classes: Vocabulary
    relations: Vocabulary

    @classmethod
    def collect(cls, documents: Iterable[Document]) -> CorpusVocabularies:
        """Collects the vocabularies.

        Args:
            documents: train, dev and test together, as the original does.
        """
        characters: set[str] = set()
        tags: set[str] = set()
        relations = {NO_RELATION}
        for document in documents:
            characters.update(*document.tokens)
            tags.update(document.tags)
            relations.update(head.relation for heads in document.heads for head in heads)
        classes = map(entity_class, tags)
        return cls(Vocabulary(characters), Vocabulary(tags), Vocabulary(classes), Vocabulary(relations))

    def tags(self, ner_classes: str) -> Vocabulary:
        """What the tagger predicts: `bio_tags` for `BIO`, `entity_classes` for `EC`.

        Raises:
            InputError: `ner_classes` is neither.
        """
        if ner_classes == "BIO":
            return self.bio_tags
        if ner_classes == "EC":
            return self.entity_classes
        raise InputError(f"ner_classes {ner_classes!r} received, expected 'BIO' or 'EC'")

    def to_dict(self) -> dict[str, list[str]]:
        """The symbols of each vocabulary in order, as JSON can hold them."""
        return {name: list(getattr(self, name).symbols) for name in _NAMES}

    @classmethod
    def from_dict(cls, data: Any) -> CorpusVocabularies:
        """The inverse of `to_dict`.

        Raises:
            InputError: `data` is not what `to_dict` gives.
        """
        if not isinstance(data, dict) or set(data) != set(_NAMES):
            received = sorted(map(str, data)) if isinstance(data, dict) else type(data).__name__
            raise InputError(f"vocabularies {received} received, expected {', '.join(_NAMES)}")
        found = cls(*(_from_list(name, data[name]) for name in _NAMES))
        if any(len(character) != 1 for character in found.characters):
            raise InputError("vocabulary characters: an entry received that is not one character long")
        if found.entity_classes != Vocabulary(map(entity_class, found.bio_tags)):
            raise InputError("vocabulary entity_classes received that is not bio_tags without B- and I-")
        if NO_RELATION not in found.relations:
            raise InputError(f"vocabulary relations received without {NO_RELATION!r}")
        return found


def _from_list(name: str, symbols: Any) -> Vocabulary:
    if not isinstance(symbols, list) or not all(isinstance(symbol, str) for symbol in symbols):
        raise InputError(f"vocabulary {name}: {type(symbols).__name__} received, expected a list of strings")
    vocabulary = Vocabulary(symbols)
    if list(vocabulary) != symbols:
        raise InputError(f"vocabulary {name}: expected sorted entries, each once")
    return vocabulary
