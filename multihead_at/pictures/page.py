"""The frame of every page: one file, with all that it needs inside."""

from __future__ import annotations

import base64
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from multihead_at.pictures.html_element import append, element, format_html

_HERE = Path(__file__).resolve().parent

Link = tuple[str, str]
"""Text and file name."""


def format_page(
    title: str,
    lead: str,
    body: Sequence[ET.Element],
    *,
    remarks: Sequence[str] = (),
    links: Sequence[Link] = (),
) -> str:
    """Writes a page that opens from disk: style and script inside, nothing fetched from anywhere.

    The browser is told to run this script only, and to fetch nothing: a document that held code could do
    nothing even if it were not escaped.

    Args:
        title: of the page.
        lead: what stands below it.
        body: the page's parts.
        remarks: what the reader must know, above the parts.
        links: to pages beside this one; a page without a file name is this one.
    """
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content="multihead_at"),
        element("title", title),
    )
    header = element("header", element("h1", title), element("p", lead, class_="lead"))
    if len(links) > 1:
        append(header, [_navigation(links)])
    append(header, [element("p", remark, class_="remark") for remark in remarks])
    main = element("main")
    append(main, body)
    # Their text is no text of a document, and would not be style and script any more if it were changed.
    style_element, script_element = ET.Element("style"), ET.Element("script")
    style_element.text, script_element.text = style, script
    head.append(style_element)
    page = element("html", head, element("body", header, main, script_element), lang="en")
    return f"<!DOCTYPE html>\n{format_html(page)}\n"


def _navigation(links: Sequence[Link]) -> ET.Element:
    navigation = element("nav")
    for text, file in links:
        link = element("a", text, href=file) if file else element("span", text, aria_current="page")
        append(navigation, [link, " "])
    return navigation
