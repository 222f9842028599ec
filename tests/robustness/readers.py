"""Every reader of files, with files that it takes, and what must hold of whatever it makes of others.

A reader either succeeds, and what it has read is the same after being written and read again, or raises
`InputError` that names the file and, where there are lines, the line.
"""

from __future__ import annotations

import gzip
import io
import json
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from limits import MOST_SECONDS, limits

from multihead_at.cli.flag_file import read_flag_file
from multihead_at.config import Config, read_configuration_file
from multihead_at.documents import (
    NO_RELATION,
    Document,
    Head,
    brat_documents,
    read_ace04,
    read_brat,
    read_documents,
    read_spert_json,
    write_brat,
    write_documents,
    write_spert_json,
)
from multihead_at.documents.ade import read_ade
from multihead_at.documents.brat_files import TEXT_ENDING
from multihead_at.documents.conll04_corp import read_conll04_corp
from multihead_at.encoding import CorpusVocabularies
from multihead_at.encoding.vector_files import read_vectors
from multihead_at.errors import InputError
from multihead_at.files import read_json

Files = Mapping[str, bytes]


class NotTheSame(AssertionError):  # noqa: N818 (it is an assertion)
    """What was read does not read back the same, or an error does not say where."""


@dataclass(frozen=True)
class Reader:
    """A reader of files.

    Attributes:
        name: how commands call it.
        seeds: gives sets of files that it takes, by name; every one is read in a folder of its own.
        read: reads the files of a folder; what it returns compares that with what is read back.
        tokens: what its grammar gives a meaning to, for mutations to use.
        has_lines: whether an error names the line.
        about_all: how the errors begin that are about a whole file, and name none.
        without_lines: how files begin that have no lines all the same.
    """

    name: str
    seeds: Callable[[], tuple[Files, ...]]
    read: Callable[[Path], Callable[[], None]]
    tokens: tuple[bytes, ...] = ()
    has_lines: bool = True
    about_all: tuple[str, ...] = ()
    without_lines: tuple[bytes, ...] = ()

    def check(self, folder: Path, files: Files, most_seconds: float = MOST_SECONDS) -> tuple[bool, float]:
        """Reads files from an empty folder, and compares them with what is read back.

        Returns:
            Whether they were taken (else they were refused as they should be), and how many seconds of a
            processor the reading took.

        Raises:
            Exception: whatever else happens, `NotTheSame` among it.
        """
        for name, content in files.items():
            (folder / name).write_bytes(content)
        began = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            try:
                with limits(most_seconds):
                    compare = self.read(folder)
                seconds = time.process_time() - began
            except InputError as error:
                seconds = time.process_time() - began
                self._check_place(error, folder)
                return False, seconds
            compare()
        return True, seconds

    def _check_place(self, error: InputError, folder: Path) -> None:
        """An error must say where it is."""
        if error.path is None or not error.path.startswith(str(folder)):
            raise NotTheSame(f"an error that names no file: {error}") from error
        if not self.has_lines or error.message.startswith(self.about_all):
            return
        content = Path(error.path).read_bytes()
        if content.startswith(self.without_lines):
            return
        if error.line is None:
            raise NotTheSame(f"an error that names no line: {error}") from error
        lines = len(content.splitlines()) + 1
        if not 1 <= error.line <= lines:
            raise NotTheSame(f"a line that is none of the {lines} there are: {error}") from error


def _check_same(one: Any, other: Any) -> None:
    # As text, NaN is equal to itself.
    if one != other and repr(one) != repr(other):
        raise NotTheSame(f"{one!r:.500} became {other!r:.500}")


def _check_documents(documents: list[Document], folder: Path) -> None:
    """Documents that the five-column format can hold are the same when read from it."""
    try:
        write_documents(folder / "written", documents)
    except InputError:
        # Other formats have more tokens and labels than that one.
        return
    _check_same(read_documents(folder / "written"), documents)


def _five_column(folder: Path) -> Callable[[], None]:
    documents = read_documents(folder / "x.txt")

    def compare() -> None:
        write_documents(folder / "written", documents)
        _check_same(read_documents(folder / "written"), documents)

    return compare


def _documents_of(read: Callable[[Path], list[Document]], name: str = "") -> Callable[[Path], Any]:
    """A reader of documents from a file of that name, or from a folder."""

    def check(folder: Path) -> Callable[[], None]:
        return partial(_check_documents, read(folder / name), folder)

    return check


def _configuration(folder: Path) -> Callable[[], None]:
    settings = read_configuration_file(folder / "x.ini")

    def compare() -> None:
        lines = (f"{name} = {_quoted(value)}\n" for name, value in settings.items())
        (folder / "written").write_bytes("".join(lines).encode())
        _check_same(read_configuration_file(folder / "written"), settings)

    return compare


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) and '"' not in value else str(value)


def _flag_file(folder: Path) -> Callable[[], None]:
    settings = read_flag_file(folder / "x.flags")

    def compare() -> None:
        lines = (f"--{name}={value}\n" for name, value in settings.items())
        (folder / "written").write_bytes("".join(lines).encode())
        _check_same(read_flag_file(folder / "written"), settings)

    return compare


def _vectors(folder: Path) -> Callable[[], None]:
    (path,) = (path for path in folder.iterdir() if path.suffix in (".txt", ".bin", ".kv", ".gz"))
    vectors = _all_vectors(path)
    return lambda: _check_same(_all_vectors(path), vectors)


def _all_vectors(path: Path) -> tuple[list[str], bytes]:
    words: list[str] = []
    rows = bytearray()
    dims = set()
    for block in read_vectors(path):
        if block.rows.dtype != np.float32 or block.rows.shape[0] != len(block.words):
            raise NotTheSame(f"{len(block.words)} words with {block.rows.dtype} {block.rows.shape}")
        if not np.isfinite(block.rows).all():
            raise NotTheSame("numbers that are not finite")
        dims.add(block.rows.shape[1])
        words += block.words
        rows += block.rows.tobytes()
    if len(dims) != 1 or not words:
        raise NotTheSame(f"widths {dims}, {len(words)} words")
    for word in set(words):
        word.encode()
    return words, bytes(rows)


def _spert(folder: Path) -> Callable[[], None]:
    documents = read_spert_json(folder / "x.json")

    def compare() -> None:
        _check_documents(documents, folder)
        try:
            write_spert_json(folder / "written", documents)
        except InputError:
            return
        _check_same(read_spert_json(folder / "written"), documents)

    return compare


def _brat(folder: Path) -> Callable[[], None]:
    (text,) = read_brat(folder / "x.txt")
    documents = brat_documents(text)

    def compare() -> None:
        if documents:
            _check_documents(documents, folder)
        try:
            write_brat(folder / "brat", [text])
        except InputError:
            # A mention of line ends only.
            return
        (again,) = read_brat(folder / "brat")
        _check_same((again.text, again.doc_id), (f"{text.text}\n", text.doc_id))
        _check_same(len(again.mentions), len(text.mentions))

    return compare


def _run_folder(folder: Path) -> Callable[[], None]:
    # Loads TensorFlow.
    from multihead_at.runs import EpochLog, RunFolder
    from multihead_at.training.array_file import read_arrays

    run = RunFolder(folder)
    config, vocabularies = run.load_config(), run.load_vocabularies()
    run.load_environment()
    run.tested_weights()
    EpochLog(run.epochs).read()
    read_json(run.result)
    read_arrays(run.best, "weights")

    def compare() -> None:
        _check_same(Config.from_dict(config.to_dict()), config)
        _check_same(CorpusVocabularies.from_dict(vocabularies.to_dict()), vocabularies)

    return compare


def _prediction_input(form: str) -> Callable[[Path], Callable[[], None]]:
    def check(folder: Path) -> Callable[[], None]:
        # Loads TensorFlow.
        from multihead_at.extraction import read_records

        content = (folder / "input").read_bytes()
        # Plain text has no boundaries.
        has_boundaries = form in ("jsonl", "columns")
        # One at a time, as whoever predicts takes them.
        for _ in read_records(io.BytesIO(content), form, with_boundaries=has_boundaries):
            pass

        def compare() -> None:
            for with_boundaries in {False, has_boundaries}:
                for record in read_records(io.BytesIO(content), form, with_boundaries=with_boundaries):
                    _check_record(record)

        return compare

    return check


def _check_record(record: Any) -> None:
    from multihead_at.extraction import BadRecord

    if isinstance(record, BadRecord):
        if record.line < 1 or not record.reason:
            raise NotTheSame(f"{record} without line or reason")
        return
    text = record.text
    for token in text.tokens:
        found = text.text[token.start : token.end]
        # Given tokens are taken as they are.
        if len(token.text) != len(found) or (found.isspace() and not record.of_tokens):
            raise NotTheSame(f"{token} is not at its place in {text.text!r:.200}")


_SENTENCES = [
    ("0", ["Ada", "Brook", "of", "Velm", "."], [("Peop", 0, 2), ("Loc", 3, 4)], [("Live_In", 0, 1)]),
    ("7-b", ["\u00c9mile", "'s", "\U0001f680", "(", "x"], [("Other", 2, 3)], []),
]
_COLUMNS = (
    "#doc 7\n0\tAda\tB-Peop\t['Live_In', 'Work_For']\t[3, 2]\n1\tof\tO\t['N']\t[1]\n"
    "2\tMills\tB-Org\t['N']\t[2]\n3\tVelm\tB-Loc\t[\"N\"]\t[3]\n"
    "#doc b 8\n0\t\u00c9mile's\tB-Peop\t['N']\t[0]\n1\t\\\tI-Peop\t['\\u00e9']\t[0]\n"
).encode()
_CONFIGURATION = (
    b'# comment\nfilename_embeddings = "vectors.txt"\nnepochs = 150 # epochs\noptimizer=Adam\n'
    b'learning_rate =1e-3\nuse_dropout =True\ndropout_lstm= 0.9\nfilename_train="data/a b.txt" # x\n'
)
_FLAGS = b"# comment\n--dataset=conll04\n\n--nepochs=150\n--learning_rate=1e-3\n--shuffle\n--nouse_chars\n"
_TEXT_VECTORS = b"3 2\nada 0.5 -1\nvelm 1e-3 2.25\n\xc3\xa9 0 3\n"
_BINARY_VECTORS = b"2 2\nada " + np.array([0.5, -1], "<f4").tobytes() + b"\nvelm " + bytes(8) + b"\n"
_ADE = (
    b"17|Rash after quinil in Ada.|Rash|100|104|quinil|111|117\n"
    b"17|Rash after quinil in Ada.|Ada|121|124|quinil|111|117\n"
    b"18|Ada had ague from ozal and brin.|ague|8|12|ozal|18|22\n"
)
_SGM = (
    b"<DOC>\n<DOCNO> x </DOCNO>\n<BODY>\n<TEXT>\nAda Brook of Velm.\nAT&AMP;T &UR; pays < 5 %.\n</TEXT>\n"
    b"</BODY></DOC>\n"
)
_APF = b"""<?xml version="1.0"?>
<!DOCTYPE source_file SYSTEM "apf.v4.0.1.dtd">
<source_file URI="x.sgm"><document DOCID="x">
<entity ID="E1" TYPE="PER"><entity_mention ID="1-1">
<extent><charseq START="7" END="15">Ada Brook</charseq></extent>
<head><charseq START="7" END="15">Ada Brook</charseq></head></entity_mention></entity>
<entity ID="E2" TYPE="GPE"><entity_mention ID="2-1">
<head><charseq START="20" END="23">Velm</charseq></head></entity_mention></entity>
<relation ID="R1" TYPE="PHYS"><relation_mention ID="1-2">
<rel_mention_arg ENTITYMENTIONID="1-1" ARGNUM="1"/>
<rel_mention_arg ENTITYMENTIONID="2-1" ARGNUM="2"/></relation_mention></relation>
</document></source_file>
"""
_CORP = (
    b"".join(
        b"9\t%s\t%d\tO\tX\t%s\tO\tO\tO\n" % row
        for row in [(b"Peop", 0, b"Ada/Brook"), (b"O", 1, b"of"), (b"Loc", 2, b"Velm"), (b"O", 3, b"here.")]
    )
    + b"\n0\t2\tLive_In\n\n"
)
_SPERT = json.dumps(
    [
        {
            "tokens": tokens,
            "entities": [{"type": label, "start": start, "end": end} for label, start, end in mentions],
            "relations": [{"type": label, "head": head, "tail": tail} for label, head, tail in relations],
            "orig_id": number,
        }
        for number, tokens, mentions, relations in _SENTENCES
    ]
).encode()
_BRAT_TEXT = "Ada Brook of Velm.\nShe left. \u00c9mile's \U0001f680 stayed.\n".encode()
_BRAT = (
    b"T1\tPeop 0 9\tAda Brook\nT2\tLoc 13 17\tVelm\nR1\tLive_In Arg1:T1 Arg2:T2\n"
    b"T3\tOther 10 12;19 22\tof She\nE1\tT1:T2\n#1\tAnnotatorNotes T1\tx\n*\tEquiv T1 T2\n"
)
_RECORDS = b"\n".join(
    json.dumps(record).encode()
    for record in (
        {"id": "a", "text": "Ada Brook lives in Velm. She left.", "entities": [{"start": 0, "end": 9}]},
        {"id": 3, "tokens": ["\u00c9mile", "'s"], "entities": [{"start": 0, "end": 1}]},
        {"text": "", "entities": []},
    )
)
_PROSE = (
    'Ada Brook (b. 1901) lives in Velm, St. Orr. "Why?" she said... \u00c9mile\'s \U0001f680!\n\nNo. 5 e.g. x'
).encode()
_JSON_TOKENS = (
    b"[",
    b"]",
    b"{",
    b"}",
    b"[[[[[[[[",
    b'"',
    b"\\ud800",
    b"\\u0000",
    b"null",
    b"true",
    b"-1",
    b"NaN",
    b"1e999",
)
_TEXT_TOKENS = (
    "\u2028".encode(),
    "\u00ad".encode(),
    "\u200b".encode(),
    b"\xef\xbb\xbf",
    b"...",
    b"Mr. ",
    b'"',
    b"'",
    b"(",
    b"e.g.",
)


def _input(content: bytes) -> Callable[[], tuple[Files, ...]]:
    def seeds() -> tuple[Files, ...]:
        # TensorFlow: loading it is not the first input's time.
        import multihead_at.extraction  # noqa: F401

        return ({"input": content},)

    return seeds


def _gensim() -> tuple[Files, ...]:
    """What gensim saves: vectors whole, with a part apart and packed; models of both kinds."""
    import tempfile

    from gensim.models import FastText, KeyedVectors, Word2Vec

    vectors = KeyedVectors(3)
    vectors.add_vectors(["ada", "velm", "\u00e9"], np.arange(9, dtype=np.float32).reshape(3, 3))
    sizes: dict[str, Any] = {"vector_size": 2, "min_count": 1, "workers": 1, "epochs": 1, "seed": 1}
    sentences = [["ada", "left", "velm"]]
    fasttext = FastText(sentences, bucket=3, **sizes)
    seeds = []
    for saved, name, apart in (
        (vectors, "x.kv", []),
        (vectors, "x.kv", ["vectors"]),
        (vectors, "x.kv.gz", []),
        (vectors, "x.kv.gz", ["vectors"]),
        (Word2Vec(sentences, **sizes), "x.kv", []),
        (fasttext.wv, "x.kv", []),
        (fasttext, "x.kv", ["vectors_vocab", "vectors_ngrams"]),
    ):
        with tempfile.TemporaryDirectory() as folder:
            saved.save(f"{folder}/{name}", separately=apart)
            seeds.append({path.name: _without_clock(path.read_bytes()) for path in Path(folder).iterdir()})
    return tuple(seeds)


def _without_clock(content: bytes) -> bytes:
    """gzip data without the time and the name that they were packed with, so that seeds stay the same."""
    return gzip.compress(gzip.decompress(content), mtime=0) if content.startswith(b"\x1f\x8b") else content


def _run() -> tuple[Files, ...]:
    """The files of a run that has no model."""
    import tempfile

    from multihead_at.runs import RunFolder
    from multihead_at.training.array_file import write_arrays

    environment = {
        "documents_sha256": dict.fromkeys(("train", "dev", "test"), "0" * 64),
        "word_vectors": {"name": "x", "sha256": "0" * 64, "dim": 2},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "best.npz")
        write_arrays(
            path, "weights", {"a/b": np.arange(6.0), "c": np.zeros((2, 0))}, {"phase": 1, "epoch": 3}
        )
        weights = path.read_bytes()
    document = Document("1", ("Ada",), ("B-Peop",), ((Head(NO_RELATION, 0),),))
    vocabularies = CorpusVocabularies.collect([document])
    with tempfile.TemporaryDirectory() as folder:
        run = RunFolder(folder)
        run.open(Config(), resume=False, overwrite=False)
        run.save_vocabularies(vocabularies)
        run.save_environment(environment)
        run.save_result({"test": {"weights": "best.npz"}})
        checked = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    return (
        # As it is written now, and as it was before there were checksums.
        {**checked, "epochs.jsonl": b'{"phase": 1, "epoch": 0, "loss": 1.5}\n', "best.npz": weights},
        {
            "flags.json": json.dumps(Config().to_dict()).encode(),
            "vocabularies.json": json.dumps(vocabularies.to_dict()).encode(),
            "environment.json": json.dumps(environment).encode(),
            "epochs.jsonl": b'{"phase": 1, "epoch": 0, "loss": 1.5}\n{"phase": 1, "epoch": 1, "loss": 1.0}\n',
            "result.json": b'{"test": {"weights": "best.npz"}}',
            "best.npz": weights,
        },
    )


def make_readers() -> dict[str, Reader]:
    """All readers by name."""
    readers = (
        Reader(
            "five-column",
            lambda: ({"x.txt": _COLUMNS},),
            _five_column,
            (
                b"#doc",
                b"\t",
                b"\n",
                b"\r\n",
                b"['N']",
                b"[0]",
                b"B-",
                b"I-",
                b"O",
                b"\\x",
                b"\\U0010ffff",
                b"-1",
            ),
            about_all=("empty file",),
        ),
        Reader(
            "configuration",
            lambda: ({"x.ini": _CONFIGURATION},),
            _configuration,
            (b"=", b"#", b'"', b"\n", b"true", b"nan", b"1_0", b"\r"),
        ),
        Reader(
            "flag-file",
            lambda: ({"x.flags": _FLAGS},),
            _flag_file,
            (b"--", b"=", b"#", b"\n", b"--flagfile=x.flags", b"//", b"--no", b"nan", b"--help"),
            # absl reads them.
            has_lines=False,
        ),
        Reader(
            "text-vectors",
            lambda: (
                {"x.txt": _TEXT_VECTORS},
                {"x.txt": _TEXT_VECTORS[4:]},
                {"x.txt": gzip.compress(_TEXT_VECTORS, mtime=0)},
            ),
            _vectors,
            (b" ", b"\n", b"nan", b"1e99", b"_", b"\x00"),
            about_all=("empty file",),
            # gzip, and what gensim's save wrote under a name that says otherwise.
            without_lines=(b"\x1f\x8b", b"\x80"),
        ),
        Reader(
            "binary-vectors",
            lambda: ({"x.bin": _BINARY_VECTORS}, {"x.bin": gzip.compress(_BINARY_VECTORS, mtime=0)}),
            _vectors,
            (b" ", b"\n", b"999999999", b"\x00\x00\xc0\x7f"),
            has_lines=False,
        ),
        Reader(
            "gensim-vectors",
            _gensim,
            _vectors,
            (b"\x80\x04", b".", b"(", b"}", b"]", b"\x94", b"R", b"\x86", b"cos\nsystem\n"),
            has_lines=False,
        ),
        Reader(
            "ade",
            lambda: ({"DRUG-AE.rel": _ADE},),
            _documents_of(read_ade, "DRUG-AE.rel"),
            (b"|", b"\n", b"0", b"-1", b"99999999999"),
            about_all=("expected lines of the ADE corpus",),
        ),
        Reader(
            "ace",
            lambda: ({"x.sgm": _SGM, "x.apf.xml": _APF},),
            _documents_of(read_ace04),
            (
                b"<",
                b">",
                b"</TEXT>",
                b"<TEXT>",
                b"<!--",
                b"-->",
                b"&AMP;",
                b"&#0;",
                b"&#x110000;",
                b"<!ENTITY a 'b'>",
                b"<![CDATA[",
                b"<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]>",
                b"&#" + b"1" * 5000 + b";",
            ),
            about_all=("expected text, received none",),
        ),
        Reader(
            "corp",
            lambda: ({"x.corp": _CORP},),
            _documents_of(read_conll04_corp, "x.corp"),
            (b"\t", b"\n", b"/", b"COMMA", b".", b"\n\n"),
            about_all=("expected sentences of the raw CoNLL04 corpus",),
        ),
        Reader("spert-json", lambda: ({"x.json": _SPERT},), _spert, _JSON_TOKENS),
        Reader(
            "brat",
            lambda: ({f"x{TEXT_ENDING}": _BRAT_TEXT, "x.ann": _BRAT},),
            _brat,
            (b"\t", b"\n", b" ", b";", b"T1", b"R1", b"Arg1:", b":T", b"0 9", b"0 0"),
        ),
        Reader("input-text", _input(_PROSE), _prediction_input("text"), _TEXT_TOKENS),
        Reader("input-lines", _input(_PROSE), _prediction_input("lines"), _TEXT_TOKENS),
        Reader("input-jsonl", _input(_RECORDS), _prediction_input("jsonl"), _JSON_TOKENS),
        Reader(
            "input-columns",
            _input(_COLUMNS),
            _prediction_input("columns"),
            (b"#doc", b"\t", b"\n", b"['N']"),
        ),
        Reader("run-folder", _run, _run_folder, _JSON_TOKENS, has_lines=False),
    )
    return {reader.name: reader for reader in readers}
