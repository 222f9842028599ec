"""Feeds mutated files to every reader and counts what becomes of them.

    python tests/robustness/mutations.py                          10,000 inputs for each reader
    python tests/robustness/mutations.py five-column --inputs=500

An input must be taken, and then read back the same, or refused by an `InputError` that names the file and,
where there are lines, the line; within 2 seconds and 500 megabytes, which the process that reads cannot
exceed. Some inputs are blown up to a megabyte. The exit status is 0 when nothing else happens; what escapes
is printed with the input.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from limits import MEGABYTE, MOST_MEGABYTES, MOST_SECONDS, TooLong, in_a_child
from readers import Files, Reader, make_readers

from multihead_at.cli.quiet import quiet_tensorflow

_LARGE_ONE_IN = 500
_INTERESTING = (
    b"",
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b"0",
    b"-1",
    b"99999999999999999999",
)


@dataclass
class Outcome:
    """What became of a reader's inputs.

    Attributes:
        taken: how many were read.
        refused: how many were refused as they should be.
        slowest: CPU seconds of the slowest.
        megabytes: what the process has grown by.
        escapes: what else happened, with the input.
    """

    taken: int = 0
    refused: int = 0
    slowest: float = 0.0
    megabytes: int = 0
    escapes: list[str] = field(default_factory=list)


def mutate(reader: Reader, seeds: Sequence[Files], draw: random.Random, *, largest: int = MEGABYTE) -> Files:
    """One of the seeds with some bytes of one of its files changed.

    Args:
        reader: whose tokens are used.
        seeds: the reader's.
        draw: gives the same files for the same seed.
        largest: how many bytes some are blown up to.
    """
    files = dict(draw.choice(seeds))
    name = draw.choice(sorted(files))
    content = bytearray(files[name])
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        _mutate_once(content, (*reader.tokens, *_INTERESTING), draw)
    if draw.randrange(_LARGE_ONE_IN) == 0:
        content = _blown_up(content, reader.tokens, draw, largest)
    files[name] = bytes(content)
    return files


def _mutate_once(content: bytearray, tokens: tuple[bytes, ...], draw: random.Random) -> None:
    start = draw.randint(0, len(content))
    end = min(len(content), start + draw.choice((1, 2, 5, 20, 200)))
    kind = draw.randrange(7)
    if kind == 0 and content:
        content[start % len(content)] ^= 1 << draw.randrange(8)
    elif kind == 1:
        del content[start:end]
    elif kind == 2:
        content[start:start] = draw.choice(tokens)
    elif kind == 3:
        content[start:end] = draw.choice(tokens)
    elif kind == 4:
        content[start:start] = content[start:end] * draw.choice((1, 2, 50))
    elif kind == 5:
        del content[start:]
    else:
        place = draw.randint(0, len(content))
        content[place:place] = content[start:end]


def _blown_up(content: bytearray, tokens: tuple[bytes, ...], draw: random.Random, size: int) -> bytearray:
    """A piece of the content, or a token, over and over."""
    start = draw.randint(0, len(content))
    piece = bytes(content[start : start + draw.choice((1, 3, 30, 300))])
    piece = draw.choice((piece, piece, bytes(content), *tokens)) or b"x"
    place = draw.choice((0, start, len(content)))
    content[place:place] = piece * ((size - len(content)) // len(piece))
    return content


def run(
    reader: Reader,
    inputs: int,
    seed: int,
    *,
    largest: int = MEGABYTE,
    most_seconds: float = MOST_SECONDS,
) -> Outcome:
    """Reads so many mutated inputs; for `largest` see `mutate`, for `most_seconds` see `limits`."""
    draw = random.Random(f"{seed} {reader.name}")
    seeds = reader.seeds()
    mutated = (mutate(reader, seeds, draw, largest=largest) for _ in range(inputs))
    return read_all(reader, mutated, most_seconds)


def read_all(reader: Reader, inputs: Iterable[Files], most_seconds: float = MOST_SECONDS) -> Outcome:
    """Reads inputs in a process of its own; what ends it escapes too.

    What the reader needs must be loaded, which its seeds see to: loading is not the first input's time.
    """
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:

        def work(step: Callable[[], None]) -> dict[str, Any]:
            outcome = Outcome()
            before = _most_megabytes()
            for files in inputs:
                step()
                read_one(reader, files, outcome, folder, most_seconds)
            outcome.megabytes = _most_megabytes() - before
            if outcome.megabytes > MOST_MEGABYTES:
                outcome.escapes.append(f"took {outcome.megabytes} MB")
            return asdict(outcome)

        try:
            return Outcome(**in_a_child(work))
        except ChildProcessError as error:
            # What it was reading still lies there.
            left = {path.name: path.read_bytes() for path in Path(folder).glob("*/*") if path.is_file()}
            return Outcome(escapes=[f"{_shown(left)}\nthe process that read it {error}"])


def _most_megabytes() -> int:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_one(
    reader: Reader,
    files: Files,
    outcome: Outcome,
    parent: str | None = None,
    most_seconds: float = MOST_SECONDS,
) -> None:
    """Reads an input and adds what became of it.

    Args:
        reader: reads it.
        files: the input.
        outcome: is added to.
        parent: where to write the files; None: where the system keeps such.
        most_seconds: of a processor; more is an escape.
    """
    with tempfile.TemporaryDirectory(prefix="input-", dir=parent) as folder:
        try:
            taken, seconds = reader.check(Path(folder), files, most_seconds)
        except (Exception, TooLong):
            outcome.escapes.append(f"{_shown(files)}\n{traceback.format_exc(limit=-4)}")
            return
        outcome.taken += taken
        outcome.refused += not taken
    outcome.slowest = max(outcome.slowest, seconds)
    if seconds > most_seconds:
        outcome.escapes.append(f"{_shown(files)}\ntook {seconds:.1f} s")


def _shown(files: Files) -> str:
    return "\n".join(f"{name} ({len(content)} bytes): {content[:1500]!r}" for name, content in files.items())


def main() -> int:
    """Does what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("readers", nargs="*", help="which readers [all]")
    parser.add_argument("--inputs", type=int, default=10_000, help="for each reader [10000]")
    parser.add_argument("--seed", type=int, default=1, help="of the mutations [1]")
    parser.add_argument("--shown", type=int, default=3, help="escapes that are printed for each reader [3]")
    options = parser.parse_args()
    quiet_tensorflow()
    readers = make_readers()
    unknown = set(options.readers) - set(readers)
    if unknown:
        parser.error(f"expected readers out of {', '.join(readers)}. Received: {', '.join(sorted(unknown))}")
    escapes = 0
    print(
        f"{'reader':16}{'inputs':>8}{'taken':>8}{'refused':>9}{'escapes':>9}{'slowest':>10}{'memory':>10}",
        flush=True,
    )
    for name in options.readers or readers:
        outcome = run(readers[name], options.inputs, options.seed)
        escapes += len(outcome.escapes)
        print(
            f"{name:16}{options.inputs:8}{outcome.taken:8}{outcome.refused:9}{len(outcome.escapes):9}"
            f"{outcome.slowest:8.2f} s{outcome.megabytes:7} MB",
            flush=True,
        )
        for escape in outcome.escapes[: options.shown]:
            print(f"\n{escape}", flush=True)
    return 0 if escapes == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
