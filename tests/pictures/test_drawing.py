from __future__ import annotations

import pytest

from multihead_at.documents import Mention
from multihead_at.pictures.arc import Arc
from multihead_at.pictures.box import Box
from multihead_at.pictures.drawing import Drawing
from multihead_at.scoring.mention_relations import ROOT

TOKENS = ("Ada", "Brook", "of", "Velm")
ADA, VELM = Mention("Peop", 0, 2), Mention("Loc", 3, 4)


def test_boxes_count_the_characters_of_the_tokens_joined_by_blanks() -> None:
    drawing = Drawing.of_mentions(TOKENS, [VELM, ADA], {(ADA, "Live_In", VELM)})
    assert drawing == Drawing(
        "Ada Brook of Velm", (Box("Peop", 0, 9), Box("Loc", 13, 17)), (Arc("Live_In", 0, 1),)
    )
    assert [drawing.words(place) for place in (0, 1)] == ["Ada Brook", "Velm"]


def test_the_order_of_arcs_is_that_of_their_arguments_and_not_that_of_a_set() -> None:
    relations = [(VELM, "B", ADA), (ADA, "C", VELM), (ADA, "A", VELM), (ADA, "A", ADA)]
    for order in (relations, relations[::-1]):
        arcs = Drawing.of_mentions(TOKENS, [ADA, VELM], order).arcs
        assert [(arc.head, arc.type, arc.tail) for arc in arcs] == [
            (0, "A", 0),
            (0, "A", 1),
            (0, "C", 1),
            (1, "B", 0),
        ]


def test_the_root_is_a_box_of_its_own_around_token_0() -> None:
    drawing = Drawing.of_mentions(
        ("root", "Velm"), [Mention("Loc", 1, 2)], {(Mention("Loc", 1, 2), "of", ROOT)}
    )
    assert drawing.boxes == (Box("root", 0, 4), Box("Loc", 5, 9))
    assert drawing.arcs == (Arc("of", 1, 0),)


def test_a_mention_on_token_0_is_the_roots_box_too() -> None:
    drawing = Drawing.of_mentions(TOKENS, [ADA, VELM], {(VELM, "of", ROOT)})
    assert [box.type for box in drawing.boxes] == ["Peop", "Loc"]
    assert drawing.arcs == (Arc("of", 1, 0),)


def test_without_a_relation_of_it_the_root_has_no_box() -> None:
    assert len(Drawing.of_mentions(TOKENS, [VELM], set()).boxes) == 1


@pytest.mark.parametrize(
    ("boxes", "arcs"),
    [
        ((Box("A", 0, 3), Box("B", 2, 4)), ()),
        ((Box("A", 3, 4), Box("B", 0, 2)), ()),
        ((Box("A", 1, 1),), ()),
        ((Box("A", 0, 18),), ()),
        ((Box("A", 0, 3),), (Arc("R", 0, 1),)),
        ((Box("A", 0, 3),), (Arc("R", -1, 0),)),
    ],
    ids=repr,
)
def test_what_cannot_be_drawn_is_refused(boxes: tuple[Box, ...], arcs: tuple[Arc, ...]) -> None:
    with pytest.raises(ValueError, match="Expected"):
        Drawing("Ada Brook of Velm", boxes, arcs)
