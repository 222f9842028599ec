"""The command `predict`."""

from __future__ import annotations

import contextlib
import gc
import io
import itertools
import json
import os
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from tqdm import tqdm

from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.model_check import check_model, check_threshold
from multihead_at.cli.predict_flags import INPUT_FORMS, OUTPUT_FORMATS, PREDICT_FLAGS
from multihead_at.config import check_setting
from multihead_at.documents.brat_files import brat_pair
from multihead_at.documents.brat_writer import BratWriter
from multihead_at.errors import InputError
from multihead_at.files import open_atomically
from multihead_at.runs import RunFolder
from multihead_at.runs.model_folder import find_saved_model

# What records of other forms begin with, where nobody has said of which form the input is.
_BEGINNINGS = (("jsonl", b'{"', "JSON lines"), ("columns", b"#doc ", "the five-column format"))
_LONGEST_BEGINNING = 16

# Of a record and what was found in it, and of a bad record: their classes come with TensorFlow.
_Write = Callable[[Any, Any], None]
_Refuse = Callable[[Any], None]


def _predict(given: Mapping[str, Any]) -> None:
    form, output_format = _check(given)
    _check_files(given)
    data_dir = data_folder(given)
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(_open_input(given))
        if "input" not in given and form == "text":
            _refuse_other_forms(file, given)

        from multihead_at.extraction import BadRecord, extract_records, load, read_records

        _prepare_tensorflow(given["model"])
        model = load(given["model"], data_dir=data_dir, filename_embeddings=given.get("filename_embeddings"))
        # The collector of garbage need not go through all of TensorFlow again and again.
        gc.collect()
        gc.freeze()
        write = stack.enter_context(_writer(given.get("output"), output_format))
        refuse = stack.enter_context(_refuser(given))
        on_bytes = stack.enter_context(_progress(given, file))
        records = read_records(file, form, with_boundaries=model.needs_boundaries, on_bytes=on_bytes)
        # Somebody who types wants an answer to each line.
        chunk = {"chunk": 1} if file.isatty() else {}
        for result in extract_records(model, records, threshold=given.get("threshold"), **chunk):
            if isinstance(result, BadRecord):
                refuse(result)
                continue
            try:
                write(*result)
            except InputError as error:
                refuse(BadRecord(result[0].line, f"cannot be written: {error.message}", result[0].raw))


def _prepare_tensorflow(model_dir: str) -> None:
    """Gives TensorFlow as many threads as the run was trained with; for a SavedModel it takes all cores."""
    if find_saved_model(model_dir) is None:
        from multihead_at.training.tensorflow_setup import prepare_tensorflow

        prepare_tensorflow(RunFolder(model_dir).load_config().threads)


def _check(given: Mapping[str, Any]) -> tuple[str, str]:
    """The forms of input and output; refuses what contradicts itself or the model."""
    if "model" not in given:
        raise InputError("--model=DIR is needed")
    form, output_format = given.get("input", _usual_form(given)), given.get("format", "jsonl")
    for name, value, known in (("input", form, INPUT_FORMS), ("format", output_format, OUTPUT_FORMATS)):
        if value not in known:
            raise InputError(f"{name}: expected one of {', '.join(known)}, received {value!r}")
    check_threshold(given)
    if "filename_embeddings" in given:
        check_setting("filename_embeddings", given["filename_embeddings"])
    if "text" in given and "file" in given:
        raise InputError("--text and --file contradict each other: leave out one")
    if "text" not in given and "file" not in given and sys.stdin is None:
        raise InputError("expected --text, --file or text on the standard input, which is closed")
    if "output" not in given and sys.stdout is None:
        raise InputError("expected --output, or an open standard output to write to")
    if output_format == "brat" and "output" not in given:
        raise InputError("--format=brat writes two files: expected --output=NAME for NAME.txt and NAME.ann")
    check_model(given["model"], form, INPUT_FORMS)
    return form, output_format


def _usual_form(given: Mapping[str, Any]) -> str:
    """Running text; of somebody who types, a line is all there is."""
    is_typed = not {"text", "file"} & given.keys() and sys.stdin is not None and sys.stdin.isatty()
    return "lines" if is_typed else "text"


def _check_files(given: Mapping[str, Any]) -> None:
    paths = [(name, Path(given[name])) for name in ("file", "errors") if name in given]
    if "output" in given:
        is_pair = given.get("format") == "brat"
        written = brat_pair(given["output"]) if is_pair else (Path(given["output"]),)
        paths += [("output", path) for path in written]
    for (name, path), (other, second) in itertools.combinations(paths, 2):
        if path == second or (path.exists() and second.exists() and path.samefile(second)):
            raise InputError(f"expected different files for --{name} and --{other}", path=path)


@contextlib.contextmanager
def _open_input(given: Mapping[str, Any]) -> Iterator[BinaryIO]:
    if "text" in given:
        yield io.BytesIO(given["text"].encode(errors="surrogateescape"))
    elif "file" in given:
        try:
            file = open(given["file"], "rb")  # noqa: SIM115 (the with statement below is outside of the try)
        except OSError as error:
            raise InputError.from_os_error("read", error, given["file"]) from error
        with file:
            yield file
    else:
        yield sys.stdin.buffer


def _refuse_other_forms(file: BinaryIO, given: Mapping[str, Any]) -> None:
    """Refuses what hardly is running text; nothing of the input is consumed.

    Raises:
        InputError: the input begins like one of the other forms.
    """
    if not isinstance(file, io.BufferedReader):
        return
    start = file.peek(_LONGEST_BEGINNING).removeprefix(BOM_UTF8)
    for form, beginning, looks in _BEGINNINGS:
        if start.startswith(beginning):
            raise InputError(
                f"looks like {looks}: expected --input={form}, or --input=text if it is running text",
                path=given.get("file", "standard input"),
                line=1,
            )


@contextlib.contextmanager
def _writer(output: str | None, output_format: str) -> Iterator[_Write]:
    from multihead_at.extraction import annotated_text, format_columns, format_json_line

    if output_format == "brat":
        assert output is not None
        with BratWriter.open(output) as writer:
            yield lambda record, extraction: writer.write(annotated_text(record, extraction))
        return
    form = format_columns if output_format == "columns" else format_json_line
    with contextlib.nullcontext(sys.stdout.buffer) if output is None else open_atomically(output) as file:

        def write(record: Any, extraction: Any) -> None:
            file.write(form(record, extraction).encode())
            if file.isatty():
                file.flush()

        yield write


@contextlib.contextmanager
def _refuser(given: Mapping[str, Any]) -> Iterator[_Refuse]:
    path = given.get("file") or ("--text" if "text" in given else "standard input")
    if "errors" not in given:

        def stop(record: Any) -> None:
            raise InputError(
                f"{record.reason} (--errors=FILE puts such records aside)", path=path, line=record.line
            )

        yield stop
        return
    with open_atomically(given["errors"]) as file:
        count = 0

        def put_aside(record: Any) -> None:
            nonlocal count
            count += 1
            line = {"file": path, "line": record.line, "error": record.reason, "input": record.raw}
            file.write(f"{json.dumps(line)}\n".encode())

        yield put_aside
    if count:
        records = "1 record" if count == 1 else f"{count} records"
        print(f"multihead-at: warning: {records} put aside in {given['errors']}", file=sys.stderr)


@contextlib.contextmanager
def _progress(given: Mapping[str, Any], file: BinaryIO) -> Iterator[Callable[[int], object]]:
    """A bar over the bytes of the input, on a terminal that nothing else is written to."""
    is_hidden = file.isatty() or "text" in given or ("output" not in given and sys.stdout.isatty())
    with tqdm(
        total=_size(file),
        unit="B",
        unit_scale=True,
        file=sys.stderr,
        disable=True if is_hidden else None,
        leave=False,
        dynamic_ncols=True,
    ) as bar:
        yield bar.update


def _size(file: BinaryIO) -> int | None:
    """The bytes of a plain file; None of a pipe or a terminal."""
    try:
        status = os.fstat(file.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


PREDICT = Command(
    name="predict",
    summary="Extract entities and relations from any text with a trained run.",
    explanation=(
        "Input is UTF-8. Output comes in the order of the input and is written while it is read; a file "
        "takes its name when all is done. A model trained with EC needs the boundaries of entities and "
        "takes them from the input."
    ),
    groups=PREDICT_FLAGS,
    run=_predict,
)
