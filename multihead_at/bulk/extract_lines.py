"""Lines in, lines of JSON out: a transform for any Beam pipeline."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import warnings
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import apache_beam as beam
from apache_beam.utils.shared import Shared

from multihead_at.errors import InputError

EXTRACTED = "extracted"
BAD = "bad"
LINES_AT_ONCE = 256
BYTES_AT_ONCE = 2**22
_COUNTERS = "multihead_at"


class ExtractLines(beam.PTransform):
    """Extracts entities and relations from lines, with one model for all threads of a process.

    Takes a collection of bytes, each a line without its end; a byte order mark in front of it is dropped, as
    each line may be the first of a file. Gives a mapping of two collections of text:

    - `EXTRACTED`: JSON as `predict` writes it. A line without an id of its own gets one that is made of what
      stands there (`sha1:...`), so that a line that a runner works on twice has the same answer.
    - `BAD`: JSON with `error` and `input`, for each line that is no record.

    Args:
        model_dir: a SavedModel or a run's folder, where every worker finds it.
        form: `lines` (a sentence each) or `jsonl` (see `read_records`).
        threshold: a relation is found where its probability is higher; None: the model's own.
        data_dir: where workers look for a run's word vectors; None: as `multihead_at.load`.
        filename_embeddings: other vectors than the run's; they must be of the same width.
    """

    def __init__(
        self,
        model_dir: str,
        *,
        form: str = "jsonl",
        threshold: float | None = None,
        data_dir: str | None = None,
        filename_embeddings: str | None = None,
    ) -> None:
        super().__init__()
        if form not in ("lines", "jsonl"):
            raise InputError(f"form: expected lines or jsonl, received {form!r}")
        vectors = {"data_dir": data_dir, "filename_embeddings": filename_embeddings}
        self._extract = _Extract(model_dir, vectors, form, threshold)

    def expand(self, input_or_inputs: Any) -> Any:
        """Adds the transform to a pipeline."""
        return (
            input_or_inputs
            | "Several at once"
            >> beam.BatchElements(min_batch_size=1, max_batch_size=LINES_AT_ONCE, element_size_fn=_size)
            | "Extract" >> beam.ParDo(self._extract).with_outputs(BAD, main=EXTRACTED)
        )


def _size(line: bytes) -> int:
    """What a line counts in a batch: a long one as several, so that a batch keeps to BYTES_AT_ONCE."""
    return 1 + len(line) * LINES_AT_ONCE // BYTES_AT_ONCE


class _Extract(beam.DoFn):
    def __init__(
        self, model_dir: str, vectors: Mapping[str, str | None], form: str, threshold: float | None
    ) -> None:
        super().__init__()
        self._model_dir = model_dir
        self._vectors = vectors
        self._form = form
        self._threshold = threshold
        self._model: Any = None
        # Threads of a process share what it holds.
        self._shared = Shared()
        self._extracted = beam.metrics.Metrics.counter(_COUNTERS, EXTRACTED)
        self._bad = beam.metrics.Metrics.counter(_COUNTERS, BAD)

    def setup(self) -> None:
        """Loads the model, unless another thread has."""
        self._model = self._shared.acquire(self._load)

    def teardown(self) -> None:
        """Lets the model go."""
        self._model = None
        # Beam keeps what was shared last till the process ends, when TensorFlow can no longer let go of it.
        Shared().acquire(lambda: None)

    def _load(self) -> Any:
        # Before TensorFlow: oneDNN's kernels are slow on matrices as small as a sentence's.
        os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
        # Each worker would announce the end of TensorFlow Addons' life.
        warnings.filterwarnings("ignore", module=r"tensorflow_addons(\.|$)")

        from multihead_at.extraction import load
        from multihead_at.training.tensorflow_setup import prepare_tensorflow

        # Cores are for more processes.
        prepare_tensorflow(1)
        try:
            return load(self._model_dir, **self._vectors)
        except InputError as error:
            # Beam makes new errors of what it catches, of the message alone.
            raise InputError(str(error)) from None

    def process(self, element: Sequence[bytes]) -> Iterator[Any]:
        """Extracts from some lines."""
        from multihead_at.extraction import BadRecord, extract_records, format_json_line, read_records

        lines = (line.removeprefix(BOM_UTF8) + b"\n" for line in element)
        file = io.BytesIO(b"".join(lines))
        records = read_records(file, self._form, with_boundaries=self._model.needs_boundaries)
        for result in extract_records(self._model, records, threshold=self._threshold):
            if isinstance(result, BadRecord):
                self._bad.inc()
                refused = {"error": result.reason, "input": result.raw}
                yield beam.pvalue.TaggedOutput(BAD, json.dumps(refused, ensure_ascii=False))
                continue
            record, extraction = result
            self._extracted.inc()
            # The line's number, which it then has, means nothing here.
            if not record.has_own_id:
                digest = hashlib.sha1(record.raw.encode()).hexdigest()[:16]
                record = dataclasses.replace(record, record_id=f"sha1:{digest}")
            yield format_json_line(record, extraction).rstrip("\n")
