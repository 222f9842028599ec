"""The command `train` with stand-ins for vectors and training: what it checks, and what it hands on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from multihead_at.cli.build_config import build_config
from multihead_at.cli.main import main
from multihead_at.documents import Document, Head, write_documents

VECTORS = object()


def document(*tags: str) -> Document:
    return Document(
        doc_id="1",
        tokens=tuple(f"word{position}" for position in range(len(tags))),
        tags=tags,
        heads=tuple((Head("N", position),) for position in range(len(tags))),
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a corpus `mine`; the working folder is an empty one."""
    folder = tmp_path / "data"
    (folder / "mine").mkdir(parents=True)
    for split in ("train", "dev", "test"):
        write_documents(folder / "mine" / f"{split}.txt", [document("B-Loc", "O")])
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.delenv("MULTIHEAD_AT_DATA_DIR", raising=False)
    return folder


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stand-ins for what comes after the corpus; what they were called with, in order."""
    made: list[dict[str, Any]] = []

    def load_vectors(name: str, data_dir: Path) -> object:
        made.append({"name": name, "data_dir": data_dir})
        return VECTORS

    def train_run(config: Any, corpus: Any, vectors: Any, run_dir: Path, **options: Any) -> dict[str, Any]:
        made.append({"config": config, "corpus": corpus, "vectors": vectors, "run_dir": run_dir, **options})
        return {"protocol": config.protocol, "test": {"overall": 0.75}}

    encoding, training = ModuleType("vector_files"), ModuleType("training")
    encoding.load_vectors = load_vectors  # type: ignore[attr-defined]
    training.train_run = train_run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "multihead_at.encoding.vector_files", encoding)
    monkeypatch.setitem(sys.modules, "multihead_at.training", training)
    return made


@pytest.fixture
def train(data: Path) -> Callable[..., int]:
    files = [f"--filename_{split}=mine/{split}.txt" for split in ("train", "dev", "test")]
    return lambda *arguments: main(["train", "--dataset=mine", f"--data_dir={data}", *files, *arguments])


def test_hands_on_what_the_flags_say(
    train: Callable[..., int], calls: list[dict[str, Any]], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        train("--ec", "--at_alpha=0.02", "--seed=3", "--filename_embeddings=my.bin", "--protocol=best") == 0
    )
    vectors, training = calls
    assert vectors == {"name": "my.bin", "data_dir": data}
    files = {f"filename_{split}": f"mine/{split}.txt" for split in ("train", "dev", "test")}
    assert training["config"] == build_config(
        {
            "dataset": "mine",
            "ec": True,
            "at_alpha": 0.02,
            "seed": 3,
            "filename_embeddings": "my.bin",
            "protocol": "best",
            **files,
        }
    )
    assert training["corpus"].name == "mine"
    assert training["corpus"].train == (document("B-Loc", "O"),)
    assert training["vectors"] is VECTORS
    assert training["run_dir"] == Path("runs/mine-ec-at0.02-seed3")
    assert (training["resume"], training["overwrite"]) == (False, False)
    # In the order in which `--help` lists the flags, without the data folder.
    assert training["command"].split(" ") == [
        *("python", "train.py", "--dataset=mine", "--ec", "--at_alpha=0.02", "--seed=3", "--protocol=best"),
        *("--filename_embeddings=my.bin", *(f"--{name}={path}" for name, path in files.items())),
    ]
    output = capsys.readouterr()
    assert output.out == "protocol      best\ntest overall  0.7500\nrun folder: runs/mine-ec-at0.02-seed3\n"
    assert output.err == ""


def test_a_command_with_a_file_name_that_is_no_text_can_be_written_down(
    train: Callable[..., int], calls: list[dict[str, Any]], tmp_path: Path
) -> None:
    """`environment.json` holds it, and nothing but UTF-8."""
    configuration = tmp_path / os.fsdecode(b"mine\xff")
    configuration.write_text("nepochs = 2\n", encoding="utf-8")
    assert train(f"--config_file={configuration}", "--filename_embeddings=my.bin") == 0
    assert rb"mine\udcff" in calls[1]["command"].encode()


@pytest.mark.parametrize("switch", ["resume", "overwrite"])
def test_a_folder_that_holds_a_run(
    train: Callable[..., int], calls: list[dict[str, Any]], tmp_path: Path, switch: str
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "flags.json").write_text("{}", encoding="utf-8")
    assert train(f"--output_dir={folder}") == 2
    assert calls == []
    assert train(f"--output_dir={folder}", f"--{switch}") == 0
    assert calls[-1]["run_dir"] == folder
    assert [name for name in ("resume", "overwrite") if calls[-1][name]] == [switch]


def test_that_there_is_nothing_to_resume_is_told(
    train: Callable[..., int],
    calls: list[dict[str, Any]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert train("--resume", f"--output_dir={tmp_path / 'new'}") == 0
    assert (
        capsys.readouterr().err
        == f"multihead-at: nothing to resume in {tmp_path / 'new'}: a new run begins\n"
    )


def test_the_run_folder_is_looked_at_before_the_corpus(
    train: Callable[..., int], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "mine" / "train.txt").unlink()
    folder = Path("runs/mine-bio-seed1")
    folder.mkdir(parents=True)
    (folder / "flags.json").write_text("{}", encoding="utf-8")
    assert train() == 2
    assert "holds a run already" in capsys.readouterr().err


def test_labels_that_train_lacks_are_a_warning(
    train: Callable[..., int], calls: list[dict[str, Any]], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_documents(data / "mine" / "test.txt", [document("B-Loc", "B-Peop")])
    assert train() == 0
    error = capsys.readouterr().err
    assert error.startswith(f"multihead-at: warning: {data / 'mine' / 'test.txt'}:3: document ")
    assert "Peop" in error
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("arguments", "warned"),
    [
        (["--alpha=0.5"], True),
        (["--alpha=0.5", "--use_adversarial"], False),
        (["--alpha=0.5", "--nouse_adversarial"], False),
        (["--at_alpha=0.5"], False),
    ],
    ids=repr,
)
def test_alpha_without_adversarial_training_is_a_warning(
    train: Callable[..., int],
    calls: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    warned: bool,
) -> None:
    assert train(*arguments) == 0
    warning = "multihead-at: warning: --alpha changes nothing while adversarial training is off"
    assert capsys.readouterr().err.startswith(warning) == warned


def test_a_corpus_that_is_not_there_is_told_before_vectors_are_loaded(
    train: Callable[..., int], calls: list[dict[str, Any]], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "mine" / "dev.txt").unlink()
    assert train() == 2
    assert "mine/dev.txt" in capsys.readouterr().err
    assert calls == []


def test_a_bad_line_of_the_corpus_is_told_with_its_place(
    train: Callable[..., int], calls: list[dict[str, Any]], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = data / "mine" / "dev.txt"
    path.write_text("#doc 1\n0\tword\tO\n", encoding="utf-8")
    assert train() == 2
    assert capsys.readouterr().err.startswith(f"multihead-at: error: {path}:2: ")


def test_a_data_folder_that_is_not_there(
    data: Path, calls: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--dataset=conll04", "--data_dir=nowhere"]) == 2
    assert "data_dir: expected a folder that is there, received 'nowhere'" in capsys.readouterr().err
    assert calls == []


def test_a_configuration_file_with_the_paths_of_the_authors_checkout(
    data: Path, calls: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "bio_config"
    lines = [f'filename_{split} = "data/Mine/{split.upper()}.txt"' for split in ("train", "dev", "test")]
    path.write_text("\n".join([*lines, "filename_embeddings = gone.txt", "nepochs = 2"]), encoding="utf-8")
    arguments = [f"--config_file={path}", f"--data_dir={data}", "--filename_embeddings=had.bin"]
    assert main(["train", *arguments]) == 0
    assert calls[0]["name"] == "had.bin"
    assert calls[1]["config"].nepochs == 2
    assert calls[1]["run_dir"] == Path("runs/bio_config-bio-seed1")
    assert len(calls[1]["corpus"].dev) == 1
