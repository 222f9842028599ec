"""Scoring of predicted documents against gold ones, by the original's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from multihead_at.documents import NO_RELATION, OUTSIDE, Document, Mention
from multihead_at.errors import InputError
from multihead_at.scoring.label_counts import LabelCounts
from multihead_at.scoring.mention_relations import UNTYPED, MentionRelation, mention_relations
from multihead_at.scoring.scored_mentions import scored_mentions
from multihead_at.scoring.scores import Scores

EVALUATIONS = ("strict", "boundaries", "relaxed")


def score(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    evaluation: str,
    *,
    root_node: bool = False,
    classes: Sequence[str],
    relations: Sequence[str],
    gold_classes: Sequence[Sequence[str]] | None = None,
) -> Scores:
    """Scores predicted documents against gold ones, by the original's rules.

    - strict: a mention is right with its type, start and end, a relation with its label and both mentions.
    - boundaries: the same with all types dropped, also those of a relation's mentions.
    - relaxed: where mentions lie is known from gold; a mention's type is right if any of its tokens has it,
      see `relaxed_mentions`.

    A relation with an end outside the mentions of its own side vanishes; it is no false positive.

    Args:
        gold: the documents as annotated, BIO tags, `[documents]`.
        predicted: the same documents as predicted, `[documents]`: BIO tags, under `relaxed` entity classes
            (`B-` and `I-` are stripped).
        evaluation: `strict`, `boundaries` or `relaxed`.
        root_node: whether token 0 is each document's root (DREC): every relation end at token 0 is then the
            root, which itself counts as no mention. `relaxed` ignores it, as the original does.
        classes: all entity classes, with or without `O`; macro figures average over all, absent or not.
        relations: all relations, with or without `NO_RELATION`; macro figures likewise.
        gold_classes: under `relaxed`, gold's entity class of each token, `[documents][length]`, where that is
            not what its tags say: the gold types of mentions then follow from these by the same rule as the
            predicted ones (the original has both, and reads its gold types so).

    Returns:
        The scores.

    Raises:
        InputError: an unknown evaluation or label, a tag that is not BIO, or documents that do not pair up.
    """
    if evaluation not in EVALUATIONS:
        raise InputError(f"evaluation {evaluation!r} received, expected one of {', '.join(EVALUATIONS)}")
    _check_pairs(gold, predicted, gold_classes)
    root_node = root_node and evaluation != "relaxed"
    entity_labels = _entity_labels(evaluation, classes)
    relation_labels = [relation for relation in relations if relation != NO_RELATION]
    mention_counts = LabelCounts()
    relation_counts = LabelCounts()
    for place, pair in enumerate(zip(gold, predicted)):
        its_classes = None if gold_classes is None else gold_classes[place]
        mentions = scored_mentions(*pair, evaluation, its_classes)
        related = [
            mention_relations(document.heads, side, root_node=root_node)
            for document, side in zip(pair, mentions)
        ]
        for document, its_mentions, its_relations in zip(pair, mentions, related):
            _check_labels(document, "entity class", map(_type_of, its_mentions), entity_labels)
            _check_labels(document, "relation", map(_label_of, its_relations), relation_labels)
        mention_counts.add(set(mentions[0]), set(mentions[1]), _type_of)
        relation_counts.add(related[0], related[1], _label_of)
    entity = mention_counts.class_scores(entity_labels)
    boundaries = entity.pop(UNTYPED, None)
    return Scores(evaluation, root_node, entity, relation_counts.class_scores(relation_labels), boundaries)


def _entity_labels(evaluation: str, classes: Sequence[str]) -> list[str]:
    """The labels that mentions are counted under."""
    if evaluation == "boundaries":
        return [UNTYPED]
    # The most common class of a mention's tokens may be `O`, which relaxed counts like any other.
    always = [OUTSIDE] if evaluation == "relaxed" else []
    return list(dict.fromkeys([*classes, *always]))


def _type_of(mention: Mention) -> str:
    return mention.type


def _label_of(relation: MentionRelation) -> str:
    return relation[1]


def _check_pairs(
    gold: Sequence[Document], predicted: Sequence[Document], gold_classes: Sequence[Sequence[str]] | None
) -> None:
    """Refuses documents that are not the same ones on both sides."""
    if len(predicted) != len(gold):
        raise InputError(f"{len(predicted)} predicted documents received, expected {len(gold)} as in gold")
    for gold_document, predicted_document in zip(gold, predicted):
        if predicted_document.tokens != gold_document.tokens:
            raise _error(
                predicted_document, f"tokens received that gold document {gold_document.doc_id} has not"
            )
    if gold_classes is not None and [*map(len, gold_classes)] != [*map(len, gold)]:
        raise InputError("gold classes received that are not one for each token of each gold document")


def _check_labels(document: Document, kind: str, received: Iterable[str], known: Sequence[str]) -> None:
    for label in received:
        if label not in known:
            raise _error(document, f"{kind} {label!r} received, expected one of {', '.join(known)}")


def _error(document: Document, message: str) -> InputError:
    return InputError(f"document {document.doc_id}: {message}", path=document.source, line=document.line)
