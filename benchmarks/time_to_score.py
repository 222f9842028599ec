"""The fast preset against the faithful setting: time to the same dev score, and the best dev score.

    python -m benchmarks.time_to_score [--results=results/preset] [--json=FILE]

Reads finished runs (`<results>/<setting>/<run>/flags.json` and `epochs.jsonl`), phase 1 only. The score to
reach is the mean of the faithful runs' best dev overall F1, less 0.3. Seconds are a run's own CPU seconds
from its first step to the end of the first epoch that reaches it, dev scoring included. A run that never does
counts as not reached, and in the median with all that it took in vain: where the median falls on such a run,
it is only a lower bound, and `at_least` says so.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from benchmarks.report import print_table, write_rows

MARGIN = 0.3


class _Time(NamedTuple):
    cpu_seconds: float
    epochs: int
    reached: bool


@dataclass(frozen=True)
class _Run:
    """Dev overall F1 (percent) and CPU seconds of each epoch of phase 1."""

    scores: list[float]
    seconds: list[float]

    @property
    def best(self) -> float:
        return max(self.scores)

    def until(self, score: float) -> _Time:
        """What it takes until a score is reached; of the whole run where it never is."""
        epochs = next((epoch for epoch, found in enumerate(self.scores, 1) if found >= score), None)
        return _Time(sum(self.seconds[:epochs]), epochs or len(self.scores), epochs is not None)


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", default="results/preset", metavar="DIR")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    flags = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for folder in sorted(path for path in Path(flags.results).iterdir() if path.is_dir()):
        both = compare(folder.name, *(_read_runs(folder, preset) for preset in ("faithful", "fast")))
        print_table(both)
        rows += both
        write_rows(flags.json, rows)


def compare(setting: str, faithful: Sequence[_Run], fast: Sequence[_Run]) -> list[dict[str, Any]]:
    """One row for each preset."""
    target = statistics.mean(run.best for run in faithful) - MARGIN
    difference, low, high = _difference([run.best for run in fast], [run.best for run in faithful])
    base = _median([run.until(target) for run in faithful]).cpu_seconds
    rows = []
    for preset, runs in (("faithful", faithful), ("fast", fast)):
        times = [run.until(target) for run in runs]
        median = _median(times)
        rows.append(
            {
                "setting": setting,
                "preset": preset,
                "runs": len(runs),
                "best_dev": round(statistics.mean(run.best for run in runs), 2),
                "sd": round(statistics.stdev(run.best for run in runs), 2),
                "target": round(target, 2),
                "reached": sum(time.reached for time in times),
                "median_epochs": median.epochs,
                "median_cpu_seconds": round(median.cpu_seconds, 1),
                "at_least": not median.reached,
                "faithful / this": round(base / median.cpu_seconds, 2),
                "difference": round(difference, 2) if preset == "fast" else 0.0,
                "low": round(low, 2) if preset == "fast" else 0.0,
                "high": round(high, 2) if preset == "fast" else 0.0,
            }
        )
    return rows


def _median(times: Sequence[_Time]) -> _Time:
    """The one in the middle, of an even number the earlier; runs that never reach the score come last."""
    return sorted(times, key=lambda time: (not time.reached, time.cpu_seconds))[(len(times) - 1) // 2]


def _difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """The difference of the means, and its 95 % interval by Welch's t."""
    result = stats.ttest_ind(np.array(ours), np.array(theirs), equal_var=False)
    interval = result.confidence_interval(0.95)
    return statistics.mean(ours) - statistics.mean(theirs), float(interval.low), float(interval.high)


def _read_runs(folder: Path, preset: str) -> list[_Run]:
    runs = []
    for path in sorted(folder.iterdir()):
        if json.loads((path / "flags.json").read_text(encoding="utf-8")).get("preset", "faithful") == preset:
            lines = (path / "epochs.jsonl").read_text(encoding="utf-8").splitlines()
            epochs = [epoch for epoch in map(json.loads, lines) if epoch["phase"] == 1]
            runs.append(
                _Run([epoch["dev_overall"] for epoch in epochs], [epoch["cpu_seconds"] for epoch in epochs])
            )
    if len(runs) < 2:
        raise SystemExit(f"{folder}: expected at least 2 runs of preset {preset}, found {len(runs)}")
    return runs


if __name__ == "__main__":
    main()
