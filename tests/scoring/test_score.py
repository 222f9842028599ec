from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multihead_at.documents import Document, Head, entity_class, mentions_from_bio
from multihead_at.errors import InputError
from multihead_at.scoring import EVALUATIONS, ClassScore, Scores, score

CLASSES = ("Loc", "O", "Other", "Peop")
RELATIONS = ("Kill", "Live_In", "N")
TAGS = ("O", "B-Loc", "I-Loc", "B-Other", "I-Other", "B-Peop", "I-Peop")
ROOTS = (False, True)
Relation = tuple[int, str, int]


def document(tags: str, *relations: Relation) -> Document:
    """A document from its tags, separated by spaces, and its relations between tokens."""
    words = tags.split()
    heads: list[list[Head]] = [[] for _ in words]
    for token, relation, head in relations:
        heads[token].append(Head(relation, head))
    filled = tuple(tuple(pairs) or (Head("N", token),) for token, pairs in enumerate(heads))
    return Document("1", tuple(f"w{place}" for place in range(len(words))), tuple(words), filled)


def scored(gold: Document, predicted: Document, evaluation: str, *, root_node: bool = False) -> Scores:
    return score([gold], [predicted], evaluation, root_node=root_node, classes=CLASSES, relations=RELATIONS)


# Cases by hand.


def test_strict_by_hand() -> None:
    gold = document("B-Peop I-Peop O B-Loc B-Loc", (1, "Live_In", 3), (1, "Live_In", 4))
    # (Peop, 0, 2) and the first Loc are right; (Loc, 4, 5) is typed Other: an invented Other, a missed Loc.
    predicted = document("B-Peop I-Peop O B-Loc B-Other", (0, "Live_In", 3), (1, "Live_In", 4))
    scores = scored(gold, predicted, "strict")
    assert scores.entity["Peop"] == ClassScore(1, 0, 0)
    assert scores.entity["Loc"] == ClassScore(1, 0, 1)
    assert scores.entity["Other"] == ClassScore(0, 1, 0)
    # The first relation is right though it starts at another token of its mention. The second ends in an
    # Other: one invented, one missed.
    assert scores.relation == {"Kill": ClassScore(), "Live_In": ClassScore(1, 1, 1)}
    # Entities: 2 hits, 1 invented, 1 missed: 2/3. Relations: 1/2. Mean: 7/12.
    assert scores.overall_f1 == pytest.approx(7 / 12)


def test_boundaries_by_hand() -> None:
    gold = document("B-Peop I-Peop O B-Loc B-Loc", (1, "Live_In", 3), (1, "Live_In", 4))
    # The same but for a cut mention: (0, 1) instead of (0, 2); wrong types do not count.
    predicted = document("B-Peop O O B-Peop B-Other", (0, "Live_In", 3), (4, "Kill", 3))
    scores = scored(gold, predicted, "boundaries")
    assert scores.entity == {}
    assert scores.entity_boundaries == ClassScore(2, 1, 1)
    # (0, 1) -> (3, 4) is invented, (0, 2) -> both are missed; Kill from (4, 5) to (3, 4) is invented.
    assert scores.relation == {"Kill": ClassScore(0, 1, 0), "Live_In": ClassScore(0, 1, 2)}


def test_boundaries_relations_need_the_label_but_not_the_types() -> None:
    gold = document("B-Peop B-Loc", (0, "Live_In", 1))
    right = scored(gold, document("B-Loc B-Other", (0, "Live_In", 1)), "boundaries")
    wrong = scored(gold, document("B-Loc B-Other", (0, "Kill", 1)), "boundaries")
    assert right.relation["Live_In"] == ClassScore(1, 0, 0)
    assert wrong.relation == {"Kill": ClassScore(0, 1, 0), "Live_In": ClassScore(0, 0, 1)}


def test_relaxed_by_hand() -> None:
    gold = document("B-Peop I-Peop O B-Loc I-Loc B-Loc", (1, "Live_In", 4), (1, "Live_In", 5))
    predicted = document("Loc Peop Peop Other O O", (1, "Live_In", 4), (1, "Live_In", 5), (2, "Live_In", 4))
    scores = scored(gold, predicted, "relaxed")
    # (Peop, 0, 2): one of its tokens is Peop: right. (Loc, 3, 5): Other and O are a tie, Other came first.
    # (Loc, 5, 6) is O: invented as O, missed as Loc. The Peop at token 2 lies in no gold mention.
    assert scores.entity == {
        "Loc": ClassScore(0, 0, 2),
        "O": ClassScore(0, 1, 0),
        "Other": ClassScore(0, 1, 0),
        "Peop": ClassScore(1, 0, 0),
    }
    # Both relations end in a mention of the wrong type, be it O: invented and missed. The third starts at a
    # token outside every gold mention and vanishes.
    assert scores.relation["Live_In"] == ClassScore(0, 2, 2)
    # Without Other: (0 + 1) / 2.
    assert scores.entity_f1 == 0.5


def test_relaxed_counts_o_even_where_it_is_not_listed() -> None:
    scores = score([document("B-Loc")], [document("O")], "relaxed", classes=["Loc"], relations=[])
    assert scores.entity == {"Loc": ClassScore(0, 0, 1), "O": ClassScore(0, 1, 0)}


def test_relaxed_strips_the_prefixes_of_predicted_tags() -> None:
    gold = document("B-Loc I-Loc")
    assert scored(gold, document("O B-Loc"), "relaxed") == scored(gold, document("O Loc"), "relaxed")


def test_gold_classes_decide_the_gold_types_by_the_rule_for_predicted_ones() -> None:
    gold = document("B-Loc I-Loc B-Loc I-Loc B-Loc", (1, "Kill", 4))
    # Gold becomes Loc (one token has it), Peop (none has Loc), O. Predicted: Loc, Loc (one token has what the
    # TAGS say, whatever gold became), O.
    predicted = document("Loc Peop Peop Loc O", (1, "Kill", 4))
    gold_classes = [["Peop", "Loc", "Peop", "Peop", "O"]]
    scores = score(
        [gold], [predicted], "relaxed", classes=CLASSES, relations=RELATIONS, gold_classes=gold_classes
    )
    assert scores.entity == {
        "Loc": ClassScore(1, 1, 0),
        "O": ClassScore(1, 0, 0),
        "Other": ClassScore(),
        "Peop": ClassScore(0, 0, 1),
    }
    assert scores.relation["Kill"] == ClassScore(1, 0, 0)


def test_a_predicted_relation_outside_predicted_mentions_is_no_false_positive() -> None:
    gold = document("B-Peop B-Loc", (0, "Live_In", 1))
    scores = scored(gold, document("B-Peop O", (0, "Live_In", 1)), "strict")
    assert scores.relation["Live_In"] == ClassScore(0, 0, 1)


def test_a_gold_relation_outside_gold_mentions_is_no_false_negative() -> None:
    gold = document("B-Peop O", (0, "Live_In", 1))
    scores = scored(gold, document("B-Peop O", (0, "Live_In", 1)), "strict")
    assert scores.relation["Live_In"] == ClassScore()


def test_an_inside_tag_alone_opens_a_mention() -> None:
    scores = scored(document("B-Loc I-Peop I-Peop"), document("I-Loc I-Peop B-Peop"), "strict")
    # Gold: Loc 0-1, Peop 1-3. Predicted: Loc 0-1, Peop 1-2, Peop 2-3.
    assert scores.entity["Loc"] == ClassScore(1, 0, 0)
    assert scores.entity["Peop"] == ClassScore(0, 2, 1)


@pytest.mark.parametrize("evaluation", ["strict", "boundaries"])
def test_root_by_hand(evaluation: str) -> None:
    gold = document("O B-Loc B-Loc", (1, "Kill", 0), (2, "Kill", 1))
    predicted = document("O B-Loc B-Loc", (1, "Kill", 0), (2, "Kill", 0))
    # Without the root the relations to token 0 vanish; with it one is right, one invented.
    assert scored(gold, predicted, evaluation).relation["Kill"] == ClassScore(0, 0, 1)
    with_root = scored(gold, predicted, evaluation, root_node=True)
    assert with_root.relation["Kill"] == ClassScore(1, 1, 1)
    # The root counts as no mention.
    assert with_root.entity_micro == ClassScore(2, 0, 0)


@pytest.mark.parametrize("evaluation", ["strict", "boundaries"])
def test_every_relation_end_at_token_0_is_the_root_even_inside_a_mention(evaluation: str) -> None:
    gold = document("B-Loc I-Loc B-Loc", (2, "Kill", 0))
    predicted = document("B-Peop I-Peop B-Loc", (2, "Kill", 0))
    other_token = document("B-Loc I-Loc B-Loc", (2, "Kill", 1))
    assert scored(gold, predicted, evaluation, root_node=True).relation["Kill"] == ClassScore(1, 0, 0)
    assert scored(gold, other_token, evaluation, root_node=True).relation["Kill"] == ClassScore(0, 1, 1)


def test_scores_say_how_they_were_scored() -> None:
    gold = document("B-Loc")
    assert scored(gold, gold, "strict", root_node=True).root_node
    assert not scored(gold, document("Loc"), "relaxed", root_node=True).root_node
    assert scored(gold, gold, "boundaries").evaluation == "boundaries"
    # No root where none is asked for.
    assert not score([gold], [gold], "strict", classes=CLASSES, relations=RELATIONS).root_node


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_no_document_scores_zero(evaluation: str) -> None:
    scores = score([], [], evaluation, classes=CLASSES, relations=RELATIONS)
    assert (scores.entity_f1, scores.relation_f1, scores.overall_f1) == (0, 0, 0)
    assert scores.relation == {"Kill": ClassScore(), "Live_In": ClassScore()}


# Mistakes.


def test_unknown_evaluation_is_refused() -> None:
    message = "^evaluation 'lenient' received, expected one of strict, boundaries, relaxed$"
    with pytest.raises(InputError, match=message):
        scored(document("O"), document("O"), "lenient")


def test_other_documents_are_refused() -> None:
    with pytest.raises(InputError, match=r"^1 predicted documents received, expected 0 as in gold$"):
        score([], [document("O")], "strict", classes=CLASSES, relations=RELATIONS)
    predicted = replace(document("O O"), doc_id="7", source="predictions.txt", line=12)
    message = r"^predictions.txt:12: document 7: tokens received that gold document 1 has not$"
    with pytest.raises(InputError, match=message):
        scored(document("O"), predicted, "strict")


def test_gold_classes_of_another_length_are_refused() -> None:
    message = "^gold classes received that are not one for each token of each gold document$"
    for gold_classes in ([], [["O"]], [["O", "O"], []]):
        with pytest.raises(InputError, match=message):
            score(
                [document("O O")],
                [document("O O")],
                "relaxed",
                classes=CLASSES,
                relations=RELATIONS,
                gold_classes=gold_classes,
            )


def test_unknown_labels_are_refused_where_they_stand() -> None:
    gold = document("B-Loc")
    with pytest.raises(InputError, match="document 1: entity class 'Fac' received, expected one of Loc, O"):
        scored(gold, document("B-Fac"), "strict")
    with pytest.raises(
        InputError, match=r"entity class 'Fac' received, expected one of Loc, O, Other, Peop$"
    ):
        scored(gold, document("Fac"), "relaxed")
    with pytest.raises(InputError, match=r"relation 'Owns' received, expected one of Kill, Live_In$"):
        scored(replace(gold, heads=((Head("Owns", 0),),)), gold, "strict")


@pytest.mark.parametrize("evaluation", ["strict", "boundaries"])
def test_classes_are_refused_as_bio_tags(evaluation: str) -> None:
    with pytest.raises(InputError, match=r"document 1: .*'Loc'"):
        scored(document("B-Loc"), document("Loc"), evaluation)


# Properties.


@st.composite
def pairs(draw: st.DrawFn, tags: tuple[str, ...] = TAGS) -> tuple[Document, Document]:
    """A gold and a predicted document of the same tokens, with BIO tags."""
    length = draw(st.integers(1, 7))
    token = st.integers(0, length - 1)
    some_tags = st.lists(st.sampled_from(tags), min_size=length, max_size=length)
    some_relations = st.lists(st.tuples(token, st.sampled_from(RELATIONS), token), max_size=8)
    gold, predicted = (document(" ".join(draw(some_tags)), *draw(some_relations)) for _ in range(2))
    return gold, predicted


def corpus() -> st.SearchStrategy[list[tuple[Document, Document]]]:
    return st.lists(pairs(), max_size=4)


def score_pairs(
    some_pairs: list[tuple[Document, Document]], evaluation: str, *, root_node: bool = False
) -> Scores:
    gold = [pair[0] for pair in some_pairs]
    predicted = [pair[1] for pair in some_pairs]
    return score(gold, predicted, evaluation, root_node=root_node, classes=CLASSES, relations=RELATIONS)


@given(corpus(), st.sampled_from(EVALUATIONS), st.sampled_from(ROOTS))
@settings(max_examples=60, deadline=None)
def test_a_perfect_prediction_scores_one(
    some_pairs: list[tuple[Document, Document]], evaluation: str, root_node: bool
) -> None:
    perfect = [(gold, gold) for gold, _ in some_pairs]
    scores = score_pairs(perfect, evaluation, root_node=root_node)
    mentions = [mention for gold, _ in perfect for mention in mentions_from_bio(gold.tags)]
    assert scores.entity_micro == ClassScore(len(mentions), 0, 0)
    assert scores.entity_micro.f1 == (1 if mentions else 0)
    for class_score in [*scores.entity.values(), *scores.relation.values()]:
        assert class_score.f1 == (1 if class_score.true_positives else 0)
        assert class_score.false_positives == class_score.false_negatives == 0


@given(corpus(), st.sampled_from(["strict", "boundaries"]), st.sampled_from(ROOTS))
@settings(max_examples=60, deadline=None)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    some_pairs: list[tuple[Document, Document]], evaluation: str, root_node: bool
) -> None:
    scores = score_pairs(some_pairs, evaluation, root_node=root_node)
    swapped = score_pairs(
        [(predicted, gold) for gold, predicted in some_pairs], evaluation, root_node=root_node
    )
    for before, after in [
        (scores.entity_micro, swapped.entity_micro),
        *((scores.entity[label], swapped.entity[label]) for label in scores.entity),
        *((scores.relation[label], swapped.relation[label]) for label in scores.relation),
    ]:
        assert (before.precision, before.recall, before.f1) == (after.recall, after.precision, after.f1)


@given(corpus(), st.sampled_from(ROOTS))
@settings(max_examples=60, deadline=None)
def test_hits_and_misses_are_all_gold_mentions_and_hits_and_inventions_all_predicted_ones(
    some_pairs: list[tuple[Document, Document]], root_node: bool
) -> None:
    scores = score_pairs(some_pairs, "strict", root_node=root_node)
    for label, class_score in scores.entity.items():
        gold_count, predicted_count = (
            sum(
                mention.type == label for pair in some_pairs for mention in mentions_from_bio(pair[side].tags)
            )
            for side in (0, 1)
        )
        assert class_score.true_positives + class_score.false_negatives == gold_count
        assert class_score.true_positives + class_score.false_positives == predicted_count


@given(corpus())
@settings(max_examples=60, deadline=None)
def test_relaxed_predicts_as_many_mentions_as_gold_has(some_pairs: list[tuple[Document, Document]]) -> None:
    micro = score_pairs(some_pairs, "relaxed").entity_micro
    assert micro.false_positives == micro.false_negatives
    count = sum(len(mentions_from_bio(gold.tags)) for gold, _ in some_pairs)
    assert micro.true_positives + micro.false_negatives == count


@given(corpus(), st.sampled_from(EVALUATIONS), st.sampled_from(ROOTS), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_sentences_does_not_matter(
    some_pairs: list[tuple[Document, Document]], evaluation: str, root_node: bool, order: random.Random
) -> None:
    shuffled = some_pairs[:]
    order.shuffle(shuffled)
    assert score_pairs(shuffled, evaluation, root_node=root_node) == score_pairs(
        some_pairs, evaluation, root_node=root_node
    )


@given(corpus(), corpus(), st.sampled_from(EVALUATIONS))
@settings(max_examples=60, deadline=None)
def test_counts_of_two_corpora_add_up(
    first: list[tuple[Document, Document]], second: list[tuple[Document, Document]], evaluation: str
) -> None:
    one, two, both = (score_pairs(some, evaluation) for some in (first, second, first + second))
    assert both.entity == {label: one.entity[label] + two.entity[label] for label in both.entity}
    assert both.relation == {label: one.relation[label] + two.relation[label] for label in both.relation}
    assert both.entity_micro == one.entity_micro + two.entity_micro


@given(corpus(), st.sampled_from(ROOTS))
@settings(max_examples=60, deadline=None)
def test_boundaries_never_hit_less_than_strict(
    some_pairs: list[tuple[Document, Document]], root_node: bool
) -> None:
    strict = score_pairs(some_pairs, "strict", root_node=root_node)
    boundaries = score_pairs(some_pairs, "boundaries", root_node=root_node)
    assert boundaries.entity_micro.true_positives >= strict.entity_micro.true_positives
    for label, class_score in strict.relation.items():
        assert boundaries.relation[label].true_positives >= class_score.true_positives


@given(corpus(), st.sampled_from(EVALUATIONS))
@settings(max_examples=60, deadline=None)
def test_every_figure_lies_between_zero_and_one(
    some_pairs: list[tuple[Document, Document]], evaluation: str
) -> None:
    scores = score_pairs(some_pairs, evaluation)
    for figure in (scores.entity_f1, scores.relation_f1, scores.overall_f1):
        assert 0 <= figure <= 1 + 1e-12


@given(pairs(), st.sampled_from(EVALUATIONS), st.sampled_from(ROOTS))
@settings(max_examples=60, deadline=None)
def test_repeated_heads_and_predicted_n_change_nothing(
    pair: tuple[Document, Document], evaluation: str, root_node: bool
) -> None:
    gold, predicted = pair
    noisy = tuple((*heads, *heads, Head("N", token)) for token, heads in enumerate(predicted.heads))
    assert scored(gold, replace(predicted, heads=noisy), evaluation, root_node=root_node) == scored(
        gold, predicted, evaluation, root_node=root_node
    )


@given(pairs())
@settings(max_examples=60, deadline=None)
def test_relaxed_ignores_the_root(pair: tuple[Document, Document]) -> None:
    assert scored(*pair, "relaxed", root_node=True) == scored(*pair, "relaxed")


@given(pairs())
@settings(max_examples=60, deadline=None)
def test_gold_classes_that_say_what_the_tags_say_change_nothing(pair: tuple[Document, Document]) -> None:
    gold, predicted = pair
    gold_classes = [[entity_class(tag) for tag in gold.tags]]
    with_classes = score(
        [gold], [predicted], "relaxed", classes=CLASSES, relations=RELATIONS, gold_classes=gold_classes
    )
    assert with_classes == scored(gold, predicted, "relaxed")
