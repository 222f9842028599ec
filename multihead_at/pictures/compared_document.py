"""A gold document beside the predicted one."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from multihead_at.documents import Document, Mention
from multihead_at.pictures.drawing import Drawing
from multihead_at.pictures.outcome import (
    MISSED,
    RIGHT,
    SPURIOUS,
    WRONG_ARGUMENT,
    WRONG_BOUNDARIES,
    WRONG_TYPE,
)
from multihead_at.pictures.pictured_document import PicturedDocument
from multihead_at.scoring.mention_relations import ROOT, MentionRelation, mention_relations
from multihead_at.scoring.scored_mentions import scored_mentions


@dataclass(frozen=True)
class ComparedDocument:
    """What the scorer counts in a document, and what became of it.

    Attributes:
        doc_id: the document's id.
        tokens: its tokens, `[length]`.
        gold_mentions: the outcome of each gold mention.
        predicted_mentions: the outcome of each predicted mention.
        gold_relations: the outcome of each gold relation.
        predicted_relations: the outcome of each predicted relation.
    """

    doc_id: str
    tokens: tuple[str, ...]
    gold_mentions: Mapping[Mention, str]
    predicted_mentions: Mapping[Mention, str]
    gold_relations: Mapping[MentionRelation, str]
    predicted_relations: Mapping[MentionRelation, str]

    @classmethod
    def of(
        cls, gold: Document, predicted: Document, evaluation: str, *, root_node: bool = False
    ) -> ComparedDocument:
        """Compares as `scoring.score` does: what is not right here is a false one there, and the reverse.

        Args:
            gold: the document as annotated.
            predicted: the same tokens, as predicted.
            evaluation: `strict`, `boundaries` or `relaxed`.
            root_node: whether token 0 is the document's root.

        Raises:
            InputError: a tag that is not BIO.
        """
        bounds, found = scored_mentions(gold, predicted, evaluation)
        has_root = root_node and evaluation != "relaxed"
        mentions = set(bounds), set(found)
        relations = (
            mention_relations(gold.heads, bounds, root_node=has_root),
            mention_relations(predicted.heads, found, root_node=has_root),
        )
        return cls(
            gold.doc_id,
            gold.tokens,
            _mention_outcomes(mentions[0], mentions[1], MISSED),
            _mention_outcomes(mentions[1], mentions[0], SPURIOUS),
            _relation_outcomes(relations[0], relations[1], mentions[1], MISSED),
            _relation_outcomes(relations[1], relations[0], mentions[0], SPURIOUS),
        )

    @property
    def errors(self) -> int:
        """The false negatives and the false positives."""
        outcomes = (
            *self.gold_mentions.values(),
            *self.predicted_mentions.values(),
            *self.gold_relations.values(),
            *self.predicted_relations.values(),
        )
        return sum(outcome != RIGHT for outcome in outcomes)

    def picture(self) -> PicturedDocument:
        """The document with its gold and its predicted mentions and relations."""
        sides = (
            ("gold", self.gold_mentions, self.gold_relations),
            ("predicted", self.predicted_mentions, self.predicted_relations),
        )
        drawings = []
        for name, mentions, relations in sides:
            outcomes: dict[object, str] = {}
            outcomes.update(mentions.items())
            outcomes.update(relations.items())
            drawing = Drawing.of_mentions(self.tokens, mentions, relations, outcome=outcomes.__getitem__)
            drawings.append((name, drawing))
        return PicturedDocument(self.doc_id, tuple(drawings))


def _mention_outcomes(own: Set[Mention], other: Set[Mention], without_any: str) -> dict[Mention, str]:
    """The outcome of each mention of a side.

    Args:
        own: the side's mentions.
        other: the other side's.
        without_any: the outcome where the other side has nothing like it.
    """
    wrong = other - own
    return {mention: _mention_outcome(mention, other, wrong, without_any) for mention in sorted(own)}


def _mention_outcome(mention: Mention, other: Set[Mention], wrong: Set[Mention], without_any: str) -> str:
    if mention in other:
        return RIGHT
    overlapping = [one for one in wrong if one.start < mention.end and mention.start < one.end]
    if any((one.start, one.end) == (mention.start, mention.end) for one in overlapping):
        return WRONG_TYPE
    return WRONG_BOUNDARIES if overlapping else without_any


def _relation_outcomes(
    own: Set[MentionRelation], other: Set[MentionRelation], mentions: Set[Mention], without_any: str
) -> dict[MentionRelation, str]:
    """The outcome of each relation of a side; `mentions` are the other side's."""
    wrong_pairs = {(head, tail) for head, _, tail in other - own}
    outcomes = {}
    for relation in sorted(own):
        head, _, tail = relation
        if relation in other:
            outcomes[relation] = RIGHT
        elif (head, tail) in wrong_pairs:
            outcomes[relation] = WRONG_TYPE
        elif {head, tail} - mentions - {ROOT}:
            outcomes[relation] = WRONG_ARGUMENT
        else:
            outcomes[relation] = without_any
    return outcomes
