"""Which mentions of a gold and a predicted document an evaluation compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from multihead_at.documents import Document, Mention, entity_class, mentions_from_bio
from multihead_at.errors import InputError
from multihead_at.scoring.mention_relations import UNTYPED
from multihead_at.scoring.relaxed import relaxed_mentions


def scored_mentions(
    gold: Document, predicted: Document, evaluation: str, gold_classes: Sequence[str] | None = None
) -> tuple[list[Mention], list[Mention]]:
    """The gold and the predicted mentions of one document, as the evaluation sees them.

    Args:
        gold: the document as annotated.
        predicted: the same tokens, as predicted.
        evaluation: `strict`, `boundaries` (mentions lose their types) or `relaxed` (gold's mentions with
            predicted types).
        gold_classes: as in `score`, of this document, `[length]`.

    Raises:
        InputError: a tag that is not BIO; with the document.
    """
    bounds = _bio_mentions(gold)
    if evaluation == "relaxed":
        found = relaxed_mentions(bounds, [entity_class(tag) for tag in predicted.tags])
        return (bounds if gold_classes is None else relaxed_mentions(bounds, gold_classes)), found
    if evaluation == "boundaries":
        return _untyped(bounds), _untyped(_bio_mentions(predicted))
    return bounds, _bio_mentions(predicted)


def _bio_mentions(document: Document) -> list[Mention]:
    try:
        return mentions_from_bio(document.tags)
    except InputError as error:
        message = f"document {document.doc_id}: {error.message}"
        raise InputError(message, path=document.source, line=document.line) from error


def _untyped(mentions: Iterable[Mention]) -> list[Mention]:
    return [mention._replace(type=UNTYPED) for mention in mentions]
