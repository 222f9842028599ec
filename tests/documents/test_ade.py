"""The ADE corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import Head, Mention, mentions_from_bio
from multihead_at.documents.ade import read_ade, read_ade_texts
from multihead_at.errors import InputError


def write(folder: Path, text: str) -> Path:
    path = folder / "DRUG-AE.rel"
    path.write_bytes(text.encode())
    return path


def test_a_sentence_with_two_relations(tmp_path: Path) -> None:
    # "Zorbin" begins at 20 - 0, so the sentence begins at 20 in its abstract; "rash" at 20 + 14, "fever" at
    # 20 + 23.
    sentence = "Zorbin causes rash and fever."
    path = write(
        tmp_path,
        f"11|{sentence}|rash|34|38|Zorbin|20|26\n11|{sentence}|fever|43|48|Zorbin|20|26\n",
    )
    (text,) = read_ade_texts(path)
    assert text.mentions == (
        Mention("Adverse-Effect", 14, 18),
        Mention("Drug", 0, 6),
        Mention("Adverse-Effect", 23, 28),
    )
    (document,) = read_ade(path)
    assert document.tokens == ("Zorbin", "causes", "rash", "and", "fever", ".")
    assert document.tags == ("B-Drug", "O", "B-Adverse-Effect", "O", "B-Adverse-Effect", "O")
    assert document.heads[2] == (Head("Adverse-Effect", 0),)
    assert document.heads[4] == (Head("Adverse-Effect", 0),)
    assert document.heads[0] == (Head("N", 0),)


def test_the_offset_is_told_by_the_mentions_together(tmp_path: Path) -> None:
    # "ab" occurs at 0 and 3, "b" at 1 and 4: offsets 10 and 14 fit only a sentence that begins at 10.
    path = write(tmp_path, "7|ab ab|ab|10|12|b|14|15\n")
    (text,) = read_ade_texts(path)
    assert text.mentions == (Mention("Adverse-Effect", 0, 2), Mention("Drug", 4, 5))


def test_overlapping_arguments_go_and_the_sentence_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "7|zorbin rash|zorbin rash|5|16|zorbin|5|11\n")
    (document,) = read_ade(path)
    assert document.tags == ("O", "O")
    assert document.heads == ((Head("N", 0),), (Head("N", 1),))


def test_of_two_overlapping_mentions_the_shorter_goes_with_its_relation(tmp_path: Path) -> None:
    sentence = "bad rash by zorbin"
    path = write(
        tmp_path,
        f"7|{sentence}|bad rash|0|8|zorbin|12|18\n7|{sentence}|rash|4|8|zorbin|12|18\n",
    )
    (document,) = read_ade(path)
    assert document.tags == ("B-Adverse-Effect", "I-Adverse-Effect", "O", "B-Drug")
    assert [len(heads) for heads in document.heads] == [1, 1, 1, 1]


def test_spaces_around_a_mention_are_stripped(tmp_path: Path) -> None:
    path = write(tmp_path, "7|rash by zorbin|rash|0|4| zorbin|7|14\n")
    (text,) = read_ade_texts(path)
    assert text.mentions[1] == Mention("Drug", 8, 14)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1|a|b", "8 fields"),
        ("1|rash zorbin|rash|0|5|zorbin|5|11", "offsets of 'rash'"),
        ("1|rash zorbin|rash|x|4|zorbin|5|11", "offsets of 'rash'"),
        ("1|rash zorbin|rash|0|4|zorbin|6|12", "fit one place"),
        ("1|rash zorbin|fever|0|5|zorbin|5|11", "fit one place"),
        ("1|a a|a|0|1|a|0|1", "received 2 that fit"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_ade(write(tmp_path, f"{line}\n"))
    assert caught.value.line == 1


def test_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        read_ade(write(tmp_path, "\n"))


@given(st.binary(max_size=60) | st.text("1|ab \n", max_size=60).map(str.encode))
def test_anything_is_read_or_refused(tmp_path_factory, data: bytes) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("ade") / "DRUG-AE.rel"
    path.write_bytes(data)
    try:
        read_ade(path)
    except InputError as error:
        assert "DRUG-AE.rel" in str(error)


def test_the_published_counts(corpus_file) -> None:  # type: ignore[no-untyped-def]
    path = corpus_file("ade/DRUG-AE.rel")
    texts = read_ade_texts(path)
    assert len(texts) == 4272
    assert Counter(mention.type for text in texts for mention in text.mentions) == {
        "Adverse-Effect": 5776,
        "Drug": 5063,
    }
    documents = read_ade(path)
    assert len(documents) == 4272
    assert sum(map(len, documents)) == 92310
    assert max(map(len, documents)) == 97
    assert sum(len(mentions_from_bio(document.tags)) for document in documents) == 10666
    heads = [head for document in documents for several in document.heads for head in several]
    assert sum(head.relation != "N" for head in heads) == 6682
    assert sum(set(document.tags) == {"O"} for document in documents) == 52


@pytest.mark.parametrize(
    ("line", "message"),
    [
        # "nil" ends inside a token.
        ("1|quinil rash|rash|7|11|nil|3|6", "expected one that begins and ends where tokens do"),
        (f"1|{'a ' * 6000}|a|0|1|a|0|1", "sentence of 12000 characters received, expected at most 1000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_file(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, f"{line}\n")
    with pytest.raises(InputError) as caught:
        read_ade(path)
    assert str(caught.value).startswith(f"{path}:") and message in str(caught.value)


def test_a_mention_that_fits_no_tokens_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "1|rash zorbin|rash|0|4|zorbin|5|11\n2|quinil rash|rash|7|11|nil|3|6\n")
    with pytest.raises(InputError, match="begins and ends where tokens do") as caught:
        read_ade(path)
    assert caught.value.line == 2


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "DRUG-AE.rel"
    path.write_bytes(b"\n\n1|\xff")
    with pytest.raises(InputError, match=r"DRUG-AE\.rel:3: byte 0xff received, expected UTF-8"):
        read_ade(path)
