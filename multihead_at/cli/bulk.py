"""The command `bulk`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from multihead_at.cli.bulk_flags import BULK_FLAGS
from multihead_at.cli.command import Command
from multihead_at.errors import InputError

_NEEDED = ("model", "files", "output")


def _bulk(given: Mapping[str, Any]) -> None:
    for name in _NEEDED:
        if name not in given:
            raise InputError(f"--{name} is needed")
    if given.get("input", "jsonl") not in ("lines", "jsonl"):
        raise InputError(f"input: expected lines or jsonl, received {given['input']!r}")
    if not 0 <= given.get("threshold", 0.5) <= 1:
        raise InputError(f"threshold: expected a number from 0 to 1, received {given['threshold']!r}")
    options = [*_local_options(given), *given.get("beam", ())]
    try:
        from multihead_at.bulk import run_pipeline
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] != "apache_beam":
            raise
        raise InputError("bulk needs Apache Beam: pip install 'multihead_at[beam]'") from None
    errors = given.get("errors", f"{given['output']}-errors")
    counts = run_pipeline(
        given["model"],
        inputs=given["files"],
        output=given["output"],
        errors=errors,
        form=given.get("input", "jsonl"),
        threshold=given.get("threshold", 0.5),
        options=options,
    )
    if counts.extracted is not None:
        print(f"{counts.extracted} records extracted to {given['output']}-*.jsonl")
    if counts.bad:
        print(f"{counts.bad} records put aside in {errors}-*.jsonl")


def _local_options(given: Mapping[str, Any]) -> list[str]:
    """Beam's own names for the processes of its local runner."""
    workers = given.get("workers", 1)
    if workers < 1:
        raise InputError(f"workers: expected at least 1, received {workers}")
    if workers == 1:
        return []
    return [f"--direct_num_workers={workers}", "--direct_running_mode=multi_processing"]


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
