"""Texts in, entities and relations out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import multihead_at
from multihead_at.documents import read_documents
from multihead_at.errors import InputError
from multihead_at.extraction import Entity, Extraction, Extractor

TEXT = "Ada Brook lives in Velm. Bo Orrin lives\nin Tarn."
AWKWARD = ["", " \n ", "x", "\U0001f375", "\u4e2d\u6587 \u0000", "x" * 100_000, "?!", "in Velm"]


def without_probabilities(extraction: Extraction) -> tuple[list[tuple], list[tuple]]:
    entities = [(entity.type, entity.text, entity.start) for entity in extraction.entities]
    return entities, [(relation.type, relation.head, relation.tail) for relation in extraction.relations]


def test_a_running_text(bio: Extractor) -> None:
    found = bio.extract(TEXT)
    assert found.text == TEXT
    assert without_probabilities(found) == (
        [("Peop", "Ada Brook", 0), ("Loc", "Velm", 19), ("Peop", "Bo Orrin", 25), ("Loc", "Tarn", 43)],
        [("Live_In", 0, 1), ("Live_In", 2, 3)],
    )
    for entity in found.entities:
        assert TEXT[entity.start : entity.end] == entity.text
        assert found.tokens[entity.token_start].start == entity.start
        assert found.tokens[entity.token_end - 1].end == entity.end
    assert all(0.5 < entity.probability <= 1 for entity in found.entities)
    assert all(0.5 < relation.probability <= 1 for relation in found.relations)
    assert [sentence.tokens[-1] for sentence in found.sentences] == [".", "."]


def test_a_text_in_a_list_gives_a_list(bio: Extractor) -> None:
    assert bio.extract([TEXT]) == [bio.extract(TEXT)]
    assert bio.extract([]) == []


def test_a_list_of_tokens_is_one_sentence(bio: Extractor) -> None:
    (found,) = bio.extract([["Ada", "Brook", "lives", "in", "Velm", "."]])
    assert found.text == "Ada Brook lives in Velm ."
    assert without_probabilities(found) == (
        [("Peop", "Ada Brook", 0), ("Loc", "Velm", 19)],
        [("Live_In", 0, 1)],
    )
    assert found.entities[1] == Entity("Loc", 19, 23, "Velm", found.entities[1].probability, 4, 5)


def test_several_texts_are_answered_in_their_order_as_if_alone(bio: Extractor) -> None:
    texts = [TEXT, *AWKWARD, "Cy Dale lives in Zelgrad.", "in " * 500, TEXT]
    together = bio.extract(texts)
    assert [found.text for found in together] == texts
    for text, found in zip(texts, together):
        assert without_probabilities(bio.extract(text)) == without_probabilities(found)


def test_texts_without_tokens_have_nothing(bio: Extractor) -> None:
    for found in bio.extract(["", " \n\t", []]):
        assert (found.tokens, found.entities, found.relations, found.sentences) == ((), (), (), ())


def test_a_threshold_leaves_relations_out(bio: Extractor) -> None:
    (sure,) = (relation.probability for relation in bio.extract("Ada Brook lives in Velm.").relations)
    assert bio.extract("Ada Brook lives in Velm.", threshold=sure).relations == ()
    assert bio.threshold == 0.5
    every = bio.extract("Ada Brook lives in Velm.", threshold=0.0).relations
    # One relation that is not N, between any two entities, themselves included.
    assert [(relation.head, relation.tail) for relation in every] == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan"), "0.5"])
def test_a_threshold_that_is_no_probability(bio: Extractor, threshold: Any) -> None:
    with pytest.raises(InputError, match="expected a number from 0 to 1"):
        bio.extract(TEXT, threshold=threshold)


def test_an_extractor_can_be_called(bio: Extractor) -> None:
    assert bio(TEXT) == bio.extract(TEXT)
    assert bio([TEXT], threshold=0.9) == bio.extract([TEXT], threshold=0.9)


@pytest.mark.parametrize("text", [b"in Velm", None, 3, ["in", 3]])
def test_what_is_neither_text_nor_tokens(bio: Extractor, text: Any) -> None:
    with pytest.raises(InputError, match="expected text or a list of tokens"):
        bio.extract(["in Velm", text])


@pytest.mark.parametrize("texts", [None, 3, b"in Velm", {"text": "in Velm"}, {"in Velm"}])
def test_what_is_neither_a_text_nor_a_list(bio: Extractor, texts: Any) -> None:
    with pytest.raises(InputError, match="received, expected a text or a list of texts"):
        bio.extract(texts)


def test_texts_may_come_one_by_one(bio: Extractor, ec: Extractor) -> None:
    assert bio.extract(text for text in [TEXT, "x"]) == bio.extract([TEXT, "x"])  # type: ignore[call-overload]
    given = [[(0, 9)], []]
    one_by_one = ec.extract((text for text in [TEXT, "x"]), boundaries=given)  # type: ignore[call-overload]
    assert one_by_one == ec.extract([TEXT, "x"], boundaries=given)


@pytest.mark.parametrize("text", ["Ada \udce9 Brook", ["Ada", "\ud83d"]])
def test_half_of_a_surrogate_pair_is_told_with_its_text(bio: Extractor, text: Any) -> None:
    with pytest.raises(InputError, match="half of a surrogate pair in text 1 received"):
        bio.extract(["in Velm", text])


def test_given_boundaries_of_a_text(ec: Extractor) -> None:
    found = ec.extract(TEXT, boundaries=[(19, 23), (0, 9)])
    assert without_probabilities(found) == (
        [("Peop", "Ada Brook", 0), ("Loc", "Velm", 19)],
        [("Live_In", 0, 1)],
    )
    assert all(0.5 < entity.probability <= 1 for entity in found.entities)


def test_given_boundaries_of_tokens_and_texts(ec: Extractor) -> None:
    tokens = ["Ada", "Brook", "lives", "in", "Velm", "."]
    of_tokens, of_text = ec.extract([tokens, " ".join(tokens)], boundaries=[[(0, 2)], [(0, 9)]])
    assert without_probabilities(of_tokens) == without_probabilities(of_text)
    assert without_probabilities(of_text) == ([("Peop", "Ada Brook", 0)], [])


def test_given_boundaries_cut_tokens_and_hold_sentences_together(ec: Extractor) -> None:
    text = "Ada Brook-Velm. Dee Marl lives"
    found = ec.extract(text, boundaries=[(0, 9), (10, 24)])
    assert [token.text for token in found.tokens][:4] == ["Ada", "Brook", "-", "Velm"]
    assert len(found.sentences) == 1
    assert {(entity.start, entity.end) for entity in found.entities} <= {(0, 9), (10, 24)}


def test_a_model_that_needs_boundaries_says_so(ec: Extractor, bio: Extractor) -> None:
    assert ec.needs_boundaries and not bio.needs_boundaries
    with pytest.raises(InputError, match=r"trained with EC.*needs their boundaries"):
        ec.extract(TEXT)


@pytest.mark.parametrize(
    ("boundaries", "message"),
    [
        ([(0, 100)], "within the 48"),
        ([(3, 3)], "expected a span"),
        ([(-1, 3)], "expected a span"),
        ([(0, 5), (4, 9)], "another one overlaps"),
        ([(9, 10)], "blank"),
        (3, "expected pairs of whole numbers, start and end"),
        ([3], "boundaries \\[3\\] received, expected pairs"),
        ([(0, 9, 1)], "expected pairs"),
        ([(0.0, 9.0)], "expected pairs"),
        ([("0", "9")], "expected pairs"),
        ([{"start": 0, "end": 9}], "expected pairs"),
        ([(0, 9)] * 1000 + [None], "expected pairs"),
    ],
)
def test_boundaries_that_do_not_fit(ec: Extractor, boundaries: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.extract(TEXT, boundaries=boundaries)
    with pytest.raises(InputError, match="expected 2"):
        ec.extract([TEXT, TEXT], boundaries=[[]])
    with pytest.raises(InputError, match=message):
        ec.extract([TEXT, TEXT], boundaries=[[], boundaries])


def test_boundaries_in_other_containers(ec: Extractor) -> None:
    given: Any = np.array([[0, 9], [19, 23]])
    expected = ec.extract(TEXT, boundaries=[(0, 9), (19, 23)])
    assert ec.extract(TEXT, boundaries=given) == expected
    assert ec.extract([TEXT], boundaries=given[None]) == [expected]
    no_list: Any = 3
    with pytest.raises(InputError, match="expected a list for each text, received int"):
        ec.extract([TEXT], boundaries=no_list)


def test_boundaries_for_a_model_that_finds_them_itself(bio: Extractor) -> None:
    with pytest.raises(InputError, match="boundaries received, expected none"):
        bio.extract(TEXT, boundaries=[(0, 3)])
    with pytest.raises(InputError, match="boundaries received, expected none"):
        bio.extract([TEXT, TEXT], boundaries=[[], [(0, 3)]])


def test_a_long_sentence_is_cut(bio: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multihead_at.extraction.extractor.MOST_TOKENS", 4)
    (found,) = bio.extract([list("abcdefghij")])
    assert [len(sentence) for sentence in found.sentences] == [4, 4, 2]
    assert [token.text for token in found.tokens] == list("abcdefghij")


def test_the_predictions_are_those_of_the_run(bio: Extractor, bio_run: Path) -> None:
    written = read_documents(bio_run / "predictions-test.txt")
    found = bio.extract([document.tokens for document in written])
    assert [(one.sentences[0].tags, one.sentences[0].heads) for one in found] == [
        (document.tags, document.heads) for document in written
    ]


def test_calls_from_several_threads(bio: Extractor) -> None:
    texts = ["Ada Brook lives in Velm.", "Flo Quint lives in Norvex.", "Bo Orrin lives in Tarn."] * 8
    expected = [bio.extract(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert [without_probabilities(found) for found in pool.map(bio.extract, texts)] == [
            without_probabilities(found) for found in expected
        ]


def test_a_folder_that_holds_no_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected the folder of a run, .*, or of a SavedModel"):
        multihead_at.load(tmp_path)
    (tmp_path / "saved_model.pb").write_bytes(b"")
    with pytest.raises(InputError, match="expected a SavedModel that multihead-at export wrote"):
        multihead_at.load(tmp_path)
