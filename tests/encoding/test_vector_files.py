"""From a name to word vectors."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from multihead_at.encoding import find_vectors, load_vectors, vector_files
from multihead_at.errors import InputError

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands for gensim's downloader; the list holds the names it was asked for."""
    asked: list[str] = []

    def offline(name: str) -> Path:
        asked.append(name)
        raise InputError("gensim cannot download: no network here")

    monkeypatch.setattr(vector_files, "download_vectors", offline)
    return asked


@pytest.fixture
def embeddings(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "embeddings"
    folder.mkdir(parents=True)
    return folder


def put(path: Path) -> Path:
    path.write_bytes(b"1 1\na 1\n")
    return path


def test_a_path_comes_first(tmp_path: Path, embeddings: Path) -> None:
    put(embeddings / "v.txt")
    path = put(tmp_path / "v.txt")
    assert find_vectors(path, tmp_path / "data") == path
    assert find_vectors(str(path), tmp_path / "data") == path


def test_a_path_of_an_original_configuration_file(tmp_path: Path, embeddings: Path) -> None:
    path = put(embeddings / "vecs.lc.txt")
    assert find_vectors("data/Embeddings/vecs.lc.txt", tmp_path / "data") == path


@pytest.mark.parametrize(
    "file", ["v", "v.txt", "v.vec", "v.bin", "v.txt.gz", "v.bin.gz", "v.gz", "v.kv", "v.model"]
)
def test_a_name_with_any_known_ending(tmp_path: Path, embeddings: Path, file: str) -> None:
    path = put(embeddings / file)
    put(embeddings / "v.unknown")
    put(embeddings / "v.kv.vectors.npy")
    assert find_vectors("v", tmp_path / "data") == path
    assert find_vectors(file, tmp_path / "data") == path


def test_several_files_are_ambiguous_unless_one_is_exact(tmp_path: Path, embeddings: Path) -> None:
    put(embeddings / "v.txt")
    put(embeddings / "v.bin")
    with pytest.raises(
        InputError, match=r"'v' received, which fits v.txt, v.bin in .*embeddings: name one of them"
    ):
        find_vectors("v", tmp_path / "data")
    assert find_vectors("v.bin", tmp_path / "data").name == "v.bin"
    exact = put(embeddings / "v")
    assert find_vectors("v", tmp_path / "data") == exact


def test_nothing_found_says_what_to_put_where(
    tmp_path: Path, embeddings: Path, no_network: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        find_vectors("glove-none", tmp_path / "data")
    message = str(caught.value)
    assert "word vectors 'glove-none' not found" in message
    assert "no network here" in message
    assert str(embeddings) in message
    assert "glove-none.<txt|vec|bin|" in message
    assert no_network == ["glove-none"]


@pytest.mark.parametrize("name", ["none.txt", "folder/none", "none.bin.gz"])
def test_what_looks_like_a_file_is_not_asked_of_the_network(
    tmp_path: Path, no_network: list[str], name: str
) -> None:
    with pytest.raises(InputError, match="not found"):
        find_vectors(name, tmp_path)
    assert no_network == []


def test_without_downloading_only_what_gensim_has_fetched_before_is_found(
    tmp_path: Path, no_network: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENSIM_DATA_DIR", str(tmp_path / "gensim"))
    with pytest.raises(InputError, match=r"'google-news' not found\. Expected the path of a file"):
        find_vectors("google-news", tmp_path, download=False)
    folder = tmp_path / "gensim" / "google-news"
    folder.mkdir(parents=True)
    path = put(folder / "google-news.gz")
    assert find_vectors("google-news", tmp_path, download=False) == path
    assert no_network == []


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="expected the name of a file"):
        find_vectors(name, tmp_path)


def test_the_downloaded_file_is_used(
    tmp_path: Path, write_binary: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_binary(tmp_path / "google-news.gz")
    path.write_bytes(gzip.compress(path.read_bytes()))
    monkeypatch.setattr(vector_files, "download_vectors", lambda name: path)
    vectors = load_vectors("google-news", tmp_path / "none", tmp_path / "cache")
    assert list(vectors.words) == ["the", "Smith", "visits", "0"]
    assert vectors.name == "google-news"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("text", ["v.txt", "v.vec", "v.dat", "v", "v.model"]),
        ("glove", ["v.txt", "v.dat", "v"]),
        ("binary", ["v.bin", "v.dat", "v"]),
        ("gensim", ["v.kv", "v.model", "v", "v.bin", "v.txt"]),
    ],
)
def test_every_format_is_recognised(
    tmp_path: Path, write_text: Write, write_binary: Write, form: str, names: list[str], packed: bool
) -> None:
    words, matrix = ["naïve", "b"], [[0.25, -1.0], [10.0, 1e-3]]
    for name in names:
        path = tmp_path / (f"{name}.gz" if packed else name)
        if form == "gensim":
            from gensim.models import KeyedVectors

            keyed = KeyedVectors(2)
            keyed.add_vectors(words, np.array(matrix, np.float32))
            keyed.save(str(path))
        else:
            write = write_binary if form == "binary" else write_text
            write(path, words, matrix, **({"header": False} if form == "glove" else {}))
            if packed:
                path.write_bytes(gzip.compress(path.read_bytes()))
        vectors = load_vectors(path, tmp_path, tmp_path / "cache")
        assert list(vectors.words) == words
        np.testing.assert_array_equal(vectors.matrix, np.array(matrix, np.float32))
        assert vectors.name == "v" or name == "v.dat"


def test_damaged_text_of_unknown_ending_is_called_text(tmp_path: Path) -> None:
    path = tmp_path / "v"
    path.write_bytes(b"2 2\na 1 x\nb 1 2\n")
    with pytest.raises(InputError, match="'x' received, expected a number") as caught:
        load_vectors(path, tmp_path, tmp_path / "cache")
    assert caught.value.line == 2


def test_repeated_words_keep_their_first_vector(tmp_path: Path, write_text: Write) -> None:
    path = write_text(tmp_path / "v.txt", ["a", "b", "a"], [[1], [2], [3]])
    with pytest.warns(UserWarning, match="1 repeated words"):
        cached = load_vectors(path, tmp_path, tmp_path / "cache")
    with (
        pytest.warns(UserWarning, match="without a cache"),
        pytest.warns(UserWarning, match="1 repeated words"),
    ):
        held = load_vectors(path, tmp_path, path / "no folder")
    for vectors in (cached, held):
        assert list(vectors.words) == ["a", "b"]
        assert vectors.matrix.tolist() == [[1], [2]]


@pytest.mark.parametrize("content", [b"", b"3 2\na 1 2\n", b"a 1 2\nb 1\n", b"\x80\x04."])
def test_a_bad_file_is_one_error_and_leaves_no_cache(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_vectors(path, tmp_path, tmp_path / "cache")
    assert caught.value.path == str(path)
    assert not any((tmp_path / "cache").glob("*"))
