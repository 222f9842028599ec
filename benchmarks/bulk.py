"""Extraction in bulk: sentences a CPU second, peak memory, and whether every record comes out again.

    python -m benchmarks.bulk --model=DIR [--sentences=N] [--way=NAME] [--data_dir=DIR] [--json=FILE]

The records are JSON lines with sentences of the sample corpus' grammar, one in a hundred spoilt. Each way of
extracting is a process of its own, measured from its start to its end; it is run on a tenth of the sentences
first, which tells whether memory grows with them, and what the start costs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.plain_sentence import plain_sentence
from benchmarks.report import print_table, write_rows

SPOILT_ONE_IN = 100

_SCRIPT = Path(__file__).resolve().parents[1] / "data" / "make_sample.py"


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, metavar="DIR", help="the folder of a run with BIO tags")
    parser.add_argument("--sentences", type=int, default=20_000, metavar="N", help="how many [20000]")
    parser.add_argument("--way", choices=WAYS, action="append", help="only this one [all]")
    parser.add_argument("--data_dir", help="where the run's word vectors are looked for")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    flags = parser.parse_args()
    more = [f"--data_dir={flags.data_dir}"] if flags.data_dir else []
    rows = []
    for sentences in (flags.sentences // 10, flags.sentences):
        with tempfile.TemporaryDirectory() as folder:
            records = Path(folder, "records.jsonl")
            spoilt = write_records(records, sentences)
            for way in flags.way or WAYS:
                command = WAYS[way](flags.model, records, Path(folder, way), more)
                row = {"through": way, "records": sentences, "spoilt": spoilt, **measure(command)}
                row.update(count(Path(folder, way), sentences, row["cpu_seconds"]))
                rows.append(row)
                print_table(rows[-1:])
                write_rows(flags.json, rows)


def beam_command(model: str, records: Path, output: Path, more: Sequence[str]) -> list[str]:
    """The command `bulk` in two processes, which leaves shards that begin with `output`."""
    files = [f"--files={records}", f"--output={output}", f"--errors={output}.errors", "--workers=2"]
    return [sys.executable, "-m", "multihead_at", "bulk", f"--model={model}", *files, *more]


def predict_command(model: str, records: Path, output: Path, more: Sequence[str]) -> list[str]:
    """The command `predict`, which leaves `output` and, beside it, what it has put aside."""
    files = [f"--file={records}", f"--output={output}", f"--errors={output}.errors"]
    return [
        sys.executable,
        "-m",
        "multihead_at",
        "predict",
        f"--model={model}",
        "--input=jsonl",
        *files,
        *more,
    ]


WAYS: dict[str, Callable[[str, Path, Path, Sequence[str]], list[str]]] = {
    "predict": predict_command,
    "beam": beam_command,
}
"""By name, what makes the command that leaves a line for each record in `output` or in `output.errors`, or in
shards whose names begin so."""


def write_records(path: Path, sentences: int) -> int:
    """Writes that many records, each with its number as its id; which are spoilt, `is_spoilt` tells.

    Returns:
        How many are spoilt.
    """
    draw = random.Random(1)
    spoilt = 0
    with open(path, "wb") as file:
        for number, tokens in zip(range(sentences), sample_sentences()):
            line = json.dumps({"id": number, "text": plain_sentence(tokens)[0]}).encode()
            if is_spoilt(number):
                line = draw.choice(_SPOIL)(line)
                spoilt += 1
            file.write(line + b"\n")
    return spoilt


def is_spoilt(number: int) -> bool:
    """Whether the record of that number cannot be read."""
    return number % SPOILT_ONE_IN == SPOILT_ONE_IN // 2


_SPOIL: tuple[Callable[[bytes], bytes], ...] = (
    lambda line: line[: len(line) // 2],
    lambda line: line.replace(b'"text": "', b'"text": "\xff'),
    lambda line: line.replace(b'"text"', b'"txet"'),
    lambda line: b"[" + line + b"]",
)


def sample_sentences(seed: int = 1) -> Iterator[list[str]]:
    """Sentences without end, with the names of all splits of the sample corpus."""
    sample = _make_sample()
    names = sample.all_names(random.Random(sample.SEED))
    generator = sample.Generator(
        random.Random(seed), {kind: (list(parts), list(parts)) for kind, parts in names.items()}
    )
    while True:
        yield generator.sentence().tokens


def _make_sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", _SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(command: Sequence[str]) -> dict[str, Any]:
    """Runs a command; its seconds, CPU seconds and highest resident size, its children's too (Linux)."""
    started = time.monotonic()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: ended with {process.returncode}")
    return {
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss / 1024),
    }


def count(output: Path, records: int, cpu_seconds: float) -> dict[str, Any]:
    """Counts what came out: every record must be there once, and the spoilt ones among the errors.

    One file has the records in their order and the errors' places; shards have neither.

    Raises:
        SystemExit: a record is lost, comes twice or has another id.
    """
    found = [json.loads(line)["id"] for line in _lines(output)]
    aside = [json.loads(line) for line in _lines(output.with_name(f"{output.name}.errors"))]
    expected = [number for number in range(records) if not is_spoilt(number)]
    if output.exists():
        places = [record["line"] - 1 for record in aside]
        whole = found == expected and places == [number for number in range(records) if is_spoilt(number)]
    else:
        whole = sorted(found, key=str) == sorted(expected, key=str) and len(aside) == records - len(expected)
    if not whole:
        raise SystemExit(f"{records} records in, {len(found)} out and {len(aside)} put aside: some are lost")
    per_second = round(records / cpu_seconds, 1)
    return {"out": len(found), "put_aside": len(aside), "records_per_cpu_second": per_second}


def _lines(path: Path) -> Iterator[str]:
    for part in [path] if path.exists() else sorted(path.parent.glob(f"{path.name}-*.jsonl")):
        with open(part, encoding="utf-8") as file:
            yield from file


if __name__ == "__main__":
    main()
