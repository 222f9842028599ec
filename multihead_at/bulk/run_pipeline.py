"""Files in, files out: the pipeline that the command line runs."""

from __future__ import annotations

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.coders import BytesCoder
from apache_beam.options.pipeline_options import PipelineOptions

from multihead_at.bulk.bulk_counts import BulkCounts
from multihead_at.bulk.extract_lines import BAD, EXTRACTED, ExtractLines
from multihead_at.errors import InputError


def run_pipeline(
    model_dir: str,
    *,
    inputs: str,
    output: str,
    errors: str,
    form: str = "jsonl",
    threshold: float = 0.5,
    options: Sequence[str] = (),
) -> BulkCounts:
    """Extracts from files, and waits until all is done.

    Args:
        model_dir: a SavedModel or a run's folder, where every worker finds it.
        inputs: a pattern of files (`shards-*.jsonl`), gzipped or not, on any file system that Beam knows.
        output: what the names of the output's shards begin with; `-00000-of-00004.jsonl` and so on follows.
        errors: the same for the records that were put aside.
        form: `lines` or `jsonl` (see `ExtractLines`).
        threshold: a relation is found where its probability is higher.
        options: Beam's own, as `--runner=FlinkRunner`.

    Raises:
        InputError: no file fits the pattern.
    """
    matches = beam.io.filesystems.FileSystems.match([inputs])
    if not any(match.metadata_list for match in matches):
        raise InputError("expected files to read, found none that fit the pattern", path=inputs)
    pipeline = beam.Pipeline(options=PipelineOptions(list(options)))
    lines = pipeline | "Read" >> beam.io.ReadFromText(inputs, coder=BytesCoder())
    found = lines | ExtractLines(model_dir, form=form, threshold=threshold)
    for tag, prefix in ((EXTRACTED, output), (BAD, errors)):
        found[tag] | f"Write {tag}" >> beam.io.WriteToText(prefix, file_name_suffix=".jsonl")
    result = pipeline.run()
    result.wait_until_finish()
    return BulkCounts(*(_count(result, name) for name in (EXTRACTED, BAD)))


def _count(result: beam.runners.runner.PipelineResult, name: str) -> int | None:
    try:
        counters = result.metrics().query(beam.metrics.MetricsFilter().with_name(name))["counters"]
    except NotImplementedError:
        return None
    return sum(counter.result for counter in counters)
