"""The sample corpus must need a model: looking names and type pairs up does not get far on it."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from multihead_at.documents import NO_RELATION, Document, Head, entity_class
from multihead_at.scoring import score

CLASSES = ("Loc", "Org", "Other", "Peop")
RELATIONS = ("Kill", "Live_In", "Located_In", "OrgBased_In", "Work_For")
ENTITY_BOUND, RELATION_BOUND = 0.60, 0.40


def load_baseline() -> ModuleType:
    path = Path(__file__).with_name("lookup_baseline.py")
    spec = importlib.util.spec_from_file_location("lookup_baseline", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LookupBaseline = load_baseline().LookupBaseline


def document(text: str, tags: str, heads: Mapping[int, Sequence[tuple[str, int]]] | None = None) -> Document:
    tokens = tuple(text.split())
    listed = dict(heads or {})
    return Document(
        "1",
        tokens,
        tuple(tags.split()),
        tuple(
            tuple(Head(*pair) for pair in listed.get(place, [(NO_RELATION, place)]))
            for place in range(len(tokens))
        ),
    )


# Peop -> Loc: two pairs related as Live_In, one not; Loc -> Peop: never. "Ada Marl" once, "Marl" twice a Loc,
# once a Peop.
SMALL_TRAIN = [
    document("Ada Marl lives in Marl", "B-Peop I-Peop O O B-Loc", {1: [("Live_In", 4)]}),
    document("Bo left Marl", "B-Peop O B-Loc"),
    document("Marl lives in Oz", "B-Peop O O B-Loc", {0: [("Live_In", 3)]}),
]


@pytest.mark.parametrize("count_unrelated", [False, True])
def test_longest_match_most_frequent_type_and_relation(count_unrelated: bool) -> None:
    baseline = LookupBaseline(SMALL_TRAIN, count_unrelated=count_unrelated)
    predicted = baseline.predict(document("Ada Marl saw Bo in Marl", "O O O O O O"))
    assert predicted.tags == ("B-Peop", "I-Peop", "O", "B-Peop", "O", "B-Loc")
    assert predicted.heads[1] == (Head("Live_In", 5),)
    assert predicted.heads[3] == (Head("Live_In", 5),)
    assert predicted.heads[5] == (Head(NO_RELATION, 5),)


def test_a_pair_more_often_unrelated_gets_no_relation_where_those_are_counted() -> None:
    train = [*SMALL_TRAIN, document("Bo left Oz", "B-Peop O B-Loc"), document("Bo left Ur", "B-Peop O B-Loc")]
    tokens = document("Bo in Oz", "O O O")
    counting = LookupBaseline(train, count_unrelated=True).predict(tokens)
    assert counting.heads[0] == (Head(NO_RELATION, 0),)
    always = LookupBaseline(train, count_unrelated=False).predict(tokens)
    assert always.heads[0] == (Head("Live_In", 2),)


def test_gold_annotation_of_the_document_is_not_looked_at() -> None:
    baseline = LookupBaseline(SMALL_TRAIN, count_unrelated=False)
    bare = document("Eve lives in Ur", "O O O O")
    annotated = document("Eve lives in Ur", "B-Peop O O B-Loc", {0: [("Live_In", 3)]})
    assert baseline.predict(annotated) == baseline.predict(bare) == bare


def test_it_finds_its_own_train_set(splits: dict[str, list[Document]]) -> None:
    """So a low figure on test is the corpus's doing, not a broken baseline's."""
    baseline = LookupBaseline(splits["train"], count_unrelated=False)
    predicted = [baseline.predict(each) for each in splits["train"]]
    scores = score(splits["train"], predicted, "strict", classes=CLASSES, relations=RELATIONS)
    assert scores.entity_f1 > 0.9


@pytest.mark.parametrize("count_unrelated", [False, True])
@pytest.mark.parametrize("evaluation", ["strict", "boundaries", "relaxed"])
def test_below_60_and_40_on_test(
    splits: dict[str, list[Document]], evaluation: str, count_unrelated: bool
) -> None:
    """The stronger of the two counts, so each of the two must stay below."""
    baseline = LookupBaseline(splits["train"], count_unrelated=count_unrelated)
    predicted = [baseline.predict(each) for each in splits["test"]]
    if evaluation == "relaxed":
        predicted = [replace(each, tags=tuple(map(entity_class, each.tags))) for each in predicted]
    scores = score(splits["test"], predicted, evaluation, classes=CLASSES, relations=RELATIONS)
    assert 0 < scores.entity_f1 < ENTITY_BOUND
    assert scores.relation_f1 < RELATION_BOUND


def test_type_pairs_do_not_give_relations_even_where_mentions_are_given(
    splits: dict[str, list[Document]],
) -> None:
    """With gold mentions the most frequent relation of a type pair still misses: order and verb decide."""
    baseline = LookupBaseline(splits["train"] + splits["test"], count_unrelated=False)
    predicted = [baseline.predict(each) for each in splits["test"]]
    scores = score(splits["test"], predicted, "strict", classes=CLASSES, relations=RELATIONS)
    assert scores.entity_f1 > 0.9
    assert scores.relation_f1 < 0.6
