"""The original's file format, read and written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from multihead_at.documents import (
    Document,
    Head,
    format_document,
    iterate_documents,
    read_documents,
    write_documents,
)
from multihead_at.errors import InputError

SMALL = (
    "#doc 7\n"
    "0\tAda\tB-Peop\t['N']\t[0]\n"
    "1\tByron\tI-Peop\t['Live_In', 'Work_For']\t[3, 3]\n"
    "2\tin\tO\t['N']\t[2]\n"
    "3\tOxford\tB-Loc\t['N']\t[3]\n"
    "#doc x 8\n"
    "0\t.\tO\t['N']\t[0]\n"
)
SMALL_DOCUMENTS = [
    Document(
        "7",
        ("Ada", "Byron", "in", "Oxford"),
        ("B-Peop", "I-Peop", "O", "B-Loc"),
        ((Head("N", 0),), (Head("Live_In", 3), Head("Work_For", 3)), (Head("N", 2),), (Head("N", 3),)),
    ),
    Document("x 8", (".",), ("O",), ((Head("N", 0),),)),
]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes a file to read."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "corpus.txt"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


Writer = Callable[["str | bytes"], Path]


def test_reading_by_hand(written: Writer) -> None:
    path = written(SMALL)
    documents = read_documents(path)
    assert documents == SMALL_DOCUMENTS
    assert [(document.source, document.line) for document in documents] == [(str(path), 1), (str(path), 6)]


def test_writing_by_hand(tmp_path: Path) -> None:
    write_documents(tmp_path / "out.txt", SMALL_DOCUMENTS)
    assert (tmp_path / "out.txt").read_bytes() == SMALL.encode("utf-8")
    assert "".join(map(format_document, SMALL_DOCUMENTS)) == SMALL


def test_reading_is_document_by_document(written: Writer) -> None:
    documents = iterate_documents(written(SMALL + "#doc 9\nbroken\n"))
    assert [next(documents), next(documents)] == SMALL_DOCUMENTS
    with pytest.raises(InputError, match=r"corpus.txt:9: 1 columns received"):
        next(documents)


@pytest.mark.parametrize(
    "variant",
    [
        SMALL.rstrip("\n"),
        SMALL.replace("\n", "\r\n"),
        SMALL.replace("\n", "\r\n").rstrip("\r\n"),
        "\ufeff" + SMALL,
        SMALL.replace("['N']", '["N"]').replace("[3, 3]", " [ 3,3 ] "),
    ],
    ids=[
        "no last line end",
        "CR LF",
        "CR LF, no last line end",
        "byte order mark",
        "other spelling of lists",
    ],
)
def test_what_is_normalised(written: Writer, tmp_path: Path, variant: str) -> None:
    documents = read_documents(written(variant))
    assert documents == SMALL_DOCUMENTS
    write_documents(tmp_path / "out.txt", documents)
    assert (tmp_path / "out.txt").read_bytes() == SMALL.encode("utf-8")


@pytest.mark.parametrize(
    "token",
    [
        "\x85",
        "a\u2028b",
        "\u2029",
        "\x0b",
        "\x0c",
        "\x1c",
        " ",
        "a b",
        "\xa0",
        '"',
        "'",
        "#doc 3",
        "\ufeff",
        "\0",
    ],
)
def test_a_token_may_hold_anything_but_tabs_and_line_ends(written: Writer, token: str) -> None:
    content = f"#doc 1\n0\t{token}\tO\t['N']\t[0]\n"
    (document,) = read_documents(written(content))
    assert document.tokens == (token,)
    assert format_document(document) == content


@pytest.mark.parametrize(
    "columns",
    [
        "['Kill', 'Kill']\t[1, 1]",
        "['N']\t[1]",
        "['N', 'Kill']\t[0, 1]",
        "['Kill']\t[0]",
        "['Kill', 'Live_In', 'Kill']\t[1, 0, 0]",
        """["it's"]\t[1]""",
    ],
    ids=["the same pair twice", "N elsewhere", "N and another", "itself", "several", "quoted"],
)
def test_what_the_original_accepts_is_kept(written: Writer, columns: str) -> None:
    content = f"#doc 1\n0\ta\tB-Peop\t{columns}\n1\tb\tI-Peop\t['N']\t[1]\n"
    (document,) = read_documents(written(content))
    assert format_document(document) == content


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1\tb\tO\t['N']", "4 columns received, expected 5 columns separated by tabs"),
        ("1\tb\tO\t['N']\t[1]\t", "6 columns received, expected 5 columns"),
        ("1 b O ['N'] [1]", "1 columns received, expected 5 columns"),
        ("", "blank line received, expected 5 columns"),
        (" ", "1 columns received"),
        ("2\tb\tO\t['N']\t[1]", "token id '2' received, expected 1"),
        ("0\tb\tO\t['N']\t[1]", "token id '0' received, expected 1"),
        ("01\tb\tO\t['N']\t[1]", "token id '01' received, expected 1"),
        ("\u0661\tb\tO\t['N']\t[1]", "token id '\u0661' received, expected 1"),
        ("x\tb\tO\t['N']\t[1]", "token id 'x' received, expected 1"),
        ("1\t\tO\t['N']\t[1]", "empty token received"),
        ("1\tb\tLoc\t['N']\t[1]", "tag 'Loc' received, expected O, B-<type> or I-<type>"),
        ("1\tb\tB-\t['N']\t[1]", "tag 'B-' received, expected"),
        ("1\tb\t\t['N']\t[1]", "tag '' received, expected"),
        ("1\tb\tO\t['N', 'N']\t[1]", "2 relations and 1 heads received, expected equally many"),
        ("1\tb\tO\t['N']\t[1, 1]", "1 relations and 2 heads received, expected equally many"),
        ("1\tb\tO\t[]\t[]", "no relations and heads received, expected ['N'] where a token has none"),
        ("1\tb\tO\t['']\t[1]", "relation '' received, expected a name"),
        ("1\tb\tO\t['R\\r']\t[1]", "relation 'R\\r' received, expected a name without tabs and line ends"),
        ("1\tb\tO\tN\t[1]", "relations 'N' received: expected '[' at column 1, received 'N'"),
        (
            "1\tb\tO\t['N'\t[1]",
            "relations \"['N'\" received: expected ']' at column 5, received nothing more",
        ),
        ("1\tb\tO\t['N']\t1", "heads '1' received: expected '[' at column 1, received '1'"),
        ("1\tb\tO\t['N']\t[a]", "heads '[a]' received: expected an integer at column 2, received 'a]'"),
        ("1\tb\tO\t['N']\t[3]", "head 3 received, expected one of the document's tokens 0..2"),
        ("1\tb\tO\t['N']\t[-1]", "head -1 received, expected one of the document's tokens 0..2"),
        (
            "1\tb\rc\tO\t['N']\t[1]",
            "carriage return inside a line received, expected lines that end in LF or CR LF",
        ),
        ("#doc", "'#doc' received, expected '#doc <id>'"),
        ("#document 4", "'#document 4' received, expected '#doc <id>'"),
        ("#doc\t4", "'#doc\\t4' received, expected '#doc <id>'"),
        ("#doc ", "document id '' received, expected one that is not empty, without tabs"),
        ("#doc  ", "document id ' ' received, expected one that is not empty, without tabs"),
        (
            "#doc 1\tb\tO\t['N']\t[1]",
            "document id \"1\\tb\\tO\\t['N']\\t[1]\" received, expected one that is not",
        ),
    ],
)
def test_a_bad_line_is_told_with_its_place(written: Writer, line: str, message: str) -> None:
    path = written(f"#doc 1\n0\ta\tO\t['N']\t[0]\n{line}\n2\tc\tO\t['N']\t[2]\n")
    with pytest.raises(InputError) as caught:
        read_documents(path)
    assert str(caught.value).startswith(f"{path}:3: {message}")


def test_a_head_beyond_a_document_is_told_though_the_file_has_more_tokens(written: Writer) -> None:
    path = written(SMALL.replace("[0]\n1\tByron", "[4]\n1\tByron"))
    with pytest.raises(InputError, match=r"corpus.txt:2: head 4 received, .* 0\.\.3"):
        read_documents(path)


def test_long_content_is_cut_in_messages(written: Writer) -> None:
    with pytest.raises(InputError) as caught:
        read_documents(written(f"#doc 1\n{'9' * 100_000}\ta\tO\t['N']\t[0]\n"))
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", "", "empty file received, expected documents"),
        (b"\xef\xbb\xbf", "", "empty file received, expected documents"),
        (b"\n", ":1", "'' received, expected a line '#doc <id>' first"),
        (
            b"0\ta\tO\t['N']\t[0]\n",
            ":1",
            "\"0\\ta\\tO\\t['N']\\t[0]\" received, expected a line '#doc <id>' first",
        ),
        (b"#doc 1\n", ":1", "document without tokens received"),
        (b"#doc 1\n#doc 2\n0\ta\tO\t['N']\t[0]\n", ":1", "document without tokens received"),
        (b"#doc 1\n0\ta\tO\t['N']\t[0]\n\n", ":3", "blank line received"),
        (b"#doc 1\n0\ta\xff\tO\t['N']\t[0]\n", ":2", "byte 0xff at position 4 received, expected UTF-8"),
        (
            b"#doc 1\n0\t\xed\xa0\x80\tO\t['N']\t[0]\n",
            ":2",
            "byte 0xed at position 3 received, expected UTF-8",
        ),
        (b"\xff\xfe#\0d\0", ":1", "byte 0xff at position 1 received, expected UTF-8"),
        (b"#doc 1\r0\ta\tO\t['N']\t[0]\r", ":1", "carriage return inside a line received"),
    ],
)
def test_a_bad_file_is_told(written: Writer, content: bytes, place: str, message: str) -> None:
    path = written(content)
    with pytest.raises(InputError) as caught:
        read_documents(path)
    assert str(caught.value).startswith(f"{path}{place}: {message}")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.txt: cannot be read: No such file or directory"):
        read_documents(tmp_path / "none.txt")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read: Is a directory"):
        read_documents(tmp_path)


def test_a_file_without_permission_is_told(written: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(SMALL)

    def refuse(*_: object, **__: object) -> None:
        # By hand: root may read anything.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match=r"cannot be read: Permission denied"):
        read_documents(path)


def _document(
    doc_id: str = "1", token: str = "a", tag: str = "O", heads: tuple[Head, ...] = (Head("N", 0),)
) -> Document:
    return Document(doc_id, (token,), (tag,), (heads,))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (Document("1", (), (), ()), "document without tokens received"),
        (_document(doc_id=""), "document id '' received"),
        (_document(doc_id="a\nb"), "document id 'a\\nb' received"),
        (_document(token=""), "empty token received"),
        (_document(token="a\tb"), "token 'a\\tb' received, expected one without tabs and line ends"),
        (_document(token="a\nb"), "token 'a\\nb' received"),
        (_document(token="a\r"), "token 'a\\r' received"),
        (_document(token="\ud800"), "token '\\ud800' received"),
        (_document(tag="Loc"), "tag 'Loc' received, expected O, B-<type> or I-<type>"),
        (_document(tag="B-a\tb"), "tag 'B-a\\tb' received"),
        (_document(heads=()), "no relations and heads received"),
        (_document(heads=(Head("", 0),)), "relation '' received"),
        (_document(heads=(Head("\udfff", 0),)), "relation '\\udfff' received"),
        (_document(heads=(Head("N", 1),)), "head 1 received, expected one of the document's tokens 0..0"),
        (_document(heads=(Head("N", -1),)), "head -1 received"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path, document: Document, message: str
) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    with pytest.raises(InputError) as caught:
        write_documents(path, [_document(), document])
    assert f" cannot be written: {message}" in caught.value.message
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_no_documents_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no documents received"):
        write_documents(tmp_path / "out.txt", [])
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(InputError, match=r"out.txt: cannot be written: No space left on device"):
        write_documents(path, SMALL_DOCUMENTS)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_file_can_be_written_over_itself_while_it_is_read(written: Writer) -> None:
    path = written(SMALL)
    write_documents(path, iterate_documents(path))
    assert path.read_bytes() == SMALL.encode("utf-8")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\r\n"), min_size=1, max_size=6)
bio_tags = st.just("O") | st.builds("{}{}".format, st.sampled_from(["B-", "I-"]), cells)


@st.composite
def drawn_documents(draw: st.DrawFn) -> Document:
    tokens = draw(st.lists(cells, min_size=1, max_size=5))
    n = len(tokens)
    head = st.builds(Head, cells, st.integers(0, n - 1))
    heads = st.lists(head, min_size=1, max_size=3).map(tuple)
    return Document(
        draw(cells.filter(lambda doc_id: bool(doc_id.strip()))),
        tuple(tokens),
        tuple(draw(st.lists(bio_tags, min_size=n, max_size=n))),
        tuple(draw(st.lists(heads, min_size=n, max_size=n))),
    )


shared_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@shared_folder
@given(st.lists(drawn_documents(), min_size=1, max_size=4))
def test_write_then_read_is_the_identity(tmp_path: Path, documents: list[Document]) -> None:
    path = tmp_path / "out.txt"
    write_documents(path, documents)
    assert read_documents(path) == documents


def _read_or_refuse(path: Path, content: bytes) -> None:
    """Anything is read, and then survives being written, or is refused as a user's mistake."""
    path.write_bytes(content)
    try:
        documents = read_documents(path)
    except InputError as error:
        assert str(error).startswith(str(path))
        return
    write_documents(path, documents)
    assert read_documents(path) == documents


@shared_folder
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    _read_or_refuse(tmp_path / "corpus.txt", content)
    _read_or_refuse(tmp_path / "corpus.txt", b"#doc 1\n0\ta\tO\t['N']\t[0]\n1\t" + content)


fragments = st.sampled_from(
    [
        b"\t",
        b"\n",
        b"\r\n",
        b"\r",
        b"#doc ",
        b"['N']",
        b"[0]",
        b"0",
        b"'",
        b"[",
        b",",
        b"\\",
        b"-",
        b"\xff",
        b"\xef\xbb\xbf",
        b"",
    ]
)


@shared_folder
@given(st.lists(st.tuples(st.integers(0, len(SMALL)), st.integers(0, 6), fragments), min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, edits: list[tuple[int, int, bytes]]) -> None:
    content = SMALL.encode("utf-8")
    for position, removed, inserted in edits:
        content = content[:position] + inserted + content[position + removed :]
    _read_or_refuse(tmp_path / "corpus.txt", content)
