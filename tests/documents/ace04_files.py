"""Files in the LDC's form, put together from pieces."""

from __future__ import annotations

import re


def charseq(start: int, last: int, text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<charseq START="{start}" END="{last}">{escaped}</charseq>'


def place_of(source: str, text: str, nth: int = 0) -> tuple[int, int]:
    """Where the nth occurrence of a text stands in a source without its tags: first and last character."""
    plain = re.sub("<[^>]+>", "", source)
    start = -1
    for _ in range(nth + 1):
        start = plain.index(text, start + 1)
    return start, start + len(text) - 1


def mention(name: str, label: str, span: str) -> str:
    return (
        f'<entity ID="E{name}" TYPE="{label}" SUBTYPE="Other" CLASS="SPC">\n'
        f'<entity_mention ID="{name}" TYPE="NAM" LDCTYPE="NAM">\n'
        f'<extent><charseq START="0" END="9999">all of it</charseq></extent>\n<head>{span}</head>\n'
        "</entity_mention></entity>\n"
    )


def relation(label: str, *mentions: tuple[str, str]) -> str:
    inside = "".join(
        f'<relation_mention ID="R-{number}"><ldc_extent>{charseq(0, 1, "x")}</ldc_extent>'
        f'<rel_mention_arg ENTITYMENTIONID="{second}" ARGNUM="2"/>'
        f'<rel_mention_arg ENTITYMENTIONID="{first}" ARGNUM="1"/></relation_mention>\n'
        for number, (first, second) in enumerate(mentions)
    )
    return (
        f'<relation ID="R" TYPE="{label}" SUBTYPE="Located"><rel_entity_arg ENTITYID="E" ARGNUM="1"/>\n'
        f"{inside}</relation>\n"
    )


def annotation(*elements: str) -> str:
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE source_file SYSTEM "apf.v4.0.1.dtd">\n'
        '<source_file URI="x.sgm" SOURCE="newswire" TYPE="text" AUTHOR="LDC" ENCODING="UTF-8">\n'
        f'<document DOCID="x">\n{"".join(elements)}</document>\n</source_file>\n'
    )


def heads_in(source: str, *heads: tuple[str, str, str] | tuple[str, str, str, int]) -> list[str]:
    """Mentions whose heads are found by their texts: name, type, text and perhaps which occurrence."""
    return [
        mention(name, label, charseq(*place_of(source, text, *nth), text.replace("&AMP;", "&")))
        for name, label, text, *nth in heads
    ]


def body(text: str) -> str:
    return f"<DOC>\n<DOCNO> 7 </DOCNO>\n<BODY>\n<TEXT>\n{text}\n</TEXT>\n</BODY>\n</DOC>\n"
