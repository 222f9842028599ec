"""Fuzzes every reader, two at a time; see `fuzz.py`.

    python tests/robustness/fuzz_readers.py                    10 minutes for each reader
    python tests/robustness/fuzz_readers.py ade --seconds=60

The exit status is 0 when nothing escapes.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readers import make_readers

_FIGURES = re.compile(r"^\S+: ([0-9]+) executions .* ([0-9]+) escapes, .*$", re.MULTILINE)
_MOST_SHOWN = 5000


def main() -> int:
    """Does what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("readers", nargs="*", help="which readers [all]")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long for each [600]")
    parser.add_argument("--at-once", type=int, default=2, help="how many at a time [2]")
    options = parser.parse_args()
    readers = options.readers or list(make_readers())
    with ThreadPoolExecutor(options.at_once) as pool:
        figures = list(pool.map(lambda name: _fuzz(name, options.seconds), readers))
    executions, escapes = map(sum, zip(*figures))
    print(f"{len(readers)} readers, {executions} executions, {escapes} escapes")
    return 0 if escapes == 0 else 1


def _fuzz(reader: str, seconds: float) -> tuple[int, int]:
    """Fuzzes one reader; returns how many executions and escapes there were, and prints more."""
    command = [sys.executable, str(Path(__file__).with_name("fuzz.py")), reader, f"--seconds={seconds}"]
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    found = _FIGURES.search(ended.stdout)
    if found is None:
        # The fuzzer was ended, by an input or by something else.
        ends = (ended.stdout + ended.stderr)[-_MOST_SHOWN:]
        print(f"{reader}: no figures, exit status {ended.returncode}\n{ends}", flush=True)
        return 0, 1
    print(ended.stdout[found.start() :][:_MOST_SHOWN].rstrip(), flush=True)
    return int(found[1]), int(found[2])


if __name__ == "__main__":
    sys.exit(main())
