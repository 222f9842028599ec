"""brat's pairs of files."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import AnnotatedText, BratWriter, Mention, Relation, read_brat, write_brat
from multihead_at.documents.write_brat import format_brat
from multihead_at.errors import InputError

TEXT = "Ada Brook lives\nin Port\nHale.\n"
ANNOTATIONS = "T1\tPeop 0 9\tAda Brook\nR1\tLive_In Arg1:T1 Arg2:T7\nT7\tLoc 19 23;24 28\tPort Hale\n"
READ = AnnotatedText("x", TEXT, (Mention("Peop", 0, 9), Mention("Loc", 19, 28)), (Relation("Live_In", 0, 1),))


def pair(folder: Path, annotations: str, text: str = TEXT, name: str = "x") -> Path:
    (folder / f"{name}.txt").write_bytes(text.encode())
    (folder / f"{name}.ann").write_bytes(annotations.encode())
    return folder / f"{name}.ann"


def test_a_pair_by_any_name(tmp_path: Path) -> None:
    pair(tmp_path, ANNOTATIONS)
    for name in ("x.txt", "x.ann", "x", "."):
        assert read_brat(tmp_path / name) == [READ]


@pytest.mark.parametrize("name", ["notes.v2", "notes.txt", "v1.0"])
def test_a_name_may_hold_full_stops(tmp_path: Path, name: str) -> None:
    pair(tmp_path, ANNOTATIONS, name=name)
    for ending in (".txt", ".ann"):
        assert [text.doc_id for text in read_brat(tmp_path / f"{name}{ending}")] == [name]
    assert [text.doc_id for text in read_brat(tmp_path)] == [name]
    if not name.endswith(".txt"):
        assert [text.doc_id for text in read_brat(tmp_path / name)] == [name]


def test_a_byte_order_mark_before_the_annotations_is_dropped(tmp_path: Path) -> None:
    pair(tmp_path, f"\ufeff{ANNOTATIONS}")
    assert read_brat(tmp_path) == [READ]


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    pair(tmp_path, "", name="b")
    pair(tmp_path, "", name="a.1")
    pair(tmp_path / "sub", "", name="c")
    (tmp_path / "notes").write_text("neither", encoding="utf-8")
    # As macOS leaves it beside what it unpacks.
    for ending in (".txt", ".ann"):
        (tmp_path / f"._b{ending}").write_bytes(b"\xff")
    assert [text.doc_id for text in read_brat(tmp_path)] == ["a.1", "b", "sub/c"]


def test_halves_of_pairs_are_told(tmp_path: Path) -> None:
    pair(tmp_path, ANNOTATIONS)
    for name in ("a.txt", "b.ann", "c.txt", "d.txt", "e.txt", "f.txt"):
        (tmp_path / name).write_text("alone", encoding="utf-8")
    said = (
        r"passed over 6 files without the other half of the pair: a.txt, b.ann, c.txt, d.txt, e.txt, \.\.\.$"
    )
    with pytest.warns(UserWarning, match=said):
        assert read_brat(tmp_path) == [READ]


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    for name in ("doc10", "doc9", "doc09", "doc", "10", "9", "%2F2"):
        pair(tmp_path, "", name=name)
    names = [text.doc_id for text in read_brat(tmp_path)]
    assert names == ["9", "10", "/2", "doc", "doc09", "doc9", "doc10"]


def test_line_ends_of_two_characters_count_as_two(tmp_path: Path) -> None:
    pair(tmp_path, "T1\tLoc 3 7\tVelm\r\n", text="a\r\nVelm\r\n")
    (text,) = read_brat(tmp_path)
    assert text.text[3:7] == "Velm"
    assert text.mentions == (Mention("Loc", 3, 7),)


def test_what_the_model_cannot_hold_is_passed_over_with_a_warning(tmp_path: Path) -> None:
    more = (
        "T2\tPeop 0 3;10 15\tAda lives\nR2\tKnows Arg1:T2 Arg2:T1\n*\tEquiv T1 T7\nE1\tLive:T1 Who:T7\n"
        "A1\tSure T1\nM1\tSure T1\n#1\tAnnotatorNotes T1\tlook\nN1\tReference T1 W:1\tx\n\n"
    )
    pair(tmp_path, ANNOTATIONS + more)
    with pytest.warns(
        UserWarning, match="1 mentions of several parts, 6 other annotations, 1 relations of such"
    ):
        assert read_brat(tmp_path) == [READ]


def test_relations_of_events_are_passed_over_with_them(tmp_path: Path) -> None:
    pair(tmp_path, ANNOTATIONS + "E1\tLive:T7 Who:T1\nR2\tCause Arg1:E1 Arg2:T1\nR3\tCause Arg1:T1 Arg2:E1\n")
    with pytest.warns(UserWarning, match="passed over 1 other annotations, 2 relations of events"):
        assert read_brat(tmp_path) == [READ]


def test_a_line_need_not_say_the_words(tmp_path: Path) -> None:
    pair(tmp_path, ANNOTATIONS.replace("\tAda Brook", ""))
    assert read_brat(tmp_path) == [READ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tPeop 0", "expected '<type> <start> <end>', received 'Peop 0'"),
        ("T1\tPeop 0 9 3", "expected '<type> <start> <end>'"),
        ("T1\tPeop 9 0\tx", "expected spans in order"),
        ("T1\tPeop 3 3\tx", "expected spans in order"),
        ("T1\tPeop 0 31\tx", "expected spans in order within the text's 30 characters"),
        ("T1\tPeop 4 9;0 3\tx", "expected spans in order"),
        ("T1\tPeop 0 3\tAda\nT1\tPeop 4 9\tx", "expected a new number"),
        ("T1\tPeop 1 9\tAda Brook", "expected 'da Brook', which stands at 1 to 9 (offsets count characters"),
        ("T1\tLoc 19 23;24 28\tPort Hales", "expected 'Port\\nHale', which stands at 19 to 28"),
        ("T1\tPeop 3 4\t ", "expected a mention with a word in it"),
        (f"T1\t{'x' * 201} 0 3\tAda", "expected a type of at most 200 characters"),
        ("R1\tLive_In T1 T2", "expected '<type> Arg1:T<n> Arg2:T<n>'"),
        ("R1\tN Arg1:T1 Arg2:T1", "expected another name than N"),
        ("R1\tLive_In Arg1:T1 Arg2:T2", "expected mentions of this file, received 'T1'"),
        ("Ada", "expected a line of brat's"),
    ],
)
def test_bad_lines(tmp_path: Path, line: str, message: str) -> None:
    path = pair(tmp_path, f"\n{line}")
    with pytest.raises(InputError) as caught:
        read_brat(tmp_path)
    assert message in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(path), 2 + line.count("\n"))


def test_missing_files_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected pairs of files"):
        read_brat(tmp_path)
    with pytest.raises(InputError, match=r"y\.txt: cannot be read"):
        read_brat(tmp_path / "y.ann")
    pair(tmp_path, "").write_bytes(b"\xff")
    with pytest.raises(InputError, match="expected UTF-8"):
        read_brat(tmp_path)


def test_texts_below_one_another() -> None:
    text_file, annotation_file = io.BytesIO(), io.BytesIO()
    writer = BratWriter(text_file, annotation_file)
    for text in (READ, AnnotatedText("y", "", (), ()), READ):
        writer.write(text)
    assert text_file.getvalue().decode() == f"{TEXT}\n\n{TEXT}\n"
    assert annotation_file.getvalue().decode() == (
        "T1\tPeop 0 9\tAda Brook\nT2\tLoc 19 23;24 28\tPort Hale\nR1\tLive_In Arg1:T1 Arg2:T2\n"
        "T3\tPeop 32 41\tAda Brook\nT4\tLoc 51 55;56 60\tPort Hale\nR2\tLive_In Arg1:T3 Arg2:T4\n"
    )


def test_both_files_appear_only_when_all_is_well(tmp_path: Path) -> None:
    with pytest.raises(KeyError), BratWriter.open(tmp_path / "x.ann") as writer:
        writer.write(READ)
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    with BratWriter.open(tmp_path / "x.ann") as writer:
        writer.write(READ)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.ann", "x.txt"]


def test_blanks_in_types_and_mentions_that_cannot_be_written() -> None:
    assert (
        format_brat(AnnotatedText("x", "ab", (Mention("Extra building", 0, 2),), ()))
        == "T1\tExtra_building 0 2\tab\n"
    )
    with pytest.raises(InputError, match="expected type and text"):
        format_brat(AnnotatedText("x", "ab", (Mention("", 0, 2),), ()))


def test_of_texts_that_cannot_all_be_written_none_stays(tmp_path: Path) -> None:
    good = AnnotatedText("1", "Ada", (Mention("Peop", 0, 3),), ())
    for bad in (AnnotatedText("2", "Bo", (Mention("", 0, 2),), ()), good):
        with pytest.raises(InputError, match=r"expected type and text|expected different ids"):
            write_brat(tmp_path / "new", [good, bad])
        assert list((tmp_path / "new").iterdir()) == []


def test_a_folder_that_holds_texts_is_not_written_over(tmp_path: Path) -> None:
    write_brat(tmp_path / "new", [READ])
    with pytest.raises(InputError, match="expected a folder without texts"):
        write_brat(tmp_path / "new", [READ])
    with pytest.raises(InputError, match="two documents 'x'"):
        write_brat(tmp_path / "other", [READ, READ])
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_brat(tmp_path / "file", [READ])


LABELS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=4)


@st.composite
def annotated(draw: st.DrawFn, doc_id: str) -> AnnotatedText:
    text = draw(st.text(st.sampled_from("ab \n\r\t\u00e9\U0001f375"), min_size=1, max_size=12))
    borders = st.integers(0, len(text))
    mentions = []
    for label, one, other in draw(st.lists(st.tuples(LABELS, borders, borders), max_size=4)):
        start, end = sorted((one, other))
        # brat's mentions begin and end within a line, and are not blank.
        if text[start:end].strip("\r\n") == text[start:end] and text[start:end].strip():
            mentions.append(Mention(label, start, end))
    places = st.integers(0, max(0, len(mentions) - 1))
    relations = draw(
        st.lists(st.builds(Relation, LABELS, places, places), max_size=4 if mentions else 0, unique=True)
    )
    return AnnotatedText(doc_id, text, tuple(mentions), tuple(relations))


IDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6), max_size=4, unique=True
)


@given(IDS.flatmap(lambda ids: st.tuples(*map(annotated, ids))))
def test_reading_gives_what_was_written(texts: tuple[AnnotatedText, ...]) -> None:
    with tempfile.TemporaryDirectory() as name:
        write_brat(name, texts)
        if texts:
            found = {text.doc_id: text for text in read_brat(name)}
            # A text ends with its last line's end.
            assert {key: text.text for key, text in found.items()} == {
                text.doc_id: f"{text.text}\n" for text in texts
            }
            for text in texts:
                assert found[text.doc_id].mentions == text.mentions
                assert found[text.doc_id].relations == text.relations
