"""An entity found in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """An entity.

    Attributes:
        type: its type.
        start: its first character in the text, from 0.
        end: the character after its last.
        text: what stands there.
        probability: with BIO tags, that exactly these tags stand on its tokens and that it ends there: under
            a CRF the marginal of the span, over all ways to tag the rest of the sentence. With given
            boundaries (EC) the mean, over its tokens, of the type's probability.
        token_start: its first token in the text, from 0.
        token_end: the token after its last.
    """

    type: str
    start: int
    end: int
    text: str
    probability: float
    token_start: int
    token_end: int
