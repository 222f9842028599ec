"""Lines in, lines of JSON out: a transform for any Beam pipeline."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam
from apache_beam.utils.shared import Shared

from multihead_at.errors import InputError

EXTRACTED = "extracted"
BAD = "bad"
LINES_AT_ONCE = 256
_COUNTERS = "multihead_at"


class ExtractLines(beam.PTransform):
    """Extracts entities and relations from lines, with one model for all threads of a process.

    Takes a collection of bytes, each a line without its end. Gives a mapping of two collections of text:

    - `EXTRACTED`: JSON as `predict` writes it. A line without an id of its own gets one that is made of what
      stands there (`sha1:...`), so that a line that a runner works on twice has the same answer.
    - `BAD`: JSON with `error` and `input`, for each line that is no record.

    Args:
        model_dir: a SavedModel or a run's folder, where every worker finds it.
        form: `lines` (a sentence each) or `jsonl` (see `read_records`).
        threshold: a relation is found where its probability is higher.
    """

    def __init__(self, model_dir: str, *, form: str = "jsonl", threshold: float = 0.5) -> None:
        super().__init__()
        if form not in ("lines", "jsonl"):
            raise InputError(f"form: expected lines or jsonl, received {form!r}")
        self._extract = _Extract(model_dir, form, threshold)

    def expand(self, input_or_inputs: Any) -> Any:
        """Adds the transform to a pipeline."""
        return (
            input_or_inputs
            | "Several at once" >> beam.BatchElements(min_batch_size=1, max_batch_size=LINES_AT_ONCE)
            | "Extract" >> beam.ParDo(self._extract).with_outputs(BAD, main=EXTRACTED)
        )


class _Extract(beam.DoFn):
    def __init__(self, model_dir: str, form: str, threshold: float) -> None:
        super().__init__()
        self._model_dir = model_dir
        self._form = form
        self._threshold = threshold
        # Threads of a process share what it holds.
        self._shared = Shared()
        self._extracted = beam.metrics.Metrics.counter(_COUNTERS, EXTRACTED)
        self._bad = beam.metrics.Metrics.counter(_COUNTERS, BAD)

    def setup(self) -> None:
        """Loads the model, unless another thread has."""
        self._model = self._shared.acquire(self._load)

    def _load(self) -> Any:
        # Before TensorFlow: oneDNN's kernels are slow on matrices as small as a sentence's.
        os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

        from multihead_at.extraction import load
        from multihead_at.training.tensorflow_setup import prepare_tensorflow

        # Runners start as many processes as there are cores.
        prepare_tensorflow(1)
        return load(self._model_dir)

    def process(self, element: Sequence[bytes]) -> Iterator[Any]:
        """Extracts from some lines."""
        from multihead_at.extraction import BadRecord, extract_records, format_json_line, read_records

        file = io.BytesIO(b"\n".join(element))
        records = read_records(file, self._form, with_boundaries=self._model.needs_boundaries)
        for result in extract_records(self._model, records, threshold=self._threshold):
            if isinstance(result, BadRecord):
                self._bad.inc()
                refused = {"error": result.reason, "input": result.raw}
                yield beam.pvalue.TaggedOutput(BAD, json.dumps(refused, ensure_ascii=False))
                continue
            record, extraction = result
            self._extracted.inc()
            # Without an id of its own it has its line's number, which means nothing here.
            if record.record_id == record.line:
                digest = hashlib.sha1(record.raw.encode()).hexdigest()[:16]
                record = dataclasses.replace(record, record_id=f"sha1:{digest}")
            yield format_json_line(record, extraction).rstrip("\n")
