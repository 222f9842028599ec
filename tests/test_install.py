"""The package as others get it: installed, far from the checkout, and packed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.checkout_copy import CHECKOUT_FOLDERS

_CHECKOUT = Path(__file__).resolve().parent.parent
_FOLDERS = (".ci", *CHECKOUT_FOLDERS)

# Small enough to take seconds.
_SMALL = (
    "--nepochs=0",
    "--hidden_size_lstm=4",
    "--hidden_size_n1=4",
    "--hidden_size_char=2",
    "--batch_size=32",
    "--protocol=best",
)


def _run(
    command: Sequence[str | os.PathLike[str]], folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "MULTIHEAD_AT_DATA_DIR")
    }
    return subprocess.run(
        command, cwd=folder, env={**kept, **variables}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, as building writes into the folder; its name has a blank."""
    copy = tmp_path_factory.mktemp("a copy")
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
    for name in _FOLDERS:
        if (_CHECKOUT / name).is_dir():
            shutil.copytree(_CHECKOUT / name, copy / name, ignore=ignored)
    for pattern in ("*.py", "*.sh", "*.md", "*.toml", "*.cff", "LICENSE", "MANIFEST.in", "data/*.py"):
        for path in _CHECKOUT.glob(pattern):
            shutil.copy2(path, copy / path.relative_to(_CHECKOUT))
    return copy


@pytest.fixture(scope="module")
def python(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the copy installed, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    done = _run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
    Path(done.stdout.strip(), "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    install = [
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-build-isolation",
        "--ignore-installed",
        "--no-index",
    ]
    done = _run([python, *install, copy], folder)
    assert done.returncode == 0, done.stderr
    return python


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty working folder."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_the_command_explains_itself(python: Path, empty: Path) -> None:
    done = _run([python.with_name("multihead-at"), "--help"], empty)
    assert (done.returncode, done.stderr) == (0, "")
    assert "multihead-at train " in done.stdout


def test_package_flag_files_and_sample_are_the_installed_ones_and_whole(python: Path, empty: Path) -> None:
    program = (
        "import multihead_at, multihead_at.datasets as datasets\n"
        "print(multihead_at.__file__, datasets.flags_dir(), datasets.sample_dir(), sep='\\n')"
    )
    done = _run([python, "-c", program], empty)
    package, flags, sample = map(Path, done.stdout.splitlines())
    assert python.parent.parent in package.parents
    assert (flags, sample) == (package.parent / "flags", package.parent / "sample")
    for installed, ours in ((flags, _CHECKOUT / "flags"), (sample, _CHECKOUT / "data" / "sample")):
        assert _contents(installed) == _contents(ours)
    folds = Path("datasets", "ade_folds.txt")
    assert (package.parent / folds).read_bytes() == (_CHECKOUT / "multihead_at" / folds).read_bytes()


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".flags", ".txt")}


def test_the_tests_are_not_installed(python: Path, empty: Path) -> None:
    done = _run(
        [python, "-c", "from importlib import metadata; print(*metadata.files('multihead_at'))"], empty
    )
    installed = {Path(name).parts[0] for name in done.stdout.split()}
    assert {name for name in installed if not name.startswith("multihead_at")} <= {".."}  # ../../../bin


def test_the_sample_is_trained_and_shown_from_an_empty_folder(python: Path, empty: Path) -> None:
    command = python.with_name("multihead-at")
    cache = str(empty.parent / "cache")
    done = _run([command, "train", *_SMALL], empty, MULTIHEAD_AT_CACHE_DIR=cache)
    assert (done.returncode, done.stderr) == (0, "")
    assert "run folder: runs/sample-bio-seed1" in done.stdout
    done = _run([command, "show", "--run=runs/sample-bio-seed1"], empty)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("document ")


def test_the_source_archive_is_whole(copy: Path, python: Path, tmp_path: Path) -> None:
    program = "import sys; from setuptools import build_meta; print(build_meta.build_sdist(sys.argv[1]))"
    done = _run([python, "-c", program, tmp_path], copy)
    assert done.returncode == 0, done.stderr
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {member.name.partition("/")[2] for member in packed.getmembers() if member.isfile()}
    made = ("build/", "multihead_at.egg-info/")
    ours = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert {name for name in ours if not name.startswith(made) and "__pycache__" not in name} - names == set()
