"""The command `convert`."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import Document, Head, read_documents, write_documents

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
