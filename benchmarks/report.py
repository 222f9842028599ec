"""How the benchmarks print and keep their rows."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any


def print_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """Prints rows of the same keys in aligned columns."""
    if not rows:
        return
    names = list(rows[0])
    cells = [[_text(row[name]) for name in names] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells)]
    for line in (names, *cells):
        print("  ".join(f"{text:>{width}}" for text, width in zip(line, widths)), flush=True)


def write_rows(path: str | None, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows as JSON, with the machine and the versions beside them; no path: nothing."""
    if path:
        report = {"machine": machine(), "rows": list(rows)}
        Path(path).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Processor, cores, versions and threads."""
    packages = ("tensorflow", "tensorflow-addons", "numpy")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "threads": "intra 1, inter 1",
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in packages},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    found = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return found[0] if found else platform.processor()


def _text(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
