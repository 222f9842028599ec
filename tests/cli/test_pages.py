from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.main import main
from multihead_at.cli.pages_flags import PAGES_FLAGS
from multihead_at.config import Config
from multihead_at.documents import Document, Head, write_documents
from multihead_at.encoding import CorpusVocabularies
from multihead_at.files import write_json

CHECKOUT = Path(__file__).resolve().parents[2]

DOCUMENT = Document(
    "1",
    ("Ada", "of", "Velm"),
    ("B-Peop", "O", "B-Loc"),
    ((Head("Live_In", 2),), (Head("N", 1),), (Head("N", 2),)),
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run's folder, in the working folder."""
    folder = tmp_path / "run"
    folder.mkdir()
    write_json(folder / "flags.json", Config().to_dict())
    write_documents(folder / "predictions-test.txt", [DOCUMENT])
    write_documents(folder / "predictions-mine.txt", [DOCUMENT])
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["--run=run", "--pages=extractions"], "run/pages/extractions-test.html"),
        (["--run=run", "--pages=extractions", "--split=mine"], "run/pages/extractions-mine.html"),
        (["--run=run", "--pages=extractions", "--output_dir=here"], "here/extractions-test.html"),
        (["--file=run/predictions-test.txt"], "run/extractions-predictions-test.html"),
        (["--file=run/predictions-test.txt", "--output_dir=."], "extractions-predictions-test.html"),
    ],
    ids=repr,
)
def test_where_a_page_goes(
    run: Path, arguments: list[str], written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pages", *arguments]) == 0
    assert capsys.readouterr() == (f"written: {written}\n", "")
    assert Path(written).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "expected either --run=DIR or --file=FILE, received both or neither"),
        (["--run=run", "--file=x"], "expected either --run=DIR or --file=FILE, received both or neither"),
        (["--file=x", "--split=dev"], "--split is for --run=DIR: expected no such flag beside --file=FILE"),
        (
            ["--run=run", "--pages=error"],
            "pages: expected some of extractions, errors, curves, received 'error'",
        ),
        (["--run=run", "--documents=0"], "documents: expected at least 1, received 0"),
        (["--run=nowhere"], "nowhere: expected the folder of a run, with a flags.json"),
        (["--run=run", "--pages=curves"], "run/epochs.jsonl: cannot be read: No such file or directory"),
        (
            ["--run=run", "--split=dev"],
            "run/predictions-dev.txt: cannot be read: No such file or directory (--split=NAME takes others, "
            "--pages=curves needs none)",
        ),
        (["--file=none"], "none: cannot be read: No such file or directory"),
    ],
    ids=repr,
)
def test_mistakes(run: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", *arguments]) == 2
    assert capsys.readouterr().err == f"multihead-at: error: {message}\n"


def test_runs_are_collected() -> None:
    assert parse_flags(["--run=a", "--split=dev", "--run", "b"], PAGES_FLAGS) == {
        "run": ["a", "b"],
        "split": "dev",
    }


def test_tensorflow_is_not_needed(run: Path) -> None:
    program = (
        "import sys\nfrom multihead_at.cli.main import main\n"
        "print(main(sys.argv[1:]), {'tensorflow', 'keras', 'gensim'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "pages", f"--run={run}", "--pages=extractions"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(CHECKOUT)},
    )
    assert done.stdout.splitlines()[-1] == "0 set()", done.stderr


@pytest.mark.filterwarnings("default::UserWarning")
def test_without_matplotlib_a_line_says_what_is_missing(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    write_json(run / "vocabularies.json", CorpusVocabularies.collect([DOCUMENT]).to_dict())
    assert main(["pages", "--run=run", "--gold=run/predictions-test.txt", "--data_dir=."]) == 0
    output, error = capsys.readouterr()
    assert output == "written: run/pages/extractions-test.html\nwritten: run/pages/errors-test.html\n"
    assert error.startswith("multihead-at: warning: curves are left out") and error.count("\n") == 1
    assert main(["pages", "--run=run", "--pages=extractions,curves"]) == 2
