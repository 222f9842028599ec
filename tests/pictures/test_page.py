from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

import multihead_at.pictures
from multihead_at.pictures.html_element import element
from multihead_at.pictures.page import format_page

STYLE = (Path(multihead_at.pictures.__file__).parent / "page.css").read_text(encoding="utf-8")


def test_the_browser_may_run_this_script_only_and_fetch_nothing() -> None:
    page = format_page("T", "l", [])
    (script,) = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert f'content="{policy}"' in page
    assert re.findall(r"(?:src|href)=", page) == []
    # Names of namespaces look like addresses, and are none.
    assert set(re.findall(r"https?://[^\"]+", page)) == {"http://www.w3.org/2000/svg"}


def test_title_lead_and_remarks_are_text() -> None:
    page = format_page("<T>", "<l>", [element("p", "<b>")], remarks=["<r>"])
    for text in ("T", "l", "b", "r"):
        assert f"&lt;{text}&gt;" in page


def test_links_to_the_pages_beside_it() -> None:
    page = format_page("T", "l", [], links=[("one", ""), ("two", "a b.html")])
    assert '<nav><span aria-current="page">one</span> <a href="a b.html">two</a> </nav>' in page
    assert "<nav>" not in format_page("T", "l", [], links=[("one", "")])


def colours(mode: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", {"light": light, "dark": dark}[mode]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read_and_borders_can_be_seen_by_day_and_by_night(mode: str) -> None:
    named = colours(mode)
    fills = [named[f"c{place}-fill"] for place in range(8)]
    edges = [named[f"c{place}-edge"] for place in range(8)]
    # WCAG 2: 7 for text (level AAA), 4.5 for quiet text (AA), 3 for what is no text.
    assert min(contrast(named["ink"], ground) for ground in (*fills, named["paper"], named["card"])) >= 7
    assert min(contrast(named["quiet"], named[ground]) for ground in ("paper", "card")) >= 4.5
    assert min(contrast(edge, named["card"]) for edge in edges) >= 3
    assert len({*fills}) == len({*edges}) == 8


def test_both_modes_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()
