"""Models for the pipeline: each as the folder of a run and as a SavedModel."""

from __future__ import annotations

from pathlib import Path

import pytest

FORMS = ("run", "SavedModel")


@pytest.fixture(scope="session", params=FORMS)
def bio_model(request: pytest.FixtureRequest) -> Path:
    """A model that finds entities."""
    return request.getfixturevalue("bio_run" if request.param == "run" else "bio_saved_model")


@pytest.fixture(scope="session", params=FORMS)
def ec_model(request: pytest.FixtureRequest) -> Path:
    """A model that is given where entities are."""
    return request.getfixturevalue("ec_run" if request.param == "run" else "ec_saved_model")
