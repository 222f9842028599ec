"""A predicted document and how sure the model is of it."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.documents import Document
from multihead_at.prediction.tag_chain import TagChain


@dataclass(frozen=True)
class ScoredPrediction:
    """A predicted document with probabilities.

    Attributes:
        document: predicted tags (BIO tags, or a class for each token with EC) and heads.
        tags: the distribution over its tags.
        head_probabilities: of each token's heads, in their order, `[length][1 or more]`; 0 where a token is
            its own head by `N` because nothing is predicted for it.
    """

    document: Document
    tags: TagChain
    head_probabilities: tuple[tuple[float, ...], ...]
