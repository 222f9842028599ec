"""Puts small mistakes into scoring and perturbation, one at a time, and counts those that the tests find.

    python tests/robustness/mutants.py                          all of them
    python tests/robustness/mutants.py scoring/score.py         those of one file
    python tests/robustness/mutants.py --sample=20 --seed=1     some

A mutant is killed when the tests of its room fail, or run for two minutes. Random tests (hypothesis) are left
out: the cases by hand must do it. Survivors are printed; the exit status is 0 when all of them are listed in
`equivalent_mutants.py`, where it stands why no test can tell them from the code as it is.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.machinery
import importlib.util
import io
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from equivalent_mutants import EQUIVALENT
from hypothesis import is_hypothesis_test
from mutant import Mutant, mutants_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from multihead_at.cli.quiet import quiet_tensorflow

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "multihead_at"
# The least share of mutants that must be killed, those that nothing can kill among them.
LEAST_KILLED = 0.85
_SECONDS = 120


@dataclass(frozen=True)
class Room:
    """What is mutated, and what must find it.

    Attributes:
        files: the mutated ones.
        tests: what pytest is given.
        imports: modules that are imported once for all mutants, as the tests import them; none that imports
            a mutated one.
    """

    files: tuple[Path, ...]
    tests: tuple[Path, ...]
    imports: tuple[str, ...]


# Scoring first: it must do without TensorFlow.
ROOMS = (
    Room(
        tuple(path for path in sorted((PACKAGE / "scoring").glob("*.py")) if path.stem != "__init__"),
        (CHECKOUT / "tests" / "scoring",),
        ("multihead_at.cli.quiet", "multihead_at.documents", "multihead_at.errors", "hypothesis.strategies"),
    ),
    Room(
        (PACKAGE / "model" / "perturbation.py",),
        (CHECKOUT / "tests" / "model" / "test_perturbation.py",),
        ("tensorflow", "tensorflow_addons", "multihead_at.config"),
    ),
)


@dataclass
class Outcome:
    """What became of mutants."""

    killed: list[Mutant] = field(default_factory=list)
    too_slow: list[Mutant] = field(default_factory=list)
    survived: list[Mutant] = field(default_factory=list)

    def add(self, mutant: Mutant, status: int | None) -> None:
        """Adds one: 0 where all tests pass, 1 where one fails, None where they take too long."""
        (self.too_slow if status is None else self.killed if status else self.survived).append(mutant)


class _MutatedModule(importlib.machinery.SourceFileLoader):
    """Finds and loads a mutant in its module's place."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.path))
        self._code = mutant.code

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self)
            if name == self.name
            else None
        )

    def get_code(self, fullname: str) -> CodeType:
        return self._code


class _Tests:
    """Takes pytest's place at running the tests that it has collected.

    Args:
        run: is given the session.
    """

    def __init__(self, run: Callable[[pytest.Session], None]) -> None:
        self._run = run

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run(session)
        return True


def _collect(room: Room, folder: Path, run: Callable[[pytest.Session], None]) -> None:
    """Lets pytest collect the tests of a room, which are then run as told."""
    plugins = "cacheprovider", "xdist", "faulthandler"
    flags = ["--assert=plain", "--tb=short", f"--rootdir={CHECKOUT}", f"--basetemp={folder / 'tests'}"]
    flags += [argument for name in plugins for argument in ("-p", f"no:{name}")]
    pytest.main([*flags, *map(str, room.tests)], plugins=[_Tests(run)])


def _status(session: pytest.Session, file: str) -> int:
    """Runs the collected tests, those of `file` first, until one fails; returns 1 if one does."""
    items = [item for item in session.items if not is_hypothesis_test(getattr(item, "function", None))]
    items.sort(key=lambda item: item.path.name != file)
    for item, following in zip(items, [*items[1:], None]):
        if session.testsfailed:
            break
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    # Without a single test there is nothing that could fail: the module cannot even be imported.
    return 1 if session.testsfailed or not items else 0


def _in_child(call: Callable[[], int], folder: Path) -> int | None:
    """Calls it in a forked process, whose output goes to a file.

    Returns:
        What it returns, 1 when it raises or dies, None when it takes too long.
    """
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(_SECONDS)
            output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(output, 1)
            os.dup2(output, 2)
            status = call()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    _, ended = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(ended)
    return None if code == -signal.SIGALRM else int(code != 0)


def _status_of_module(room: Room, mutant: Mutant, folder: Path) -> int:
    """Runs the tests, which import the mutant in its module's place."""
    sys.meta_path.insert(0, _MutatedModule(mutant))  # type: ignore[arg-type]
    status = 1

    def run(session: pytest.Session) -> None:
        nonlocal status
        status = _status(session, f"test_{mutant.path.name}")

    _collect(room, folder, run)
    return status


def _status_of_function(session: pytest.Session, mutant: Mutant) -> int:
    """Runs the tests after the mutant's code has been put into its function."""
    found: Any = sys.modules[mutant.module]
    for name in mutant.place.split("."):
        found = vars(found)[name]
    found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
    found.__code__ = mutant.function
    return _status(session, f"test_{mutant.path.name}")


def name_of(path: Path) -> str:
    """A file of the package, as the command line names it."""
    return path.relative_to(PACKAGE).as_posix()


def mutants_of_room(room: Room, names: Sequence[str] = ()) -> list[Mutant]:
    """The mutants of a room, or of the files named."""
    return [
        mutant
        for path in room.files
        if not names or name_of(path) in names
        for mutant in mutants_of(path, ".".join(path.relative_to(CHECKOUT).with_suffix("").parts))
    ]


def run(room: Room, mutants: Sequence[Mutant]) -> dict[Path, Outcome]:
    """Runs the tests of a room with each of the mutants, in a process of their own.

    Nothing of the room may have been imported yet, and TensorFlow must not have computed.

    Raises:
        RuntimeError: the tests fail without any, or a mutant's module is imported already.
    """
    for module in room.imports:
        importlib.import_module(module)
    imported = {mutant.module for mutant in mutants} & set(sys.modules)
    if imported:
        raise RuntimeError(f"imported too early: {', '.join(sorted(imported))}")
    outcomes = {mutant.path: Outcome() for mutant in mutants}
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        for mutant in mutants:
            if mutant.function is None:
                status = _in_child(partial(_status_of_module, room, mutant, folder), folder)
                outcomes[mutant.path].add(mutant, status)

        baseline: int | None = 1

        def run_functions(session: pytest.Session) -> None:
            nonlocal baseline
            # What is there is not looked at again in every child.
            gc.freeze()
            baseline = _in_child(partial(_status, session, ""), folder)
            for mutant in mutants if baseline == 0 else ():
                if mutant.function is not None:
                    status = _in_child(partial(_status_of_function, session, mutant), folder)
                    outcomes[mutant.path].add(mutant, status)

        with redirect_stdout(io.StringIO()) as output:
            _collect(room, folder, run_functions)
        if baseline != 0:
            more = (folder / "output").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"the tests fail without a mutant:\n{output.getvalue()}\n{more}")
    return outcomes


def main() -> int:
    """Does what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", help="of the package [all]")
    parser.add_argument("--sample", type=int, help="how many mutants [all]")
    parser.add_argument("--seed", type=int, default=1, help="of the sample [1]")
    options = parser.parse_args()
    known = [name_of(path) for room in ROOMS for path in room.files]
    unknown = set(options.files) - set(known)
    if unknown:
        parser.error(f"expected files out of {', '.join(known)}. Received: {', '.join(sorted(unknown))}")
    quiet_tensorflow()
    started = time.monotonic()
    by_room = [(room, mutants_of_room(room, options.files)) for room in ROOMS]
    if options.sample is not None:
        every = [mutant for _, mutants in by_room for mutant in mutants]
        drawn = set(random.Random(options.seed).sample(every, min(options.sample, len(every))))
        by_room = [(room, [mutant for mutant in mutants if mutant in drawn]) for room, mutants in by_room]
    print(f"{'file':30}{'mutants':>9}{'killed':>9}{'too slow':>10}{'survived':>10}{'killed':>10}", flush=True)
    total = Outcome()
    for room, mutants in by_room:
        if mutants:
            for path, outcome in run(room, mutants).items():
                _print_row(name_of(path), outcome)
                for kind, more in vars(outcome).items():
                    getattr(total, kind).extend(more)
    _print_row("all", total)
    return 0 if _print_survivors(total, time.monotonic() - started) else 1


def _print_row(name: str, outcome: Outcome) -> None:
    killed, too_slow, survived = map(len, (outcome.killed, outcome.too_slow, outcome.survived))
    count = killed + too_slow + survived
    share = 100 * (killed + too_slow) / max(count, 1)
    print(f"{name:30}{count:9}{killed:9}{too_slow:10}{survived:10}{share:8.1f} %", flush=True)


def _print_survivors(total: Outcome, seconds: float) -> bool:
    """Prints who survived; returns whether that is well."""
    names = {str(mutant) for mutant in total.survived}
    unlisted = sorted(names - set(EQUIVALENT))
    for name in sorted(names & set(EQUIVALENT)):
        print(f"\nequivalent: {name}\n    {EQUIVALENT[name]}")
    for name in unlisted:
        print(f"\nSURVIVED: {name}")
    stale = sorted(set(EQUIVALENT) & {str(mutant) for mutant in (*total.killed, *total.too_slow)})
    for name in stale:
        print(f"\nlisted as equivalent, but killed: {name}")
    count = sum(map(len, vars(total).values()))
    killed = count - len(total.survived)
    print(
        f"\n{killed} of {count} mutants killed ({100 * killed / max(count, 1):.1f} %) in {seconds:.0f} s; "
        f"{len(names) - len(unlisted)} survivors are equivalent, {len(unlisted)} are not"
    )
    return not unlisted and not stale and killed >= LEAST_KILLED * count


if __name__ == "__main__":
    sys.exit(main())
