"""A copy of the checkout, whose scripts find an environment that is ready: this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent
CHECKOUT_FOLDERS = (
    "benchmarks",
    "data/sample",
    "docs",
    "flags",
    "multihead_at",
    "requirements",
    "results",
    "scripts",
    "tests",
)
"""The folders of a clone that are not made by working in it."""


def copy_checkout(folder: Path) -> None:
    """Copies what a clone has into a folder that is not there yet."""
    for name in CHECKOUT_FOLDERS:
        shutil.copytree(_CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for pattern in ("*.py", "*.sh", "*.md", "*.toml", "data/*.py"):
        for path in _CHECKOUT.glob(pattern):
            shutil.copy2(path, folder / path.relative_to(_CHECKOUT))
    write_environment(folder)


def write_environment(checkout: Path) -> None:
    """Makes a `.venv` that the scripts take for theirs; its Python is the one that runs the tests."""
    binaries = checkout / ".venv" / "bin"
    binaries.mkdir(parents=True)
    for name, called in (("python", ""), ("multihead-at", "-m multihead_at ")):
        script = binaries / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {called}"$@"\n', encoding="utf-8")
        script.chmod(0o755)
    (binaries / "activate").write_text(f'PATH="{binaries}:$PATH"\n', encoding="utf-8")
    checksum = subprocess.run(
        "cat setup.py requirements/*.lock | cksum",
        shell=True,
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    finished = checkout / ".venv" / "finished"
    finished.write_text(f"{checksum} in {checkout}\ntest\n", encoding="utf-8")


def variables(checkout: Path) -> dict[str, str]:
    """The environment variables of somebody who works in the copy, knows no data folder and has no cache."""
    theirs = ("MULTIHEAD_AT_DATA_DIR", "TF_CONFIG")
    return {
        **{name: value for name, value in os.environ.items() if name not in theirs},
        "PATH": f"{checkout / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(checkout),
        "MULTIHEAD_AT_CACHE_DIR": str(checkout / "cache"),
        "GENSIM_DATA_DIR": str(checkout / "gensim-data"),
    }


def run_line(checkout: Path, line: str, timeout: float = 900) -> str:
    """Runs a line in bash, in the copy, and gives what it prints; it must end well."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line],
        cwd=checkout,
        env=variables(checkout),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout
