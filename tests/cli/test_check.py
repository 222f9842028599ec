"""The command `check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.cli.main import main
from multihead_at.datasets import sample_dir
from multihead_at.documents import Document, read_documents, write_documents, write_spert_json

SAMPLE = sample_dir()
SPLITS = ("train", "dev", "test")
LONE = "#doc lone\n0\tVelm\tI-Loc\t['N']\t[0]\n"
WRONG = "#doc wrong\n0\tVelm\tB-Loc\t['N']\t[5]\n0\tx\tO\t['N']\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which is the working folder, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MULTIHEAD_AT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MULTIHEAD_AT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def own(**files: str | Path) -> list[str]:
    return [f"--filename_{split}={file}" for split, file in files.items()]


def test_the_sample_is_clean(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    output, error = capsys.readouterr()
    lines = output.splitlines()
    assert error == ""
    assert lines[0] == "sample: 3 files"
    assert ["documents", "480", "100", "150"] in [line.split() for line in lines]
    assert "Tokens with a vector in vectors (935 words)" in lines
    assert any(line.startswith("  train   98.6%   most frequent without: ") for line in lines)
    assert lines[-1] == "Nothing is wrong, nothing odd."


def test_warnings_alone_count_only_when_strict(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "dev.txt").write_text(LONE, encoding="utf-8")
    arguments = ["check", "--novectors", *own(dev=data / "dev.txt")]
    assert main(arguments) == 0
    output = capsys.readouterr().out.splitlines()
    assert output[0] == "own files: one file"
    assert output[-6:] == [
        "WARNINGS: 1",
        "",
        "I- tags without a B- before them (1)",
        f"  {data / 'dev.txt'}:2: document 'lone': tag 'I-Loc' of token 0 received with no 'B-Loc' before "
        "it: it is read as the beginning of a mention",
        "",
        "No errors, 1 warning.",
    ]
    assert main([*arguments, "--strict"]) == 1


def test_errors_make_the_status_1_and_stand_before_warnings(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "dev.txt").write_text(LONE + WRONG, encoding="utf-8")
    assert main(["check", "--novectors", *own(dev="dev.txt")]) == 1
    output = capsys.readouterr().out
    assert output.index("ERRORS: 2") < output.index("WARNINGS: 1")
    assert (
        "  dev.txt:4: document 'wrong': head 5 received, expected one of the document's tokens 0..1" in output
    )
    assert "  dev.txt:5: document 'wrong': 4 columns received" in output
    assert output.endswith("2 errors, 1 warning.\n")


def test_of_a_kind_only_so_many_are_shown(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "dev.txt").write_text("#doc 1\n" + 12 * "\n", encoding="utf-8")
    arguments = ["check", "--novectors", *own(dev="dev.txt")]
    for more, shown in (([], 10), (["--most=3"], 3), (["--most=0"], 12)):
        assert main([*arguments, *more]) == 1
        output = capsys.readouterr().out
        assert output.count("blank line received") == shown
        assert (f"  ... and {12 - shown} more: --most=0 shows all" in output) == (shown < 12)


def test_machines_get_everything(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "dev.txt").write_text(LONE + WRONG, encoding="utf-8")
    arguments = ["--filename_embeddings=sample/vectors.txt", "--json=report.json"]
    assert main(["check", *own(dev="dev.txt"), *arguments]) == 1
    report = json.loads((data / "report.json").read_text(encoding="utf-8"))
    assert {key: report[key] for key in ("dataset", "errors", "warnings", "vectors")} == {
        "dataset": "own files",
        "errors": 2,
        "warnings": 2,
        "vectors": "vectors",
    }
    assert report["findings"][1] == {
        "kind": "head_range",
        "severity": "error",
        "message": "head 5 received, expected one of the document's tokens 0..1",
        "split": "dev",
        "file": "dev.txt",
        "line": 4,
        "document": "wrong",
        "token": 0,
    }
    assert report["splits"]["dev"]["mentions"] == {"Loc": 2}
    assert report["splits"]["dev"]["coverage"] == 0.0
    assert report["splits"]["dev"]["unknown_words"] == {"Velm": 2, "x": 1}
    capsys.readouterr()


def test_own_files_in_either_format(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for split in SPLITS:
        write_spert_json(data / f"{split}.json", read_documents(SAMPLE / f"{split}.txt"))
    files = {split: f"{split}.json" for split in SPLITS}
    assert main(["check", "--dataset=mine", "--filename_embeddings=sample/vectors.txt", *own(**files)]) == 0
    of_json = capsys.readouterr().out.splitlines()
    assert main(["check"]) == 0
    assert of_json[1:] == capsys.readouterr().out.splitlines()[1:]
    assert of_json[0] == "mine: 3 files"


def test_a_configuration_file_of_the_original(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f'filename_{split} = "data/sample/{split}.txt"\n' for split in SPLITS]
    text = "".join([*lines, "filename_embeddings = sample/vectors.txt\n"])
    (data / "config").write_text(text, encoding="utf-8")
    assert main(["check", "--config_file=config"]) == 0
    output = capsys.readouterr().out
    assert output.startswith("config: 3 files\n")
    assert "Tokens with a vector in vectors" in output


@pytest.mark.filterwarnings("default::UserWarning")
def test_vectors_that_are_not_there_are_a_warning(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--filename_embeddings=./nothing.txt"]) == 0
    output, error = capsys.readouterr()
    assert error.startswith("multihead-at: warning: no words are looked up: word vectors './nothing.txt'")
    assert "Tokens with a vector" not in output


def test_a_raw_corpus_and_its_folds(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "ade").mkdir()
    lines = (f"{number}|Zorbin{number} gave rash|rash|13|17|Zorbin{number}|0|7\n" for number in range(10))
    (data / "ade" / "DRUG-AE.rel").write_text("".join(lines), encoding="utf-8")
    assert main(["check", "--dataset=ade", "--novectors"]) == 0
    output = capsys.readouterr().out
    assert output.startswith("ade: the raw corpus\n")
    assert output.endswith("Nothing is wrong, nothing odd.\n")
    assert main(["check", "--dataset=ade", "--novectors", "--fold=1"]) == 0
    output = capsys.readouterr().out
    assert output.startswith("ade: fold 1 of 10 drawn from DRUG-AE.rel by seed 0")
    # Eight of the ten are in train.
    assert ": entity type 'Adverse-Effect' received 8 times in train, expected 10 times or more" in output


def test_a_fold_of_own_files(
    data: Path, write_own: Callable[[int], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    files = write_own(12)
    assert main(["check", "--novectors", "--fold=0", *files]) == 0
    assert "fold 0 of 10 drawn from train, dev and test together" in capsys.readouterr().out
    (data / "dev.txt").write_text(WRONG, encoding="utf-8")
    assert main(["check", "--novectors", "--fold=0", *files]) == 1
    assert capsys.readouterr().out.startswith("own files: 3 files\n")


@pytest.fixture
def write_own(data: Path) -> Callable[[int], list[str]]:
    """Writes so many documents to each of three files; gives the flags that name them."""

    def write(count: int) -> list[str]:
        documents = read_documents(SAMPLE / "train.txt")
        for place, split in enumerate(SPLITS):
            some: list[Document] = documents[place * count : (place + 1) * count]
            write_documents(data / f"{split}.txt", some)
        return own(**{split: f"{split}.txt" for split in SPLITS})

    return write


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--most=-1"], "most: expected a whole number of at least 0, received -1"),
        (["--filename_dev=nothing.txt"], "dev file of corpus 'own files': 'nothing.txt' not found"),
        (["--dataset=mine", "--filename_dev=a"], "unknown dataset 'mine'"),
        (["--fold=1", "--filename_dev=a"], "--fold takes train, dev and test together"),
        (["--dataset=ade"], "raw corpus 'ade': 'ade/DRUG-AE.rel' not found"),
        (["--dataset=conll04"], "train file of corpus 'conll04'"),
        (["--json=no/folder.json", "--novectors"], "no/folder.json: cannot be written"),
        (
            ["--filename_train=corpus.txt", "--json=./corpus.txt"],
            "corpus.txt: json: expected another file than those to check",
        ),
    ],
    ids=repr,
)
def test_mistakes(data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    (data / "corpus.txt").write_text("kept", encoding="utf-8")
    assert main(["check", *arguments]) == 2
    assert (data / "corpus.txt").read_text(encoding="utf-8") == "kept"
    error = capsys.readouterr().err
    assert error.startswith(f"multihead-at: error: {message}") and error.count("\n") == 1
