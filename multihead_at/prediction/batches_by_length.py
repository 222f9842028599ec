"""Which documents are predicted for together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# Of a batch, padding included: bounds its memory where documents are long.
_MOST_TOKENS = 16384


def batches_by_length(lengths: Sequence[int], batch_size: int) -> Iterator[list[int]]:
    """Puts documents of like length into a batch, so that little of it is padding.

    Args:
        lengths: tokens of each document.
        batch_size: documents a batch at most; fewer where they are long.

    Yields:
        Indices of `lengths`, the shortest documents first; each index once.
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    start = 0
    while start < len(order):
        batch = order[start : start + batch_size]
        while len(batch) > 1 and len(batch) * lengths[batch[-1]] > _MOST_TOKENS:
            batch.pop()
        start += len(batch)
        yield batch
