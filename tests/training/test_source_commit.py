"""The commit that a run's environment names."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from multihead_at.training.source_commit import source_commit


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ada Brook", "-c", "user.email=ada@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    return package


def test_a_checkout_has_a_commit_and_tells_of_changes(package: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=All")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert source_commit(package) == commit
    (tmp_path / "beside.txt").write_text("not of the package")
    assert source_commit(package) == commit
    (package / "__init__.py").write_text("changed = True")
    assert source_commit(package) == commit + "+"


def test_an_installed_package_has_none(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert source_commit(package) is None
    # Installed within somebody's own checkout.
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message=Theirs")
    assert source_commit(package) is None


def test_no_git(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert source_commit(package) is None
