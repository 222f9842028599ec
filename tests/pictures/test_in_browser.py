"""The pages in a real browser, opened from disk.

The pictures of docs/pictures.md are taken here: `MULTIHEAD_AT_SCREENSHOTS=docs/pictures` keeps them.
"""

from __future__ import annotations

import base64
import os
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import mentions_from_bio, read_documents
from multihead_at.pictures import write_run_pages
from multihead_at.pictures.compared_document import ComparedDocument
from multihead_at.pictures.learning_curve import LearningCurve
from multihead_at.scoring.mention_relations import mention_relations

pytestmark = pytest.mark.browser

# How a browser without a screen is started; it looks nothing up of its own accord.
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_WIDTHS = (1280, 400)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in (*_ARGUMENTS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def pages(run: Path) -> dict[str, Path]:
    """The pages by name: extractions, errors, curves."""
    written = write_run_pages([run, run], run / "pages", gold=run / "gold.txt", data_dir=run)
    return {path.stem.split("-")[0]: path for path in written}


def opened(driver: Any, page: Path, width: int = 1280) -> Any:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get(page.as_uri())
    return driver


def count(driver: Any, selector: str) -> int:
    return int(driver.execute_script("return document.querySelectorAll(arguments[0]).length", selector))


def click(driver: Any, selector: str) -> None:
    driver.execute_script("document.querySelector(arguments[0]).click()", selector)


def visible(driver: Any) -> list[str]:
    """The ids of the documents that are shown."""
    return list(
        driver.execute_script(
            "return [...document.querySelectorAll('.document')].filter(one => one.offsetParent !== null)"
            ".map(one => one.querySelector('h2').textContent)"
        )
    )


@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("name", ["extractions", "errors", "curves"])
def test_a_page_opens_without_a_word_on_the_console_and_is_not_too_wide(
    driver: Any, pages: dict[str, Path], name: str, width: int
) -> None:
    opened(driver, pages[name], width)
    assert driver.get_log("browser") == []
    # The code in a document has not run.
    assert driver.title.lower().startswith(name if name != "curves" else "learning")
    page, seen = driver.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    # A scroll bar may take some of it.
    assert page <= seen <= width


@pytest.mark.parametrize("width", _WIDTHS)
def test_every_extracted_entity_has_a_box_and_every_relation_an_arc(
    driver: Any, pages: dict[str, Path], run: Path, width: int
) -> None:
    opened(driver, pages["extractions"], width)
    documents = read_documents(run / "predictions-test.txt")
    mentions = [mentions_from_bio(document.tags) for document in documents]
    relations = [mention_relations(document.heads, ones) for document, ones in zip(documents, mentions)]
    assert count(driver, ".document") == len(documents)
    assert count(driver, ".entity") == sum(map(len, mentions))
    assert count(driver, ".arc") == sum(map(len, relations))
    assert count(driver, ".relations li") == sum(map(len, relations))
    # Each has a line and an end, and a label for each line of text that it touches.
    assert count(driver, ".arc:not(:has(.tip))") == count(driver, ".arc:not(:has(text))") == 0


@pytest.mark.parametrize("width", _WIDTHS)
def test_every_error_is_drawn(driver: Any, pages: dict[str, Path], run: Path, width: int) -> None:
    opened(driver, pages["errors"], width)
    pairs = zip(read_documents(run / "gold.txt"), read_documents(run / "predictions-test.txt"))
    compared = [ComparedDocument.of(gold, predicted, "strict") for gold, predicted in pairs]
    wrong = [document for document in compared if document.errors]
    assert count(driver, ".document") == len(wrong)
    sides = [
        [
            [*document.gold_mentions.values(), *document.predicted_mentions.values()],
            [*document.gold_relations.values(), *document.predicted_relations.values()],
        ]
        for document in wrong
    ]
    for selector, place in ((".entity", 0), (".arc", 1)):
        outcomes = [outcome for side in sides for outcome in side[place]]
        assert count(driver, selector) == len(outcomes)
        for outcome in ("right", "missed", "spurious", "wrong type", "wrong boundaries", "wrong argument"):
            found = count(driver, f"{selector}.outcome-{outcome.replace(' ', '-')}")
            assert found == outcomes.count(outcome), outcome


def test_every_run_has_a_curve_in_every_panel(driver: Any, pages: dict[str, Path], run: Path) -> None:
    opened(driver, pages["curves"])
    assert count(driver, "figure svg") == 4
    assert count(driver, "tbody tr") == 2
    cells = driver.execute_script(
        "return [...document.querySelectorAll('tbody tr')].map(row => row.cells[2].textContent)"
    )
    assert cells == [str(LearningCurve.read(run, "a").best_epoch)] * 2
    lines = driver.execute_script(
        "return [...document.querySelectorAll('figure')].map(one => "
        "[...one.querySelectorAll('path')].filter(path => path.style.stroke === 'var(--c0-edge)').length)"
    )
    assert lines == [1] * 4


def test_arcs_end_on_their_boxes_and_labels_stay_on_the_page(driver: Any, pages: dict[str, Path]) -> None:
    for width in _WIDTHS:
        opened(driver, pages["extractions"], width)
        tips, labels = driver.execute_script(
            """
            const near = (tip, box) => tip.left >= box.left - 5 && tip.right <= box.right + 5
              && Math.abs(tip.bottom - box.top) <= 3;
            const tips = [], labels = [];
            for (const drawing of document.querySelectorAll(".drawing")) {
              const boxes = [...drawing.querySelectorAll(".entity")].map(one => one.getBoundingClientRect());
              const items = [...drawing.querySelectorAll(".relations li")];
              [...drawing.querySelectorAll(".arc")].forEach(arc => {
                const tip = arc.querySelector(".tip").getBoundingClientRect();
                tips.push(near(tip, boxes[items[arc.dataset.relation].dataset.tail]));
                const frame = drawing.getBoundingClientRect();
                for (const text of arc.querySelectorAll("text")) {
                  const label = text.getBoundingClientRect();
                  labels.push(label.left >= frame.left - 1 && label.right <= frame.right + 1);
                }
              });
            }
            return [tips, labels];
            """
        )
        assert tips
        assert all(tips)
        assert all(labels)


def test_labels_do_not_lie_on_one_another_nor_on_boxes(driver: Any, pages: dict[str, Path]) -> None:
    for width in _WIDTHS:
        opened(driver, pages["extractions"], width)
        overlaps = driver.execute_script(
            """
            const apart = (one, other) => one.right <= other.left || other.right <= one.left
              || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
            const found = [];
            for (const drawing of document.querySelectorAll(".drawing")) {
              const rects = [...drawing.querySelectorAll(".arc text, .entity")];
              rects.forEach((one, index) => rects.slice(index + 1).forEach(other => {
                if (!apart(one.getBoundingClientRect(), other.getBoundingClientRect()))
                  found.push([one.textContent, other.textContent]);
              }));
            }
            return found;
            """
        )
        assert overlaps == []


def test_the_filter_by_type_shows_documents_that_have_one(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["extractions"])
    everything = visible(driver)
    click(driver, ".key[data-group=relation][data-name=Live_In]")
    assert visible(driver) == ["1", "rtl", "long"]
    assert driver.execute_script("return document.querySelector('.shown').textContent") == "3 of 7 documents"
    click(driver, ".key[data-group=entity][data-name=Org]")
    assert visible(driver) == ["1", "rtl", "none", "long", "word"]
    # What was not chosen steps back.
    assert count(driver, ".document:not([hidden]) .entity:not(.dim)") == 6
    click(driver, ".clear")
    assert visible(driver) == everything
    assert count(driver, ".dim") == 0
    assert count(driver, ".arc") == count(driver, ".relations li")


def test_the_filter_by_error(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["errors"])
    click(driver, ".key[data-group=outcome][data-name='wrong type']")
    assert visible(driver) == ["<b>2</b>", "wide"]
    click(driver, ".key[data-group=relation][data-name=Kill]")
    assert visible(driver) == ["wide"]


def test_the_search_looks_into_texts_and_ids(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["extractions"])
    box = driver.find_element("css selector", ".search input")
    for words, found in (("VELM", ["1", "<b>2</b>", "long", "word"]), ("東京", ["wide"]), ("none", ["none"])):
        box.clear()
        box.send_keys(words)
        assert visible(driver) == found


def test_without_the_script_relations_are_lists(driver: Any, pages: dict[str, Path]) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(driver, pages["extractions"])
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert count(driver, ".arc") == 0
    item = driver.find_element("css selector", ".relations li")
    assert item.text == "Ada Brook \N{EM DASH} Live_In \N{RIGHTWARDS ARROW} Velm"
    assert item.is_displayed()
    assert not driver.find_element("css selector", ".search label").is_displayed()


def test_both_modes_have_their_colours(driver: Any, pages: dict[str, Path]) -> None:
    grounds = []
    for mode in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": mode}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        opened(driver, pages["curves"])
        grounds.append(driver.execute_script("return getComputedStyle(document.body).backgroundColor"))
        ink, text = driver.execute_script(
            "return [document.body, document.querySelector('figure svg text')]"
            ".map(one => getComputedStyle(one))"
            ".map((style, index) => index ? style.fill : style.color)"
        )
        assert ink == text
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert grounds == ["rgb(255, 255, 255)", "rgb(15, 19, 23)"]


# Below which element a picture ends: none is cut through. The curves are the whole page.
_LAST_SHOWN = {
    "extractions": ".document:nth-of-type(6)",
    "errors": ".document:nth-of-type(2)",
    "curves": "main > :last-child",
}


@pytest.fixture(scope="module")
def sample_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a run on the sample corpus; its curves lie over those of a run with given boundaries."""
    folder = tmp_path_factory.mktemp("sample")
    runs = [folder / "sample-bio-seed1", folder / "sample-ec-seed1"]
    for run, more in zip(runs, ([], ["--ec"])):
        assert main(["train", *more, f"--output_dir={run}"]) == 0
    assert main(["pages", *(f"--run={run}" for run in runs)]) == 0
    return {path.stem.split("-")[0]: path for path in (runs[0] / "pages").glob("*.html")}


@pytest.mark.long
@pytest.mark.parametrize("name", _LAST_SHOWN)
def test_the_pictures_of_the_documentation(
    driver: Any, sample_pages: dict[str, Path], name: str, tmp_path: Path
) -> None:
    opened(driver, sample_pages[name], _WIDTHS[0])
    bottom = driver.execute_script(
        "return document.querySelector(arguments[0]).getBoundingClientRect().bottom", _LAST_SHOWN[name]
    )
    # With some of the space that the page leaves between its parts.
    height = round(bottom) + 10
    clip = {"x": 0, "y": 0, "width": _WIDTHS[0], "height": height, "scale": 1}
    taken = driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
    picture = base64.b64decode(taken["data"])
    assert struct.unpack(">II", picture[16:24]) == (_WIDTHS[0], height)
    folder = Path(os.environ.get("MULTIHEAD_AT_SCREENSHOTS") or tmp_path)
    (folder / f"{name}.png").write_bytes(picture)
