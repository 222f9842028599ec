"""The benchmarks' rows as the tables of the pages in docs/.

    python -m benchmarks.tables [--results=benchmarks/results] [--page=docs/speed.md]

Prints the Markdown tables of the rows found there; with --page, writes each in its place in that page:
between `<!-- table: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[dict[str, Any]]

_TIMES = "\N{MULTIPLICATION SIGN}"
_PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", default="benchmarks/results", metavar="DIR")
    parser.add_argument("--page", metavar="FILE", help="writes the tables in their places there")
    flags = parser.parse_args()
    tables = read_tables(Path(flags.results))
    if flags.page:
        page = Path(flags.page)
        page.write_text(fill(page.read_text(encoding="utf-8"), tables), encoding="utf-8")
        return
    for name, table in tables.items():
        print(f"{name}\n\n{table}")


def read_tables(folder: Path) -> dict[str, str]:
    """Returns the Markdown table of each benchmark whose rows are in `folder`."""
    tables = {}
    for name, lay_out in _LAYOUTS.items():
        path = folder / f"{name}.json"
        if path.exists():
            tables[name] = _markdown(lay_out(json.loads(path.read_text(encoding="utf-8"))["rows"]))
    return tables


def fill(page: str, tables: dict[str, str]) -> str:
    """Returns the page with each table in its place."""
    return _PLACE.sub(lambda found: f"{found[1]}{tables[found[2]]}{found[3]}", page)


def _train_step(rows: Rows) -> list[list[str]]:
    lines = [
        [
            "sentences a step",
            "AT",
            "tags",
            "plain Keras",
            "this project",
            "ratio",
            "tracing: plain Keras",
            "this",
        ]
    ]
    plain = {_setting(row): row for row in rows if row["model"] == "keras"}
    for row in rows:
        if row["model"] == "ours":
            base = plain[_setting(row)]
            lines.append(
                [
                    str(row["batch_size"]),
                    "yes" if row["adversarial"] else "no",
                    "BIO + CRF" if row["ner_loss"] == "crf" else "softmax",
                    f"{base['cpu_seconds_per_epoch']:.1f}",
                    f"{row['cpu_seconds_per_epoch']:.2f}",
                    f"**{row['keras / this']:.1f}{_TIMES}**",
                    f"{base['tracing_and_warm_up']:.0f} s",
                    f"{row['tracing_and_warm_up']:.1f} s",
                ]
            )
    return lines


def _setting(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["batch_size"], row["adversarial"], row["ner_loss"]


def _inference(rows: Rows) -> list[list[str]]:
    lines = [["sentences a call", "plain Keras", "this project", "ratio"]]
    for plain, ours in zip(rows[::2], rows[1::2]):
        rates = [f"{row['sentences_per_cpu_second']:.0f}" for row in (plain, ours)]
        lines.append([str(ours["batch_size"]), *rates, f"**{ours['this / keras']:.1f}{_TIMES}**"])
    return lines


def _memory(rows: Rows) -> list[list[str]]:
    lengths = sorted({row["length"] for row in rows})
    lines = [["tokens in the document", *map(str, lengths)]]
    for mode, name in (("train", "training with AT, MB"), ("predict", "prediction, MB")):
        found = {row["length"]: row["mb_above_base"] for row in rows if row["mode"] == mode}
        lines.append([name, *(f"{found[length]:.0f}" for length in lengths)])
    return lines


def _start_up(rows: Rows) -> list[list[str]]:
    return [["", "seconds"], *([f"`{row['what']}`", f"{row['seconds']:.1f}"] for row in rows)]


def _side_by_side(rows: Rows) -> list[list[str]]:
    sizes = sorted({row["batch_size"] for row in rows})
    rates = {(row["what"], row["batch_size"]): f"{row['sentences_per_second']:.0f}" for row in rows}
    settings = list(dict.fromkeys(row["what"] for row in rows))
    head = ["sentences a second, all runs together", *(f"{size} a step" for size in sizes)]
    return [head, *([what, *(rates[what, size] for size in sizes)] for what in settings)]


def _time_to_score(rows: Rows) -> list[list[str]]:
    lines = [
        [
            "setting",
            "preset",
            "runs",
            "best dev F1",
            "to reach",
            "reached",
            "median CPU s",
            "ratio",
            "difference [95 %]",
        ]
    ]
    base = None
    for row in rows:
        bound = "≥ " if row["at_least"] else ""
        if row["preset"] == "faithful":
            base, ratio, difference = bound, "1", ""
        else:
            ratio = f"**{base}{row['faithful / this']:.1f}{_TIMES}**"
            difference = f"{row['difference']:+.2f} [{row['low']:.2f}, {row['high']:.2f}]"
        lines.append(
            [
                {"bio-at": "BIO + AT", "ec-at": "EC + AT"}[row["setting"]],
                row["preset"],
                str(row["runs"]),
                f"{row['best_dev']:.2f} ± {row['sd']:.2f}",
                f"{row['target']:.2f}",
                str(row["reached"]),
                f"{bound}{row['median_cpu_seconds']:.0f}",
                ratio,
                difference,
            ]
        )
    return lines


def _serving(rows: Rows) -> list[list[str]]:
    measured = [row for row in rows if "signature" in row]
    sizes = sorted({row["batch_size"] for row in measured})
    rates = {(row["signature"], row["batch_size"]): row["sentences_per_cpu_second"] for row in measured}
    lines = [["sentences a CPU second", *(f"{size} a call" for size in sizes)]]
    for signature in dict.fromkeys(row["signature"] for row in measured):
        lines.append([f"`{signature}`", *(f"{rates[signature, size]:.0f}" for size in sizes)])
    return lines


def _raw_text(rows: Rows) -> list[list[str]]:
    names = ("entity", "relation", "overall")
    figures = ([row["input"], *(f"{row[f'{name}_f1']:.2f}" for name in names)] for row in rows)
    return [["F1 (%) from", *names], *figures]


def _bulk(rows: Rows) -> list[list[str]]:
    lines = [["through", "records", "spoilt", "answered", "put aside", "records a CPU second", "peak MB"]]
    for row in rows:
        counts = (f"{row[name]:,}" for name in ("records", "spoilt", "out", "put_aside"))
        rate = f"{row['records_per_cpu_second']:.0f}"
        lines.append([_WAYS[row["through"]], *counts, rate, f"{row['peak_mb']:.0f}"])
    return lines


_WAYS = {"predict": "`predict`", "beam": "`bulk`, 2 processes"}

_LAYOUTS: dict[str, Callable[[Rows], list[list[str]]]] = {
    "train_step": _train_step,
    "inference": _inference,
    "memory": _memory,
    "start_up": _start_up,
    "side_by_side": _side_by_side,
    "time_to_score": _time_to_score,
    "serving": _serving,
    "raw_text": _raw_text,
    "bulk": _bulk,
}


def _markdown(lines: list[list[str]]) -> str:
    head, *body = lines
    rule = ["---", *("---:" for _ in head[1:])]
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *body))


if __name__ == "__main__":
    main()
