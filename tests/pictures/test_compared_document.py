from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import Document, Head, Mention, entity_class
from multihead_at.pictures.compared_document import ComparedDocument
from multihead_at.pictures.error_table import ErrorTable
from multihead_at.scoring import ClassScore, score

LENGTH = 6
CLASSES, RELATIONS = ("Loc", "Peop"), ("Kill", "Live_In")
TOKENS = tuple("abcdef")


def document(tags: str, **heads: tuple[str, int]) -> Document:
    """A document of one-letter tokens, with relations on some of them."""
    return Document(
        "1",
        TOKENS,
        tuple(tags.split()),
        tuple(
            (Head(*heads[token]),) if token in heads else (Head("N", i),) for i, token in enumerate(TOKENS)
        ),
    )


GOLD = document("B-Peop I-Peop O B-Loc O B-Loc", b=("Live_In", 3), d=("Kill", 5))


def outcomes(predicted: Document, evaluation: str = "strict") -> list[list[str]]:
    """Of gold mentions, predicted mentions, gold relations, predicted relations."""
    compared = ComparedDocument.of(GOLD, predicted, evaluation)
    return [
        list(compared.gold_mentions.values()),
        list(compared.predicted_mentions.values()),
        list(compared.gold_relations.values()),
        list(compared.predicted_relations.values()),
    ]


def test_gold_itself_is_right() -> None:
    assert outcomes(GOLD) == [["right"] * 3, ["right"] * 3, ["right"] * 2, ["right"] * 2]
    assert ComparedDocument.of(GOLD, GOLD, "strict").errors == 0


def test_nothing_predicted_is_all_missed_and_a_relation_lacks_its_arguments() -> None:
    assert outcomes(document("O O O O O O")) == [["missed"] * 3, [], ["wrong argument"] * 2, []]


def test_entities_of_another_type_of_other_boundaries_and_of_nothing_like_them() -> None:
    # Outcomes are in the order of mentions, which is that of their types: Loc 3, Loc 5, Peop 0; then Loc 2,
    # Loc 5, Peop 1, Peop 3.
    predicted = document("O B-Peop B-Loc B-Peop O B-Loc")
    assert outcomes(predicted)[0] == ["wrong type", "right", "wrong boundaries"]
    assert outcomes(predicted)[1] == ["spurious", "right", "wrong boundaries", "wrong type"]


def test_a_mention_that_overlaps_only_a_right_one_cannot_be() -> None:
    # a-c against a-b: gold's is no part of what is predicted, and overlaps it.
    predicted = document("B-Peop I-Peop I-Peop B-Loc O B-Loc")
    assert outcomes(predicted)[:2] == [["right", "right", "wrong boundaries"]] * 2


def test_relations_missed_spurious_of_another_label_and_of_a_wrong_entity() -> None:
    tags = "B-Peop I-Peop O B-Loc O B-Loc"
    assert outcomes(document(tags))[2:] == [["missed"] * 2, []]
    other = document(tags, b=("Kill", 3), f=("Kill", 3))
    # In the order of the first argument: Loc 3 Kill Loc 5, Peop 0 Live_In Loc 3; Loc 5 Kill, Peop 0 Kill.
    assert outcomes(other)[2:] == [["missed", "wrong type"], ["spurious", "wrong type"]]
    without_end = document("B-Peop I-Peop O B-Peop O B-Loc", b=("Live_In", 3), d=("Kill", 5))
    assert outcomes(without_end)[2:] == [["wrong argument"] * 2] * 2


def test_boundaries_drop_the_types() -> None:
    predicted = document("B-Loc I-Loc O B-Peop O O", b=("Live_In", 3))
    assert outcomes(predicted, "boundaries") == [
        ["right", "right", "missed"],
        ["right", "right"],
        # In the order of the arguments: 0 Live_In 3, 3 Kill 5.
        ["right", "wrong argument"],
        ["right"],
    ]


def test_relaxed_knows_only_other_types() -> None:
    predicted = document("O B-Loc O O O B-Loc", b=("Live_In", 3))
    found = ComparedDocument.of(GOLD, predicted, "relaxed")
    assert found.predicted_mentions == {
        Mention("Loc", 5, 6): "right",
        Mention("O", 0, 2): "wrong type",
        Mention("O", 3, 4): "wrong type",
    }


def test_gold_and_predicted_are_drawn_one_below_the_other() -> None:
    predicted = document("B-Peop I-Peop O O O B-Loc")
    picture = ComparedDocument.of(GOLD, predicted, "strict").picture()
    assert [name for name, _ in picture.drawings] == ["gold", "predicted"]
    gold, found = (drawing for _, drawing in picture.drawings)
    assert [(box.type, box.outcome) for box in gold.boxes] == [
        ("Peop", "right"),
        ("Loc", "missed"),
        ("Loc", "right"),
    ]
    assert [(arc.type, arc.outcome) for arc in gold.arcs] == [
        ("Live_In", "wrong argument"),
        ("Kill", "wrong argument"),
    ]
    assert [(box.type, box.outcome) for box in found.boxes] == [("Peop", "right"), ("Loc", "right")]
    assert found.arcs == ()


HEADS = st.tuples(
    *(
        st.lists(st.builds(Head, st.sampled_from(("N", *RELATIONS)), st.integers(0, LENGTH - 1)), max_size=2)
        for _ in range(LENGTH)
    )
)
TAGS = st.tuples(*(st.sampled_from(("O", "B-Loc", "I-Loc", "B-Peop", "I-Peop")) for _ in range(LENGTH)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    return Document("1", TOKENS, draw(TAGS), tuple(tuple(several) for several in draw(HEADS)))


@given(
    st.lists(st.tuples(documents(), documents()), min_size=1, max_size=4),
    st.sampled_from(("strict", "boundaries", "relaxed")),
    st.booleans(),
)
def test_every_table_adds_up_to_what_the_scorer_counts(
    pairs: list[tuple[Document, Document]], evaluation: str, root_node: bool
) -> None:
    gold, predicted = ([pair[side] for pair in pairs] for side in (0, 1))
    if evaluation == "relaxed":
        predicted = [
            Document(one.doc_id, one.tokens, tuple(map(entity_class, one.tags)), one.heads)
            for one in predicted
        ]
    scores = score(gold, predicted, evaluation, root_node=root_node, classes=CLASSES, relations=RELATIONS)
    compared = [
        ComparedDocument.of(one, other, evaluation, root_node=root_node)
        for one, other in zip(gold, predicted)
    ]
    for tables, micro, classes in (
        (ErrorTable.of_mentions(compared), scores.entity_micro, scores.entity),
        (ErrorTable.of_relations(compared), scores.relation_micro, scores.relation),
    ):
        assert [table.total.score for table in tables] == [micro, micro]
        by_class = {name: counts.score for name, counts in tables[0].rows.items()}
        if evaluation != "boundaries" or tables[0].of == "relation":
            assert by_class == {name: one for name, one in classes.items() if one != ClassScore()}
    assert sum(document.errors for document in compared) == sum(
        one.false_positives + one.false_negatives for one in (scores.entity_micro, scores.relation_micro)
    )
