"""A run whose documents have a root at token 0 (DREC): text gets one, and entities know nothing of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import multihead_at
from multihead_at.documents import read_documents
from multihead_at.errors import InputError
from multihead_at.extraction import Extraction, Extractor
from multihead_at.files import read_json, write_json

TOKENS = ["Ada", "Brook", "lives", "in", "Velm", "."]


def with_root(run: Path, folder: Path, **environment: str) -> Path:
    """A copy of a run that says it was trained with a root."""
    shutil.copytree(run, folder)
    for file, more in (("flags.json", {"root_node": True}), ("environment.json", environment)):
        write_json(folder / file, {**read_json(folder / file), **more})
    return folder


@pytest.fixture(scope="module")
def rooted(bio_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    return multihead_at.load(with_root(bio_run, tmp_path_factory.mktemp("bio") / "run", root_token="."))


@pytest.fixture(scope="module")
def rooted_ec(ec_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    return multihead_at.load(with_root(ec_run, tmp_path_factory.mktemp("ec") / "run", root_token="."))


def spans(found: Extraction) -> list[tuple[str, int, int]]:
    return [(entity.type, entity.token_start, entity.token_end) for entity in found.entities]


def related(found: Extraction) -> list[tuple[str, str]]:
    return [
        (found.entities[relation.head].text, found.entities[relation.tail].text)
        for relation in found.relations
    ]


def test_tokens_get_the_root_that_they_lack(rooted: Extractor, bio: Extractor) -> None:
    (found,) = rooted.extract([TOKENS])
    (expected,) = bio.extract([[".", *TOKENS]])
    assert found.sentences == expected.sentences
    assert [token.text for token in found.tokens] == TOKENS
    assert spans(found) == [("Peop", 0, 2), ("Loc", 4, 5)]
    assert [(entity.text, entity.start) for entity in found.entities] == [("Ada Brook", 0), ("Velm", 19)]
    # The model without a root may find an entity there.
    behind = [entity for entity in expected.entities if entity.token_end > 1]
    assert [entity.probability for entity in found.entities] == [entity.probability for entity in behind]
    assert set(related(found)) == {pair for pair in related(expected) if "." not in pair} != set()


def test_tokens_that_begin_with_the_root_stay_as_they_are(rooted: Extractor) -> None:
    without, given = rooted.extract([TOKENS, [".", *TOKENS]])
    assert given.sentences == without.sentences
    assert spans(given) == [("Peop", 1, 3), ("Loc", 5, 6)]


def test_a_running_text_has_one_root(rooted: Extractor) -> None:
    text = "Ada Brook lives in Velm. Bo Orrin lives in Tarn."
    found = rooted.extract(text)
    (document,) = found.sentences
    assert document.tokens == (".", *TOKENS, "Bo", "Orrin", "lives", "in", "Tarn", ".")
    assert all(text[entity.start : entity.end] == entity.text for entity in found.entities)
    assert {"Ada Brook", "Velm"} <= {entity.text for entity in found.entities}


def test_nothing_gets_no_root(rooted: Extractor) -> None:
    for found in rooted.extract(["", " ", []]):
        assert (found.tokens, found.sentences) == ((), ())


def test_relations_to_the_root_stand_in_the_document_only(rooted: Extractor) -> None:
    (found,) = rooted.extract([TOKENS], threshold=0.0)
    count = len(found.entities)
    assert len(found.relations) == count * count
    assert any(head.token == 0 and head.relation != "N" for head in found.sentences[0].heads[2])


def test_the_root_belongs_to_no_entity(bio_run: Path, tmp_path: Path) -> None:
    extractor = multihead_at.load(with_root(bio_run, tmp_path / "run", root_token="Ada"))
    (found,) = extractor.extract([["Ada", "Brook", "lives", "in", "Velm", "."]])
    assert found.sentences[0].tags[:2] == ("B-Peop", "I-Peop")
    assert spans(found)[0] == ("Peop", 1, 2)
    assert found.entities[0].text == "Brook"


def test_given_boundaries_count_without_the_root(rooted_ec: Extractor) -> None:
    of_tokens, of_text = rooted_ec.extract(
        [TOKENS, "Ada Brook lives in Velm."], boundaries=[[(0, 2), (4, 5)], [(0, 9), (19, 23)]]
    )
    assert {(start, end) for _, start, end in spans(of_tokens)} <= {(0, 2), (4, 5)}
    assert spans(of_text) == spans(of_tokens) != []
    assert of_tokens.sentences[0].tokens[0] == "."


def test_documents_come_out_with_their_root(rooted: Extractor, bio_run: Path) -> None:
    tokens = (".", *read_documents(bio_run / "predictions-test.txt")[0].tokens)
    (found,) = rooted.extract([tokens])
    assert found.sentences[0].tokens == tokens


def test_a_run_that_does_not_say_which_token_is_the_root(bio_run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"environment\.json: expected root_token"):
        multihead_at.load(with_root(bio_run, tmp_path / "run"))


def test_trees_have_no_threshold(bio_run: Path, tmp_path: Path) -> None:
    run = with_root(bio_run, tmp_path / "run", root_token=".")
    flags = run / "flags.json"
    write_json(flags, {**read_json(flags), "decoding": "edmonds"})
    trees = multihead_at.load(run)
    (found,) = trees.extract([TOKENS])
    # Each entity has one head: another entity or the root, which no relation of the extraction tells.
    assert len({relation.head for relation in found.relations}) == len(found.relations)
    with pytest.raises(InputError, match=r"threshold 0\.9 received, expected none: .*decoding=edmonds"):
        trees.extract([TOKENS], threshold=0.9)
