"""A document: tokens, their tags and their heads."""

from __future__ import annotations

from dataclasses import dataclass, field

from multihead_at.documents.head import Head


@dataclass(frozen=True)
class Document:
    """One sentence (CoNLL04, ADE) or one ad (DREC), gold or predicted.

    Attributes:
        doc_id: what stands after `#doc`.
        tokens: the words, `[length]`.
        tags: a BIO tag for each token, `[length]`; predicted entity classes stand without B-/I-.
        heads: for each token its (relation, head) pairs in file order, `[length][1 or more]`. A token without
            a relation has one pair, `NO_RELATION` and itself.
        source: path of the file it was read from; left out of comparisons.
        line: line of its `#doc` in that file, from 1; token i stands on line + 1 + i. Left out of
            comparisons.

    Raises:
        ValueError: tokens, tags and heads are not equally many.
    """

    doc_id: str
    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[tuple[Head, ...], ...]
    source: str | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        tokens, tags, heads = len(self.tokens), len(self.tags), len(self.heads)
        if not tokens == tags == heads:
            raise ValueError(
                f"expected as many tags and heads as tokens. Received: {tokens}, {tags}, {heads}"
            )

    def __len__(self) -> int:
        return len(self.tokens)
