"""The locks hold what setup.py asks for."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import setuptools  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)
_MARKERS = [
    {"python_version": short, "python_full_version": f"{short}.9"} for short in ("3.9", "3.10", "3.11")
]


def pins(name: str) -> list[tuple[Requirement, Version]]:
    """Each pinned package, with where it is pinned."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return [
        (Requirement(f"{package}{f' ; {marker}' if marker else ''}"), Version(version))
        for package, version, marker in _PIN.findall(text)
    ]


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What setup.py asks for, with the extras that are locked."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(setuptools, "setup", lambda **arguments: given.update(arguments))
    monkeypatch.chdir(ROOT)
    runpy.run_path(str(ROOT / "setup.py"))
    needed = given["install_requires"]
    return {"run": needed, **{name: needed + given["extras_require"][name] for name in ("plots", "test")}}


@pytest.mark.parametrize("name", ["run", "plots", "test"])
@pytest.mark.parametrize("environment", _MARKERS, ids=lambda markers: markers["python_version"])
def test_every_requirement_is_pinned_within_its_bounds(
    name: str, environment: dict[str, str], asked_for: dict[str, list[str]]
) -> None:
    pinned = {
        canonicalize_name(requirement.name): version
        for requirement, version in pins(name)
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }
    for text in asked_for[name]:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate(environment):
            continue
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier


@pytest.mark.parametrize("name", ["build", "run", "plots", "test"])
def test_every_pin_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?! )", text.strip())
    assert len(entries) == len(pins(name))
    assert all("--hash=sha256:" in entry for entry in entries)
