from __future__ import annotations

from multihead_at.cli.extraction_text import format_extraction
from multihead_at.documents import Document, Head


def document(
    text: str, tags: str, relations: dict[int, list[tuple[str, int]]], doc_id: str = "7"
) -> Document:
    """A document of blank-separated tokens and tags; `relations` has the heads of tokens with any."""
    tokens = tuple(text.split(" "))
    heads = tuple(
        tuple(Head(*pair) for pair in relations.get(position, [("N", position)]))
        for position in range(len(tokens))
    )
    return Document(doc_id, tokens, tuple(tags.split(" ")), heads)


def test_mentions_with_types_and_relations_between_mentions() -> None:
    shown = format_extraction(
        document(
            "Ada Lind of Omonics , Zelgrad .",
            "B-Peop I-Peop O B-Org O B-Loc O",
            {1: [("Work_For", 3), ("Live_In", 5)], 3: [("OrgBased_In", 5)]},
        )
    )
    assert shown.split("\n") == [
        "document 7",
        "  Ada Lind of Omonics , Zelgrad .",
        "entities",
        "  Ada Lind  Peop",
        "  Omonics   Org",
        "  Zelgrad   Loc",
        "relations",
        "  Ada Lind --Work_For--> Omonics",
        "  Ada Lind --Live_In--> Zelgrad",
        "  Omonics --OrgBased_In--> Zelgrad",
    ]


def test_what_several_tokens_of_a_mention_say_stands_once() -> None:
    shown = format_extraction(
        document(
            "Ada Lind , Omonics Ltd.",
            "B-Peop I-Peop O B-Org I-Org",
            {0: [("Work_For", 4)], 1: [("Work_For", 4), ("Work_For", 3)]},
        )
    )
    assert shown.split("\n")[-2:] == ["relations", "  Ada Lind --Work_For--> Omonics Ltd."]


def test_a_relation_of_a_token_outside_the_mentions_shows_the_token() -> None:
    shown = format_extraction(document("in Zelgrad", "O B-Loc", {0: [("Located_In", 1)]}))
    assert shown.split("\n")[-1] == "  in --Located_In--> Zelgrad"


def test_nothing_found() -> None:
    assert format_extraction(document("in vain", "O O", {})).split("\n")[2:] == [
        "entities",
        "  none",
        "relations",
        "  none",
    ]


def test_nothing_reaches_the_terminal_that_could_upset_it() -> None:
    shown = format_extraction(
        document("a\x1b[2J b\u2028c", "B-X\x07 O", {0: [("R\x9b", 1)]}, doc_id="\x1b]0;")
    )
    assert shown.replace("\n", "").isprintable()
    assert r"  a\x1b[2J --R\x9b--> b\u2028c" in shown.split("\n")


def test_only_what_could_upset_it_is_escaped() -> None:
    """A soft hyphen, as texts from the web have them, leaves the other letters as they are."""
    shown = format_extraction(document("Zoë co\xadop", "B-Peop O", {}))
    assert shown.split("\n")[1] == r"  Zoë co\xadop"
