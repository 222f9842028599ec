from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from multihead_at.cli.main import COMMANDS, main

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = ", ".join(command.name for command in COMMANDS)

# Runs a command, then tells on its last line which slow libraries were imported.
PROGRAM = """
import sys
from multihead_at.cli.main import main
status = main(sys.argv[1:])
print(status, *sorted({"tensorflow", "keras", "gensim", "numpy", "scipy", "matplotlib"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], 0),
        (["train", "--help"], 0),
        (["evaluate", "--help"], 0),
        (["show", "--help"], 0),
        (["predict", "--help"], 0),
        (["convert", "--help"], 0),
        (["check", "--help"], 0),
        (["check", "--filename_dev=nothing"], 2),
        (["datasets", "--help"], 0),
        (["datasets"], 0),
        (["report", "--help"], 0),
        (["train", "--nepoch=3"], 2),
        (["train", "--dataset=unknown"], 2),
        (["train", "--dataset=mine", "--filename_train=a", "--filename_dev=b", "--filename_test=c"], 2),
        (["evaluate", "--run=nowhere", "--file=nothing"], 2),
        (["show", "--run=nowhere"], 2),
        (["predict", "--model=nowhere", "--text=a"], 2),
        (["report", "--result=nowhere"], 2),
    ],
    ids=repr,
)
def test_help_and_mistakes_need_none_of_the_slow_libraries(
    arguments: list[str], status: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(CHECKOUT)},
    )
    assert done.stdout.splitlines()[-1] == str(status)
    if status == 0:
        assert done.stderr == ""
    else:
        assert done.stderr.startswith("multihead-at: error: ")
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["train", "evaluate", "predict", "show"])
def test_the_scripts_of_the_checkout(command: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, CHECKOUT / f"{command}.py", "--flagfiel=x"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "multihead-at: error: unknown flag --flagfiel; the nearest there is: --flagfile"
    )


@pytest.mark.parametrize("word", ["--help", "-h", "--helpfull", "-help", "--helpshort"])
def test_every_way_to_ask_for_help(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word]) == 0
    assert "multihead-at train " in capsys.readouterr().out
    assert main(["evaluate", "--nonsense", word]) == 0
    assert capsys.readouterr().out.startswith("Score a trained run on any file")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], f"expected a command ({NAMES}), received none; --help explains them"),
        (
            ["trian", "--seed=1"],
            f"expected a command ({NAMES}), received 'trian'; the nearest: train",
        ),
        (["--seed=1"], f"expected a command ({NAMES}), received '--seed=1'; the nearest: "),
    ],
    ids=repr,
)
def test_a_command_is_needed(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(f"multihead-at: error: {message}")


def test_the_words_of_the_program_are_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["multihead-at", "evaluate"])
    assert main() == 2
    assert "--run=DIR is needed" in capsys.readouterr().err


def test_closed_streams_are_no_mistake() -> None:
    """Nor do the files that are opened then get what is printed."""
    program = (
        "import os, sys\n"
        "from multihead_at.cli.main import main\n"
        "status = main(['--help'])\n"
        "free = os.open(os.devnull, os.O_RDONLY)\n"
        "sys.exit(status if free > 2 else 99)\n"
    )
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} <&- >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], cwd=CHECKOUT).returncode == 0
