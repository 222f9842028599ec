"""Exported small models."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def bio_model(bio_saved_model: Path) -> Path:
    """The SavedModel of `bio_run`."""
    return bio_saved_model / "1"


@pytest.fixture(scope="session")
def ec_model(ec_saved_model: Path) -> Path:
    """The SavedModel of `ec_run`."""
    return ec_saved_model / "1"
