"""ACE 2004, on documents in the LDC's form."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import (
    AnnotatedText,
    Document,
    Head,
    Mention,
    ace04_document_name,
    format_document,
)
from multihead_at.documents.ace04 import read_ace04, read_ace04_texts
from multihead_at.documents.ace04_source import parse_ace04_source
from multihead_at.documents.token import Token
from multihead_at.documents.tokenizer import tokenize
from multihead_at.documents.xml_element import XmlElement
from multihead_at.errors import InputError
from tests.documents.ace04_files import annotation, body, charseq, heads_in, mention, place_of, relation

NEWSWIRE = """<DOC>
<DOCNO> XYZ20010203.0405.0006 </DOCNO>
<DOCTYPE SOURCE="newswire"> NEWS STORY </DOCTYPE>
<DATE_TIME> 2001-02-03 04:05:06 </DATE_TIME>
<BODY>
<HEADLINE>
Velm Mayor Resigns
</HEADLINE>
<TEXT>
   VELM, Orrin (XYZ) _ Mayor Ada Brook of Velm left Orrin Mills
Inc. on Monday. She runs AT&AMP;D now.

   &UR; The ex-Orrin chief spoke. He lives in Lower
Tarn.
</TEXT>
</BODY>
<TRAILER>
XYZ-02-03-01 0405EST
</TRAILER>
</DOC>
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a pair and gives the corpus' folder."""

    def write(source: str, *elements: str, name: str = "XYZ1.2") -> Path:
        folder = tmp_path / "english"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.sgm").write_bytes(source.encode())
        (folder / f"{name}.apf.xml").write_bytes(annotation(*elements).encode())
        return folder

    return write


def spelled(document: Document) -> list[str]:
    return [f"{token}/{tag}" for token, tag in zip(document.tokens, document.tags) if tag != "O"]


def related(document: Document) -> list[tuple[str, str, str]]:
    return [
        (document.tokens[token], head.relation, document.tokens[head.token])
        for token, heads in enumerate(document.heads)
        for head in heads
        if head.relation != "N"
    ]


def test_a_newswire_document(corpus: Callable[..., Path]) -> None:
    folder = corpus(
        NEWSWIRE,
        *heads_in(
            NEWSWIRE,
            ("1-1", "PER", "Ada Brook"),
            ("2-1", "GPE", "Velm", 1),
            ("3-1", "ORG", "Orrin Mills\nInc."),
            ("1-2", "PER", "She"),
            ("4-1", "ORG", "AT&AMP;D"),
            ("5-1", "GPE", "Orrin", 2),
            ("6-1", "PER", "chief"),
            ("6-2", "PER", "He"),
            ("7-1", "GPE", "Lower\nTarn"),
        ),
        relation("EMP-ORG", ("1-1", "3-1"), ("1-2", "4-1"), ("6-1", "5-1")),
        relation("PHYS", ("6-2", "7-1")),
        relation("GPE-AFF", ("1-1", "2-1")),
        relation("DISC", ("1-1", "6-2")),
    )
    first, second, third, fourth = read_ace04(folder)
    # Neither number, date nor headline: nothing is annotated there, and they are no prose.
    assert " ".join(first.tokens) == (
        "VELM , Orrin ( XYZ ) _ Mayor Ada Brook of Velm left Orrin Mills Inc. on Monday ."
    )
    assert spelled(first) == [
        "Ada/B-PER",
        "Brook/I-PER",
        "Velm/B-GPE",
        "Orrin/B-ORG",
        "Mills/I-ORG",
        "Inc./I-ORG",
    ]
    assert related(first) == [("Brook", "EMP-ORG", "Inc."), ("Brook", "GPE-AFF", "Velm")]
    assert second.tokens == ("She", "runs", "AT&D", "now", ".")
    assert related(second) == [("She", "EMP-ORG", "AT&D")]
    # The mention cuts `ex-Orrin`; the typesetting code is gone.
    assert "".join(third.tokens) == "Theex-Orrinchiefspoke."
    assert spelled(third) == ["Orrin/B-GPE", "chief/B-PER"]
    assert related(third) == [("chief", "EMP-ORG", "Orrin")]
    assert spelled(fourth) == ["He/B-PER", "Lower/B-GPE", "Tarn/I-GPE"]
    assert [document.doc_id for document in (first, fourth)] == ["XYZ1.2.0", "XYZ1.2.3"]
    assert ace04_document_name(fourth.doc_id) == "XYZ1.2"
    assert first.source == str(folder / "XYZ1.2.sgm")
    assert format_document(first).startswith("#doc XYZ1.2.0\n0\tVELM\tO\t")


def test_offsets_count_what_is_left_without_the_tags(corpus: Callable[..., Path]) -> None:
    # By hand: "\n", " 7 ", "\n", "\n", "\n" are 7 characters before "Ada", which is 7 to 9.
    folder = corpus(body("Ada left."), mention("1", "PER", charseq(7, 9, "Ada")))
    assert read_ace04_texts(folder)[0].mentions == (Mention("PER", 7, 10),)


def test_a_broadcast_whose_tags_are_not_closed(corpus: Callable[..., Path]) -> None:
    source = "<DOC>\n<TEXT>\n<TURN>\nAda is in\n<TIME SEC=1.5>\nVelm\n<TURN>\nBo left\n</TEXT>\n</DOC>"
    folder = corpus(
        source,
        *heads_in(source, ("1", "PER", "Ada"), ("2", "GPE", "Velm"), ("3", "PER", "Bo")),
        relation("PHYS", ("1", "2")),
    )
    # A tag on a line of its own ends a sentence, but not between the arguments of a relation.
    first, second = read_ace04(folder)
    assert first.tokens == ("Ada", "is", "in", "Velm")
    assert second.tokens == ("Bo", "left")


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("<DOC><BODY>Ada left.</BODY>x</DOC>", ("Ada", "left", ".")),
        ("<DOC><TEXT>Ada left.</DOC>", ("Ada", "left", ".")),
        ("<text>Ada left.", ("Ada", "left", ".")),
        ("Ada left.", ("Ada", "left", ".")),
        ("<TEXT>Ada <b>left</b>.</TEXT>", ("Ada", "left", ".")),
        ("<TEXT>Ada < 5 & > 3</TEXT>", ("Ada", "<", "5", "&", ">", "3")),
        ("\ufeff<!DOCTYPE DOC><TEXT>Ada<!-- <P> --> left.</TEXT>", ("Ada", "left", ".")),
    ],
)
def test_where_the_prose_is(corpus: Callable[..., Path], source: str, tokens: tuple[str, ...]) -> None:
    (document,) = read_ace04(corpus(source))
    assert document.tokens == tokens
    assert set(document.tags) == {"O"}


def test_a_mention_outside_the_prose_is_kept(corpus: Callable[..., Path]) -> None:
    folder = corpus(NEWSWIRE, *heads_in(NEWSWIRE, ("1", "GPE", "Velm")))
    documents = read_ace04(folder)
    assert documents[0].tokens == ("Velm", "Mayor", "Resigns")
    assert spelled(documents[0]) == ["Velm/B-GPE"]
    assert len(documents) == 5


def test_references_are_counted_as_they_are_written(corpus: Callable[..., Path]) -> None:
    source = body("AT&AMP;D &lt; R&#38;D hired Ada.")
    folder = corpus(source, *heads_in(source, ("1", "PER", "Ada"), ("2", "ORG", "AT&AMP;D")))
    (document,) = read_ace04(folder)
    assert document.tokens == ("AT&D", "<", "R&D", "hired", "Ada", ".")
    assert spelled(document) == ["AT&D/B-ORG", "Ada/B-PER"]


def test_references_are_counted_as_one_character_where_only_that_fits(corpus: Callable[..., Path]) -> None:
    # " Ada" begins at 7 + 4 with `&` as one character.
    folder = corpus(body("AT&AMP;D, Ada"), mention("1", "PER", charseq(13, 15, "Ada")))
    (document,) = read_ace04(folder)
    assert spelled(document) == ["Ada/B-PER"]


def test_of_references_only_those_of_xml_may_count_as_one_character(corpus: Callable[..., Path]) -> None:
    # `&` is at 9 and `D` at 10; `&LR;` takes the four from 11 on.
    folder = corpus(body("AT&AMP;D&LR;, Ada"), mention("1", "PER", charseq(17, 19, "Ada")))
    (document,) = read_ace04(folder)
    assert spelled(document) == ["Ada/B-PER"]


def test_an_ampersand_that_is_none_stays(corpus: Callable[..., Path]) -> None:
    source = body("AT&T; Ada")
    (document,) = read_ace04(corpus(source, *heads_in(source, ("1", "ORG", "AT&T"), ("2", "PER", "Ada"))))
    assert document.tokens == ("AT&T", ";", "Ada")


def test_line_ends_of_windows_count_once(corpus: Callable[..., Path]) -> None:
    source = body("Ada\nleft Velm")
    elements = heads_in(source, ("1", "GPE", "Velm"))
    plain = read_ace04(corpus(source, *elements))
    assert read_ace04(corpus(source.replace("\n", "\r\n"), *elements)) == plain


def test_of_nested_heads_the_longest_stays(corpus: Callable[..., Path]) -> None:
    source = body("Velm City Hall hired Ada.")
    folder = corpus(
        source,
        *heads_in(
            source,
            ("1", "GPE", "Velm"),
            ("2", "ORG", "Velm City Hall"),
            ("3", "GPE", "Velm City"),
            ("4", "PER", "Ada"),
        ),
        relation("EMP-ORG", ("4", "2")),
        relation("PHYS", ("4", "1")),
        relation("GPE-AFF", ("2", "3")),
    )
    (document,) = read_ace04(folder)
    assert spelled(document) == ["Velm/B-ORG", "City/I-ORG", "Hall/I-ORG", "Ada/B-PER"]
    assert related(document) == [("Ada", "EMP-ORG", "Hall")]
    assert len(read_ace04_texts(folder)[0].mentions) == 4


def test_of_two_types_for_one_head_the_first_stays(corpus: Callable[..., Path]) -> None:
    source = body("Velm hired Ada.")
    heads = ("1", "GPE", "Velm"), ("2", "ORG", "Velm")
    (document,) = read_ace04(corpus(source, *heads_in(source, *heads)))
    assert spelled(document) == ["Velm/B-GPE"]
    (document,) = read_ace04(corpus(source, *heads_in(source, *reversed(heads))))
    assert spelled(document) == ["Velm/B-ORG"]


def test_of_crossing_heads_of_one_length_the_earlier_stays(corpus: Callable[..., Path]) -> None:
    source = body("Old Velm Bay.")
    (document,) = read_ace04(
        corpus(source, *heads_in(source, ("1", "LOC", "Velm Bay"), ("2", "GPE", "Old Velm")))
    )
    assert spelled(document) == ["Old/B-GPE", "Velm/I-GPE"]


def test_identical_heads_are_one_and_keep_all_their_relations(corpus: Callable[..., Path]) -> None:
    source = body("Ada left Velm for Tarn.")
    folder = corpus(
        source,
        *heads_in(
            source, ("1", "PER", "Ada"), ("2", "PER", "Ada"), ("3", "GPE", "Velm"), ("4", "GPE", "Tarn")
        ),
        relation("PHYS", ("1", "3"), ("2", "4"), ("2", "3")),
        relation("PER-SOC", ("1", "2")),
    )
    (document,) = read_ace04(folder)
    assert document.heads[0] == (Head("PHYS", 2), Head("PHYS", 4))
    assert spelled(document) == ["Ada/B-PER", "Velm/B-GPE", "Tarn/B-GPE"]


def test_mentions_that_begin_and_end_inside_tokens(corpus: Callable[..., Path]) -> None:
    source = body("The pro-Velmite Anglo-French 1990s.")
    folder = corpus(
        source,
        *heads_in(
            source, ("1", "GPE", "Velm"), ("2", "GPE", "Anglo"), ("3", "GPE", "French"), ("4", "PER", "99")
        ),
    )
    (document,) = read_ace04(folder)
    assert "".join(document.tokens) == "Thepro-VelmiteAnglo-French1990s."
    assert spelled(document) == ["Velm/B-GPE", "Anglo/B-GPE", "French/B-GPE", "99/B-PER"]


def test_white_space_around_a_head_goes(corpus: Callable[..., Path]) -> None:
    source = body("Mayor Ada\nBrook\nleft.")
    (document,) = read_ace04(corpus(source, *heads_in(source, ("1", "PER", " Ada\nBrook\n"))))
    assert spelled(document) == ["Ada/B-PER", "Brook/I-PER"]


def test_no_sentence_ends_inside_a_mention_or_between_arguments(corpus: Callable[..., Path]) -> None:
    source = body("Ada Brook left. Yahoo! Inc.\n\nGrew. It is in Velm. Bo is here. Cy is there.")
    heads = heads_in(
        source,
        ("1", "ORG", "Yahoo! Inc.\n\nGrew"),
        ("2", "ORG", "It"),
        ("3", "GPE", "Velm"),
        ("4", "PER", "Bo"),
        ("5", "PER", "Cy"),
    )
    texts = [" ".join(document.tokens) for document in read_ace04(corpus(source, *heads))]
    assert texts == [
        "Ada Brook left .",
        "Yahoo ! Inc. Grew .",
        "It is in Velm .",
        "Bo is here .",
        "Cy is there .",
    ]
    documents = read_ace04(corpus(source, *heads, relation("PHYS", ("4", "3"))))
    texts = [" ".join(document.tokens) for document in documents]
    assert texts[2:] == ["It is in Velm . Bo is here .", "Cy is there ."]
    assert related(documents[2]) == [("Bo", "PHYS", "Velm")]


def test_a_relation_holds_prose_and_headline_together(corpus: Callable[..., Path]) -> None:
    elements = heads_in(NEWSWIRE, ("1", "GPE", "Velm"), ("2", "GPE", "VELM"))
    first = read_ace04(corpus(NEWSWIRE, *elements, relation("PHYS", ("1", "2"))))[0]
    assert first.tokens[:4] == ("Velm", "Mayor", "Resigns", "VELM")
    assert related(first) == [("Velm", "PHYS", "VELM")]


def test_the_older_layout(corpus: Callable[..., Path]) -> None:
    def older(name: str, label: str, start: int, end: int) -> str:
        return (
            f"<entity ID='E{name}'>\n<entity_type GENERIC='FALSE'>{label}</entity_type>\n"
            f"<entity_mention ID='{name}' TYPE='NAME'>\n<extent><charseq><start>0</start><end>1</end>"
            f'</charseq></extent>\n<head>\n<charseq>\n<!-- string = "?" -->\n<start>{start}</start>'
            f"<end> {end} </end></charseq>\n</head></entity_mention></entity>\n"
        )

    arguments = "<rel_mention_arg MENTIONID='1' ARGNUM='1'/><rel_mention_arg MENTIONID='2' ARGNUM='2'/>"
    folder = corpus(
        body("Ada Velm"),
        older("1", "PERSON", 7, 9),
        older("2", "GSP", 11, 14),
        "<relation ID='R' TYPE='AT' CLASS='EXPLICIT'><relation_mentions><relation_mention ID='R1'>"
        f"{arguments}</relation_mention></relation_mentions></relation>",
    )
    (document,) = read_ace04(folder)
    assert spelled(document) == ["Ada/B-PERSON", "Velm/B-GSP"]
    assert related(document) == [("Ada", "AT", "Velm")]


@pytest.mark.filterwarnings("default::UserWarning")
def test_a_mention_without_a_head_is_left_out(corpus: Callable[..., Path]) -> None:
    """Its extent would swallow the heads inside it, and their relations."""
    text = body("The wife of Bo Orrin of Velm left.")
    extent = charseq(*place_of(text, "The wife of Bo Orrin of Velm"), "The wife of Bo Orrin of Velm")
    folder = corpus(
        text,
        f'<entity TYPE="PER"><entity_mention ID="0"><extent>{extent}</extent></entity_mention></entity>',
        *heads_in(text, ("1", "PER", "Bo Orrin"), ("2", "GPE", "Velm")),
        relation("PHYS", ("1", "2")),
        relation("PER-SOC", ("0", "1")),
    )
    with pytest.warns(UserWarning, match=r"XYZ1.2.apf.xml: passed over 1 mentions without a head"):
        (document,) = read_ace04(folder)
    assert spelled(document) == ["Bo/B-PER", "Orrin/I-PER", "Velm/B-GPE"]
    assert related(document) == [("Orrin", "PHYS", "Velm")]


def test_a_broadcast_in_small_letters_is_cut_into_sentences(corpus: Callable[..., Path]) -> None:
    text = body(
        "the river is rising in velm. mr. orrin has left for the u.s. with his wife. is he safe? no. "
        "he called from no. 7, st. bo road. and then, he slept."
    )
    folder = corpus(
        text,
        *heads_in(text, ("1", "PER", "orrin"), ("2", "PER", "wife"), ("3", "PER", "he", 3)),
        relation("PER-SOC", ("1", "2")),
    )
    sentences = [" ".join(document.tokens) for document in read_ace04(folder)]
    assert sentences == [
        "the river is rising in velm .",
        "mr . orrin has left for the u.s. with his wife .",
        "is he safe ?",
        "no .",
        "he called from no . 7 , st . bo road .",
        "and then , he slept .",
    ]


def test_a_root_that_is_the_document_itself(corpus: Callable[..., Path]) -> None:
    folder = corpus(body("Ada left."))
    (folder / "XYZ1.2.apf.xml").write_text(
        f"<document>{mention('1', 'PER', charseq(7, 9, 'Ada'))}</document>"
    )
    assert spelled(read_ace04(folder)[0]) == ["Ada/B-PER"]


def test_files_in_sub_folders_by_name(corpus: Callable[..., Path]) -> None:
    folder = corpus(body("Ada left."), name="b.1")
    for number, deeper in enumerate(("nwire", "bnews/2000")):
        (folder / deeper).mkdir(parents=True)
        name = f"a.{number}"
        (folder / deeper / f"{name}.SGM").write_text(body("Bo left."))
        (folder / f"{name}.apf.xml").write_text(annotation())
    for passed_over in ("readme.txt", "b.1.ag.xml", "._b.1.sgm", "cv0"):
        (folder / passed_over).write_text("no document")
    (folder / "nwire" / "circle").symlink_to(folder)
    assert [document.doc_id for document in read_ace04(folder)] == ["a.0.0", "a.1.0", "b.1.0"]
    assert [document.doc_id for document in read_ace04(folder, {"a.1", "c"})] == ["a.1.0"]


@pytest.mark.parametrize(
    ("missing", "message"), [(".sgm", "received without XYZ1.2.sgm"), (".apf.xml", "without XYZ1.2.apf.xml")]
)
def test_half_of_a_pair(corpus: Callable[..., Path], missing: str, message: str) -> None:
    folder = corpus(body("Ada left."))
    (folder / f"XYZ1.2{missing}").unlink()
    with pytest.raises(InputError, match=message):
        read_ace04(folder)
    with pytest.raises(InputError, match="found none"):
        read_ace04(folder, {"another"})


def test_two_files_of_one_name(corpus: Callable[..., Path]) -> None:
    folder = corpus(body("Ada left."))
    (folder / "copy").mkdir()
    (folder / "copy" / "XYZ1.2.sgm").write_text("again")
    with pytest.raises(InputError, match=r"copy/XYZ1.2.sgm: received, but .*XYZ1.2.sgm is of the same name"):
        read_ace04(folder)


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: cannot be read: No such file"):
        read_ace04(tmp_path / "nowhere")
    with pytest.raises(InputError, match="expected pairs of files"):
        read_ace04(tmp_path)


def test_a_document_without_text(corpus: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match=r"XYZ1.2.sgm: expected text, received none"):
        read_ace04(corpus("<DOC><DOCNO> 7 </DOCNO><TEXT>\n</TEXT></DOC>"))


def test_a_head_that_is_not_what_stands_there(corpus: Callable[..., Path]) -> None:
    source = body("AT&AMP;D hired Ada Brook.")
    folder = corpus(
        source, *heads_in(source, ("1", "PER", "Brook")), mention("2", "PER", charseq(9, 11, "Ada"))
    )
    message = r"XYZ1.2.apf.xml:13: head 'Ada' at 9 to 11 of .*XYZ1.2.sgm received, but there stands '&'"
    with pytest.raises(InputError, match=message):
        read_ace04(folder)


@pytest.mark.parametrize(
    ("span", "message"),
    [
        (charseq(7, 900, "Ada"), "no end beyond character 19, the last"),
        (charseq(10, 10, ""), "there stands nothing"),
        (charseq(9, 7, "Ada"), "charseq from 9 to 7 received"),
        ('<charseq START="7">Ada</charseq>', "charseq with end '' received"),
        ('<charseq START="-7" END="9"/>', "charseq with start '-7' received"),
        ("<charseq><start>7</start><end>nine</end></charseq>", "charseq with end 'nine' received"),
        ("", "entity_mention received without the charseq of a head"),
    ],
)
def test_a_bad_span_is_named_with_its_line(corpus: Callable[..., Path], span: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_ace04(corpus(body("Ada left."), mention("1", "PER", span)))
    assert str(caught.value.path).endswith("XYZ1.2.apf.xml")
    assert caught.value.line == (6 if "without" in message else 8)


@pytest.mark.parametrize(
    ("element", "message"),
    [
        (relation("PHYS", ("1", "9")), "argument '9' received, expected the ID of an entity mention"),
        (relation("PHYS", ("1", "1")).replace('ARGNUM="2"', 'ARGNUM="1"'), "ARGNUM '1' received"),
        (relation("PHYS", ("1", "1")).replace('ARGNUM="2"', 'ARGNUM="3"'), "ARGNUM '3' received"),
        (relation("PHYS", ("1", "1")).replace('ARGNUM="2"', ""), "rel_mention_arg without ARGNUM"),
        (
            relation("PHYS", ("1", "1")).replace("ENTITYMENTIONID", "X"),
            "without ENTITYMENTIONID or MENTIONID",
        ),
        ("<relation TYPE='PHYS'><relation_mention/></relation>", "with 0 of 2 arguments"),
        (relation("", ("1", "1")), "relation without TYPE received"),
        (mention("2", "", charseq(7, 9, "Ada")), "entity without TYPE received"),
        (mention("", "PER", charseq(7, 9, "Ada")), "entity_mention without ID received"),
        (mention("1", "ORG", charseq(7, 9, "Ada")), "entity mention '1' received, which line 8 has already"),
    ],
)
def test_what_lacks_its_parts_is_named(corpus: Callable[..., Path], element: str, message: str) -> None:
    folder = corpus(body("Ada left."), mention("1", "PER", charseq(7, 9, "Ada")), element)
    with pytest.raises(InputError, match=message) as caught:
        read_ace04(folder)
    assert caught.value.line is not None


def test_a_mention_that_stands_twice_is_harmless(corpus: Callable[..., Path]) -> None:
    ada = mention("1", "PER", charseq(7, 9, "Ada"))
    assert spelled(read_ace04(corpus(body("Ada left."), ada, ada))[0]) == ["Ada/B-PER"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "XYZ1.2.apf.xml:1: expected well-formed XML: no element found"),
        (
            b"<source_file>\n<document>\n</source_file>",
            "XYZ1.2.apf.xml:3: expected well-formed XML: mismatched",
        ),
        (b"<html/>", "root element 'html' received"),
        (b"<source_file>\xff</source_file>", "XYZ1.2.apf.xml:1: expected well-formed XML"),
        (
            b"<?xml version='1.0' encoding='klingon'?><source_file/>",
            "expected XML in UTF-8: unknown encoding: klingon",
        ),
    ],
)
def test_broken_xml(corpus: Callable[..., Path], content: bytes, message: str) -> None:
    folder = corpus(body("Ada left."))
    (folder / "XYZ1.2.apf.xml").write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_ace04(folder)


def test_a_source_that_is_not_utf_8(corpus: Callable[..., Path]) -> None:
    folder = corpus(body("Ada left."))
    (folder / "XYZ1.2.sgm").write_bytes(b"<TEXT>\nAda\x92s\n")
    with pytest.raises(InputError, match=r"XYZ1.2.sgm:2: byte 0x92 received, expected UTF-8"):
        read_ace04(folder)


@given(st.text(alphabet="AB.! \n\t&;<>/TEX'\"\u00e9\u200b", max_size=60), st.data())
def test_every_head_comes_out_as_it_stands(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    """Flat mentions are the heads' texts, whatever the tokens and sentences; or the file is refused."""
    folder = tmp_path_factory.mktemp("ace04")
    plain = re.sub("<[^>]+>", "", text)
    places = data.draw(st.lists(st.integers(0, max(len(plain) - 1, 0)), max_size=6))
    spans = [(min(pair), max(pair)) for pair in zip(places[::2], places[1::2])]
    (folder / "x.sgm").write_bytes(text.encode())
    elements = [mention(f"{n}", "PER", f'<charseq START="{a}" END="{b}"/>') for n, (a, b) in enumerate(spans)]
    pairs = [(f"{n}", "0") for n in range(len(spans))]
    (folder / "x.apf.xml").write_text(annotation(*elements, relation("PHYS", *pairs)))
    try:
        (whole,) = read_ace04_texts(folder)
        documents = read_ace04(folder)
    except InputError as error:
        assert "x." in str(error)
        return
    tokens = [token for document in documents for token in document.tokens]
    squeezed = re.sub(r"[\s\u200b]", "", whole.text)
    assert "".join(tokens) in squeezed
    starts = [tag for document in documents for tag in document.tags if tag.startswith("B-")]
    overlapping = any(
        one != other and one.start < other.end and other.start < one.end
        for one in whole.mentions
        for other in whole.mentions
    )
    assert len(starts) == len(whole.mentions) if not overlapping else 0 < len(starts) < len(whole.mentions)
    if not overlapping:
        heads = [head for document in documents for several in document.heads for head in several]
        assert sum(head.relation == "PHYS" for head in heads) == len(whole.relations)


@pytest.mark.parametrize("tag", ["entity", "relation"])
def test_an_element_within_its_like_is_refused(corpus: Callable[..., Path], tag: str) -> None:
    folder = corpus(body("Ada left."), f'<{tag} TYPE="A">\n<b><{tag} TYPE="A"></{tag}></b></{tag}>\n')
    with pytest.raises(InputError, match=rf"XYZ1\.2\.apf\.xml:5: {tag} within {tag} received"):
        read_ace04(folder)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a<!-- x <b> -->c", "ac"),
        ("a<!-- x -->c<!-- y", "ac<!-- y"),
        # What no `-->` ends is a declaration, if anything.
        ("a<!-- x > c", "a c"),
        ("<!-- x\ny -->c", "c"),
        ("a<b c='d'>e<f/>g</b >h", "aegh"),
        ("a<b/c>d<b", "ad<b"),
        ("a <1> b", "a <1> b"),
    ],
)
def test_what_is_a_tag(source: str, text: str) -> None:
    assert parse_ace04_source(source).text == text


@given(st.text("<>!-/ab\n ", max_size=40))
def test_tags_are_those_of_one_pattern(source: str) -> None:
    # The plain pattern, which takes quadratic time where comments do not end.
    pattern = re.compile(r"<!--.*?-->|</?[A-Za-z][^\s<>/]*[^<>]*>|<[!?][^<>]*>", re.DOTALL)
    parsed = parse_ace04_source(source)
    assert parsed.text == pattern.sub("", source)
    bordering, removed = [], 0
    for match in pattern.finditer(source):
        before = source[: match.start()].rpartition("\n")[2]
        after = source[match.end() :].partition("\n")[0]
        if not before.strip() or not after.strip():
            bordering.append(match.start() - removed)
        removed += len(match.group())
    assert list(parsed.tags) == bordering


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&#65;&#x41;&#00000065;", "AAA"),
        # Python converts no number of so many digits.
        (f"&#{'1' * 5000};", f"&#{'1' * 5000};"),
        ("&#0000000065;", "&#0000000065;"),
    ],
)
def test_numbers_of_characters(source: str, text: str) -> None:
    assert parse_ace04_source(source).text == text


def test_a_type_is_looked_for_once_for_all_mentions(
    corpus: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked for among the entity's children: once for each mention takes quadratic time."""
    asked = []
    find = XmlElement.findtext

    def findtext(element: XmlElement, tag: str, default: str = "") -> str:
        asked.append(tag)
        return find(element, tag, default)

    monkeypatch.setattr(XmlElement, "findtext", findtext)
    span = f"<head>{charseq(7, 9, 'Ada')}</head>"
    mentions = "".join(f'<entity_mention ID="{n}">{span}</entity_mention>' for n in range(50))
    pair = '<rel_mention_arg MENTIONID="0" ARGNUM="1"/><rel_mention_arg MENTIONID="1" ARGNUM="2"/>'
    folder = corpus(
        body("Ada left."),
        f'<entity TYPE="PER">{mentions}</entity>',
        f'<relation TYPE="PHYS">{f"<relation_mention>{pair}</relation_mention>" * 50}</relation>',
    )
    assert spelled(read_ace04(folder)[0]) == ["Ada/B-PER"]
    assert sorted(asked) == ["entity_type", "relation_type"]


@pytest.mark.parametrize("element", ["entity", "relation"])
def test_a_very_long_type_is_refused_with_its_line(corpus: Callable[..., Path], element: str) -> None:
    inside = {
        "entity": f'<entity_mention ID="9"><head>{charseq(7, 9, "Ada")}</head></entity_mention>',
        "relation": "<relation_mention/>",
    }
    folder = corpus(body("Ada left."), f'<{element} TYPE="{"x" * 201}">{inside[element]}</{element}>')
    with pytest.raises(InputError, match=r"XYZ1\.2\.apf\.xml:5: type of 201 characters received"):
        read_ace04(folder)


def test_no_head_is_cut_into_tokens(corpus: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of heads may each hold half of the text."""
    cut = []

    def counting(text: str) -> list[Token]:
        cut.append(len(text))
        return tokenize(text)

    source = body("Ada left. " * 50)
    spans = [charseq(7, 400 + n, "") for n in range(50)]
    folder = corpus(source, *(mention(f"{n}", "PER", span) for n, span in enumerate(spans)))
    for module in ("ace04", "sentences"):
        monkeypatch.setattr(f"multihead_at.documents.{module}.tokenize", counting, raising=False)
    read_ace04(folder)
    assert 500 < sum(cut) < 3 * len(source)


def test_mentions_are_not_gone_through_for_each_sentence(
    corpus: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    keep = AnnotatedText.keep

    def counting(text: AnnotatedText, mentions: set[int]) -> AnnotatedText:
        kept.append(len(mentions))
        return keep(text, mentions)

    monkeypatch.setattr(AnnotatedText, "keep", counting)
    source = body("Ada left. " * 40)
    heads = [(f"{n}", "PER", "Ada", n) for n in range(40)]
    pairs = relation("PHYS", *((f"{n}", f"{n}") for n in range(40)))
    documents = read_ace04(corpus(source, *heads_in(source, *heads), pairs))
    assert [spelled(document) for document in documents] == [["Ada/B-PER"]] * 40
    assert kept == [40]
