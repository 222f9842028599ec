"""The examples of the Python interface."""

from __future__ import annotations

import doctest
from pathlib import Path

import multihead_at
from multihead_at.extraction import extractor


def test_the_examples_show_what_happens(bio_run: Path, ec_run: Path) -> None:
    names = {"multihead_at": multihead_at, "bio_run": bio_run, "ec_run": ec_run}
    runner = doctest.DocTestRunner()
    for test in doctest.DocTestFinder(recurse=False).find(extractor.Extractor, globs=names):
        assert test.examples
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
