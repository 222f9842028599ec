"""gensim's own formats, read as gensim reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gensim import models as gensim_models

from multihead_at.encoding.gensim_vectors import gensim_parts, read_gensim_vectors
from multihead_at.encoding.vector_files import load_vectors
from multihead_at.errors import InputError

SENTENCES = [["Ulm", "lies", "on", "the", "river"], ["the", "naïve", "river"], ["on", "the", "hill"]] * 3
SMALL = {"vector_size": 6, "min_count": 1, "workers": 1, "epochs": 1, "seed": 1}


def word2vec() -> Any:
    return gensim_models.Word2Vec(SENTENCES, **SMALL)


def fasttext(bucket: int = 40) -> Any:
    return gensim_models.FastText(SENTENCES, bucket=bucket, **SMALL)


def read_all(path: Path) -> tuple[list[str], np.ndarray]:
    blocks = list(read_gensim_vectors(path))
    return [word for block in blocks for word in block.words], np.concatenate(
        [block.rows for block in blocks]
    )


SAVED: dict[str, Callable[[str], Any]] = {
    "KeyedVectors": lambda path: word2vec().wv.save(path),
    "KeyedVectors, arrays apart": lambda path: word2vec().wv.save(path, separately=["vectors"]),
    "KeyedVectors, protocol 2": lambda path: word2vec().wv.save(path, pickle_protocol=2),
    "KeyedVectors, protocol 5": lambda path: word2vec().wv.save(path, pickle_protocol=5),
    "Word2Vec": lambda path: word2vec().save(path),
    "Word2Vec, arrays apart": lambda path: word2vec().save(path, sep_limit=1),
    "FastText": lambda path: fasttext().save(path),
    "FastText, arrays apart": lambda path: fasttext().save(path, sep_limit=1),
    "FastText's vectors": lambda path: fasttext().wv.save(path),
    "FastText without n-grams": lambda path: fasttext(bucket=0).wv.save(path),
}


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("kind", sorted(SAVED))
def test_agrees_with_gensim(tmp_path: Path, kind: str, ending: str) -> None:
    from gensim.utils import SaveLoad

    path = tmp_path / f"saved.model{ending}"
    SAVED[kind](str(path))
    loaded = SaveLoad.load(str(path))
    expected = getattr(loaded, "wv", loaded)
    words, rows = read_all(path)
    assert words == expected.index_to_key
    assert len(words) == 7
    np.testing.assert_array_equal(rows, expected.vectors)


def test_other_number_formats_become_float32(tmp_path: Path) -> None:
    for dtype in ("<f8", "<f2", ">f4"):
        vectors = gensim_models.KeyedVectors(2)
        vectors.add_vectors(["a", "b c"], np.zeros((2, 2), np.float32))
        vectors.vectors = np.asfortranarray(np.array([[1, 2], [3, 4]], dtype=dtype))
        vectors.save(str(tmp_path / "v.kv"))
        words, rows = read_all(tmp_path / "v.kv")
        assert words == ["a", "b c"]
        assert rows.dtype == np.float32
        assert rows.tolist() == [[1, 2], [3, 4]]


def test_names_of_gensim_3(tmp_path: Path) -> None:
    vectors = gensim_models.KeyedVectors(2)
    vectors.add_vectors(["a", "b"], np.eye(2, dtype=np.float32))
    vectors.index2word = vectors.__dict__.pop("index_to_key")
    vectors.syn0 = vectors.__dict__.pop("vectors")
    del vectors.key_to_index
    vectors.save(str(tmp_path / "v.kv"), separately=["syn0"])
    words, rows = read_all(tmp_path / "v.kv")
    assert words == ["a", "b"]
    assert rows.tolist() == [[1, 0], [0, 1]]


def test_parts_are_those_that_hold_word_vectors(tmp_path: Path) -> None:
    path = tmp_path / "m.model"
    word2vec().save(str(path), sep_limit=1)
    assert {part.name for part in gensim_parts(path)} == {"m.model.wv.vectors.npy"}
    assert (tmp_path / "m.model.syn1neg.npy").is_file()


def saved_with(path: Path, **attributes: Any) -> Path:
    """Two good word vectors, then changed."""
    vectors = gensim_models.KeyedVectors(2)
    vectors.add_vectors(["a", "b"], np.eye(2, dtype=np.float32))
    for name, value in attributes.items():
        setattr(vectors, name, value)
    vectors.save(str(path))
    return path


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"index_to_key": ["a"]}, "vectors: 2 vectors received for 1 words"),
        ({"index_to_key": []}, "no words found in it"),
        ({"index_to_key": None}, "no words found in it"),
        ({"index_to_key": ["a", 7]}, "keys other than words received"),
        ({"index_to_key": ["a", "\ud800"]}, "a word received that UTF-8 cannot hold"),
        ({"vectors": None}, "no word vectors found in it"),
        ({"vectors": np.zeros(2, np.float32)}, r"vectors: float32 \(2,\) received, expected numbers"),
        ({"vectors": np.zeros((2, 0), np.float32)}, "expected numbers"),
        ({"vectors": np.zeros((2, 2), np.int64)}, "damaged array received .numbers of type <i8"),
        ({"vectors": [[1.0, 2.0], [3.0, 4.0]]}, "damaged array received .no array"),
        (
            {"vectors": np.array([[1, 2], [np.nan, 0]], np.float32)},
            "NaN or infinity received in the vector of word 2",
        ),
    ],
)
def test_bad_contents_are_refused(tmp_path: Path, attributes: dict[str, Any], expected: str) -> None:
    path = saved_with(tmp_path / "v.kv", **attributes)
    with pytest.raises(InputError, match=expected) as caught:
        read_all(path)
    assert caught.value.path == str(path)


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    path = tmp_path / "v.kv"
    word2vec().wv.save(str(path), separately=["vectors"])
    (tmp_path / "v.kv.vectors.npy").unlink()
    with pytest.raises(InputError, match=r"its part v\.kv\.vectors\.npy is missing, expected beside it"):
        read_all(path)


class MakesFolder:
    """Makes a folder when unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        import os

        return os.mkdir, (self.folder,)


def test_a_part_with_a_program_in_it_is_refused_and_not_run(tmp_path: Path) -> None:
    path = tmp_path / "v.kv"
    word2vec().wv.save(str(path), separately=["vectors"])
    target = tmp_path / "made"
    np.save(tmp_path / "v.kv.vectors.npy", np.array([MakesFolder(target)], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="damaged array file received") as caught:
        load_vectors(path, tmp_path, tmp_path / "cache")
    assert caught.value.path == f"{path}.vectors.npy"
    assert not target.exists()


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"compatible_hash": False}, "FastText model of gensim before 3.8"),
        ({"bucket": "many"}, "bucket of a FastText model: str received, expected a number from 0 to"),
        ({"bucket": 2**31}, "bucket of a FastText model: 2147483648 received"),
        ({"bucket": -1}, "bucket of a FastText model: -1 received"),
        ({"min_n": -1}, "min_n of a FastText model: -1 received"),
        ({"max_n": 9}, "max_n of a FastText model: 9 received, expected a number from 0 to 8"),
        ({"max_n": 2**70}, "max_n of a FastText model: int received"),
        ({"bucket": 41}, r"vectors_ngrams: array \(40, 6\) received, expected \(41, 6\)"),
    ],
)
def test_fasttext_that_does_not_fit_together(
    tmp_path: Path, attributes: dict[str, Any], expected: str
) -> None:
    vectors = fasttext().wv
    for name, value in attributes.items():
        setattr(vectors, name, value)
    vectors.save(str(tmp_path / "f.kv"))
    with pytest.raises(InputError, match=expected):
        read_all(tmp_path / "f.kv")


def test_another_object_of_gensim_has_no_word_vectors(tmp_path: Path) -> None:
    (tmp_path / "x.kv").write_bytes(b"\x80\x02]K\x01a.")
    with pytest.raises(InputError, match="no words found in it, expected KeyedVectors, Word2Vec or FastText"):
        read_all(tmp_path / "x.kv")


def changed_fasttext(path: Path, **attributes: Any) -> Any:
    vectors = fasttext().wv
    for name, value in attributes.items():
        setattr(vectors, name, value)
    vectors.save(str(path))
    return vectors


def test_fasttext_whose_longest_ngram_is_shorter_than_its_shortest_has_none(tmp_path: Path) -> None:
    """gensim's way to say so."""
    vectors = changed_fasttext(tmp_path / "f.kv", min_n=5, max_n=2)
    _, rows = read_all(tmp_path / "f.kv")
    np.testing.assert_array_equal(rows, vectors.vectors_vocab)


def test_fasttext_with_very_long_words(tmp_path: Path) -> None:
    """More n-grams than any word has are added in another order, in less time."""
    words = ["a" * 300 + "b" * number for number in range(7)]
    vectors = changed_fasttext(tmp_path / "f.kv", index_to_key=words)
    _, rows = read_all(tmp_path / "f.kv")
    vectors.key_to_index = {word: place for place, word in enumerate(words)}
    vectors.recalc_char_ngram_buckets()
    vectors.adjust_vectors()
    np.testing.assert_allclose(rows, vectors.vectors, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([*"abcdef", "a"], "a word received twice"),
        ([*"abcdef", "g" * 10_001], "a word of 10001 characters received, expected at most 10000"),
    ],
)
def test_words_that_no_fasttext_has(tmp_path: Path, words: list[str], expected: str) -> None:
    changed_fasttext(tmp_path / "f.kv", index_to_key=words)
    with pytest.raises(InputError, match=expected):
        read_all(tmp_path / "f.kv")


def text(value: bytes) -> bytes:
    """The instruction that pushes a text."""
    return b"X" + len(value).to_bytes(4, "little") + value


@pytest.mark.parametrize("levels", [3, 100, 100_000])
@pytest.mark.parametrize("place", ["type", "byte order"])
def test_a_type_of_numbers_that_is_no_text_is_not_shown(tmp_path: Path, levels: int, place: str) -> None:
    """Written as text it would have 2 ** levels brackets, or overrun the interpreter's stack."""
    doubled = b")q\x00" + b"h\x00h\x00\x86q\x00" * levels
    name, order = (b"h\x00", text(b"<")) if place == "type" else (text(b"f4"), b"h\x00")
    dtype = b"cnumpy\ndtype\n" + name + b"\x85RK\x03" + order + b"\x86b"
    state = b"(K\x01K\x01K\x01\x86" + dtype + b"\x89C\x04\0\0\0\0t"
    program = (
        b"\x80\x04"
        + doubled
        + b"cgensim.models.keyedvectors\nKeyedVectors\n)\x81}("
        + text(b"index_to_key")
        + b"]"
        + text(b"a")
        + b"a"
        + text(b"vectors")
        + b"cnumpy.core.multiarray\n_reconstruct\n)R"
        + state
        + b"bub."
    )
    (tmp_path / "v.kv").write_bytes(program)
    with pytest.raises(InputError, match=r"vectors: damaged array received .numbers of no type"):
        read_all(tmp_path / "v.kv")
