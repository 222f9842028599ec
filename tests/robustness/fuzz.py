"""Fuzzes a reader, guided by coverage; needs atheris (`pip install ".[fuzz]"`).

    python tests/robustness/fuzz.py five-column --seconds=600

The fuzzer starts from files that the reader takes, and changes one at a time so that it reaches new code.
As for `mutations.py`, an input must be taken or refused with its place, within 2 seconds and 500 megabytes.
The exit status is 0 when nothing else happens; of each place where something escapes the first input is
printed.
`fuzz_readers.py` does this for all readers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()
with atheris.instrument_imports(include=["multihead_at"]):
    from mutations import Outcome, read_one
    from readers import Files, Reader, make_readers

_LONGEST = 4096
_STUCK_AFTER = 60
_NEEDS_TENSORFLOW = ("input-", "run-folder")


class _Fuzzing:
    """What is done with the fuzzer's bytes, and for how long.

    The first byte says which file of which seed the others replace.

    Args:
        reader: reads them.
        seconds: after which the figures are printed and the process ends.
        folder: is deleted then.
    """

    def __init__(self, reader: Reader, seconds: float, folder: str) -> None:
        self._reader = reader
        self._slots = [(files, name) for files in reader.seeds() for name in sorted(files)]
        self._seconds = seconds
        self._folder = folder
        self._until = time.monotonic() + seconds
        self._outcome = Outcome()
        self._inputs = 0
        self._escapes: dict[str, str] = {}

    @property
    def longest_seed(self) -> int:
        """How many bytes it has."""
        return max(len(files[name]) for files, name in self._slots)

    def write_seeds(self, folder: Path) -> None:
        """Writes what the fuzzer begins with."""
        for number, (files, name) in enumerate(self._slots):
            (folder / str(number)).write_bytes(bytes([number]) + files[name])

    def write_dictionary(self, path: Path) -> None:
        """Writes the reader's tokens as the fuzzer reads them."""
        escaped = ("".join(rf"\x{byte:02x}" for byte in token) for token in self._reader.tokens)
        path.write_text("".join(f'"{token}"\n' for token in escaped), encoding="ascii")

    def read(self, data: bytes) -> None:
        """Reads one input; ends the process when the time is over."""
        if time.monotonic() > self._until:
            self._end()
        if not data:
            return
        files, name = self._slots[data[0] % len(self._slots)]
        changed: Files = {**files, name: data[1:]}
        read_one(self._reader, changed, self._outcome)
        self._inputs += 1
        for escape in self._outcome.escapes:
            # By the last lines of the traceback: where it came from.
            self._escapes.setdefault("\n".join(escape.splitlines()[-4:]), escape)
        self._outcome.escapes.clear()

    def _end(self) -> None:
        print(
            f"{self._reader.name}: {self._inputs} executions in {self._seconds:.0f} s, {self._outcome.taken} "
            f"taken, {self._outcome.refused} refused, {len(self._escapes)} escapes, slowest "
            f"{self._outcome.slowest:.2f} s"
        )
        for escape in self._escapes.values():
            print(f"\n{escape}")
        sys.stdout.flush()
        shutil.rmtree(self._folder)
        # The fuzzer never returns.
        os._exit(1 if self._escapes else 0)


def main() -> None:
    """Does what the command line asks for; ends the process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("reader", help="which reader")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long [600]")
    options = parser.parse_args()
    readers = make_readers()
    if options.reader not in readers:
        parser.error(f"expected one of {', '.join(readers)}. Received: {options.reader}")
    if options.reader.startswith(_NEEDS_TENSORFLOW):
        with atheris.instrument_imports(include=["multihead_at"]):
            import multihead_at.extraction  # noqa: F401

    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        fuzzing = _Fuzzing(readers[options.reader], options.seconds, folder)
        fuzzing.write_seeds(seeds)
        dictionary = Path(folder, "dictionary")
        fuzzing.write_dictionary(dictionary)
        flags = [
            f"-dict={dictionary}",
            f"-max_len={max(_LONGEST, 2 * fuzzing.longest_seed)}",
            # For code in C that hears of no other limit.
            f"-timeout={_STUCK_AFTER}",
            "-rss_limit_mb=4096",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *flags, str(seeds)], fuzzing.read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
