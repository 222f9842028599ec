"""The command `bulk`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.bulk_flags import BULK_FLAGS, BULK_FORMS
from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.model_check import check_model, check_threshold
from multihead_at.config import check_setting
from multihead_at.errors import InputError
from multihead_at.runs.model_folder import check_saved_model, find_saved_model

_NEEDED = ("model", "files", "output")
_PASSED_ON = ("threshold", "data_dir", "filename_embeddings", "overwrite")


def _bulk(given: Mapping[str, Any]) -> None:
    form = _check(given)
    options = [*_local_options(given), *given.get("beam", ())]
    # Elsewhere there may be folders that are not here.
    if _runs_here(options) or Path(given["model"]).exists():
        _check_model(given["model"], form)
    if _runs_here(options):
        data_folder(given)
    try:
        from multihead_at.bulk import run_pipeline
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] != "apache_beam":
            raise
        raise InputError("bulk needs Apache Beam: pip install 'multihead_at[beam]'") from None
    if _runs_here(options) and given.get("workers", 1) > 1:
        _try_model(given)
    # It warns, for each worker process, of options that it has itself given it.
    logging.getLogger("apache_beam.runners.portability.local_job_service").setLevel(logging.ERROR)
    errors = given.get("errors", f"{given['output']}.errors")
    counts = run_pipeline(
        given["model"],
        inputs=given["files"],
        output=given["output"],
        errors=errors,
        form=form,
        options=options,
        **{name: given[name] for name in _PASSED_ON if name in given},
    )
    if counts.extracted is not None:
        print(f"{counts.extracted} records extracted to {given['output']}-*.jsonl")
    if counts.bad:
        print(f"{counts.bad} records put aside in {errors}-*.jsonl")


def _check(given: Mapping[str, Any]) -> str:
    """The form of the input; refuses flags that are missing or wrong."""
    for name in _NEEDED:
        if name not in given:
            raise InputError(f"--{name} is needed")
    form = given.get("input", "jsonl")
    if form not in BULK_FORMS:
        raise InputError(f"input: expected {' or '.join(BULK_FORMS)}, received {form!r}")
    check_threshold(given)
    if "filename_embeddings" in given:
        check_setting("filename_embeddings", given["filename_embeddings"])
    return str(form)


def _check_model(model_dir: str, form: str) -> None:
    """Tells in one line what a worker would tell in a traceback, after the pipeline's start."""
    check_model(model_dir, form, BULK_FORMS)
    saved_model = find_saved_model(model_dir)
    if saved_model is not None:
        check_saved_model(saved_model)


def _try_model(given: Mapping[str, Any]) -> None:
    """Loads the model once here: each worker process of Beam's prints a traceback where it cannot."""
    from multihead_at.extraction import load
    from multihead_at.training.tensorflow_setup import prepare_tensorflow

    # As each worker: one worker is this process.
    prepare_tensorflow(1)
    load(
        given["model"], **{name: given[name] for name in ("data_dir", "filename_embeddings") if name in given}
    )


def _local_options(given: Mapping[str, Any]) -> list[str]:
    """Beam's own names for the processes of its local runner."""
    workers = given.get("workers", 1)
    if workers < 1:
        raise InputError(f"workers: expected at least 1, received {workers}")
    if workers == 1:
        return []
    return [f"--direct_num_workers={workers}", "--direct_running_mode=multi_processing"]


def _runs_here(options: list[str]) -> bool:
    """Whether Beam's local runner is taken, as it is unless another one is named."""
    return not any(option.startswith("--runner") and "Direct" not in option for option in options)


BULK = Command(
    name="bulk",
    summary="Extract from any amount of text on many cores or machines (Apache Beam).",
    explanation=(
        "Reads shards of JSON lines or of sentences, and writes shards of JSON lines, as `predict` does, in "
        "no order. A record without an id gets one made of its text. Records that cannot be read are put "
        "aside. Runs here in --workers processes, and unchanged on Flink, Spark or Dataflow by --beam."
    ),
    groups=BULK_FLAGS,
    run=_bulk,
)
