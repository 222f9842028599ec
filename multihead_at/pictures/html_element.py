"""Building HTML as a tree, so that whatever a text holds is escaped when it is written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

_NAMESPACE = re.compile(r"^\{[^}]*\}")
_CONTROLS = {
    # Pictures of the control characters, which HTML does not allow; tab and line feed it does.
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
}


def element(tag: str, *children: ET.Element | str | None, **attributes: str | int | None) -> ET.Element:
    """Makes an element.

    Args:
        tag: its name.
        children: elements and texts in their order; None is left out.
        attributes: `class_` stands for `class`, `data_type` for `data-type`; None is left out.
    """
    made = ET.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), shown(str(value)))
    append(made, children)
    return made


def append(parent: ET.Element, children: Iterable[ET.Element | str | None]) -> None:
    """Adds elements and texts at the end."""
    for child in children:
        if child is None:
            continue
        if isinstance(child, ET.Element):
            parent.append(child)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + shown(child)
        else:
            parent.text = (parent.text or "") + shown(child)


def shown(text: str) -> str:
    """The text with a picture in place of each control character, as many characters as before."""
    return text.translate(_CONTROLS)


def svg_element(svg: str) -> ET.Element:
    """A drawing in SVG as an element of a page, where tags and attributes have no namespaces.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML.
    """
    root = ET.fromstring(svg)
    for one in root.iter():
        one.tag = _NAMESPACE.sub("", one.tag)
        for name in list(one.attrib):
            one.set(_NAMESPACE.sub("", name), one.attrib.pop(name))
    return root


def format_html(root: ET.Element) -> str:
    """Writes a tree; scripts and styles as they are, all other text escaped."""
    return ET.tostring(root, encoding="unicode", method="html")
