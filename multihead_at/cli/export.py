"""The command `export`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.export_flags import EXPORT_FLAGS
from multihead_at.cli.model_check import check_threshold
from multihead_at.cli.run_folder import require_run
from multihead_at.config import check_setting
from multihead_at.errors import InputError


def _export(given: Mapping[str, Any]) -> None:
    for name in ("run", "output"):
        if not given.get(name):
            raise InputError(f"--{name}=DIR is needed: expected both --run=DIR and --output=DIR")
    check_threshold(given)
    if given.get("version", 1) < 1:
        raise InputError(f"version: expected at least 1, received {given['version']}")
    if "filename_embeddings" in given:
        check_setting("filename_embeddings", given["filename_embeddings"])
    run_folder = Path(given["run"])
    require_run(run_folder)
    data_dir = data_folder(given)

    from multihead_at.export import export_run

    options = {name: given[name] for name in ("threshold", "version", "overwrite") if name in given}
    exported = export_run(
        run_folder,
        given["output"],
        data_dir=data_dir,
        filename_embeddings=given.get("filename_embeddings"),
        **options,
    )
    size = sum(file.stat().st_size for file in exported.rglob("*") if file.is_file())
    print(f"SavedModel: {exported} ({size / 1e6:.0f} MB)")


EXPORT = Command(
    name="export",
    summary="Write a trained run as a SavedModel, which needs TensorFlow and nothing else.",
    explanation=(
        "It takes text or tokens and gives entities and relations, with all of the run's word vectors "
        "inside: in any program with TensorFlow, in TensorFlow Serving, or by predict. docs/serving.md tells "
        "its inputs and outputs. A model trained with EC takes tokens and the boundaries of entities."
    ),
    groups=EXPORT_FLAGS,
    run=_export,
)
