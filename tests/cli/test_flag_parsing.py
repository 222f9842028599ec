from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.errors import InputError


def parse(*arguments: str) -> dict[str, Any]:
    return parse_flags(arguments, TRAIN_FLAGS)


@pytest.mark.parametrize(
    ("arguments", "given_flags"),
    [
        ([], {}),
        (["--dataset=ade"], {"dataset": "ade"}),
        (["--dataset", "ade"], {"dataset": "ade"}),
        (["-seed=3"], {"seed": 3}),
        (["--ec"], {"ec": True}),
        (["--noec"], {"ec": False}),
        (
            ["--ec=false", "--use_chars=0", "--root_node=T"],
            {"ec": False, "use_chars": False, "root_node": True},
        ),
        (["--learning_rate=1e-2"], {"learning_rate": 0.01}),
        (["--alpha", "-1"], {"alpha": -1.0}),
        (["--seed=1", "--seed=2"], {"seed": 2}),
        (["--filename_train=a = b.txt"], {"filename_train": "a = b.txt"}),
    ],
)
def test_only_what_is_given_comes_back(arguments: list[str], given_flags: dict[str, Any]) -> None:
    assert parse(*arguments) == given_flags


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("--datset=ade", "unknown flag --datset; the nearest there is: --dataset (--help lists all)"),
        ("--Seed=3", "unknown flag --Seed; the nearest there is: --seed (--help lists all)"),
        ("--noecc", "unknown flag --noecc; the nearest there is: --ec (--help lists all)"),
        ("--nepochs=many", "flag --nepochs=many: expected a whole number, received 'many'"),
        ("--nepochs=1e2", "flag --nepochs=1e2: expected a whole number, received '1e2'"),
        ("--nepochs=1_0", "flag --nepochs=1_0: expected a whole number, received '1_0'"),
        ("--alpha=1_0", "flag --alpha=1_0: expected a number, received '1_0'"),
        ("--alpha=1,5", "flag --alpha=1,5: expected a number, received '1,5'"),
        ("--use_chars=maybe", "flag --use_chars=maybe: expected true or false, received 'maybe'"),
        ("--dataset=", "flag --dataset=: expected a value, received ''"),
        ("--seed", "Missing value for flag --seed"),
        ("--noec=1", "--noec=1 does not take an argument"),
        ("conll04", "expected flags written --name=value, received 'conll04'"),
        ("--flagfile=nothing", "nothing: cannot be read: No such file or directory"),
        ("--flagfile=", "flagfile: expected the path of a file, received none"),
        ("--flagfile", "flagfile: expected the path of a file, received none"),
        ("--gpu=0", "unknown flag --gpu (--help lists all)"),
        ("--model=x", "unknown flag --model (--help lists all)"),
    ],
)
def test_a_bad_flag_is_told_in_one_line(argument: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse("--batch_size=2", argument)
    assert str(caught.value) == message


def test_a_flag_file_stands_for_its_lines_and_what_follows_wins(tmp_path: Path) -> None:
    path = tmp_path / "my.flags"
    path.write_text("# mine\n--seed=4\n\n--noec\n--nepochs=7\n", encoding="utf-8")
    assert parse(f"--flagfile={path}", "--seed=5") == {"seed": 5, "ec": False, "nepochs": 7}


def test_a_flag_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "my.flags"
    path.write_bytes(b"--dataset=\xff\xfe\n")
    with pytest.raises(InputError, match=r"my\.flags:1: byte 0xff received, expected UTF-8"):
        parse(f"--flagfile={path}")


@pytest.mark.parametrize(
    ("content", "given_flags"),
    [
        ("\ufeff--seed=4\r\n--noec\r\n", {"seed": 4, "ec": False}),
        ("--seed 4\n-nepochs = 7\n  --ec  \n// more\n", {"seed": 4, "nepochs": 7, "ec": True}),
        ("--filename_train=a = b.txt\n", {"filename_train": "a = b.txt"}),
    ],
)
def test_what_may_stand_in_a_flag_file(tmp_path: Path, content: str, given_flags: dict[str, Any]) -> None:
    path = tmp_path / "my.flags"
    path.write_text(content, encoding="utf-8")
    assert parse("--flagfile", str(path)) == given_flags


def test_a_line_that_is_no_flag_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "my.flags"
    path.write_text("# mine\nseed=4\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        parse(f"--flagfile={path}")
    expected = "expected a flag, written --name=value, received 'seed=4'"
    assert str(caught.value) == f"{path}:2: {expected}"


def test_flag_files_may_name_others_but_not_themselves(tmp_path: Path) -> None:
    one, other = tmp_path / "one.flags", tmp_path / "other.flags"
    one.write_text(f"--seed=4\n--flagfile={other}\n", encoding="utf-8")
    other.write_text("--nepochs=7\n", encoding="utf-8")
    assert parse(f"--flagfile={one}") == {"seed": 4, "nepochs": 7}
    other.write_text(f"--flagfile={one}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.flags: is within itself"):
        parse(f"--flagfile={one}")


def test_parsing_leaves_nothing_behind() -> None:
    assert parse("--seed=3") == {"seed": 3}
    assert parse("--nepochs=2") == {"nepochs": 2}


@given(
    st.lists(st.text(max_size=12).map(lambda text: text if text.startswith("-") else "--" + text), max_size=3)
)
def test_any_flags_are_parsed_or_refused(arguments: list[str]) -> None:
    try:
        given_flags = parse(*arguments)
    except InputError as error:
        assert str(error).isprintable()
    else:
        assert isinstance(given_flags, dict)


def test_a_name_of_any_length_is_refused() -> None:
    with pytest.raises(InputError, match="very long name"):
        parse(f"--{'a' * 5000}")


def test_no_other_is_looked_for_that_is_like_a_very_long_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """absl's search took a gigabyte for a name of a megabyte."""
    from absl.flags import _helpers

    searched: list[str] = []

    def search(name: str, _: object) -> list[str]:
        searched.append(name)
        return []

    monkeypatch.setattr(_helpers, "get_flag_suggestions", search)
    path = tmp_path / "my.flags"
    path.write_text(f"--seed=1\n--{'no--' * 1000}\n", encoding="utf-8")
    with pytest.raises(InputError, match="very long name"):
        parse(f"--flagfile={path}")
    with pytest.raises(InputError, match="unknown flag --sead"):
        parse("--sead=1")
    assert searched == ["sead"]


def test_far_too_many_flags_are_refused(tmp_path: Path) -> None:
    """absl takes the square of their number."""
    path = tmp_path / "my.flags"
    path.write_text("--seed=1\n" * 10_001, encoding="utf-8")
    with pytest.raises(InputError, match="expected at most 10000 flags, received 10001"):
        parse(f"--flagfile={path}")
