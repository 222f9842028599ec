"""Kills trainings at random moments, resumes them, and compares them with the uninterrupted ones to the bit.

    python tests/robustness/kills.py                 25 kills, 6 within a checkpoint, 50 cuts, and all else
    python tests/robustness/kills.py bio-1 ec-at-16  what of that is done to these trainings
    python tests/robustness/kills.py --short         two kills of one training

Trained is on the first documents of the sample corpus: BIO and EC, with and without AT, one sentence a step
and 16 with all that `--preset=fast` brings. After each kill `--resume` must end with the weights, optimizer,
history, stopping decisions, predictions and results of the run that nobody stopped. The exit status is 0
when all do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forked_command import ForkedCommand
from same_run import differences
from stopped_write import FULL_DISK, MOMENTS, stop_write

from multihead_at.cli.quiet import quiet_tensorflow
from multihead_at.documents import read_documents, write_documents

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
SIZES = {"train": 40, "dev": 12, "test": 12}
SETTINGS = [
    "--dataset=sample",
    "--learning_rate=0.02",
    "--nepochs=4",
    "--nepoch_no_imprv=2",
    "--hidden_size_lstm=16",
    "--hidden_size_n1=16",
    "--hidden_size_char=8",
    "--char_embeddings_size=8",
    "--num_lstm_layers=1",
]
STEPS = {"1": ["--batch_size=1"], "16": ["--preset=fast", "--nepochs=12", "--nepoch_no_imprv=4"]}
CONFIGURATIONS = {
    f"{tags}{'-at' if adversarial else ''}-{size}": [
        *(["--ec"] if tags == "ec" else []),
        *([f"--at_alpha={adversarial}"] if adversarial else []),
        *STEPS[size],
    ]
    for size, tags, adversarial in product(STEPS, ("bio", "ec"), (0, 0.01))
}
# A process that ends too early is killed anew so many times.
_TRIES = 10


class Kills:
    """The trainings and what became of them.

    Args:
        folder: takes the corpus and the runs.
        seed: of the moments, and of where files are cut.
        flags: of all trainings.
    """

    def __init__(self, folder: Path, seed: str, flags: Sequence[str] = ()) -> None:
        self._folder = folder
        self._flags = flags
        self._draw = random.Random(seed)
        self._number = 0
        self._whole: dict[str, tuple[Path, float]] = {}
        self.counts: dict[str, list[int]] = {}
        for split, size in SIZES.items():
            write_documents(folder / f"{split}.txt", read_documents(SAMPLE / f"{split}.txt")[:size])

    def kill(self, name: str) -> None:
        """SIGKILL at a random moment of the training."""
        self._interrupt("kills at a random moment", name, signal.SIGKILL, -signal.SIGKILL)

    def kill_within_write(self, name: str, moment: str) -> None:
        """SIGKILL within the write of a random checkpoint."""
        run = self._new_folder()
        number = self._draw.randint(2, 4)
        command = self._start(name, run, prepare=partial(stop_write, moment, number))
        self._expect(command, -signal.SIGKILL)
        self._resume_and_compare(
            "kills within the write of a checkpoint", name, run, f"{moment}, write {number}"
        )

    def kill_twice(self, name: str, moment: str) -> None:
        """SIGKILL in the first half, and again within the first checkpoint of the resumed training."""
        self._uninterrupted(name)
        run = self._new_folder()
        command, _ = self._begin(name, run)
        command.wait(self._draw.uniform(0.0, self._whole[name][1] / 2))
        command.stop(signal.SIGKILL)
        command.wait()
        done = _epochs(run)
        command = self._start(name, run, "--resume", prepare=partial(stop_write, moment, 1))
        self._expect(command, -signal.SIGKILL)
        self._resume_and_compare("kills of one run", name, run, f"after {done} epochs, and {moment}")

    def interrupt(self, name: str, number: signal.Signals, status: int) -> None:
        """Ctrl-C or SIGTERM at a random moment: one last line, and resumable."""
        output = self._interrupt(f"stops by {number.name}", name, number, status)
        said = "interrupted" if number == signal.SIGINT else "terminated"
        if f"\nmultihead-at: {said}" not in "\n".join(["", *output.splitlines()[-1:]]):
            raise AssertionError(f"expected a last line that says '{said}'. Received:\n{output}")

    def fill_disk(self, name: str) -> None:
        """A disk that is full in the middle of a checkpoint."""
        run = self._new_folder()
        command = self._start(name, run, prepare=partial(stop_write, FULL_DISK, 2))
        self._expect(command, 2)
        last = command.output().splitlines()[-1]
        if (
            last
            != f"multihead-at: error: {run / 'state-next.npz'}: cannot be written: No space left on device"
        ):
            raise AssertionError(
                f"expected a last line that tells of the disk. Received:\n{command.output()}"
            )
        self._resume_and_compare("stops by a full disk", name, run, "in the second checkpoint")

    def tear(self, name: str, number: int, of: int) -> None:
        """The newest checkpoint cut short after the training's end, of which only the test is left.

        The first cut leaves nothing, the last takes one byte; the others are at random places, each in its
        own part of the file.
        """
        whole = self._uninterrupted(name)
        run = self._new_folder()
        shutil.copytree(whole, run, ignore=shutil.ignore_patterns("result.json", "retrained.npz", "*-test*"))
        content = (run / "state.npz").read_bytes()
        left = int((number + self._draw.random()) / of * len(content))
        left = 0 if number == 0 else len(content) - 1 if number == of - 1 else left
        (run / "state.npz").write_bytes(content[:left])
        place = f"{left} of {len(content)} bytes left"
        output = self._resume_and_compare("cuts of the newest checkpoint", name, run, place)
        if output.count("damaged checkpoint passed over, trying state-before.npz") != 1:
            raise AssertionError(f"expected one line about the damaged checkpoint. Received:\n{output}")

    def repeat(self, name: str, threads: int) -> None:
        """The same training twice."""
        runs = [self._new_folder() for _ in range(2)]
        for run in runs:
            self._expect(self._start(name, run, f"--threads={threads}"), 0)
        self._compare("the same seed twice", f"{name}, {threads} threads", runs[0], runs[1])

    def _interrupt(self, what: str, name: str, number: signal.Signals, status: int) -> str:
        """Stops a training, resumes it, and returns what it said before."""
        self._uninterrupted(name)
        for _ in range(_TRIES):
            run = self._new_folder()
            whole, seconds = self._whole[name]
            command, began = self._begin(name, run)
            command.wait(self._draw.uniform(0.0, seconds))
            after = time.monotonic() - began
            command.stop(number)
            # It may have ended by itself, even in this moment.
            if command.wait() != 0:
                self._expect(command, status)
                output = command.output()
                self._resume_and_compare(what, name, run, f"after {after:.2f} s, {_epochs(run)} epochs done")
                return output
            # The machine is faster than it was.
            self._whole[name] = whole, min(seconds, time.monotonic() - began)
        raise AssertionError(f"{name} ended {_TRIES} times before it was stopped")

    def _uninterrupted(self, name: str) -> Path:
        """The run that nobody stops; notes how long it took from its first file on."""
        if name not in self._whole:
            run = self._new_folder()
            command, began = self._begin(name, run)
            self._expect(command, 0)
            self._whole[name] = run, time.monotonic() - began
            result = json.loads((run / "result.json").read_text(encoding="utf-8"))
            epochs, score = result["epochs"], result["dev"]["overall_f1"]
            print(f"uninterrupted: {name}, {epochs}, dev F1 {score:.2f}", flush=True)
        return self._whole[name][0]

    def _begin(self, name: str, run: Path) -> tuple[ForkedCommand, float]:
        """Starts a training; before there is its first file, there is nothing to resume."""
        command = self._start(name, run)
        while not (run / "flags.json").exists() and command.wait(0.005) is None:
            pass
        return command, time.monotonic()

    def _resume_and_compare(self, what: str, name: str, run: Path, place: str) -> str:
        whole = self._uninterrupted(name)
        command = self._start(name, run, "--resume")
        self._expect(command, 0)
        self._compare(what, f"{name}, {place}", whole, run)
        return command.output()

    def _compare(self, what: str, which: str, one: Path, other: Path) -> None:
        found = differences(one, other)
        same, total = self.counts.setdefault(what, [0, 0])
        self.counts[what] = [same + (not found), total + 1]
        print(
            f"{what}: {which}: {'differs in ' + ', '.join(found[:5]) if found else 'identical'}", flush=True
        )
        if other not in [run for run, _ in self._whole.values()]:
            shutil.rmtree(other)

    def _start(
        self, name: str, run: Path, *flags: str, prepare: Callable[[], None] | None = None
    ) -> ForkedCommand:
        arguments = ["train", *SETTINGS, *CONFIGURATIONS[name], *self._flags, f"--output_dir={run}", *flags]
        arguments += [f"--filename_{split}={self._folder / split}.txt" for split in SIZES]
        arguments += [f"--filename_embeddings={SAMPLE / 'vectors.txt'}", f"--data_dir={self._folder}"]
        return ForkedCommand(arguments, self._folder / f"{run.name}.log", prepare)

    def _expect(self, command: ForkedCommand, status: int) -> None:
        received = command.wait()
        if received != status:
            raise AssertionError(f"expected exit status {status}, received {received}:\n{command.output()}")

    def _new_folder(self) -> Path:
        self._number += 1
        return self._folder / f"run{self._number}"


def _epochs(run: Path) -> int:
    """How many epochs a stopped run has done."""
    log = run / "epochs.jsonl"
    return log.read_text(encoding="utf-8").count("\n") if log.is_file() else 0


def main() -> int:
    """Does what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("trainings", nargs="*", help="which of them [all]")
    parser.add_argument("--kills", type=int, default=25, help="at random moments [25]")
    parser.add_argument("--writes", type=int, default=6, help="within the write of a checkpoint [6]")
    parser.add_argument("--cuts", type=int, default=50, help="of the newest checkpoint [50]")
    parser.add_argument("--seed", type=int, default=1, help="of the moments [1]")
    parser.add_argument("--short", action="store_true", help="two kills, of one training")
    options = parser.parse_args()
    unknown = set(options.trainings) - set(CONFIGURATIONS)
    if unknown:
        known = ", ".join(CONFIGURATIONS)
        parser.error(f"expected trainings out of {known}. Received: {', '.join(sorted(unknown))}")

    quiet_tensorflow()
    # Loaded once, for all the processes.
    import multihead_at.training  # noqa: F401

    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        os.environ["MULTIHEAD_AT_CACHE_DIR"] = f"{folder}/cache"
        # One phase is half of the time.
        seed = " ".join([str(options.seed), *options.trainings])
        kills = Kills(Path(folder), seed, ["--protocol=best"] if options.short else [])
        if options.short:
            kills.kill_twice("bio-at-16", MOMENTS[1])
        else:
            for name, interrupt in _interruptions(kills, options):
                if not options.trainings or name in options.trainings:
                    interrupt(name)
    killed = [count for what, count in kills.counts.items() if what.startswith("kills")]
    if len(killed) > 1:
        kills.counts["kills, all"] = [sum(column) for column in zip(*killed)]
    print()
    for what, (same, total) in kills.counts.items():
        print(f"{what}: {same} of {total} end bit-identical")
    return 0 if all(same == total for same, total in kills.counts.values()) else 1


def _interruptions(kills: Kills, options: argparse.Namespace) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Yields everything that is done, with the training that it is done to."""
    names = list(CONFIGURATIONS)
    for number in range(options.kills):
        yield names[number % len(names)], kills.kill
    for number in range(options.writes):
        # From the other end, and with a step of 3, so that moments and configurations mix.
        moment = MOMENTS[number % len(MOMENTS)]
        yield names[-1 - 3 * number % len(names)], partial(kills.kill_within_write, moment=moment)
    for number in range(options.cuts):
        # With a step of 3: cuts of places that lie together are of different trainings.
        yield names[3 * number % len(names)], partial(kills.tear, number=number, of=options.cuts)
    yield names[0], partial(kills.interrupt, number=signal.SIGINT, status=130)
    yield names[-1], partial(kills.interrupt, number=signal.SIGTERM, status=143)
    yield names[-1], kills.fill_disk
    for threads in (1, 2):
        yield names[-1], partial(kills.repeat, threads=threads)


if __name__ == "__main__":
    sys.exit(main())
