"""What a run's folder says must fit before the run is continued, and damaged files are named."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.documents.document_hash import hash_documents
from multihead_at.encoding import WordVectors
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder
from multihead_at.training import train_run

Make = Callable[..., Config]


def begun(folder: RunFolder, config: Config, corpus: Corpus, vectors: WordVectors) -> None:
    """A run that was stopped before its first step: what was written till then."""
    folder.open(config, resume=False, overwrite=False)
    environment = {
        "documents_sha256": {
            split: hash_documents(getattr(corpus, split)) for split in ("train", "dev", "test")
        },
        "word_vectors": {"name": vectors.name, "sha256": vectors.sha256, "dim": vectors.dim},
    }
    folder.environment.write_text(json.dumps(environment), encoding="utf-8")


def resume(folder: RunFolder, config: Config, corpus: Corpus, vectors: WordVectors) -> dict[str, Any]:
    return train_run(
        config, corpus, vectors, folder.path, resume=True, overwrite=False, console=io.StringIO()
    )


@pytest.mark.parametrize("finished", [False, True])
@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_other_documents_cannot_continue_a_run(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make, split: str, finished: bool
) -> None:
    folder = RunFolder(tmp_path)
    begun(folder, tiny_config(), corpus, vectors)
    if finished:
        folder.result.write_text("{}", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != ".lock"}
    other = dataclasses.replace(corpus, **{split: getattr(corpus, split)[:-1]})
    with pytest.raises(InputError, match=f"other {split} documents than"):
        resume(folder, tiny_config(), other, vectors)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != ".lock"}
    assert after == before


def test_other_vectors_cannot_continue_a_run(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    folder = RunFolder(tmp_path)
    begun(folder, tiny_config(), corpus, vectors)
    other = WordVectors(vectors.words, vectors.matrix, name=vectors.name, sha256="0" * 64)
    with pytest.raises(InputError, match="other word vectors than"):
        resume(folder, tiny_config(), corpus, other)


def test_a_resumed_run_still_says_what_it_began_with(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    config, folder = tiny_config(nepochs=0, protocol="best"), RunFolder(tmp_path)
    how: dict[str, Any] = {"overwrite": False, "console": io.StringIO()}
    train_run(config, corpus, vectors, tmp_path, resume=False, command="first", **how)
    begun_with = folder.load_environment()
    for number, command in enumerate(("second", "third"), start=1):
        folder.result.unlink()
        train_run(config, corpus, vectors, tmp_path, resume=True, command=command, **how)
        environment = folder.load_environment()
        assert [went_on["command"] for went_on in environment["resumed"]] == ["second", "third"][:number]
        assert {name: environment[name] for name in begun_with} == begun_with


@pytest.mark.parametrize("resuming", [False, True])
def test_a_result_that_is_no_runs_is_not_taken_for_one(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make, resuming: bool
) -> None:
    # What a killed --overwrite once left behind: a result and a state, but no flags.
    (tmp_path / "result.json").write_text('{"test": "old"}', encoding="utf-8")
    (tmp_path / "state.npz").write_bytes(b"old")
    config = tiny_config(nepochs=0, protocol="best")
    result = train_run(
        config, corpus, vectors, tmp_path, resume=resuming, overwrite=False, console=io.StringIO()
    )
    assert result["epochs"]["phase 1"] == 1
    assert RunFolder(tmp_path).load_result() == result


def test_a_state_of_another_run_is_not_gone_on_from(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    # Of the same layers and sizes.
    ours, theirs = tiny_config(nepochs=0, protocol="best"), tiny_config(nepochs=0, protocol="best", seed=2)
    for name, config in (("ours", ours), ("theirs", theirs)):
        train_run(
            config, corpus, vectors, tmp_path / name, resume=False, overwrite=False, console=io.StringIO()
        )
    folder = RunFolder(tmp_path / "ours")
    folder.result.unlink()
    shutil.copy(tmp_path / "theirs" / "state.npz", folder.state)
    with pytest.raises(InputError, match=r"ours/state\.npz: expected a state of this run, received one of"):
        resume(folder, ours, corpus, vectors)


@pytest.mark.parametrize(
    ("name", "load"),
    [
        ("flags.json", RunFolder.load_config),
        ("vocabularies.json", RunFolder.load_vocabularies),
        ("environment.json", RunFolder.load_environment),
    ],
)
@pytest.mark.parametrize("content", ["{}", "[]", "x", '{"word_vectors": 3, "documents_sha256": {}}'])
def test_a_damaged_file_is_named(
    tmp_path: Path, name: str, load: Callable[[RunFolder], object], content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(RunFolder(tmp_path))
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
