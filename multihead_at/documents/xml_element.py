"""XML of unknown origin: elements that know their line, from a parser that fetches and expands nothing."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ElementTree
from xml.parsers import expat

from multihead_at.errors import InputError

_PIECE = 2**16
_MOST_SHOWN = 60


class XmlElement(ElementTree.Element):
    """An element of the standard library's, with the place of its start tag.

    Attributes:
        line: the line in the file, from 1.
    """

    line: int = 0


def read_xml(path: str | os.PathLike[str]) -> XmlElement:
    """Reads an XML file without trusting it.

    A DTD that the file refers to is not fetched: expat reads no other file unless it is told how, and here it
    is not. Declarations of entities are refused, so that none can grow into gigabytes or name a file, and so
    are those of attributes, whose defaults every element would repeat. References to entities that a DTD
    elsewhere would declare stay in the text as they are written.

    Args:
        path: the file.

    Returns:
        The root element; all elements are `XmlElement`.

    Raises:
        InputError: the file cannot be read, is not well-formed XML, or declares entities or attributes; with
            the line.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def element(tag: str, attributes: dict[str, str]) -> XmlElement:
        made = XmlElement(tag, attributes)
        made.line = parser.CurrentLineNumber
        return made

    def refuse(what: str, name: str) -> None:
        message = f"declaration of the {what} {name[:_MOST_SHOWN]!r} received, expected XML without any"
        raise InputError(message, path=path, line=parser.CurrentLineNumber)

    builder = ElementTree.TreeBuilder(element_factory=element)  # type: ignore[arg-type]
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = lambda name, *_: refuse("entity", name)
    parser.AttlistDeclHandler = lambda element, name, *_: refuse("attribute", name)
    parser.SkippedEntityHandler = lambda name, _: builder.data(f"&{name};")
    try:
        # In pieces: behind a refusal expat goes on to the end of what it was given.
        for start in range(0, len(content), _PIECE):
            parser.Parse(content[start : start + _PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = f"expected well-formed XML: {expat.ErrorString(error.code)}"
        raise InputError(message, path=path, line=error.lineno) from error
    except (LookupError, ValueError) as error:
        # An encoding that Python has not, or that expat cannot take.
        message = f"expected XML in UTF-8: {error}"
        raise InputError(message, path=path, line=parser.CurrentLineNumber) from error
    root = builder.close()
    assert isinstance(root, XmlElement)
    return root
