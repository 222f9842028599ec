"""The command `pages`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.pages_flags import PAGES_FLAGS
from multihead_at.datasets import resolve_path
from multihead_at.errors import InputError

_OF_RUNS = ("pages", "split", "gold", "data_dir")


def _pages(given: Mapping[str, Any]) -> None:
    if ("run" in given) == ("file" in given):
        raise InputError("expected either --run=DIR or --file=FILE, received both or neither")
    if "file" in given:
        for name in _OF_RUNS:
            if name in given:
                raise InputError(f"--{name} is for --run=DIR: expected no such flag beside --file=FILE")
    most = given.get("documents", 500)
    if most < 1:
        raise InputError(f"documents: expected at least 1, received {most}")

    # numpy takes its time to import, which no help and no wrong flag needs.
    from multihead_at.pictures import write_file_page

    if "file" in given:
        file = Path(given["file"])
        written = write_file_page(file, Path(given.get("output_dir", file.parent)), most=most)
    else:
        written = _write_run_pages(given, most)
    for path in written:
        print(f"written: {path}")


def _write_run_pages(given: Mapping[str, Any], most: int) -> list[Path]:
    from multihead_at.pictures import PAGE_NAMES, write_run_pages

    pages = given["pages"].split(",") if "pages" in given else None
    for page in pages or ():
        if page not in PAGE_NAMES:
            raise InputError(f"pages: expected some of {', '.join(PAGE_NAMES)}, received {page!r}")
    data_dir = data_folder(given)
    runs = [Path(run) for run in given["run"]]
    return write_run_pages(
        runs,
        Path(given.get("output_dir", runs[0] / "pages")),
        pages=pages,
        split=given.get("split", "test"),
        gold=resolve_path(given["gold"], data_dir) if "gold" in given else None,
        data_dir=data_dir,
        most=most,
    )


PAGES = Command(
    name="pages",
    summary="Make HTML pages of extractions, of errors and of learning curves.",
    explanation=(
        "Each page is one file that any browser opens from disk: extractions-<split>.html (entities coloured "
        "by type, relations as arcs), errors-<split>.html (gold against predicted, by class, length and "
        "distance) and curves.html (dev F1 and loss by epoch). Made of what the run's folder holds; no model "
        "is loaded. The same files give the same pages."
    ),
    groups=PAGES_FLAGS,
    run=_pages,
)
