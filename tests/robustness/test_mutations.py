"""Mutated files, a few for each reader; `mutations.py` itself takes 10,000."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from multihead_at.errors import InputError

sys.path.insert(0, str(Path(__file__).parent))

from limits import FOR_EVER
from mutations import MEGABYTE, Outcome, mutate, read_one, run
from readers import NotTheSame, Reader, make_readers

READERS = make_readers()
FEW = 100


@pytest.mark.parametrize("name", READERS)
def test_the_seeds_are_taken(tmp_path: Path, name: str) -> None:
    for number, files in enumerate(READERS[name].seeds()):
        folder = tmp_path / str(number)
        folder.mkdir()
        taken, _ = READERS[name].check(folder, files, FOR_EVER)
        assert taken


@pytest.mark.parametrize("name", READERS)
def test_mutated_files_are_taken_or_refused(name: str) -> None:
    outcome = run(READERS[name], FEW, seed=1, largest=MEGABYTE // 8, most_seconds=FOR_EVER)
    assert outcome.escapes == []
    assert outcome.taken + outcome.refused == FEW
    assert outcome.refused > 0 or name.startswith("input-")


def _reader(check: object) -> Reader:
    return Reader("made-up", lambda: ({"x": b"abc"},), check)  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [ValueError("bug"), NotTheSame("other"), InputError("which file?")])
def test_whatever_else_happens_escapes(error: Exception) -> None:
    def check(folder: Path) -> None:
        raise error

    outcome = Outcome()
    read_one(_reader(check), {"x": b"abc"}, outcome)
    assert len(outcome.escapes) == 1 and str(error) in outcome.escapes[0]


def test_the_same_seed_gives_the_same_files() -> None:
    reader = READERS["five-column"]
    one, other = (
        [mutate(reader, reader.seeds(), draw) for _ in range(20)] for draw in map(random.Random, "aa")
    )
    assert one == other
    assert len({files["x.txt"] for files in one}) > 10
