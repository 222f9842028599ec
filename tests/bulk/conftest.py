"""Models for the pipeline: each as the folder of a run and as a SavedModel."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.datasets import default_data_dir
from multihead_at.export import export_run

FORMS = ("run", "SavedModel")


def _in_form(form: str, run: Path, folder: Path) -> Path:
    if form == "run":
        return run
    export_run(run, folder, data_dir=default_data_dir())
    return folder


@pytest.fixture(scope="session", params=FORMS)
def bio_model(
    request: pytest.FixtureRequest, bio_run: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A model that finds entities."""
    return _in_form(request.param, bio_run, tmp_path_factory.mktemp("bulk") / "bio")


@pytest.fixture(scope="session", params=FORMS)
def ec_model(request: pytest.FixtureRequest, ec_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that is given where entities are."""
    return _in_form(request.param, ec_run, tmp_path_factory.mktemp("bulk") / "ec")
