from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import Document, Head, write_documents


def document(doc_id: str, first: str, relations: int) -> Document:
    """Three tokens, the first of which has so many relations."""
    heads = tuple(Head(f"R{number}", 2) for number in range(relations)) or (Head("N", 0),)
    return Document(
        doc_id, (first, "of", "Zelgrad"), ("B-Org", "O", "B-Loc"), (heads, (Head("N", 1),), (Head("N", 2),))
    )


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "flags.json").write_text("{}", encoding="utf-8")
    of_test = [document("1", "Quandel", 0), document("2", "Omonics", 2), document("3", "Norvex", 2)]
    write_documents(folder / "predictions-test.txt", of_test)
    write_documents(folder / "predictions-mine.txt", [document("1", "Pavworth", 1)])
    return folder


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], "document 2\n  Omonics of Zelgrad\n"),
        (["--document=3"], "document 3\n  Norvex of Zelgrad\n"),
        (["--document=1"], "document 1\n  Quandel of Zelgrad\n"),
        (["--split=mine"], "document 1\n  Pavworth of Zelgrad\n"),
    ],
    ids=repr,
)
def test_which_document_is_shown(
    run: Path, arguments: list[str], shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", f"--run={run}", *arguments]) == 0
    output, error = capsys.readouterr()
    assert output.startswith(shown)
    assert error == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--run=DIR is needed"),
        (["--run=nowhere"], "nowhere: expected the folder of a run, with a flags.json"),
        (["--run=run", "--split=dev"], "run/predictions-dev.txt: cannot be read: No such file or directory"),
        (
            ["--run=run", "--document=9"],
            "run/predictions-test.txt: document: expected one of the 3 ids there are, such as '1', "
            "received '9'",
        ),
    ],
    ids=repr,
)
def test_mistakes(
    run: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(run.parent)
    assert main(["show", *arguments]) == 2
    assert capsys.readouterr().err == f"multihead-at: error: {message}\n"
