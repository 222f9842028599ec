"""Pictures of the benchmarks' rows: time against sentences a step, memory against document length.

    python -m benchmarks.plots [--results=benchmarks/results]

Reads `train_step.json` and `memory.json` there, and writes `train_step.svg` and `memory.svg` beside them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
# The same rows give the same file.
mpl.rcParams["svg.hashsalt"] = "benchmarks"

from matplotlib import pyplot as plt  # noqa: E402
from matplotlib.ticker import ScalarFormatter  # noqa: E402

# Told apart by those who see fewer colours, too (Okabe and Ito).
_COLOURS = {"keras": "#D55E00", "ours": "#0072B2", "train": "#0072B2", "predict": "#009E73"}
_NAMES = {
    "keras": "plain Keras",
    "ours": "this project",
    "train": "training with AT",
    "predict": "prediction",
}


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", default="benchmarks/results", metavar="DIR")
    folder = Path(parser.parse_args().results)
    _draw_training(_rows(folder / "train_step.json"), folder / "train_step.svg")
    _draw_memory(_rows(folder / "memory.json"), folder / "memory.svg")


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return rows


def _draw_training(rows: list[dict[str, Any]], path: Path) -> None:
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), sharey=True)
    for axis, adversarial in zip(axes, (True, False)):
        for model in ("keras", "ours"):
            for ner_loss, style in (("crf", "o-"), ("softmax", "s--")):
                chosen = [
                    row
                    for row in rows
                    if (row["model"], row["adversarial"], row["ner_loss"]) == (model, adversarial, ner_loss)
                ]
                axis.plot(
                    [row["batch_size"] for row in chosen],
                    [row["cpu_seconds_per_epoch"] for row in chosen],
                    style,
                    color=_COLOURS[model],
                    label=f"{_NAMES[model]}, {'BIO + CRF' if ner_loss == 'crf' else 'EC + softmax'}",
                )
        axis.set_title("with AT" if adversarial else "without AT")
        axis.set_xlabel("sentences a step")
        axis.set_xscale("log", base=2)
        axis.set_yscale("log")
        for side in (axis.xaxis, axis.yaxis):
            side.set_major_formatter(ScalarFormatter())
        axis.grid(which="both", alpha=0.3)
    axes[0].set_ylabel("CPU seconds an epoch")
    axes[1].legend(fontsize=8)
    _save(figure, path)


def _draw_memory(rows: list[dict[str, Any]], path: Path) -> None:
    figure, axis = plt.subplots(figsize=(5, 3.6))
    for mode in ("train", "predict"):
        chosen = [row for row in rows if row["mode"] == mode]
        axis.plot(
            [row["length"] for row in chosen],
            [row["mb_above_base"] for row in chosen],
            "o-",
            color=_COLOURS[mode],
            label=_NAMES[mode],
        )
    axis.set_xlabel("tokens in the document")
    axis.set_ylabel("MB above the loaded model")
    axis.set_ylim(bottom=0)
    axis.grid(alpha=0.3)
    axis.legend()
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    print(path)


if __name__ == "__main__":
    main()
