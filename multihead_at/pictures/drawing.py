"""A text with boxes and arcs: what one picture shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from multihead_at.documents import Mention
from multihead_at.pictures.arc import Arc
from multihead_at.pictures.box import Box
from multihead_at.scoring.mention_relations import ROOT, MentionRelation

_ROOT_TYPE = "root"


@dataclass(frozen=True)
class Drawing:
    """A text, the boxes in it and the arcs between them.

    Attributes:
        text: the text.
        boxes: in their order in the text, none over another.
        arcs: between them.

    Raises:
        ValueError: boxes overlap, are out of order or outside the text, or an arc ends at no box.
    """

    text: str
    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]

    def __post_init__(self) -> None:
        end = 0
        for box in self.boxes:
            if not end <= box.start < box.end <= len(self.text):
                raise ValueError(f"Expected boxes in order and apart. Received: {box}")
            end = box.end
        for arc in self.arcs:
            if not (0 <= arc.head < len(self.boxes) and 0 <= arc.tail < len(self.boxes)):
                raise ValueError(f"Expected an arc between {len(self.boxes)} boxes. Received: {arc}")

    @classmethod
    def of_mentions(
        cls,
        tokens: Sequence[str],
        mentions: Iterable[Mention],
        relations: Iterable[MentionRelation],
        *,
        outcome: Callable[[Mention | MentionRelation], str] = lambda item: "",
    ) -> Drawing:
        """The drawing of a document: its tokens, joined by blanks.

        Args:
            tokens: `[length]`.
            mentions: without overlaps.
            relations: between mentions; `ROOT` among their ends stands for token 0, which then has a box of
                its own, or is the box of the mention that it lies in.
            outcome: of a mention or a relation.
        """
        starts = [0, *accumulate(len(token) + 1 for token in tokens)]
        ordered = sorted(mentions, key=lambda mention: mention.start)
        place_of = {mention: place for place, mention in enumerate(ordered)}
        boxes = [
            Box(mention.type, starts[mention.start], starts[mention.end] - 1, outcome(mention))
            for mention in ordered
        ]
        # Sorted: sets have no order that would be the same tomorrow.
        drawn = sorted(relations, key=lambda one: (one[0].start, one[2].start, one))
        if any(ROOT in (head, tail) for head, _, tail in drawn):
            if not ordered or ordered[0].start > 0:
                boxes.insert(0, Box(_ROOT_TYPE, 0, len(tokens[0])))
                place_of = {mention: place + 1 for mention, place in place_of.items()}
            place_of[ROOT] = 0
        arcs = (Arc(one[1], place_of[one[0]], place_of[one[2]], outcome(one)) for one in drawn)
        return cls(" ".join(tokens), tuple(boxes), tuple(arcs))

    def words(self, place: int) -> str:
        """What stands in a box."""
        return self.text[self.boxes[place].start : self.boxes[place].end]
