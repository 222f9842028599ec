"""What a corpus defines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from multihead_at.documents import Document, Head, read_documents
from multihead_at.encoding import CorpusVocabularies
from multihead_at.errors import InputError


def test_collects_from_all_documents(document: Document) -> None:
    other = Document("d2", ("Ä",), ("I-Org",), ((Head("Kill", 0),),))
    found = CorpusVocabularies.collect([document, other])
    assert found.characters.symbols == tuple(sorted(set("SmithvisitsUlm,Ä")))
    assert found.bio_tags.symbols == ("B-Loc", "B-Peop", "I-Org", "O")
    assert found.entity_classes.symbols == ("Loc", "O", "Org", "Peop")
    assert found.relations.symbols == ("Kill", "Knows", "Live_In", "N")


def test_no_relation_is_there_even_where_every_token_has_one() -> None:
    found = CorpusVocabularies.collect([Document("d", ("a",), ("B-X",), ((Head("R", 0),),))])
    assert found.relations.symbols == ("N", "R")


def test_tags_are_chosen_by_setting(document: Document) -> None:
    found = CorpusVocabularies.collect([document])
    assert found.tags("BIO") is found.bio_tags
    assert found.tags("EC") is found.entity_classes
    with pytest.raises(InputError, match="ner_classes 'bio' received, expected 'BIO' or 'EC'"):
        found.tags("bio")


def test_survives_json(document: Document) -> None:
    found = CorpusVocabularies.collect([document])
    assert CorpusVocabularies.from_dict(json.loads(json.dumps(found.to_dict()))) == found


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("relations", None, "NoneType received, expected a list of strings"),
        ("relations", ["N", 3], "expected a list of strings"),
        ("relations", ["N", "A"], "expected sorted entries, each once"),
        ("relations", ["N", "N"], "expected sorted entries, each once"),
        ("relations", ["Kill"], "relations received without 'N'"),
        ("characters", ["a", "bc"], "one character"),
        ("entity_classes", ["O"], "entity_classes received that is not bio_tags without"),
    ],
)
def test_damaged_data_are_refused(document: Document, name: str, value: Any, expected: str) -> None:
    data: dict[str, Any] = CorpusVocabularies.collect([document]).to_dict()
    data[name] = value
    with pytest.raises(InputError, match=expected):
        CorpusVocabularies.from_dict(data)


@pytest.mark.parametrize("data", [None, [], {}, {"characters": [], "bio_tags": [], "relations": ["N"]}])
def test_other_data_are_refused(data: Any) -> None:
    with pytest.raises(
        InputError, match="received, expected characters, bio_tags, entity_classes, relations"
    ):
        CorpusVocabularies.from_dict(data)


def test_conll04(corpus_file: Callable[[str], Path]) -> None:
    paths = [corpus_file(f"conll04/{split}.txt") for split in ("train", "dev", "test")]
    found = CorpusVocabularies.collect(document for path in paths for document in read_documents(path))
    assert found.entity_classes.symbols == ("Loc", "O", "Org", "Other", "Peop")
    assert found.relations.symbols == ("Kill", "Live_In", "Located_In", "N", "OrgBased_In", "Work_For")
    assert len(found.bio_tags) == 9
