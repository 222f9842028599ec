"""Texts in, entities and relations out, by a trained run."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from multihead_at.documents import (
    NO_RELATION,
    Document,
    Head,
    Mention,
    TokenizedText,
    bio_from_mentions,
    mentions_from_bio,
)
from multihead_at.extraction.entity import Entity
from multihead_at.extraction.extracted_relation import ExtractedRelation
from multihead_at.extraction.extraction import Extraction
from multihead_at.extraction.extractor import MOST_CHARACTERS, Extractor
from multihead_at.prediction import THRESHOLD, ScoredPrediction, with_given_boundaries
from multihead_at.training import TrainedRun


class RunExtractor(Extractor):
    """Finds entities and relations with a trained run. Called as `Extractor`.

    Args:
        run: the run, see `multihead_at.load`.

    Raises:
        InputError: the run's weights are damaged, or it has a root and does not say which token it is.
    """

    def __init__(self, run: TrainedRun) -> None:
        config = run.config
        super().__init__(
            threshold=THRESHOLD,
            needs_boundaries=config.ner_classes == "EC",
            has_root=config.root_node,
            decodes_trees=config.decoding == "edmonds",
        )
        self._run = run
        self._predictor = run.predictor([])
        self._tags = run.vocabularies.tags(config.ner_classes)
        self._root = run.root_token

    def _extract_cut(self, texts: Sequence[TokenizedText], threshold: float) -> Iterator[Extraction]:
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
