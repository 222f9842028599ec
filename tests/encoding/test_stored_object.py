"""gensim's files are looked into and never run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from multihead_at.encoding.stored_object import StoredName, StoredObject, read_stored_object
from multihead_at.encoding.vector_files import load_vectors
from multihead_at.errors import InputError

KEYED_VECTORS = b"cgensim.models.keyedvectors\nKeyedVectors\n"


def text(value: str) -> bytes:
    """The instruction that pushes a text."""
    return b"X" + len(value.encode()).to_bytes(4, "little") + value.encode()


def store(folder: Path, program: bytes) -> Path:
    path = folder / "vectors.kv"
    path.write_bytes(program)
    return path


def make_folder_programs(target: Path) -> dict[str, bytes]:
    """Programs that all make the folder `target` when run, each naming `os.mkdir` in another way."""
    path, module, name = text(str(target)), text("os"), text("mkdir")
    return {
        "by line": b"\x80\x02cos\nmkdir\n" + path + b"\x85R.",
        "by stack": b"\x80\x04" + module + name + b"\x93" + path + b"\x85R.",
        "by memo": b"\x80\x04" + name + b"\x94" + module + b"\x94" + b"h\x01h\x00\x93" + path + b"\x85R.",
        "by numbered memo": b"\x80\x04" + name + b"q\x07" + module + b"h\x07\x93" + path + b"\x85R.",
        "by mark": b"\x80\x02(" + path + b"ios\nmkdir\n.",
        "by mark and object": b"\x80\x02(cos\nmkdir\n" + path + b"o.",
        "beside gensim's": b"\x80\x04" + KEYED_VECTORS + b"0" + module + name + b"\x93" + path + b"\x85R.",
        "after a list": b"\x80\x02]cos\nmkdir\n" + path + b"\x85Ra.",
        "as a state": b"\x80\x02"
        + KEYED_VECTORS
        + b")\x81}"
        + text("wv")
        + b"cos\nmkdir\n"
        + path
        + b"\x85Rsb.",
    }


WAYS = sorted(make_folder_programs(Path()))


@pytest.mark.parametrize("way", WAYS)
def test_a_malicious_file_is_refused_and_nothing_runs(tmp_path: Path, way: str) -> None:
    target = tmp_path / "made"
    path = store(tmp_path, make_folder_programs(target)[way])
    with pytest.raises(InputError) as caught:
        load_vectors(path, tmp_path, tmp_path / "cache")
    assert caught.value.path == str(path)
    assert "os.mkdir" in caught.value.message or "instruction" in caught.value.message
    assert not target.exists()


@pytest.mark.parametrize("way", WAYS)
def test_those_files_would_run_elsewhere(tmp_path: Path, way: str) -> None:
    """The control: gensim itself runs each of them, so the test above tests something."""
    from gensim.utils import unpickle

    target = tmp_path / "made"
    unpickle(str(store(tmp_path, make_folder_programs(target)[way])))
    assert target.is_dir()


@pytest.mark.parametrize(
    "name",
    [
        "os system",
        "posix system",
        "builtins eval",
        "builtins getattr",
        "__builtin__ exec",
        "gensim.utils unpickle",
        "gensim.models.keyedvectors pickle.loads",
        "numpy ndarray.tofile",
        "numpy load",
        "numpy.core.multiarray fromfile",
        "subprocess Popen",
    ],
)
@pytest.mark.parametrize("by_stack", [False, True])
def test_other_names_are_refused_by_name(tmp_path: Path, name: str, by_stack: bool) -> None:
    module, attribute = name.split()
    program = (
        b"\x80\x04" + text(module) + text(attribute) + b"\x93."
        if by_stack
        else b"\x80\x02c" + module.encode() + b"\n" + attribute.encode() + b"\n."
    )
    with pytest.raises(InputError, match=re.escape(f"the file names '{module}.{attribute}'")):
        read_stored_object(store(tmp_path, program))


def test_a_module_that_is_named_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "module_with_a_trap.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(InputError, match=r"module_with_a_trap\.anything"):
        read_stored_object(store(tmp_path, b"\x80\x02cmodule_with_a_trap\nanything\n."))
    assert "module_with_a_trap" not in sys.modules


def test_calls_to_allowed_names_leave_notes_only(tmp_path: Path) -> None:
    # KeyedVectors.__new__(KeyedVectors) with the state {"wv": defaultdict(int)}
    program = (
        b"\x80\x02"
        + KEYED_VECTORS
        + b")\x81}"
        + text("wv")
        + b"ccollections\ndefaultdict\ncbuiltins\nint\n\x85R"
        + text("the")
        + b"K\x05ssb."
    )
    found = read_stored_object(store(tmp_path, program))
    assert isinstance(found, StoredObject)
    assert found.name == "gensim.models.keyedvectors KeyedVectors"
    counts = found.state["wv"]
    assert isinstance(counts, StoredObject)
    assert counts.name == "collections defaultdict"
    assert counts.arguments == (StoredName("builtins int"),)


def test_plain_data(tmp_path: Path) -> None:
    # {"a": [1, -2, 1.5, None, True, False], "b": ((), (1,), (1, 2), (1, 2, 3))}
    program = (
        b"\x80\x02}(" + text("a") + b"](K\x01J\xfe\xff\xff\xffG\x3f\xf8\0\0\0\0\0\0N\x88\x89e"
        + text("b") + b"()K\x01\x85K\x01K\x02\x86K\x01K\x02K\x03\x87tu."
    )  # fmt: skip
    assert read_stored_object(store(tmp_path, program)) == {
        "a": [1, -2, 1.5, None, True, False],
        "b": ((), (1,), (1, 2), (1, 2, 3)),
    }


def test_the_memo_shares_what_it_holds(tmp_path: Path) -> None:
    # A list is put away before it is filled, and fetched twice; "x" is put away in place 1 by its order.
    program = b"\x80\x04]\x94" + text("x") + b"\x94ah\x00h\x01\x87."
    shared, same, name = read_stored_object(store(tmp_path, program))
    assert shared is same
    assert (shared, name) == (["x"], "x")


@pytest.mark.parametrize(
    "program",
    [
        b"\x80\x04",
        b"\x80\x04.",
        b"\x80\x04\x93.",
        b"\x80\x04K\x01K\x02\x93.",
        b"\x80\x04R.",
        b"\x80\x04K\x01)R.",
        b"\x80\x04h\x05.",
        b"\x80\x04K\x01K\x02a.",
        b"\x80\x04K\x01K\x02K\x03s.",
        b"\x80\x04}](K\x01s.",
        b"\x80\x04})K\x01s.",
        b"\x80\x04K\x01}b.",
        b"\x80\x04e.",
        b"\x80\x04(0.",
        b"\x80\x04X\xff\xff\xff\x7fabc.",
        b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7fabc.",
        b"\x80\x04\xff\xff",
        b"\x80\x04Pwho\n.",
        b"\x80\x02\x82\x01.",
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, program: bytes) -> None:
    path = store(tmp_path, program)
    with pytest.raises(InputError) as caught:
        read_stored_object(path)
    assert caught.value.path == str(path)


def test_deep_nesting_does_not_bring_the_interpreter_down(tmp_path: Path) -> None:
    nested = b"\x80\x02})" + b"\x85" * 200_000
    with pytest.raises(InputError, match=r"a dictionary key that is no text or number of 32 bits"):
        read_stored_object(store(tmp_path, nested + b"K\x01s."))


def doubled(levels: int) -> bytes:
    """The instructions for a tuple that holds another one twice, and so on."""
    return b")q\x00" + b"h\x00h\x00\x86q\x00" * levels


@pytest.mark.parametrize("levels", [3, 100, 100_000])
@pytest.mark.parametrize("place", ["module", "name"])
def test_a_name_that_is_no_text_is_not_shown(tmp_path: Path, levels: int, place: str) -> None:
    """Written as text it would have 2 ** levels brackets, or overrun the interpreter's stack."""
    parts = b"h\x00" + text("a") if place == "module" else text("a") + b"h\x00"
    with pytest.raises(InputError, match="a name that is no text"):
        read_stored_object(store(tmp_path, b"\x80\x04" + doubled(levels) + parts + b"\x93."))


def test_a_name_of_a_megabyte_is_shown_in_short(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the file names 'a\.xxx") as caught:
        read_stored_object(store(tmp_path, b"\x80\x04" + text("a") + text("x" * 2**20) + b"\x93."))
    assert len(caught.value.message) < 300


@pytest.mark.parametrize(
    "program",
    [
        # Keys: numbers that have one hash, a negative one, one with a point.
        b"\x80\x02}\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x1fK\x01s.",
        b"\x80\x02}J\xff\xff\xff\xffK\x01s.",
        b"\x80\x02}G\x3f\xf8\0\0\0\0\0\0K\x01s.",
        # Places of the memo.
        b"\x80\x02Np4294967296\n.",
        b"\x80\x02Np-1\n.",
    ],
)
def test_numbers_that_could_collide_are_refused(tmp_path: Path, program: bytes) -> None:
    """Python's dictionaries take quadratic time where all keys have one hash."""
    with pytest.raises(InputError, match=r"no text or number of 32 bits|beyond all that there are"):
        read_stored_object(store(tmp_path, program))


def test_numbers_of_32_bits_may_be_keys(tmp_path: Path) -> None:
    assert read_stored_object(store(tmp_path, b"\x80\x02}\x8a\x05\xff\xff\xff\xff\0K\x01s.")) == {
        2**32 - 1: 1
    }
