"""Running many trainings, with a command that only stands for `train`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from multihead_at.experiments import DiskState, ExperimentRunner, plan_trainings
from multihead_at.files import FileLock

sys.path.insert(0, str(Path(__file__).parent))

from fake_experiments import FAKE_TRAINING, rows, runner
from fake_training import settings_of

TUNING = [f"bio-at{alpha}-dev_only-seed1" for alpha in ("0.0001", "0.001", "0.01", "0.05")]
RUNS = sorted([*TUNING, *(f"bio{at}-seed{seed}" for at in ("", "-at0.001") for seed in (1, 2))])
EPOCHS = 3


def results(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("results/news/*/result.json"))


def log_lines(folder: Path) -> dict[str, int]:
    """How often each run was started."""
    return {
        path.parent.name: path.read_text(encoding="utf-8").count("$ ")
        for path in folder.glob("runs/*/log.txt")
    }


def epochs(folder: Path) -> dict[str, list[int]]:
    return {
        path.parent.name: [
            json.loads(line)["epoch"] for line in path.read_text(encoding="utf-8").splitlines()
        ]
        for path in folder.glob("results/news/*/epochs.jsonl")
    }


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 120.0
    while not is_so():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.02)


def test_everything_is_trained_and_alpha_chosen_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert runner(tmp_path, rows()).run() == {}
    assert results(tmp_path) == RUNS
    choice = json.loads((tmp_path / "results/news/alpha-bio.json").read_text(encoding="utf-8"))
    assert (choice["row"], choice["alpha"]) == ("news/bio-at", 0.001)
    assert {one["alpha"]: one["overall_f1"] for one in choice["tried"]} == {
        0.05: 60.0,
        0.01: 80.0,
        0.001: 80.0,
        0.0001: 70.0,
    }
    output = capsys.readouterr().out
    assert output.startswith("8 trainings: 0 finished already, 8 to do, 2 at once; about ")
    assert "news/bio-at: alpha 0.001 chosen on dev" in output
    assert "news/bio-at0.001-seed2: dev 80.00 / 80.00 / 80.00, test 80.00 / 80.00 / 80.00 in 1 s" in output


def test_result_files_hold_neither_text_nor_weights(tmp_path: Path) -> None:
    runner(tmp_path, rows()[:1]).run()
    assert sorted(path.name for path in (tmp_path / "results/news/bio-seed1").iterdir()) == [
        "epochs.jsonl",
        "flags.json",
        "result.json",
    ]
    assert sorted(path.name for path in (tmp_path / "results/news").iterdir()) == ["bio-seed1", "bio-seed2"]


def test_what_is_finished_is_never_trained_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runner(tmp_path, rows()).run()
    capsys.readouterr()
    assert runner(tmp_path, rows()).run() == {}
    assert set(log_lines(tmp_path).values()) == {1}
    assert capsys.readouterr().out == (
        "8 trainings: 8 finished already, 0 to do, 2 at once; about 0 s if none stops early\n"
    )


def test_a_clone_with_results_trains_nothing(tmp_path: Path) -> None:
    runner(tmp_path, rows()).run()
    (tmp_path / "runs").rename(tmp_path / "elsewhere")
    assert runner(tmp_path, rows()).run() == {}
    assert not (tmp_path / "runs").exists()


def test_results_that_were_not_copied_any_more_are_copied(tmp_path: Path) -> None:
    runner(tmp_path, rows()[:1]).run()
    (tmp_path / "results").rename(tmp_path / "elsewhere")
    runner(tmp_path, rows()[:1]).run()
    assert results(tmp_path) == ["bio-seed1", "bio-seed2"]
    assert set(log_lines(tmp_path).values()) == {1}


def test_failures_are_kept_and_told_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bad, _), (good, _) = rows(f"--needs={tmp_path / 'thing'}"), rows("--more=1")
    good = type(good)("other", good.stem, good.flags, good.seeds)
    failures = runner(tmp_path, (bad, good), jobs=1).run()
    log = tmp_path / "runs/news-bio-seed1/log.txt"
    assert {training.key: reason for training, reason in failures.items()}["news/bio-seed1"] == (
        f"multihead-at: error: what it needs is not there (all of it: {log})"
    )
    assert len(failures) == 2
    assert "much ado" in log.read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "results").rglob("*seed*")) == ["bio-seed1", "bio-seed2"]
    assert "news/bio-seed1 has FAILED: multihead-at: error: " in capsys.readouterr().out

    (tmp_path / "thing").touch()
    assert runner(tmp_path, (bad, good)).run() == {}
    assert log_lines(tmp_path) == {
        "news-bio-seed1": 2,
        "news-bio-seed2": 2,
        "other-bio-seed1": 1,
        "other-bio-seed2": 1,
    }


def test_where_tuning_fails_the_row_is_not_trained(tmp_path: Path) -> None:
    failures = runner(tmp_path, rows(f"--needs={tmp_path / 'thing'}")[1:]).run()
    reasons = {training.key: reason for training, reason in failures.items()}
    assert len(reasons) == 6
    assert reasons["news/bio-at?-seed1"].startswith(
        "alpha could not be chosen, as news/bio-at0.05-dev_only-seed1 has"
    )


def test_a_command_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    of = rows()[:1]
    state = DiskState(tmp_path / "runs", tmp_path / "results", settings_of)
    failures = ExperimentRunner(
        plan_trainings(of, of), state, [str(tmp_path / "nothing")], jobs=1, console=sys.stdout
    ).run()
    assert ["No such file" in reason for reason in failures.values()] == [True, True]


def test_results_of_other_settings_are_left_alone(tmp_path: Path) -> None:
    runner(tmp_path, rows()[:1]).run()
    before = (tmp_path / "results/news/bio-seed1/result.json").stat().st_mtime_ns
    failures = runner(tmp_path, rows("--nepochs=7")[:1]).run()
    reason = next(iter(failures.values()))
    assert reason == (
        f"{tmp_path / 'results/news/bio-seed1'}: holds a run with nepochs = '2', and news/bio-seed1 has '7': "
        "move it away, and it is trained again"
    )
    assert (tmp_path / "results/news/bio-seed1/result.json").stat().st_mtime_ns == before


def test_a_run_that_another_process_trains_is_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "runs/news-bio-seed1"
    folder.mkdir(parents=True)
    command = [
        *FAKE_TRAINING,
        "--dataset=news",
        "--seed=1",
        "--threads=1",
        f"--output_dir={folder}",
        "--resume",
    ]
    settings = ["--pause=0.3"]
    other = subprocess.Popen([*command, *settings])
    wait_until(lambda: FileLock(folder / ".lock").holder() is not None)
    of = rows("--pause=0.3")[:1]
    assert runner(tmp_path, of).run() == {}
    assert other.wait() == 0
    assert results(tmp_path) == ["bio-seed1", "bio-seed2"]
    # The other's settings came in another order, and it alone has trained it.
    assert log_lines(tmp_path) == {"news-bio-seed2": 1}
    assert f"news/bio-seed1: process {other.pid} on " in capsys.readouterr().out


def start(folder: Path) -> subprocess.Popen[str]:
    """The runner in a process of its own, with the signals of a terminal even where nohup runs the tests."""
    program = Path(__file__).with_name("fake_experiments.py")
    return subprocess.Popen(
        [sys.executable, program, folder, "0.15", str(EPOCHS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGHUP, signal.SIG_DFL),
    )


def is_in_the_middle(folder: Path, trainings: int) -> bool:
    return len(list(folder.glob("runs/*/epochs.jsonl"))) >= trainings


def at_work(folder: Path) -> list[int]:
    """The processes that train."""
    holders = [FileLock(lock).holder() for lock in folder.glob("runs/*/.lock")]
    return [int(holder.split()[1]) for holder in holders if holder is not None]


@pytest.mark.parametrize("begun", [1, 3, 5])
def test_after_the_parent_was_killed_it_goes_on_to_the_same_end(tmp_path: Path, begun: int) -> None:
    process = start(tmp_path)
    wait_until(lambda: is_in_the_middle(tmp_path, begun))
    process.kill()
    process.communicate()
    wait_until(lambda: not at_work(tmp_path))
    assert results(tmp_path) != RUNS

    process = start(tmp_path)
    process.communicate()
    assert process.returncode == 0
    assert results(tmp_path) == RUNS
    assert set(map(tuple, epochs(tmp_path).values())) == {tuple(range(EPOCHS + 1))}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_trainings_and_says_how_to_go_on(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path)
    wait_until(lambda: is_in_the_middle(tmp_path, 1))
    process.send_signal(number)
    output, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "the same command goes on with them" in output
    assert at_work(tmp_path) == []


def test_it_ends_with_the_process_that_has_started_it(tmp_path: Path) -> None:
    of = rows("--pause=0.3")[:1]
    state = DiskState(tmp_path / "runs", tmp_path / "results", settings_of)
    nobody = os.getpid()
    with pytest.raises(KeyboardInterrupt):
        ExperimentRunner(
            plan_trainings(of, of), state, FAKE_TRAINING, jobs=2, console=sys.stdout, end_with=nobody
        ).run()
    assert results(tmp_path) == []


def test_a_killed_training_is_a_failure_and_goes_on_next_time(tmp_path: Path) -> None:
    process = start(tmp_path)
    wait_until(lambda: is_in_the_middle(tmp_path, 1))
    os.kill(at_work(tmp_path)[0], signal.SIGKILL)
    output, _ = process.communicate()
    assert process.returncode == 1
    assert "has FAILED: ended by signal SIGKILL; last line: " in output
    assert runner(tmp_path, rows("--pause=0.15", f"--nepochs={EPOCHS}")).run() == {}
    assert results(tmp_path) == RUNS
    assert set(map(tuple, epochs(tmp_path).values())) == {tuple(range(EPOCHS + 1))}
