"""Whatever is given for word vectors is read, or refused by name."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding.vector_files import read_vectors
from multihead_at.errors import InputError


def pushed(text: str) -> bytes:
    content = text.encode()
    return b"X" + struct.pack("<I", len(content)) + content


NAMES = (
    b"cgensim.models.keyedvectors\nKeyedVectors\n",
    b"cgensim.models.fasttext\nFastTextKeyedVectors\n",
    b"cnumpy.core.multiarray\n_reconstruct\n",
    b"cnumpy.core.numeric\n_frombuffer\n",
    b"cnumpy\ndtype\n",
    b"c_codecs\nencode\n",
    b"cos\nsystem\n",
)
ATTRIBUTES = (
    "wv",
    "index_to_key",
    "vectors",
    "vectors_vocab",
    "vectors_ngrams",
    "__numpys",
    "min_n",
    "max_n",
    "bucket",
)
INSTRUCTIONS = (
    *NAMES,
    *map(pushed, (*ATTRIBUTES, "f4", "<", "C", "a", "compatible_hash")),
    *(
        b"N",
        b"\x88",
        b"\x89",
        b"K\x01",
        b"K\x02",
        b"M\xff\xff",
        b"J\xff\xff\xff\xff",
        b"\x8a\x09" + b"\xff" * 9,
    ),
    *(b"C\x04\0\0\0\0", b"C\x08\0\0\0\0\0\0\x80\x7f", b"G\x3f\xf8\0\0\0\0\0\0"),
    *(b"]", b"}", b")", b"(", b"l", b"d", b"t", b"\x85", b"\x86", b"\x87", b"a", b"e", b"s", b"u"),
    *(
        b"\x93",
        b"R",
        b"\x81",
        b"b",
        b"\x94",
        b"q\x00",
        b"q\x01",
        b"h\x00",
        b"h\x01",
        b"p7\n",
        b"g7\n",
        b"0",
        b"2",
    ),
)
FEW = st.integers(-1, 3)
SHAPES = st.tuples(FEW, FEW)


def array(shape: tuple[int, int], data: bytes, dtype: str, by_columns: bool) -> bytes:
    numbers = b"".join(b"J" + struct.pack("<i", number) for number in shape)
    return (
        b"cnumpy.core.multiarray\n_reconstruct\n)R(K\x01" + numbers + b"\x86cnumpy\ndtype\n" + pushed(dtype)
        + b"\x85RK\x03" + pushed("<") + b"\x86b" + (b"\x88" if by_columns else b"\x89")
        + b"C" + bytes([len(data)]) + data + b"tb"
    )  # fmt: skip


ARRAYS = st.builds(
    array,
    SHAPES,
    st.sampled_from((b"", bytes(4), bytes(8), np.ones(4, "f4").tobytes(), b"\xff" * 8)),
    st.sampled_from(("f4", "f2", "f8", "i4", "O")),
    st.booleans(),
)
WORDS = st.lists(st.sampled_from(("a", "b", "\u00e9" * 3)), max_size=3).map(
    lambda words: (
        b"](" + b"".join(b"X" + struct.pack("<I", len(w.encode())) + w.encode() for w in words) + b"e"
    )
)
VALUES = ARRAYS | WORDS | st.sampled_from((b"N", b"\x88", b"K\x00", b"K\x01", b"K\x02", b"K\x0b", b")", b"}"))


def keyed_vectors(attributes: dict[str, bytes]) -> bytes:
    pairs = b"".join(pushed(name) + value for name, value in attributes.items())
    return b"\x80\x04" + NAMES[1] + b")\x81}(" + pairs + b"ub."


MODELS = st.fixed_dictionaries(
    {"index_to_key": WORDS | VALUES, "compatible_hash": st.just(b"\x88")},
    optional={name: VALUES for name in ATTRIBUTES if name != "index_to_key"},
).map(keyed_vectors)
PROGRAMS = st.lists(st.sampled_from(INSTRUCTIONS), max_size=40).map(
    lambda some: b"\x80\x04" + b"".join(some) + b"."
)


@pytest.mark.parametrize("packed", [False, True])
@given(content=MODELS | PROGRAMS | st.binary(max_size=60) | st.binary(max_size=60).map(b"\x80\x04".__add__))
def test_anything_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, packed: bool, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("vectors") / "x.kv"
    path.write_bytes(gzip.compress(content) if packed else content)
    try:
        blocks = list(read_vectors(path))
    except InputError as error:
        assert error.path == str(path)
        return
    assert blocks
    for block in blocks:
        assert block.rows.shape[0] == len(block.words)
        assert block.rows.dtype == np.float32 and np.isfinite(block.rows).all()


def test_the_models_made_here_can_be_read(tmp_path: Path) -> None:
    """The control: some of them are good."""
    path = tmp_path / "x.kv"
    word = b"]" + pushed("a") + b"a"
    parts = {
        "vectors_vocab": array((1, 2), bytes(8), "f4", False),
        "vectors_ngrams": array((1, 2), bytes(8), "f4", True),
    }
    sizes = {"min_n": b"K\x01", "max_n": b"K\x02", "bucket": b"K\x01", "compatible_hash": b"\x88"}
    path.write_bytes(keyed_vectors({"index_to_key": word, **parts, **sizes}))
    (block,) = read_vectors(path)
    assert (block.words, block.rows.tolist()) == (["a"], [[0.0, 0.0]])
