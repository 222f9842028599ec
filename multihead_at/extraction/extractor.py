"""Texts in, entities and relations out."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, Union, overload

from multihead_at.documents import (
    NO_RELATION,
    Document,
    Head,
    Mention,
    TokenizedText,
    bio_from_mentions,
    mentions_from_bio,
)
from multihead_at.documents.tokenized_text import Spans
from multihead_at.errors import InputError
from multihead_at.extraction.entity import Entity
from multihead_at.extraction.extracted_relation import ExtractedRelation
from multihead_at.extraction.extraction import Extraction
from multihead_at.prediction import THRESHOLD, ScoredPrediction, with_given_boundaries
from multihead_at.training import TrainedRun

MOST_CHARACTERS = 100
"""How much of a token the model reads. No word is as long; a line of other data would fill the memory."""

MOST_TOKENS = 5000
"""A longer sentence is cut: pairs of tokens, and so time, grow with the square of its length."""

_CHUNK = 1024

Text = Union[str, Sequence[str]]
"""A running text, or the tokens of a sentence."""


class Extractor:
    """Finds entities and relations with a trained model. Calls from several threads wait for one another.

    `bio_run` is the folder of a run with BIO tags:

    >>> extractor = multihead_at.load(bio_run)
    >>> found = extractor.extract("Ada Brook lives in Velm. Bo Orrin lives in Tarn.")
    >>> [(entity.type, entity.text, entity.start, entity.end) for entity in found.entities[:2]]
    [('Peop', 'Ada Brook', 0, 9), ('Loc', 'Velm', 19, 23)]
    >>> for relation in found.relations:
    ...     print(found.entities[relation.head].text, relation.type, found.entities[relation.tail].text)
    Ada Brook Live_In Velm
    Bo Orrin Live_In Tarn
    >>> found.relations[0].probability > 0.5
    True

    Several texts at once are faster; an item may be a list of tokens, which is then one sentence:

    >>> tokens = ["Dee", "Marl", "lives", "in", "Omby", "."]
    >>> several = extractor.extract(["Cy Dale lives in Zelgrad.", tokens])
    >>> [found.entities[1].text for found in several]
    ['Zelgrad', 'Omby']

    A run with EC needs the boundaries of entities, in characters of a text or in tokens:

    >>> extractor = multihead_at.load(ec_run)
    >>> found = extractor.extract("Ada Brook lives in Velm.", boundaries=[(0, 9), (19, 23)])
    >>> [(entity.type, entity.text) for entity in found.entities]
    [('Peop', 'Ada Brook'), ('Loc', 'Velm')]

    Args:
        run: the run, see `multihead_at.load`.

    Raises:
        InputError: the run's weights are damaged, or it has a root and does not say which token it is.
    """

    def __init__(self, run: TrainedRun) -> None:
        self._run = run
        self._predictor = run.predictor([])
        self._tags = run.vocabularies.tags(run.config.ner_classes)
        self._root = run.root_token
        if run.config.root_node and not isinstance(self._root, str):
            raise InputError(
                "expected root_token, what stands at token 0 of the documents that the run was trained on",
                path=run.folder.environment,
            )
        self._lock = threading.Lock()

    @property
    def needs_boundaries(self) -> bool:
        """Whether the model was trained with EC: it finds the types of entities of given boundaries."""
        return self._run.config.ner_classes == "EC"

    @property
    def threshold(self) -> float:
        """The model's own threshold: the original's 0.5, or what it was exported with."""
        return THRESHOLD

    @overload
    def extract(  # type: ignore[overload-overlap]  # a text is a sequence of texts, too
        self, texts: str, *, boundaries: Spans | None = None, threshold: float | None = None
    ) -> Extraction: ...

    @overload
    def extract(
        self,
        texts: Sequence[Text],
        *,
        boundaries: Sequence[Spans] | None = None,
        threshold: float | None = None,
    ) -> list[Extraction]: ...

    def extract(
        self,
        texts: str | Sequence[Text],
        *,
        boundaries: Spans | Sequence[Spans] | None = None,
        threshold: float | None = None,
    ) -> Extraction | list[Extraction]:
        """Finds the entities and relations of one text or of several; several at once are faster.

        Args:
            texts: a running text, which is cut into sentences and tokens; or a list, each item of which is
                such a text or a list of tokens, which is then one sentence.
            boundaries: for a model that needs them, and for no other, the starts and ends of the entities:
                characters of a text, tokens of a list of tokens. For a list of texts a list of such lists.
            threshold: a relation is found where its probability is higher; None: the model's own.

        Returns:
            For a text an `Extraction`, for a list a list of them.

        Raises:
            InputError: boundaries are missing, do not fit, or are given to a model that finds them itself
                (it could not heed them); the threshold is no probability; a text is neither text nor a list
                of tokens.
        """
        if isinstance(texts, str):
            given = None if boundaries is None else [boundaries]
            return self.extract([texts], boundaries=given, threshold=threshold)[0]  # type: ignore[arg-type,list-item]
        tokenized = [_tokenized(text, spans) for text, spans in zip(texts, _of_each(texts, boundaries))]
        return self.extract_tokenized(tokenized, threshold=threshold)

    __call__ = extract

    def extract_tokenized(
        self, texts: Sequence[TokenizedText], *, threshold: float | None = None
    ) -> list[Extraction]:
        """The same for texts that are cut already.

        Raises:
            InputError: the model needs boundaries and a text has none, or the reverse; or the threshold is no
                probability.
        """
        if threshold is None:
            threshold = self.threshold
        if not 0 <= threshold <= 1:
            raise InputError(f"threshold {threshold!r} received, expected a number from 0 to 1")
        if self.needs_boundaries and any(text.boundaries is None for text in texts):
            raise InputError(
                "this model was trained with EC: it finds the types of given entities and their relations, "
                "and needs their boundaries; none received"
            )
        if not self.needs_boundaries and any(text.boundaries is not None for text in texts):
            raise InputError(
                "boundaries received, expected none: this model finds entities itself; one trained with EC "
                "takes their boundaries"
            )
        with self._lock:
            return [
                extraction
                for start in range(0, len(texts), _CHUNK)
                for extraction in self._extract_chunk(texts[start : start + _CHUNK], threshold)
            ]

    def _extract_chunk(self, texts: Sequence[TokenizedText], threshold: float) -> Iterator[Extraction]:
        if self._root is not None:
            # A tree spans a whole text, not a sentence.
            texts = [dataclasses.replace(text, sentence_ends=text.sentence_ends[-1:]) for text in texts]
        texts = [text.in_pieces(MOST_TOKENS) for text in texts]
        documents = [list(_documents(text, self._root)) for text in texts]
        flat = [document for several in documents for document in several]
        self._predictor.use_table(
            self._run.word_table(token for document in flat for token in document.tokens)
        )
        encoded = [self._predictor.encoder.encode(document, gold=False) for document in flat]
        predicted = iter(self._predictor.predict_scored(encoded, threshold=threshold))
        for text, given in zip(texts, documents):
            yield self._extraction(text, given, [next(predicted) for _ in given])

    def _extraction(
        self, text: TokenizedText, given: Sequence[Document], predicted: Sequence[ScoredPrediction]
    ) -> Extraction:
        entities: list[Entity] = []
        relations: list[ExtractedRelation] = []
        sentences = []
        start = 0
        for source, scored, end in zip(given, predicted, text.sentence_ends):
            document = scored.document
            if self.needs_boundaries:
                document = with_given_boundaries(source, document)
            # 1 where the root was put in front, else 0.
            added = len(document) - (end - start)
            tokens = (*document.tokens[:added], *(token.text for token in text.tokens[start:end]))
            sentences.append(dataclasses.replace(document, tokens=tokens))
            mentions = mentions_from_bio(document.tags)
            if self._root is not None:
                mentions = _without_root(mentions)
            relations += _relations(document, scored, mentions, first_entity=len(entities))
            entities += [
                _entity(text, mention, start - added, self._probability(mention, document, scored))
                for mention in mentions
            ]
            start = end
        return Extraction(text.text, text.tokens, tuple(entities), tuple(relations), tuple(sentences))

    def _probability(self, mention: Mention, document: Document, scored: ScoredPrediction) -> float:
        if self.needs_boundaries:
            of_type = scored.tags.at_tokens()[mention.start : mention.end, self._tags.id(mention.type)]
            return float(of_type.mean())
        tags = [self._tags.id(tag) for tag in document.tags[mention.start : mention.end]]
        going_on = self._tags.get(f"I-{mention.type}")
        return scored.tags.of_span(mention.start, tags, () if going_on is None else (going_on,))


def _of_each(texts: Sequence[Text], boundaries: Any) -> Iterable[Spans | None]:
    """The boundaries of each text."""
    if boundaries is None:
        return repeat(None)
    try:
        given = list(boundaries)
    except TypeError:
        raise InputError(
            f"boundaries: expected a list for each text, received {type(boundaries).__name__}"
        ) from None
    if len(given) != len(texts):
        raise InputError(f"boundaries of {len(given)} texts received, expected {len(texts)}")
    return given


def _tokenized(text: Text, boundaries: Spans | None) -> TokenizedText:
    if isinstance(text, str):
        return TokenizedText.of_text(text, boundaries)
    # Bytes are a sequence, too, and so is much that comes out of a table.
    if not isinstance(text, Sequence) or not all(isinstance(token, str) for token in text):
        raise InputError(f"{type(text).__name__} received, expected text or a list of tokens")
    return TokenizedText.of_tokens(text, boundaries)


def _documents(text: TokenizedText, root: str | None) -> Iterator[Document]:
    """The sentences; mentions whose boundaries are given have tags without a type that counts.

    One that does not begin with the root, where there is one, gets it in front.
    """
    boundaries = iter(text.boundaries or ())
    span = next(boundaries, None)
    start = 0
    for number, end in enumerate(text.sentence_ends):
        tokens = tuple(token.text[:MOST_CHARACTERS] for token in text.tokens[start:end])
        added: tuple[str, ...] = () if root is None or tokens[0] == root else (root,)
        offset = len(added) - start
        mentions = []
        while span is not None and span[0] < end:
            mentions.append(Mention("given", span[0] + offset, min(span[1], end) + offset))
            span = next(boundaries, None)
        tokens = (*added, *tokens)
        heads = tuple((Head(NO_RELATION, place),) for place in range(len(tokens)))
        yield Document(str(number), tokens, bio_from_mentions(mentions, len(tokens)), heads)
        start = end


def _without_root(mentions: Sequence[Mention]) -> list[Mention]:
    """Takes token 0 out of the mentions: as for the scorer, it is the root and nothing else."""
    return [mention._replace(start=max(1, mention.start)) for mention in mentions if mention.end > 1]


def _entity(text: TokenizedText, mention: Mention, document_start: int, probability: float) -> Entity:
    """A mention of the document whose token 0 would be the text's token `document_start`."""
    first, behind = document_start + mention.start, document_start + mention.end
    start, end = text.tokens[first].start, text.tokens[behind - 1].end
    return Entity(mention.type, start, end, text.text[start:end], probability, first, behind)


def _relations(
    document: Document, scored: ScoredPrediction, mentions: Sequence[Mention], *, first_entity: int
) -> list[ExtractedRelation]:
    """Lifts heads to relations between mentions, as the scorer does: any token of a mention stands for it."""
    entity_of = {
        token: place
        for place, mention in enumerate(mentions, start=first_entity)
        for token in range(mention.start, mention.end)
    }
    found: dict[tuple[int, int, str], float] = {}
    for token, head_entity in entity_of.items():
        for head, probability in zip(document.heads[token], scored.head_probabilities[token]):
            tail_entity = entity_of.get(head.token)
            if head.relation != NO_RELATION and tail_entity is not None:
                key = (head_entity, tail_entity, head.relation)
                found[key] = max(probability, found.get(key, 0.0))
    return [ExtractedRelation(key[2], key[0], key[1], found[key]) for key in sorted(found)]
