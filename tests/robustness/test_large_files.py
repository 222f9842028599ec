"""Large files that are made to take long: what reads them takes time in proportion to their size.

A megabyte is read or refused within two seconds; where its square counted, an eighth of one took minutes.
"""

from __future__ import annotations

import functools
import gzip
import io
import json
import struct
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from limits import FOR_EVER, MEGABYTE, MOST_SECONDS
from mutations import Outcome, read_all
from readers import Files, make_readers

READERS = make_readers()
EIGHTH = MEGABYTE // 8
ACE = dict(READERS["ace"].seeds()[0])


def sgm(content: bytes) -> Files:
    return {**ACE, "x.sgm": content}


def apf(content: bytes) -> Files:
    return {**ACE, "x.apf.xml": b"<source_file>" + content + b"</source_file>"}


def ade(size: int, filling: bytes, mention: bytes) -> Files:
    """Sentences of the greatest length; the mention is found at many places, only the drug says at which."""
    sentence = b"b" + filling * (999 // len(filling))
    line = b"|%s|%s|1|%d|b|0|1\n" % (sentence, mention, 1 + len(mention))
    return {"DRUG-AE.rel": b"".join(b"%d%s" % (n, line) for n in range(size // len(line)))}


def ace(heads: bytes, text: bytes) -> Files:
    return {"x.sgm": text, "x.apf.xml": b"<document>%s</document>" % heads}


def head(number: int, start: int, last: int, text: bytes = b"") -> bytes:
    return (
        b'<entity TYPE="P"><entity_mention ID="%d"><head><charseq START="%d" END="%d">%s</charseq>'
        b"</head></entity_mention></entity>" % (number, start, last, text)
    )


def brat(annotations: bytes, text: bytes) -> Files:
    return {"x.txt": text, "x.ann": annotations}


def spert(tokens: int, mentions: int) -> Files:
    sentence = {
        "tokens": ["a"] * tokens,
        "entities": [{"type": "P", "start": number, "end": number + 1} for number in range(mentions)],
        "relations": [{"type": "R", "head": 0, "tail": number} for number in range(mentions)],
    }
    return {"x.json": json.dumps([sentence]).encode()}


def one_long_mention(tokens: int, label: int) -> Files:
    mention = {"type": "P" * label, "start": 0, "end": tokens}
    return {
        "x.json": json.dumps([{"tokens": ["a"] * tokens, "entities": [mention], "relations": []}]).encode()
    }


def keyed_vectors(words: bytes) -> bytes:
    """What gensim's `save` writes, as far as the words; these are instructions that make a list."""
    name = b"index_to_key"
    made = b"\x80\x04cgensim.models.keyedvectors\nKeyedVectors\n)\x81}"
    return made + b"X" + struct.pack("<I", len(name)) + name + words + b"sb."


def binary_text(text: bytes) -> bytes:
    return b"X" + struct.pack("<I", len(text)) + text


def colliding_numbers(count: int) -> list[int]:
    """Numbers that all have one hash in Python."""
    return [number * (2**61 - 1) for number in range(1, count)]


def fasttext(words: list[str], **settings: object) -> Files:
    from gensim.models import FastText

    vectors = FastText([["a"]], vector_size=1, min_count=1, workers=1, epochs=1, bucket=2).wv
    vectors.index_to_key = words
    vectors.key_to_index = {}
    vectors.expandos = {}
    vectors.vectors_vocab = np.zeros((len(words), 1), "f2")
    vectors.vectors_ngrams = np.zeros((2, 1), "f4")
    for name, value in settings.items():
        setattr(vectors, name, value)
    with tempfile.TemporaryDirectory() as folder:
        vectors.save(f"{folder}/x.kv")
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def packed_matrix(size: int) -> Files:
    """Vectors whose matrix is apart, and a thousandth of what it unpacks to."""
    (whole,) = (files for files in READERS["gensim-vectors"].seeds() if "x.kv.gz.vectors.npz" in files)
    matrix = io.BytesIO()
    np.savez_compressed(matrix, val=np.zeros((3, size // 12), "f4"))
    return {**whole, "x.kv.gz.vectors.npz": matrix.getvalue()}


def one_token(relations: bytes, heads: bytes) -> bytes:
    return b"#doc 1\n0\ta\tO\t[%s]\t[%s]\n" % (relations, heads)


@functools.lru_cache(maxsize=1)
def large_files(size: int) -> dict[str, tuple[str, Files]]:
    """Readers and what they are given, of about so many bytes; packed, a hundredth of what it unpacks to."""
    many = size // 52

    def filled(piece: bytes) -> bytes:
        return piece * (size // len(piece))

    def nested(start: bytes, end: bytes) -> bytes:
        times = size // (len(start) + len(end))
        return start * times + end * times

    words = b"ab " * many + b"\n"
    mentions = b"".join(b"T%d\tP %d %d\tab\n" % (n, 3 * n, 3 * n + 2) for n in range(many))
    some = many // 6
    doubled = b"\x80\x04)q\x00" + b"h\x00h\x00\x86q\x00" * 40
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
        "many heads": (
            "ace",
            ace(b"".join(head(n, 3 * n, 3 * n + 1, b"ab") for n in range(2 * some)), words),
        ),
        "heads over one another": (
            "ace",
            ace(b"".join(head(n, 0, size // 2 - n - 2) for n in range(some)), words[: size // 2]),
        ),
        "heads of blanks": (
            "ace",
            ace(
                b"".join(head(n, 0, size // 2 - 1, b"ab") for n in range(some)),
                b"a" + b" " * (size // 2 - 2) + b"b",
            ),
        ),
        "sentences with heads": (
            "ace",
            ace(b"".join(head(n, 5 * n, 5 * n) for n in range(some)), b"A b. " * (size // 10)),
        ),
        "a number that is no character": ("ace", sgm(b"&#" + filled(b"1") + b";")),
        "numbers that are no characters": ("ace", sgm(filled(b"&#" + b"1" * 5000 + b";"))),
        "an entity of many mentions": (
            "ace",
            ace(
                b'<entity TYPE="P">'
                + b"<a/>" * (size // 8)
                + b"".join(
                    b'<entity_mention ID="%d"><head><charseq START="0" END="1"/></head></entity_mention>' % n
                    for n in range(size // 180)
                )
                + b"</entity>",
                words[:9],
            ),
        ),
        "a relation of many mentions": (
            "ace",
            ace(
                head(1, 0, 1)
                + head(2, 3, 4)
                + b'<relation TYPE="R">'
                + b"<a/>" * (size // 8)
                + b'<relation_mention><rel_mention_arg ARGNUM="1" MENTIONID="1"/><rel_mention_arg ARGNUM="2" '
                b'MENTIONID="2"/></relation_mention>' * (size // 280) + b"</relation>",
                words[:9],
            ),
        ),
        "a type for many mentions": (
            "ace",
            ace(
                b'<entity TYPE="%s">' % (b"P" * (size // 2))
                + b"".join(
                    b'<entity_mention ID="%d"><head><charseq START="0" END="1"/></head></entity_mention>' % n
                    for n in range(size // 180)
                )
                + b"</entity>",
                words[:9],
            ),
        ),
        "an attribute of all elements": (
            "ace",
            {
                **ACE,
                "x.apf.xml": b"<!DOCTYPE a [<!ATTLIST a b CDATA '%s'>]><a>" % (b"x" * (size // 2))
                + b"<a/>" * (size // 8)
                + b"</a>",
            },
        ),
        "attributes of all elements": (
            "ace",
            {
                **ACE,
                "x.apf.xml": b"<!DOCTYPE a [<!ATTLIST a %s>]><a>"
                % b" ".join(b"b%d CDATA ''" % n for n in range(size // 36))
                + b"<a/>" * (size // 8)
                + b"</a>",
            },
        ),
        "a key without end": ("configuration", {"x.ini": filled(b"a") + b"=1"}),
        "a number without end": ("configuration", {"x.ini": b"nepochs=" + filled(b"1")}),
        "many comments": ("configuration", {"x.ini": filled(b"#\n")}),
        "a flag without end": ("flag-file", {"x.flags": b"--" + filled(b"a")}),
        "a flag's number without end": ("flag-file", {"x.flags": b"--nepochs=" + filled(b"1")}),
        "many flags": ("flag-file", {"x.flags": filled(b"--nepochs=1\n")}),
        "a mention that is everywhere": ("ade", ade(size, b"-", b"-" * 500)),
        "a mention that is nearly everywhere": ("ade", ade(size, b"-" * 400 + b"+", b"-" * 400)),
        "a long sentence": ("ade", ade(size, b"- ", b"-")),
        "mentions side by side": ("brat", brat(mentions, words)),
        "mentions over one another": (
            "brat",
            brat(b"".join(b"T%d\tP 0 %d\n" % (n, n + 1) for n in range(many // 10)), words),
        ),
        "a relation of colons": ("brat", brat(b"R1\tA " + filled(b":T"), words)),
        "a mention of fragments": ("brat", brat(b"T1\tA " + filled(b"0 2;") + b"0 2\tx", words)),
        "parts of mentions with blanks between": (
            "brat",
            brat(
                b"".join(b"T%d\tP 0 1;%d %d\tab\n" % (n, size // 2, size // 2 + 1) for n in range(many // 2)),
                b"a" + b" " * (size // 2 - 2) + b"cb",
            ),
        ),
        "one long sentence": ("brat", brat(b"T1\tP 0 1\ta\n", b"a" + filled(b":T"))),
        "many sentences": (
            "brat",
            brat(
                mentions[: mentions.index(b"\n", 1000) + 1].replace(b"\tab\n", b"\n"),
                filled(b"Ada Brook left. "),
            ),
        ),
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
        "a long mention": ("spert-json", one_long_mention(size // 5, 200)),
        "a long mention of a long type": ("spert-json", one_long_mention(size // 10, size // 2)),
        "a number of many digits": ("spert-json", {"x.json": b"[" + filled(b"1") + b"]"}),
        "rows of the raw corpus": (
            "corp",
            {"x.corp": filled(b"1\tPeop\t0\tO\tX\ta/b\tO\tO\tO\n") + b"\n0\t0\tR\n\n"},
        ),
        "slashes": (
            "corp",
            {"x.corp": b"1\tPeop\t0\tO\tX\t" + filled(b"/") + b"\tO\tO\tO\n\n0\t0\tR\n\n"},
        ),
        "words without end": ("text-vectors", {"x.txt": filled(b"a")}),
        "a wide header": ("text-vectors", {"x.txt": b"1 999999999\na " + filled(b"1 ")}),
        "many words": ("text-vectors", {"x.txt": filled(b"a 1 2\n")}),
        "packed words": ("text-vectors", {"x.txt": gzip.compress(b"a 1 2\n" * (size * 100 // 6))}),
        "packed binary words": (
            "binary-vectors",
            {"x.bin": gzip.compress(b"%d 1\n" % (size * 20) + b"a \0\0\0\0" * (size * 100 // 6))},
        ),
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
        "tuples of themselves": (
            "gensim-vectors",
            {"x.kv": b"\x80\x04)q\x00" + filled(b"h\x00h\x00\x86q\x00") + b"."},
        ),
        "a name of tuples": ("gensim-vectors", {"x.kv": doubled + binary_text(b"a") + b"\x93."}),
        "a name of nested tuples": (
            "gensim-vectors",
            {"x.kv": b"\x80\x04)" + filled(b"\x85") + binary_text(b"a") + b"\x93."},
        ),
        "numbers that collide": (
            "gensim-vectors",
            {
                "x.kv": b"\x80\x04}("
                + b"".join(
                    b"\x8a\x0b" + number.to_bytes(11, "little") + b"N"
                    for number in colliding_numbers(size // 14)
                )
                + b"u."
            },
        ),
        "places that collide": (
            "gensim-vectors",
            {"x.kv": b"\x80\x04N" + b"".join(b"p%d\n" % n for n in colliding_numbers(size // 24)) + b"."},
        ),
        "a long word's n-grams": ("gensim-vectors", fasttext(["a" * size], min_n=1, max_n=8)),
        "words' n-grams": (
            "gensim-vectors",
            fasttext([f"{n:06}" + "a" * 9994 for n in range(size // 10_000)], min_n=1, max_n=8, bucket=2),
        ),
        "short words' n-grams": (
            "gensim-vectors",
            fasttext([f"{n:024}" for n in range(size // 30)], min_n=1, max_n=8),
        ),
        "packed notes": (
            "gensim-vectors",
            {"x.kv": gzip.compress(b"\x80\x04]" + b"]a" * (size * 50) + b".")},
        ),
        "a packed matrix": ("gensim-vectors", packed_matrix(size * 100)),
        "words of letters": ("input-text", {"input": filled(b"a")}),
        "stops": ("input-text", {"input": filled(b".")}),
        "lines of nothing": ("input-columns", {"input": filled(b"\n")}),
        "letters and stops": ("input-text", {"input": filled(b"a.")}),
        "brackets and stops": ("input-text", {"input": filled(b"( . )")}),
        "brackets": ("input-text", {"input": filled(b"(") + b". " + filled(b")")}),
        "addresses": ("input-text", {"input": filled(b"www.!")}),
        "an address without end": ("input-text", {"input": b"http://" + filled(b"!")}),
        "mail": ("input-text", {"input": filled(b"a@")}),
        "mail without end": ("input-text", {"input": filled(b"a") + b"@" + filled(b"-")}),
        "hyphens": ("input-text", {"input": filled(b"a-")}),
        "blank lines": ("input-text", {"input": filled(b"\n")}),
        "paragraphs": ("input-text", {"input": filled(b"A b.\n\n")}),
        "line separators": ("input-text", {"input": filled("\u2029".encode())}),
        "short sentences": ("input-lines", {"input": filled(b"A b.\n")}),
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


# The others are refused.
TAKEN = {
    "elements within elements",
    "many heads",
    "heads of blanks",
    "sentences with heads",
    "an entity of many mentions",
    "a relation of many mentions",
    "many comments",
    "a mention that is everywhere",
    "a mention that is nearly everywhere",
    "a long sentence",
    "mentions side by side",
    "mentions over one another",
    "parts of mentions with blanks between",
    "many sentences",
    "sentences with mentions",
    "heads of one token",
    "many documents",
    "many tokens",
    "many mentions",
    "a long mention",
    "rows of the raw corpus",
    "slashes",
    "many words",
    "words' n-grams",
    "short words' n-grams",
    "words of letters",
    "stops",
    "letters and stops",
    "brackets and stops",
    "brackets",
    "addresses",
    "an address without end",
    "mail",
    "mail without end",
    "hyphens",
    "blank lines",
    "paragraphs",
    "line separators",
    "short sentences",
    "objects",
    "objects without end",
    "a text of many sentences",
    "documents",
    "lines of nothing",
    "one long sentence",
}
NAMES = tuple(large_files(EIGHTH))


def read(what: str, size: int, most_seconds: float) -> Outcome:
    name, files = large_files(size)[what]
    # Loads what it needs.
    READERS[name].seeds()
    return read_all(READERS[name], [files], most_seconds)


@pytest.mark.parametrize("what", NAMES)
def test_a_file_of_an_eighth_of_a_megabyte_comes_to_an_end(what: str) -> None:
    # Of what is packed, 100 times as much is read.
    check(what, EIGHTH // 4 if "packed" in what else EIGHTH, FOR_EVER)


@pytest.mark.long
@pytest.mark.parametrize("what", NAMES)
def test_a_file_of_a_megabyte_takes_no_time(what: str) -> None:
    check(what, MEGABYTE, MOST_SECONDS)


def check(what: str, size: int, most_seconds: float) -> None:
    outcome = read(what, size, most_seconds)
    assert [escape[-2000:] for escape in outcome.escapes] == []
    # Whether it reaches what it is made for.
    assert bool(outcome.taken) == (what in TAKEN)
