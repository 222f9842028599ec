"""gensim's downloader, without a network."""

from __future__ import annotations

import logging
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from gensim import downloader

from multihead_at.encoding.vector_catalogue import download_vectors, may_be_catalogued
from multihead_at.errors import InputError


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENSIM_DATA_DIR", str(tmp_path))
    return tmp_path


def catalogue(*_: object, **__: object) -> dict[str, Any]:
    return {"models": {"glove-small": {}}, "corpora": {"text8": {}}}


@pytest.mark.parametrize("name", ["glove-wiki-gigaword-100", "fasttext-wiki-news-subwords-300", "a.b_c"])
def test_names_that_a_catalogue_may_hold(name: str) -> None:
    assert may_be_catalogued(name)


@pytest.mark.parametrize("name", ["", "a/b", "../x", "~/x", ".hidden", "with space", "a\n"])
def test_paths_are_no_names(name: str) -> None:
    assert not may_be_catalogued(name)


def test_what_was_downloaded_before_needs_no_network(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nor gensim, whose import takes a second.
    monkeypatch.setitem(sys.modules, "gensim.downloader", None)
    path = empty_folder / "glove-small" / "glove-small.gz"
    path.parent.mkdir()
    path.write_bytes(b"")
    assert download_vectors("glove-small") == path


def test_downloads_the_file_only_and_keeps_standard_output_clean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(name: str, return_path: bool = False) -> str:
        print("[====] 100% downloaded")
        assert return_path, "otherwise gensim imports the Python file that comes with the vectors"
        return f"/there/{name}.gz"

    monkeypatch.setattr(downloader, "info", catalogue)
    monkeypatch.setattr(downloader, "load", load)
    assert download_vectors("glove-small") == Path("/there/glove-small.gz")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "downloaded" in captured.err


@pytest.mark.parametrize("name", ["glove-none", "text8"])
def test_an_unknown_name_or_a_corpus_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(downloader, "info", catalogue)
    with pytest.raises(InputError, match=f"'{name}' is not in gensim's catalogue of word vectors"):
        download_vectors(name)


@pytest.mark.parametrize(
    "error",
    [URLError("unreachable"), OSError("unreachable"), ValueError("unreachable"), Exception("unreachable")],
)
@pytest.mark.parametrize("step", ["info", "load"])
def test_a_failing_download_is_one_error(
    monkeypatch: pytest.MonkeyPatch, step: str, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(downloader, "info", catalogue)
    monkeypatch.setattr(downloader, step, fail)
    with pytest.raises(InputError, match=r"gensim cannot download 'glove-small' .*unreachable"):
        download_vectors("glove-small")


def test_without_a_network_nothing_but_the_error_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise URLError("unreachable")

    monkeypatch.setattr(downloader, "urlopen", fail)
    with caplog.at_level(logging.DEBUG), pytest.raises(InputError, match="gensim cannot download"):
        download_vectors("glove-small")
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_settings_of_the_process_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def info() -> dict[str, Any]:
        seen.append(socket.getdefaulttimeout())
        return {"models": {}}

    monkeypatch.setattr(downloader, "info", info)
    before = socket.getdefaulttimeout()
    with pytest.raises(InputError):
        download_vectors("glove-small")
    assert seen[0] is not None
    assert socket.getdefaulttimeout() == before
    assert not logging.getLogger("gensim.downloader").disabled
