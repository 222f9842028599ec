"""How probable a sentence's tags are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np


class TagChain:
    """The distribution over the tag sequences of one sentence that a linear-chain CRF defines.

    Without transitions it is the softmax of each token by itself.

    Args:
        scores: of each token's tags, `[length, tags]`.
        transitions: from row to column, `[tags, tags]`.
        forward: log-sums over what may stand before and at a token, `[length, tags]`.
        backward: log-sums over what may stand behind it, `[length, tags]`.
    """

    def __init__(
        self, scores: np.ndarray, transitions: np.ndarray, forward: np.ndarray, backward: np.ndarray
    ) -> None:
        self._scores = scores
        self._transitions = transitions
        self._forward = forward
        self._backward = backward
        self._total = _log_sum(forward[-1]) if len(forward) else 0.0

    @classmethod
    def of_batch(
        cls, scores: np.ndarray, lengths: np.ndarray, transitions: np.ndarray | None
    ) -> Iterator[TagChain]:
        """The chains of a batch's sentences.

        Args:
            scores: `[batch, length, tags]`.
            lengths: `[batch]`.
            transitions: `[tags, tags]`; None where tags are decided token by token.
        """
        scores = scores.astype(np.float64)
        tags = scores.shape[2]
        transitions = np.zeros([tags, tags]) if transitions is None else transitions.astype(np.float64)
        forward, backward = np.array(scores), np.zeros_like(scores)
        for place in range(1, scores.shape[1]):
            before = forward[:, place - 1, :, np.newaxis] + transitions
            forward[:, place] += _log_sum(before, axis=1)
        for place in range(scores.shape[1] - 2, -1, -1):
            behind = transitions + (scores + backward)[:, place + 1, np.newaxis]
            # Nothing stands behind a sentence's last token.
            is_inside = (place < lengths - 1)[:, np.newaxis]
            backward[:, place] = np.where(is_inside, _log_sum(behind, axis=2), 0)
        for row, length in enumerate(lengths):
            of_sentence = (array[row, :length] for array in (scores, forward, backward))
            one, *others = of_sentence
            yield cls(one, transitions, *others)

    def at_tokens(self) -> np.ndarray:
        """The probability of each tag at each token, `[length, tags]`."""
        return np.exp(self._forward + self._backward - self._total)

    def of_span(self, start: int, tags: Sequence[int], not_behind: Collection[int] = ()) -> float:
        """The probability that a span has these tags and none of some others follows.

        Args:
            start: the first token.
            tags: ids, one for each token of the span.
            not_behind: ids of which none may stand on the token behind the span, if there is one.
        """
        value = self._forward[start, tags[0]]
        for place, (before, tag) in enumerate(zip(tags, tags[1:]), start=start + 1):
            value += self._transitions[before, tag] + self._scores[place, tag]
        end = start + len(tags)
        if end < len(self._scores):
            behind = self._transitions[tags[-1]] + self._scores[end] + self._backward[end]
            behind[list(not_behind)] = -np.inf
            value += _log_sum(behind)
        return float(min(1.0, np.exp(value - self._total)))


def _log_sum(values: np.ndarray, axis: int | None = None) -> np.ndarray:
    highest = values.max(axis=axis, keepdims=True)
    return np.log(np.exp(values - highest).sum(axis=axis)) + np.squeeze(highest, axis=axis)
