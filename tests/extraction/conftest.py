"""Extractors of small models."""

from __future__ import annotations

from pathlib import Path

import pytest

import multihead_at
from multihead_at.extraction import Extractor


@pytest.fixture(scope="session")
def bio(bio_run: Path) -> Extractor:
    return multihead_at.load(bio_run)


@pytest.fixture(scope="session")
def ec(ec_run: Path) -> Extractor:
    return multihead_at.load(ec_run)
