from __future__ import annotations

import json
import re
import shutil
import sys
import weakref
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from multihead_at.config import Config
from multihead_at.documents import mentions_from_bio, read_documents
from multihead_at.encoding import CorpusVocabularies
from multihead_at.errors import InputError
from multihead_at.pictures import write_file_page, write_run_pages
from multihead_at.pictures.box import Box
from multihead_at.pictures.drawing import Drawing
from multihead_at.pictures.extractions_page import format_extractions
from multihead_at.pictures.pictured_document import PicturedDocument
from multihead_at.scoring import score


def pages_of(run: Path, output: Path, **options: object) -> dict[str, str]:
    """The pages of a run by name."""
    options = {"gold": run / "gold.txt", "data_dir": run, **options}
    written = write_run_pages([run], output, **options)  # type: ignore[arg-type]
    return {path.name: path.read_text(encoding="utf-8") for path in written}


class Table(HTMLParser):
    """The rows of all tables of a page, by caption and name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, dict[str, list[str]]] = {}
        self._cells: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        if tag == "tr":
            self._cells = []

    def handle_endtag(self, tag: str) -> None:
        self._open = ""
        if tag == "tr":
            list(self.rows.values())[-1][self._cells[0]] = self._cells[1:]

    def handle_data(self, data: str) -> None:
        if self._open == "caption":
            self.rows[data] = {}
        elif self._open in ("th", "td"):
            self._cells.append(data)


def test_three_pages_that_know_one_another(run: Path, tmp_path: Path) -> None:
    pages = pages_of(run, tmp_path / "pages")
    assert list(pages) == ["extractions-test.html", "errors-test.html", "curves.html"]
    for name, page in pages.items():
        assert set(re.findall(r'<a href="([^#"]+)"', page)) == pages.keys() - {name}


def test_the_same_files_give_the_same_pages(run: Path, tmp_path: Path) -> None:
    assert pages_of(run, tmp_path / "one") == pages_of(run, tmp_path / "two")


def test_a_page_does_not_tell_where_it_was_made(run: Path, tmp_path: Path) -> None:
    for page in pages_of(run, tmp_path / "pages").values():
        assert str(tmp_path) not in page


def test_tables_say_what_the_scorer_says(run: Path, tmp_path: Path) -> None:
    gold, predicted = read_documents(run / "gold.txt"), read_documents(run / "predictions-test.txt")
    labels = CorpusVocabularies.collect([*gold, *predicted])
    scores = score(
        gold, predicted, "strict", classes=labels.entity_classes.symbols, relations=labels.relations.symbols
    )
    rows = Table(pages_of(run, tmp_path / "pages")["errors-test.html"]).rows
    assert list(rows) == [
        "entities by type",
        "entities by tokens",
        "relations by label",
        "relations by tokens between",
    ]
    for caption, micro, classes in (
        ("entities by type", scores.entity_micro, scores.entity),
        ("entities by tokens", scores.entity_micro, {}),
        ("relations by label", scores.relation_micro, scores.relation),
        ("relations by tokens between", scores.relation_micro, {}),
    ):
        for name, one in {**classes, "all": micro}.items():
            if name in rows[caption]:
                cells = rows[caption][name]
                right, missing, false = cells[2], cells[3], cells[7]
                counted = (one.true_positives, one.false_negatives, one.false_positives)
                assert (right, missing, false) == tuple(map(str, counted))
                figures = (one.precision, one.recall, one.f1)
                assert cells[-3:] == [f"{100 * figure:.1f}" for figure in figures]
                # What went wrong adds up to the false ones.
                assert sum(map(int, cells[4:7])) == one.false_negatives
                assert sum(map(int, cells[8:11])) == one.false_positives


def test_where_the_runs_own_figures_are_others_the_page_says_so(run: Path, tmp_path: Path) -> None:
    result = {"test": {"entity_f1": 99.0, "relation_f1": 98.0}}
    (run / "result.json").write_text(json.dumps(result), encoding="utf-8")
    page = pages_of(run, tmp_path / "pages")["errors-test.html"]
    assert "The run's result says entity 99.00 / relation 98.00." in page


def test_a_result_of_figures_that_are_none(run: Path, tmp_path: Path) -> None:
    result = {"test": {"entity_f1": 10**400, "relation_f1": 98.0}}
    (run / "result.json").write_text(json.dumps(result), encoding="utf-8")
    with pytest.raises(InputError, match=r"result\.json: test: expected entity_f1 and relation_f1"):
        pages_of(run, tmp_path / "pages")


def test_only_the_first_documents_are_drawn_and_all_are_counted(run: Path, tmp_path: Path) -> None:
    whole = pages_of(run, tmp_path / "whole")
    pages = pages_of(run, tmp_path / "pages", most=2)
    assert "The first 2 of 7 documents are shown" in pages["extractions-test.html"]
    assert "The first 2 of 6 documents with errors are shown" in pages["errors-test.html"]
    assert pages["errors-test.html"].count("<article") == 2
    assert Table(pages["errors-test.html"]).rows == Table(whole["errors-test.html"]).rows


def test_gold_documents_are_found_in_the_runs_corpus(run: Path, tmp_path: Path) -> None:
    config = Config(**{f"filename_{split}": str(run / "gold.txt") for split in ("train", "dev", "test")})  # type: ignore[arg-type]
    (run / "flags.json").write_text(json.dumps(config.to_dict()), encoding="utf-8")
    assert pages_of(run, tmp_path / "one", gold=None) == pages_of(run, tmp_path / "two")


def test_the_page_of_a_file(run: Path, tmp_path: Path) -> None:
    (path,) = write_file_page(run / "predictions-test.txt", tmp_path / "made")
    assert path == tmp_path / "made" / "extractions-predictions-test.html"
    documents = read_documents(run / "predictions-test.txt")
    entities = sum(len(mentions_from_bio(document.tags)) for document in documents)
    assert f"predictions-test.txt: 7 documents, {entities} entities, " in path.read_text(encoding="utf-8")


def test_no_more_documents_are_held_than_are_shown() -> None:
    made: list[weakref.ref[PicturedDocument]] = []
    held = []

    def documents() -> Iterator[PicturedDocument]:
        for number in range(40):
            document = PicturedDocument(str(number), (("", Drawing("Velm", (Box("Loc", 0, 4),), ())),))
            made.append(weakref.ref(document))
            held.append(sum(reference() is not None for reference in made))
            yield document
            del document

    page = format_extractions("x", documents(), most=3)
    assert "x: 40 documents, 40 entities, 0 relations" in page
    assert page.count("<article") == 3
    # One more that comes, and one that is only about to go.
    assert max(held) <= 3 + 2


def test_gold_of_other_documents_is_refused_and_nothing_written(run: Path, tmp_path: Path) -> None:
    gold = (run / "gold.txt").read_text(encoding="utf-8").replace("Velm", "Tarn")
    (run / "gold.txt").write_text(gold, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold and predictions must be of one file"):
        pages_of(run, tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_without_the_corpus_it_says_what_can_be_done(run: Path, tmp_path: Path) -> None:
    (run / "gold.txt").unlink()
    with pytest.raises(InputError, match=r"--pages=extractions,curves needs none"):
        pages_of(run, tmp_path / "pages", gold=None)


def test_gold_of_another_file_must_be_named(run: Path, tmp_path: Path) -> None:
    shutil.copy(run / "predictions-test.txt", run / "predictions-mine.txt")
    with pytest.raises(InputError, match="--gold=FILE"):
        pages_of(run, tmp_path / "pages", gold=None, split="mine", pages=["errors"])


def test_without_matplotlib_it_says_what_can_be_done(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'multihead_at\[plots\]'"):
        pages_of(run, tmp_path / "pages", pages=["errors", "curves"])
    assert not (tmp_path / "pages").exists()


def test_without_matplotlib_there_are_the_other_pages(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.warns(UserWarning, match="curves are left out: they need matplotlib"):
        pages = pages_of(run, tmp_path / "pages")
    assert list(pages) == ["extractions-test.html", "errors-test.html"]
    for name, page in pages.items():
        assert set(re.findall(r'<a href="([^#"]+)"', page)) == pages.keys() - {name}


def test_no_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected the folder of a run"):
        write_run_pages([tmp_path], tmp_path / "pages", data_dir=tmp_path)
