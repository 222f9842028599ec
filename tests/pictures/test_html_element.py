from __future__ import annotations

import html
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from multihead_at.pictures.html_element import append, element, format_html, shown, svg_element

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"))


class Reader(HTMLParser):
    """Reads back what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_texts_and_elements_keep_their_order() -> None:
    made = element("p", "a", element("b", "c"), "d", None, "e", class_="x", data_type="y", title=None)
    append(made, ["f"])
    assert format_html(made) == '<p class="x" data-type="y">a<b>c</b>def</p>'


def test_a_number_is_an_attribute_too() -> None:
    assert format_html(element("td", colspan=2)) == '<td colspan="2"></td>'


@given(TEXT, TEXT)
def test_nothing_in_a_text_or_an_attribute_is_taken_for_html(text: str, attribute: str) -> None:
    reader = Reader()
    reader.feed(format_html(element("p", text, title=attribute)))
    reader.close()
    assert reader.tags == ["p"]
    assert "".join(reader.texts) == shown(text)
    assert reader.attributes == [shown(attribute)]


def test_what_would_be_code() -> None:
    code = "<script>alert('x')</script>&\"<!--"
    assert format_html(element("p", code)) == f"<p>{html.escape(code, quote=False)}</p>".replace(
        "&quot;", '"'
    )


def test_control_characters_are_shown_and_counted_as_before() -> None:
    assert shown("a\0b\x1b\x7f\x85\t\n") == "a\u2400b\u241b\u2421\ufffd\t\n"


def test_svg_loses_its_namespaces() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'viewBox="0 0 1 1">'
        '<use xlink:href="#a" /></svg>'
    )
    assert format_html(svg_element(svg)) == '<svg viewBox="0 0 1 1"><use href="#a"></use></svg>'
