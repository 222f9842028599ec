from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import Document, Head
from multihead_at.errors import InputError
from multihead_at.scoring import ClassScore, DocumentCounts, Scores, score

LENGTH = 4
CLASSES = ("Loc", "O", "Other", "Peop")
RELATIONS = ("Kill", "Live_In", "N", "Never")
TAGS = {
    "strict": ("O", "B-Loc", "I-Loc", "B-Peop"),
    "boundaries": ("O", "B-Loc", "I-Loc", "B-Peop"),
    "relaxed": ("O", "Loc", "Other", "Peop"),
}


def documents(tags: tuple[str, ...]) -> st.SearchStrategy[list[Document]]:
    heads = st.tuples(st.sampled_from(("N", "Kill", "Live_In")), st.integers(0, LENGTH - 1))
    of_tokens = st.tuples(*[st.lists(heads, min_size=1, max_size=2, unique=True)] * LENGTH)
    document = st.builds(
        lambda tags, heads: Document(
            "id", ("w",) * LENGTH, tags, tuple(tuple(Head(*one) for one in pairs) for pairs in heads)
        ),
        st.tuples(*[st.sampled_from(tags)] * LENGTH),
        of_tokens,
    )
    return st.lists(document, min_size=3, max_size=3)


@pytest.mark.parametrize("evaluation", TAGS)
@given(data=st.data())
def test_documents_add_up_to_the_scores_of_all_before_and_after_the_file(
    evaluation: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    gold = data.draw(documents(TAGS["strict"]))
    predicted = data.draw(documents(TAGS[evaluation]))
    how: dict[str, Any] = {"classes": CLASSES, "relations": RELATIONS, "root_node": data.draw(st.booleans())}
    whole = score(gold, predicted, evaluation, **how)
    counts = DocumentCounts.count(gold, predicted, evaluation, **how)
    assert counts.total() == whole
    path = tmp_path_factory.getbasetemp() / f"{evaluation}.csv"
    counts.write(path)
    read = DocumentCounts.read(path, evaluation, root_node=whole.root_node)
    assert read == counts
    assert read.total().overall_f1 == whole.overall_f1


def scores(entity: ClassScore, relation: ClassScore) -> Scores:
    return Scores("strict", False, {"Loc": entity, "Peop": ClassScore()}, {"Kill": relation})


def test_the_file(tmp_path: Path) -> None:
    found = scores(ClassScore(2, 1, 0), ClassScore(0, 0, 1))
    nothing = scores(ClassScore(), ClassScore())
    only_a_mention = scores(ClassScore(1, 0, 3), ClassScore())
    counts = DocumentCounts(("17", "a,b", "9"), (found, nothing, only_a_mention))
    counts.write(tmp_path / "counts.csv")
    # Of bytes: lines end the same everywhere.
    assert (tmp_path / "counts.csv").read_bytes().decode() == (
        "document,id,kind,label,tp,fp,fn\n"
        "0,17,entity,Loc,2,1,0\n"
        "0,17,relation,Kill,0,0,1\n"
        '1,"a,b",,,0,0,0\n'
        "2,9,entity,Loc,1,0,3\n"
        ",,entity,Peop,0,0,0\n"
    )
    assert DocumentCounts.read(tmp_path / "counts.csv", "strict") == counts


def small_document(doc_id: str, tags: str, *relations: tuple[int, str, int]) -> Document:
    """A document from its tags, separated by spaces, and its relations between tokens."""
    words = tags.split()
    heads: list[tuple[Head, ...]] = [(Head("N", token),) for token in range(len(words))]
    for token, relation, head in relations:
        heads[token] = (Head(relation, head),)
    return Document(doc_id, ("w",) * len(words), tuple(words), tuple(heads))


GOLD = [small_document("7", "B-Loc B-Peop", (1, "Kill", 0)), small_document("b", "B-Loc O")]
# One Loc is missed, one invented, and with the first the relation.
PREDICTED = [small_document("7", "O B-Peop", (1, "Kill", 0)), small_document("b", "B-Loc B-Loc")]


def test_every_document_is_counted_by_itself() -> None:
    counts = DocumentCounts.count(GOLD, PREDICTED, "strict", classes=("Loc", "Peop"), relations=("Kill",))
    hit, nothing, missed = ClassScore(1, 0, 0), ClassScore(), ClassScore(0, 0, 1)
    assert counts == DocumentCounts(
        ("7", "b"),
        (
            Scores("strict", False, {"Loc": missed, "Peop": hit}, {"Kill": missed}),
            Scores("strict", False, {"Loc": ClassScore(1, 1, 0), "Peop": nothing}, {"Kill": nothing}),
        ),
    )
    assert counts.total() == Scores(
        "strict", False, {"Loc": ClassScore(1, 1, 1), "Peop": hit}, {"Kill": missed}
    )


def test_relations_of_all_documents_add_up() -> None:
    counts = DocumentCounts(
        ("1", "2", "3"),
        tuple(scores(ClassScore(), ClassScore(*figures)) for figures in ((1, 0, 2), (0, 3, 0), (4, 0, 1))),
    )
    assert counts.total() == scores(ClassScore(), ClassScore(5, 3, 3))


def test_untyped_mentions_are_counted_and_add_up() -> None:
    counts = DocumentCounts.count(GOLD, PREDICTED, "boundaries", classes=("Loc", "Peop"), relations=("Kill",))
    assert [one.entity_boundaries for one in counts.scores] == [ClassScore(1, 0, 1), ClassScore(1, 1, 0)]
    assert counts.total() == Scores(
        "boundaries", False, {}, {"Kill": ClassScore(0, 0, 1)}, ClassScore(2, 1, 1)
    )


def test_the_root_is_counted_as_in_score() -> None:
    # With the root at token 0 the relation needs no mention there.
    counts = DocumentCounts.count(
        GOLD, PREDICTED, "strict", root_node=True, classes=("Loc", "Peop"), relations=("Kill",)
    )
    assert counts.total().root_node
    assert counts.total().relation == {"Kill": ClassScore(1, 0, 0)}


def test_counts_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        DocumentCounts((), ()).doc_ids = ("1",)  # type: ignore[misc]


def test_labels_are_read_in_sorted_order(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    rows = "".join(f"0,a,{kind},{label},1,0,0\n" for kind in ("relation", "entity") for label in "dbeafc")
    path.write_text(HEADER + rows, encoding="utf-8")
    assert DocumentCounts.read(path, "strict").labels == tuple(
        (kind, label) for kind in ("entity", "relation") for label in "abcdef"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_may_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_bytes((HEADER + "0,a,entity,Loc,1,2,3\n").replace("\n", end).encode())
    assert DocumentCounts.read(path, "strict").scores[0].entity == {"Loc": ClassScore(1, 2, 3)}


def test_untyped_mentions_have_no_label(tmp_path: Path) -> None:
    one = Scores("boundaries", False, {}, {"Kill": ClassScore()}, ClassScore(1, 2, 3))
    counts = DocumentCounts(("1",), (one,))
    counts.write(tmp_path / "counts.csv")
    lines = (tmp_path / "counts.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["0,1,entity,,1,2,3", ",,relation,Kill,0,0,0"]
    assert DocumentCounts.read(tmp_path / "counts.csv", "boundaries") == counts
    assert counts.labels == (("entity", ""), ("relation", "Kill"))
    assert counts.total() == one


def test_both_sides_must_have_as_many_documents() -> None:
    with pytest.raises(ValueError, match=r"Expected 1 predicted documents\. Received: 0"):
        DocumentCounts.count([Document("1", (), (), ())], [], "strict", classes=(), relations=())


HEADER = "document,id,kind,label,tp,fp,fn\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected lines of documents, received none"),
        (HEADER + ",,entity,Loc,0,0,0\n", "expected lines of documents, received none"),
        (
            "document,label\n",
            "1: expected the columns document,id,kind,label,tp,fp,fn, received document,label",
        ),
        (HEADER + "0,a,entity,Loc,1,0\n", "2: expected 7 values, received 6"),
        (HEADER + "0,a,entity,Loc,1,-1,0\n", "2: expected three counts, received 1,-1,0"),
        # A digit, but not one of ours.
        (HEADER + "0,a,entity,Loc,1,\u0663,0\n", "2: expected three counts, received 1,\u0663,0"),
        (HEADER + "0,a,event,Loc,1,0,0\n", "2: expected entity or relation, received 'event'"),
        (HEADER + "0,a,,,1,0,0\n", "2: expected entity or relation, received ''"),
        (HEADER + "1,a,entity,Loc,1,0,0\n", "2: expected document 0, received 1 (a)"),
        (
            HEADER + "0,a,entity,Loc,1,0,0\n0,b,relation,Kill,1,0,0\n",
            "3: expected document 0 (a) or 1, received 0 (b)",
        ),
        (
            HEADER + "0,a,entity,Loc,1,0,0\n0,a,entity,Loc,1,0,0\n",
            "3: the second line of entity Loc received",
        ),
        (HEADER + ",,entity,Loc,1,0,0\n", "2: counts without a document received"),
        (HEADER + '0,"a,entity\n', "2: expected comma-separated values: unexpected end of data"),
    ],
    ids=repr,
)
def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        DocumentCounts.read(path, "strict")
    separator = ":" if message[0].isdigit() else ": "
    assert str(refused.value) == f"{path}{separator}{message}"


def test_a_missing_file_and_other_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    with pytest.raises(InputError, match="cannot be read: No such file"):
        DocumentCounts.read(path, "strict")
    path.write_bytes(b"\xff")
    with pytest.raises(InputError) as refused:
        DocumentCounts.read(path, "strict")
    assert str(refused.value) == f"{path}:1: byte 0xff received, expected UTF-8"
