"""What all tests share: the settings of hypothesis, and the corpora that not every machine has."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from multihead_at.cli.quiet import quiet_tensorflow

# As the commands do: the same kernels, and nothing on the screen.
quiet_tensorflow()

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

_CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture
def data_dir() -> Path:
    """The folder of corpora and vectors: MULTIHEAD_AT_DATA_DIR, else the checkout's `data`."""
    return Path(os.environ.get("MULTIHEAD_AT_DATA_DIR") or _CHECKOUT / "data")


@pytest.fixture
def corpus_file(data_dir: Path) -> Callable[[str], Path]:
    """A function that gives a file below `data_dir`, or skips the test where it is absent."""

    def find(relative: str) -> Path:
        path = data_dir / relative
        if not path.is_file():
            pytest.skip(f"{path} is not there: point MULTIHEAD_AT_DATA_DIR at a folder with {relative}")
        return path

    return find
