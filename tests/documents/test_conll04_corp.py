"""The raw CoNLL04 corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.documents import Head, read_documents
from multihead_at.documents.conll04_corp import read_conll04_corp
from multihead_at.errors import InputError

ROW = "{}\t{}\t{}\tO\tNN\t{}\tO\tO\tO\r\n"


def corp(sentence: str, rows: list[tuple[str, str]], relations: str = "") -> str:
    lines = [ROW.format(sentence, tag, number, words) for number, (tag, words) in enumerate(rows)]
    return "".join(lines) + "\r\n" + relations + "\r\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "conll04.corp"
    path.write_bytes(text.encode())
    return path


def test_a_sentence(tmp_path: Path) -> None:
    rows = [("Peop", "Ada/Brook"), ("O", "-LRB-"), ("Loc", "Velm/,Orr"), ("O", "/"), ("Org", "Mills/Corp.")]
    path = write(tmp_path, corp("5", rows, "0\t4\tWork_For\r\n0\t2\tLive_In\r\n"))
    (document,) = read_conll04_corp(path)
    assert document.doc_id == "5"
    assert document.tokens == ("Ada", "Brook", "(", "Velm", ",", "Orr", "/", "Mills", "Corp", ".")
    assert document.tags == (
        *("B-Peop", "I-Peop", "O", "B-Loc", "I-Loc", "I-Loc", "O", "B-Org", "I-Org", "O"),
    )
    assert document.heads[1] == (Head("Work_For", 8), Head("Live_In", 5))


def test_sentences_without_relations_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    one = corp("1", [("Loc", "Velm"), ("O", ".")])
    two = corp("2", [("Peop", "Ada"), ("Peop", "Bo")], "0\t1\tKill\r\n")
    path = write(tmp_path, one + two)
    assert [document.doc_id for document in read_conll04_corp(path)] == ["2"]
    assert [document.doc_id for document in read_conll04_corp(path, with_relations=False)] == ["1", "2"]


@pytest.mark.parametrize("relation", ["0\t1\r\n", "0\t7\tKill\r\n", "0\t2\tKill\r\n"])
def test_a_bad_relation_is_named(tmp_path: Path, relation: str) -> None:
    path = write(tmp_path, corp("2", [("Peop", "Ada"), ("Peop", "Bo"), ("O", "x")], relation))
    with pytest.raises(InputError, match="two rows of entities") as caught:
        read_conll04_corp(path)
    assert caught.value.line == 5


def test_another_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r":1: expected a sentence's row of 9 columns, received 1"):
        read_conll04_corp(write(tmp_path, "something\n"))
    with pytest.raises(InputError, match="received none"):
        read_conll04_corp(write(tmp_path, "\n"))


def test_a_sentence_whose_first_row_lacks_a_column_is_named(tmp_path: Path) -> None:
    good = corp("1", [("Peop", "Ada"), ("Peop", "Bo")], "0\t1\tKill\r\n")
    bad = corp("2", [("Peop", "Ada"), ("Peop", "Bo")], "0\t1\tKill\r\n").replace("\tNN", "", 1)
    with pytest.raises(InputError, match=r":6: expected a sentence's row of 9 columns, received 8"):
        read_conll04_corp(write(tmp_path, good + bad))


def test_the_raw_corpus_is_the_published_splits(corpus_file) -> None:  # type: ignore[no-untyped-def]
    raw = {document.doc_id: document for document in read_conll04_corp(corpus_file("conll04/conll04.corp"))}
    published = [
        document
        for split in ("train", "dev", "test")
        for document in read_documents(corpus_file(f"conll04/{split}.txt"))
    ]
    assert len(raw) == len(published) == 1441
    other_tags = set()
    for document in published:
        mine = raw[document.doc_id]
        assert mine.tokens == document.tokens
        # The published heads of a token stand in no particular order.
        assert [set(heads) for heads in mine.heads] == [set(heads) for heads in document.heads]
        if mine.tags != document.tags:
            other_tags.add(document.doc_id)
    assert other_tags == {"4295", "1395"}
    assert len(read_conll04_corp(corpus_file("conll04/conll04.corp"), with_relations=False)) == 5516


@pytest.mark.parametrize("tag", ["", "x" * 201])
def test_a_mention_of_no_good_type_is_refused_with_file_and_line(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "x.corp"
    path.write_text(f"\n9\t{tag}\t0\tO\tX\tAda\tO\tO\tO\n\n0\t0\tKnows\n", encoding="utf-8")
    with pytest.raises(InputError, match="type") as caught:
        read_conll04_corp(path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)
