from __future__ import annotations

from multihead_at.documents import Head, Mention
from multihead_at.scoring.mention_relations import ROOT, mention_relations

ANNA = Mention("Peop", 0, 2)
BONN = Mention("Loc", 3, 5)


def heads(*relations: tuple[int, str, int]) -> list[list[Head]]:
    """The heads of six tokens."""
    pairs: list[list[Head]] = [[] for _ in range(6)]
    for token, relation, head in relations:
        pairs[token].append(Head(relation, head))
    return pairs


def test_last_tokens_stand_for_their_mentions() -> None:
    assert mention_relations(heads((1, "Live_In", 4)), [ANNA, BONN]) == {(ANNA, "Live_In", BONN)}


def test_any_token_of_a_mention_stands_for_it_and_duplicates_collapse() -> None:
    relations = heads((0, "Live_In", 3), (1, "Live_In", 4), (0, "Live_In", 4))
    assert mention_relations(relations, [ANNA, BONN]) == {(ANNA, "Live_In", BONN)}


def test_direction_and_label_are_kept() -> None:
    relations = heads((1, "Live_In", 4), (4, "Live_In", 1), (1, "Work_For", 4))
    assert mention_relations(relations, [ANNA, BONN]) == {
        (ANNA, "Live_In", BONN),
        (BONN, "Live_In", ANNA),
        (ANNA, "Work_For", BONN),
    }


def test_a_relation_with_an_end_outside_every_mention_vanishes() -> None:
    assert mention_relations(heads((2, "R", 4), (1, "R", 5), (2, "R", 5)), [ANNA, BONN]) == set()


def test_no_relation_is_none() -> None:
    assert mention_relations(heads((0, "N", 0), (1, "N", 4)), [ANNA, BONN]) == set()


def test_a_mention_may_be_related_to_itself() -> None:
    assert mention_relations(heads((0, "R", 1)), [ANNA]) == {(ANNA, "R", ANNA)}


def test_the_root_takes_token_0_even_out_of_a_mention() -> None:
    relations = heads((4, "Part_of", 0), (1, "Part_of", 4), (0, "Part_of", 4))
    assert mention_relations(relations, [ANNA, BONN], root_node=True) == {
        (BONN, "Part_of", ROOT),
        (ANNA, "Part_of", BONN),
        (ROOT, "Part_of", BONN),
    }


def test_the_root_has_no_type_and_no_token_that_a_mention_could_have() -> None:
    assert Mention("", 0, 0) == ROOT


def test_the_root_is_there_without_any_mention_around_it() -> None:
    relations = heads((4, "Part_of", 0))
    assert mention_relations(relations, [BONN], root_node=True) == {(BONN, "Part_of", ROOT)}
    assert mention_relations(relations, [BONN]) == set()
