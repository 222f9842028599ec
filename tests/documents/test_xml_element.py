"""XML from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents.xml_element import XmlElement, read_xml
from multihead_at.errors import InputError


def write(folder: Path, content: str) -> Path:
    path = folder / "some.xml"
    path.write_text(content, encoding="utf-8")
    return path


def test_elements_know_their_lines(tmp_path: Path) -> None:
    root = read_xml(
        write(tmp_path, "<?xml version='1.0'?>\n<a>\ntext\n<b c='1'/><!-- none\n --><b\n>é</b></a>")
    )
    elements = list(root.iter())
    assert all(isinstance(element, XmlElement) for element in elements)
    found = [(element.tag, getattr(element, "line", 0)) for element in elements]
    assert found == [("a", 2), ("b", 4), ("b", 5)]
    assert (root.text, root[0].get("c"), root[1].text) == ("\ntext\n", "1", "é")


def test_a_dtd_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "some.dtd").write_text("<!ENTITY who 'Ada'>")
    for place in ("some.dtd", (tmp_path / "some.dtd").as_uri(), "http://localhost:9/some.dtd"):
        root = read_xml(write(tmp_path, f"<!DOCTYPE a SYSTEM '{place}'>\n<a>&amp; &who;!</a>"))
        assert root.text == "& &who;!"


@pytest.mark.parametrize(
    "declaration",
    [
        "<!ENTITY b 'Ada'>",
        "<!ENTITY b SYSTEM 'file:///etc/hostname'>",
        "<!ENTITY % b SYSTEM 'other.dtd'> %b;",
        "<!ENTITY l 'lol'><!ENTITY b '&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;'>",
    ],
)
def test_entity_declarations_are_refused(tmp_path: Path, declaration: str) -> None:
    path = write(tmp_path, f"<!DOCTYPE a [\n{declaration}]>\n<a>&b;</a>")
    with pytest.raises(InputError, match=r"some.xml:2: declaration of the entity '[bl]' received"):
        read_xml(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.xml: cannot be read: No such file"):
        read_xml(tmp_path / "none.xml")


@given(st.binary(max_size=40) | st.text("<a/>&;b!= '\"[]?", max_size=40).map(str.encode))
def test_anything_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("xml") / "some.xml"
    path.write_bytes(content)
    try:
        assert read_xml(path).line >= 1
    except InputError as error:
        assert "some.xml" in str(error)


def test_declarations_of_attributes_are_refused(tmp_path: Path) -> None:
    """Every element would have a copy of a default: of a megabyte, gigabytes."""
    path = write(tmp_path, "<!DOCTYPE a [\n<!ATTLIST b c CDATA 'x'>]>\n<a><b/><b/></a>")
    with pytest.raises(InputError, match=r"some.xml:2: declaration of the attribute 'c' received"):
        read_xml(path)


def test_what_stands_behind_a_refusal_is_not_parsed(tmp_path: Path) -> None:
    """expat goes on to the end of the piece that it has; here there would be another mistake."""
    path = write(tmp_path, f"<!DOCTYPE a [<!ENTITY b 'x'>]><a>{' ' * 2**17}</b>")
    with pytest.raises(InputError, match="declaration of the entity 'b'"):
        read_xml(path)
