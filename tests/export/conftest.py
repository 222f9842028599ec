"""Exported small models."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.datasets import default_data_dir
from multihead_at.export import export_run


@pytest.fixture(scope="session")
def bio_model(bio_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SavedModel of `bio_run`."""
    return export_run(bio_run, tmp_path_factory.mktemp("model") / "bio", data_dir=default_data_dir())


@pytest.fixture(scope="session")
def ec_model(ec_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SavedModel of `ec_run`."""
    return export_run(ec_run, tmp_path_factory.mktemp("model") / "ec", data_dir=default_data_dir())
