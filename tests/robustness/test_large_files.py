"""Large files that are made to take long: up to a megabyte, all are read or refused within two seconds.

What reads them takes time in proportion to their size; where it were its square, it would be hours.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mutations import MEGABYTE, Outcome, read_one
from readers import Files, make_readers

READERS = make_readers()
EIGHTH = MEGABYTE // 8
ACE = dict(READERS["ace"].seeds()[0])


def sgm(content: bytes) -> Files:
    return {**ACE, "x.sgm": content}


def apf(content: bytes) -> Files:
    return {**ACE, "x.apf.xml": b"<source_file>" + content + b"</source_file>"}


def ade(sentence: bytes, mention: bytes) -> Files:
    span = b"%s|0|%d" % (mention, len(mention))
    return {"DRUG-AE.rel": b"|".join((b"1", sentence, span, span)) + b"\n"}


def brat(annotations: bytes, text: bytes) -> Files:
    return {"x.txt": text, "x.ann": annotations}


def spert(tokens: int, mentions: int) -> Files:
    sentence = {
        "tokens": ["a"] * tokens,
        "entities": [{"type": "P", "start": number, "end": number + 1} for number in range(mentions)],
        "relations": [{"type": "R", "head": 0, "tail": number} for number in range(mentions)],
    }
    return {"x.json": json.dumps([sentence]).encode()}


def keyed_vectors(words: bytes) -> bytes:
    """What gensim's `save` writes, as far as the words; these are instructions that make a list."""
    name = b"index_to_key"
    made = b"\x80\x04cgensim.models.keyedvectors\nKeyedVectors\n)\x81}"
    return made + b"X" + struct.pack("<I", len(name)) + name + words + b"sb."


def one_token(relations: bytes, heads: bytes) -> bytes:
    return b"#doc 1\n0\ta\tO\t[%s]\t[%s]\n" % (relations, heads)


def large_files(size: int) -> dict[str, tuple[str, Files]]:
    """Readers and what they are given, of about so many bytes."""
    many = size // 52

    def filled(piece: bytes) -> bytes:
        return piece * (size // len(piece))

    def nested(start: bytes, end: bytes) -> bytes:
        times = size // (len(start) + len(end))
        return start * times + end * times

    words = b"ab " * many + b"\n"
    mentions = b"".join(b"T%d\tP %d %d\tab\n" % (n, 3 * n, 3 * n + 2) for n in range(many))
    heads = b"".join(
        b'<entity ID="%d" TYPE="P"><entity_mention ID="%d"><head><charseq START="%d" END="%d">ab</charseq>'
        b"</head></entity_mention></entity>" % (n, n, 3 * n, 3 * n + 1)
        for n in range(many // 3)
    )
    return {
        "comments that do not end": ("ace", sgm(filled(b"<!--"))),
        "comments and one end": ("ace", sgm(b"-->" + filled(b"<!--"))),
        "a tag that does not end": ("ace", sgm(b"<" + filled(b"a"))),
        "names that do not end": ("ace", sgm(filled(b"<a/"))),
        "tags on one line": ("ace", sgm(filled(b"<a>"))),
        "tags and words on one line": ("ace", sgm(filled(b"a<a>"))),
        "references": ("ace", sgm(filled(b"&amp;"))),
        "entities within entities": ("ace", apf(nested(b'<entity TYPE="P">', b"</entity>"))),
        "relations within relations": ("ace", apf(nested(b'<relation TYPE="P">', b"</relation>"))),
        "elements within elements": ("ace", apf(nested(b"<a>", b"</a>"))),
        "many heads": ("ace", {"x.sgm": words, **{"x.apf.xml": b"<document>%s</document>" % heads}}),
        "a key without end": ("configuration", {"x.ini": filled(b"a") + b"=1"}),
        "a number without end": ("configuration", {"x.ini": b"nepochs=" + filled(b"1")}),
        "many comments": ("configuration", {"x.ini": filled(b"#\n")}),
        "a flag without end": ("flag-file", {"x.flags": b"--" + filled(b"a")}),
        "a flag's number without end": ("flag-file", {"x.flags": b"--nepochs=" + filled(b"1")}),
        "many flags": ("flag-file", {"x.flags": filled(b"--nepochs=1\n")}),
        "a mention that is everywhere": ("ade", ade(b"a" * (size // 2), b"a" * (size // 4))),
        "a long sentence": ("ade", ade(b"a " * (size // 4), b"a")),
        "mentions side by side": ("brat", brat(mentions, words)),
        "mentions over one another": (
            "brat",
            brat(b"".join(b"T%d\tP 0 %d\tx\n" % (n, n + 1) for n in range(many // 10)), words),
        ),
        "a relation of colons": ("brat", brat(b"R1\tA " + filled(b":T"), words)),
        "a mention of fragments": ("brat", brat(b"T1\tA " + filled(b"0 2;") + b"0 2\tx", words)),
        "many sentences": ("brat", brat(mentions[:1000], filled(b"A b. "))),
        "sentences with mentions": (
            "brat",
            brat(
                b"".join(b"T%d\tP %d %d\tA\n" % (n, 5 * n, 5 * n + 1) for n in range(many)), b"A b. " * many
            ),
        ),
        "heads of one token": (
            "five-column",
            {"x.txt": one_token(b",".join([b"'N'"] * many * 5), b",".join([b"0"] * many * 5))},
        ),
        "a string without end": ("five-column", {"x.txt": one_token(b"'" + filled(b"\\'"), b"0")}),
        "a list without end": ("five-column", {"x.txt": one_token(b"'N'", filled(b"0,"))}),
        "many documents": ("five-column", {"x.txt": filled(b"#doc 1\n0\ta\tO\t['N']\t[0]\n")}),
        "a line without end": ("five-column", {"x.txt": filled(b"#doc ")}),
        "columns without end": ("five-column", {"x.txt": b"#doc 1\n" + filled(b"\t")}),
        "lists in lists": ("spert-json", {"x.json": filled(b"[")}),
        "objects in objects": ("spert-json", {"x.json": filled(b'[{"a":')}),
        "many tokens": ("spert-json", spert(5 * many, 10)),
        "many mentions": ("spert-json", spert(many // 2, many // 2)),
        "a number of many digits": ("spert-json", {"x.json": b"[" + filled(b"1") + b"]"}),
        "rows of the raw corpus": ("corp", {"x.corp": filled(b"1\tPeop\t0\tO\tX\ta/b\tO\tO\tO\n")}),
        "slashes": ("corp", {"x.corp": b"1\tPeop\t0\tO\tX\t" + filled(b"/") + b"\tO\tO\tO\n\n\n"}),
        "words without end": ("text-vectors", {"x.txt": filled(b"a")}),
        "a wide header": ("text-vectors", {"x.txt": b"1 999999999\na " + filled(b"1 ")}),
        "many words": ("text-vectors", {"x.txt": filled(b"a 1\n")[4:] + b"b 2 3"}),
        "binary words without end": ("binary-vectors", {"x.bin": b"9 1\n" + filled(b"a")}),
        "a wide binary header": ("binary-vectors", {"x.bin": b"999999999 1000000\n" + filled(b"a ")}),
        "marks": ("gensim-vectors", {"x.kv": b"\x80\x04" + filled(b"(")}),
        "lists put into one another": ("gensim-vectors", {"x.kv": b"\x80\x04]" + filled(b"]a") + b"."}),
        "a list put into itself": ("gensim-vectors", {"x.kv": b"\x80\x04]\x94" + filled(b"h\x00a") + b"."}),
        "one word again and again": (
            "gensim-vectors",
            {
                "x.kv": keyed_vectors(
                    b"](X" + struct.pack("<I", size) + filled(b"a") + b"q\x00" + filled(b"h\x00") + b"e"
                )
            },
        ),
        "tuples of themselves": ("gensim-vectors", {"x.kv": b"\x80\x04)" + filled(b"\x852\x86") + b"."}),
        "words of letters": ("input-text", {"input": filled(b"a")}),
        "stops": ("input-text", {"input": filled(b".")}),
        "letters and stops": ("input-text", {"input": filled(b"a.")}),
        "brackets and stops": ("input-text", {"input": filled(b"( . )")}),
        "brackets": ("input-text", {"input": filled(b"(") + b". " + filled(b")")}),
        "addresses": ("input-text", {"input": filled(b"www.!")}),
        "an address without end": ("input-text", {"input": b"http://" + filled(b"!")}),
        "mail": ("input-text", {"input": filled(b"a@")}),
        "mail without end": ("input-text", {"input": filled(b"a") + b"@" + filled(b"-")}),
        "hyphens": ("input-text", {"input": filled(b"a-")}),
        "blank lines": ("input-text", {"input": filled(b"\n")}),
        "paragraphs": ("input-text", {"input": filled(b"a\n\n")}),
        "line separators": ("input-text", {"input": filled("\u2029".encode())}),
        "sentences of one letter": ("input-lines", {"input": filled(b"a\n")}),
        "objects": ("input-jsonl", {"input": filled(b"{}\n")}),
        "objects without end": ("input-jsonl", {"input": filled(b'{"text":')}),
        "a text of many sentences": (
            "input-jsonl",
            {
                "input": json.dumps(
                    {
                        "text": "A b. " * many,
                        "entities": [{"start": 5 * n, "end": 5 * n + 1} for n in range(many)],
                    }
                ).encode()
            },
        ),
        "documents": ("input-columns", {"input": filled(b"#doc 1\n")}),
    }


SMALLER = large_files(EIGHTH)


def escapes(name: str, files: Files) -> list[str]:
    outcome = Outcome()
    # Loads what it needs.
    READERS[name].seeds()
    read_one(READERS[name], files, outcome)
    return [escape[-2000:] for escape in outcome.escapes]


@pytest.mark.parametrize("what", SMALLER)
def test_a_file_of_an_eighth_of_a_megabyte_takes_no_time(what: str) -> None:
    assert escapes(*SMALLER[what]) == []


@pytest.mark.long
@pytest.mark.parametrize("what", SMALLER)
def test_a_file_of_a_megabyte_takes_no_time(what: str) -> None:
    assert escapes(*large_files(MEGABYTE)[what]) == []
