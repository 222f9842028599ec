"""The command `convert`."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import Document, Head, read_documents, read_spert_json, write_documents
from tests.documents.ace04_files import annotation, charseq, mention

DOCUMENTS = [
    Document(
        "a/1",
        ("Ada", "Brook", "of", "Velm", "."),
        ("B-Peop", "I-Peop", "O", "B-Loc", "O"),
        ((Head("N", 0),), (Head("Live_In", 3),), (Head("N", 2),), (Head("N", 3),), (Head("N", 4),)),
    ),
    Document("b", ("It", "rained."), ("O", "O"), ((Head("N", 0),), (Head("N", 1),))),
]


def convert(source: str, target: str, file: Path, output: Path, *more: str) -> int:
    return main(
        ["convert", f"--from={source}", f"--to={target}", f"--input={file}", f"--output={output}", *more]
    )


@pytest.mark.parametrize("over", ["spert", "brat"])
def test_there_and_back(over: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_documents(tmp_path / "in.txt", DOCUMENTS)
    assert convert("columns", over, tmp_path / "in.txt", tmp_path / "over") == 0
    more = ["--tokenized"] if over == "brat" else []
    assert convert(over, "columns", tmp_path / "over", tmp_path / "out.txt", *more) == 0
    assert read_documents(tmp_path / "out.txt") == DOCUMENTS
    assert capsys.readouterr() == (
        f"2 documents: {tmp_path / 'over'}\n2 documents: {tmp_path / 'out.txt'}\n",
        "",
    )


@pytest.mark.filterwarnings("default::UserWarning")
def test_running_text_of_brat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("Ada Brook left Velm. It rained.", encoding="utf-8")
    (tmp_path / "x.ann").write_text("T1\tPeop 0 9\tAda Brook\nA1\tSure T1\n", encoding="utf-8")
    assert convert("brat", "columns", tmp_path, tmp_path / "out.tsv") == 0
    first, second = read_documents(tmp_path / "out.tsv")
    assert (first.doc_id, first.tags) == ("x.1", ("B-Peop", "I-Peop", "O", "O", "O"))
    assert second.tokens == ("It", "rained", ".")
    assert capsys.readouterr().err == (
        f"multihead-at: warning: {tmp_path / 'x.ann'}: passed over 1 other annotations\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to=brat", "--input=a", "--output=b"], "--from=FORMAT is needed"),
        (["--from=brat", "--to=spert", "--input=a"], "--output=FILE is needed"),
        (
            ["--from=xml", "--to=spert", "--input=a", "--output=b"],
            "from: expected one of columns, spert, brat",
        ),
        (["--from=brat", "--to=brat", "--input=a", "--output=b"], "--from and --to are both brat"),
        (
            ["--from=spert", "--to=brat", "--input=a", "--output=b", "--tokenized"],
            "--tokenized is for --from=brat",
        ),
        (["--from=columns", "--to=brat", "--input=a", "--output=b"], "a: cannot be read"),
    ],
)
def test_mistakes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["convert", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"multihead-at: error: {message}") and error.count("\n") == 1


@pytest.mark.filterwarnings("default::UserWarning")
def test_an_order_that_brat_cannot_hold_is_warned_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_documents(tmp_path / "in.txt", DOCUMENTS[::-1])
    assert convert("columns", "brat", tmp_path / "in.txt", tmp_path / "brat") == 0
    assert "brat's files have no order but that of their names" in capsys.readouterr().err


def test_raw_corpora_are_read(tmp_path: Path) -> None:
    ade = tmp_path / "DRUG-AE.rel"
    ade.write_text("7|Zorbin gave rash .|rash|12|16|Zorbin|0|6\n", encoding="utf-8")
    assert convert("ade", "columns", ade, tmp_path / "ade.txt") == 0
    assert read_documents(tmp_path / "ade.txt")[0].tags == ("B-Drug", "O", "B-Adverse-Effect", "O")
    corp = tmp_path / "conll04.corp"
    rows = [
        f"5\t{tag}\t{number}\tO\tNN\t{word}\tO\tO\tO\n"
        for number, (tag, word) in enumerate([("Peop", "Ada"), ("O", "in"), ("Loc", "Velm")])
    ]
    corp.write_text("".join(rows) + "\n0\t2\tLive_In\n\n", encoding="utf-8")
    assert convert("corp", "spert", corp, tmp_path / "corp.json") == 0
    assert read_spert_json(tmp_path / "corp.json")[0].tokens == ("Ada", "in", "Velm")


@pytest.mark.parametrize("given", ["", "one.sgm", "one.apf.xml"])
def test_ace04_is_a_folder_or_one_pair(tmp_path: Path, given: str) -> None:
    folder = tmp_path / "ldc"
    folder.mkdir()
    for name, place in (("one", "Velm"), ("two", "Tarn")):
        text = f"<DOC>\n<TEXT>\nAda left {place}.\n</TEXT>\n</DOC>\n"
        (folder / f"{name}.sgm").write_text(text, encoding="utf-8")
        head = mention("1", "GPE", charseq(11, 14, place))
        (folder / f"{name}.apf.xml").write_text(annotation(head), encoding="utf-8")
    assert convert("ace04", "columns", folder / given, tmp_path / "out.txt") == 0
    found = [document.tokens for document in read_documents(tmp_path / "out.txt")]
    expected = [("Ada", "left", "Velm", "."), ("Ada", "left", "Tarn", ".")]
    assert found == expected if not given else found == expected[:1]


def test_raw_corpora_are_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convert("columns", "ade", tmp_path / "a", tmp_path / "b") == 2
    assert "to: expected one of columns, spert, brat, received 'ade'" in capsys.readouterr().err
    (tmp_path / "notes.txt").touch()
    assert convert("ace04", "columns", tmp_path / "notes.txt", tmp_path / "b") == 2
    assert "expected a folder, or one of a pair of files *.sgm and *.apf.xml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "source", "target"),
    [
        ("columns", "a.txt", "a.txt"),
        ("brat", "b", "b/x.txt"),
        ("brat", "b/x.ann", "b/x.txt"),
        ("brat", "b/x", "b/x.ann"),
    ],
)
def test_what_is_read_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, source: str, target: str
) -> None:
    write_documents(tmp_path / "a.txt", DOCUMENTS)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text("Ada", encoding="utf-8")
    (tmp_path / "b" / "x.ann").write_text("", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert convert(form, "spert", tmp_path / source, tmp_path / target) == 2
    assert "output: expected another file than those to convert" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_a_file_that_is_there_is_replaced_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_documents(tmp_path / "in.txt", DOCUMENTS)
    made = tmp_path / "made.json"
    made.write_text("corrected by hand", encoding="utf-8")
    assert convert("columns", "spert", tmp_path / "in.txt", made) == 2
    assert "made.json: exists already: --overwrite replaces it" in capsys.readouterr().err
    assert made.read_text(encoding="utf-8") == "corrected by hand"
    assert convert("columns", "spert", tmp_path / "in.txt", made, "--overwrite") == 0
    assert made.read_text(encoding="utf-8").startswith("[")


@pytest.mark.filterwarnings("default::UserWarning")
def test_what_comes_back_otherwise_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = Document("c", ("Velm", "it"), ("I-Old Place", "O"), ((Head("N", 0),), (Head("N", 1),)))
    write_documents(tmp_path / "in.txt", [*DOCUMENTS, odd])
    assert convert("columns", "brat", tmp_path / "in.txt", tmp_path / "over") == 0
    told = capsys.readouterr().err
    assert (
        "warning: 1 documents come back with another notation: a mention that began with I- with B-" in told
    )
    assert "warning: brat's types have no blanks: they become _ in 'Old Place'" in told


def test_windows_line_ends_of_tokenized_texts(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"Ada left .\r\n\r\nBo in Velm .\r\n")
    (tmp_path / "x.ann").write_text("T1\tLoc 20 24\tVelm\n", encoding="utf-8")
    assert convert("brat", "columns", tmp_path, tmp_path / "out.tsv", "--tokenized") == 0
    first, second = read_documents(tmp_path / "out.tsv")
    assert first.tokens == ("Ada", "left", ".")
    assert second.tags == ("O", "O", "B-Loc", "O")


def test_a_mention_of_what_counts_as_blank_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_documents(tmp_path / "in.txt", [Document("a", ("\u200b",), ("B-Loc",), ((Head("N", 0),),))])
    assert convert("columns", "brat", tmp_path / "in.txt", tmp_path / "over") == 2
    assert "in.txt:1: document a: mention" in capsys.readouterr().err
