"""The server of files that the tests of datasets have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

from file_server import FileServer, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A server of files, asked without any proxy."""
    monkeypatch.setenv("no_proxy", "*")
    with serving() as running:
        yield running
