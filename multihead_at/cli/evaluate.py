"""The command `evaluate`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.evaluate_flags import EVALUATE_FLAGS
from multihead_at.cli.run_folder import require_run
from multihead_at.config import check_setting
from multihead_at.datasets import resolve_path
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder


def _evaluate(given: Mapping[str, Any]) -> None:
    for name, expected in (("run", "DIR"), ("file", "FILE")):
        if not given.get(name):
            raise InputError(f"--{name}={expected} is needed: expected both --run=DIR and --file=FILE")
    for name in ("filename_embeddings", "evaluation_method", "decoding"):
        if name in given:
            check_setting(name, given[name])
    run_folder = Path(given["run"])
    require_run(run_folder)
    data_dir = data_folder(given)
    file = resolve_path(given["file"], data_dir)
    # Not the name of the run's own predictions: those go with its result, these may have other settings.
    output = Path(given.get("output") or RunFolder(run_folder).predictions(f"evaluated-{file.stem}"))
    if output.exists() and output.samefile(file):
        raise InputError("output: expected another file than the one to score", path=output)

    if RunFolder(run_folder).is_own(output):
        raise InputError("output: expected another file than the run's own", path=output)

    from multihead_at.scoring.table import format_scores
    from multihead_at.training import evaluate_run

    scores = evaluate_run(
        run_folder,
        file,
        output,
        data_dir=data_dir,
        filename_embeddings=given.get("filename_embeddings"),
        evaluation_method=given.get("evaluation_method"),
        decoding=given.get("decoding"),
    )
    print(format_scores(scores))
    print(f"predictions: {output}")


EVALUATE = Command(
    name="evaluate",
    summary="Score a trained run on any file and write its predictions.",
    explanation=(
        "The run's own settings are used: those in square brackets can be replaced. "
        "An output file of the same name is replaced."
    ),
    groups=EVALUATE_FLAGS,
    run=_evaluate,
)
