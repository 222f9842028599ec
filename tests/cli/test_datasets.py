"""The command `datasets`, with a catalogue of files on a server of this machine."""

from __future__ import annotations

import dataclasses
import hashlib
import socket
from pathlib import Path

import pytest
from file_server import FileServer

from multihead_at.cli.main import main
from multihead_at.datasets.catalogue import CATALOGUE
from multihead_at.datasets.catalogue_entry import CatalogueEntry
from multihead_at.datasets.published_file import PublishedFile
from multihead_at.documents import Document, Head, write_documents
from tests.documentation_commands import ShownCommand, shown_commands

CONTENTS = {"train.txt": b"first", "dev.txt": b"second"}
SECRET = CatalogueEntry("secret", "A corpus of somebody's", "by agreement", "Ask", ("secret/a.txt",))


def entry(address: str, name: str = "mine") -> CatalogueEntry:
    files = tuple(
        PublishedFile(
            f"{name}/{file}", f"{address}/{file}", hashlib.sha256(content).hexdigest(), len(content)
        )
        for file, content in CONTENTS.items()
    )
    return CatalogueEntry(name, "A corpus", "free", "From here", tuple(file.place for file in files), files)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there yet; the working folder is an empty one."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("MULTIHEAD_AT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GENSIM_DATA_DIR", str(tmp_path / "gensim"))
    return tmp_path / "data"


@pytest.fixture
def mine(server: FileServer, data: Path, monkeypatch: pytest.MonkeyPatch) -> FileServer:
    """A server with the files of the corpus `mine`, which is all the catalogue has besides `secret`."""
    server.files.update({f"/{name}": content for name, content in CONTENTS.items()})
    monkeypatch.setattr("multihead_at.cli.datasets.CATALOGUE", (entry(server.url("")), SECRET))
    return server


def error_of(capsys: pytest.CaptureFixture[str]) -> str:
    error = capsys.readouterr().err
    assert error.startswith("multihead-at: error: ") and error.count("\n") == 1
    return error


def test_the_table_says_what_is_there_and_how_to_get_the_rest(
    data: Path, mine: FileServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["datasets"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Data folder: {data}, which is not there yet (--data_dir names another)",
        "",
        "name    there  licence",
        "mine    no     free",
        "    A corpus. --get=mine fetches it. From here.",
        "secret  no     by agreement",
        "    A corpus of somebody's. Ask.",
    ]
    (data / "mine").mkdir(parents=True)
    (data / "secret").mkdir()
    (data / "mine" / "dev.txt").touch()
    (data / "secret" / "a.txt").touch()
    assert main(["datasets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split(maxsplit=1) == ["mine", "not whole: mine/train.txt missing  free"]
    assert lines[5].split(maxsplit=1) == ["secret", "yes, in secret/                    by agreement"]


def test_vectors_that_gensim_has_are_there(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "glove-wiki-gigaword-100"
    (tmp_path / "gensim" / name).mkdir(parents=True)
    (tmp_path / "gensim" / name / f"{name}.gz").touch()
    assert main(["datasets"]) == 0
    output = capsys.readouterr().out
    assert f"{name}  yes, gensim's" in output
    assert all(f"\n{entry.name} " in output for entry in CATALOGUE)
    assert max(map(len, output.splitlines()[2:])) <= 100


@pytest.mark.parametrize("command", [one for one in shown_commands() if "--get=" in one.line], ids=str)
def test_what_the_documentation_fetches(
    command: ShownCommand,
    data: Path,
    server: FileServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = command.line.partition("--get=")[2].split(",")
    asked_for = [entry for entry in CATALOGUE if entry.name in names]
    assert len(asked_for) == len(names)
    # What is in an archive has tests of its own.
    served = [
        dataclasses.replace(one, files=tuple(_served(server, file) for file in one.files))
        for one in asked_for
    ]
    monkeypatch.setattr("multihead_at.cli.datasets.CATALOGUE", tuple(served))
    assert command.arguments is not None
    assert main(command.arguments) == 0
    assert capsys.readouterr().err == ""
    for one in asked_for:
        assert one.missing(data) == []


def _served(server: FileServer, file: PublishedFile) -> PublishedFile:
    """The file as this server has it: with other contents in the same place."""
    content = file.place.encode()
    server.files[f"/{file.place}"] = content
    return PublishedFile(
        file.place, server.url(f"/{file.place}"), hashlib.sha256(content).hexdigest(), len(content)
    )


def test_fetching(data: Path, mine: FileServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets", "--get=mine"]) == 0
    assert {path.name: path.read_bytes() for path in (data / "mine").iterdir()} == CONTENTS
    assert capsys.readouterr() == (
        f"{data}/mine/train.txt: fetched\n{data}/mine/dev.txt: fetched\n",
        "",
    )
    asked = len(mine.asked)
    assert main(["datasets", "--get=mine"]) == 0
    assert capsys.readouterr().out == "mine: is there already, left alone\n"
    assert len(mine.asked) == asked


def test_fetching_makes_the_data_folder_that_is_named(
    data: Path, mine: FileServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["datasets", "--get=mine", "--data_dir=new"]) == 0
    assert {path.name: path.read_bytes() for path in Path("new/mine").iterdir()} == CONTENTS
    Path("file").touch()
    capsys.readouterr()
    assert main(["datasets", "--get=mine", "--data_dir=file"]) == 2
    assert "data_dir: expected a folder that is there, received 'file'" in error_of(capsys)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"first", "is there already, left alone"), (b"other", "differs from the published file; left alone")],
)
def test_a_file_of_a_user_is_left_alone(
    data: Path, mine: FileServer, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (data / "mine").mkdir(parents=True)
    (data / "mine" / "train.txt").write_bytes(content)
    assert main(["datasets", "--get=mine"]) == 0
    assert (data / "mine" / "train.txt").read_bytes() == content
    assert (data / "mine" / "dev.txt").read_bytes() == b"second"
    assert capsys.readouterr().out.splitlines()[0].endswith(said)


def test_without_a_network_one_message_says_what_to_put_where(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setattr("multihead_at.cli.datasets.CATALOGUE", (entry(address),))
    assert main(["datasets", "--get=mine"]) == 2
    assert error_of(capsys) == (
        f"multihead-at: error: {address}/train.txt: cannot be fetched: Connection refused. "
        f"By hand: put that file at '{data}/mine/train.txt', and with it mine/dev.txt\n"
    )
    assert list((data / "mine").iterdir()) == []


def test_another_file_than_the_published_one_is_not_kept(
    data: Path, mine: FileServer, capsys: pytest.CaptureFixture[str]
) -> None:
    mine.files["/dev.txt"] = b"sEcond"
    assert main(["datasets", "--get=mine"]) == 2
    assert "dev.txt: expected the file with SHA-256" in error_of(capsys)
    assert [path.name for path in (data / "mine").iterdir()] == ["train.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--get=secret"], "secret cannot be fetched. How to get it: Ask"),
        (["--get=mine,mime"], "get: expected one of mine, secret; received 'mime' (the nearest: mine)"),
        (["--get=mine", "--counts=conll04"], "--get and --counts are two things to do: leave out one"),
        (["--fold=1"], "--fold goes with --counts=NAME: expected both"),
        (["--data_dir=nowhere"], "data_dir: expected a folder that is there, received 'nowhere'"),
        (["--counts=nothing"], "unknown dataset 'nothing'; there are ace04, ade, conll04"),
        (["--counts=conll04"], "train file of corpus 'conll04': 'conll04/train.txt' not found"),
        (["--counts=ade"], "raw corpus 'ade': 'ade/DRUG-AE.rel' not found"),
    ],
    ids=repr,
)
def test_mistakes(
    data: Path,
    mine: FileServer,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert main(["datasets", *arguments]) == 2
    assert message in error_of(capsys)
    assert mine.asked == []


def document(tokens: str) -> Document:
    words = tuple(tokens.split())
    heads = [(Head("N", token),) for token in range(len(words))]
    heads[0] = (Head("Live_In", len(words) - 1),)
    tags = ("B-Peop",) + ("O",) * (len(words) - 2) + ("B-Loc",)
    return Document("1", words, tags, tuple(heads))


def test_counts_of_a_corpus(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "mine").mkdir(parents=True)
    splits = {
        "train": ["Ada in Velm", "Bo in Orr"],
        "dev": ["Cy in Velm"],
        "test": ["Bo in Orr", "Bo in Orr"],
    }
    for split, texts in splits.items():
        write_documents(data / "mine" / f"{split}.txt", [document(text) for text in texts])
    files = [f"--filename_{split}=mine/{split}.txt" for split in splits]
    assert main(["datasets", "--counts=mine", *files]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["mine:", "three", "files"],
        [],
        ["train", "dev", "test"],
        ["documents", "2", "1", "2"],
        ["tokens", "6", "3", "6"],
        ["tokens", "of", "the", "longest", "3", "3", "3"],
        ["tokens", "with", "several", "heads", "0", "0", "0"],
        ["mentions", "4", "2", "4"],
        ["Peop", "2", "1", "2"],
        ["Loc", "2", "1", "2"],
        ["relations", "2", "1", "2"],
        ["Live_In", "2", "1", "2"],
        [],
        ["Texts", "that", "stand", "more", "than", "once", "(tags", "and", "relations", "may", "differ)"],
        ["repeated", "in", "train", "0"],
        ["repeated", "in", "dev", "0"],
        ["repeated", "in", "test", "1"],
        ["in", "train", "and", "dev", "0"],
        ["in", "train", "and", "test", "1"],
        ["in", "dev", "and", "test", "0"],
    ]


def test_counts_of_a_raw_corpus_are_over_all_of_it_or_a_fold(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "ade").mkdir(parents=True)
    lines = (f"{number}|Zorbin{number} gave rash|rash|13|17|Zorbin{number}|0|7\n" for number in range(10))
    (data / "ade" / "DRUG-AE.rel").write_text("".join(lines), encoding="utf-8")
    assert main(["datasets", "--counts=ade"]) == 0
    lines_of_all = capsys.readouterr().out.splitlines()
    assert lines_of_all[0] == "ade: the raw corpus"
    assert [line.split() for line in lines_of_all[2:4]] == [["all"], ["documents", "10"]]
    assert main(["datasets", "--counts=ade", "--fold=0"]) == 0
    lines_of_fold = capsys.readouterr().out.splitlines()
    assert lines_of_fold[0].startswith("ade: fold 0 of 10 drawn from DRUG-AE.rel by seed 0, cut by sentence")
    assert lines_of_fold[3].split() == ["documents", "8", "1", "1"]
