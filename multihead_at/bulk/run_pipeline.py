"""Files in, files out: the pipeline that the command line runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam
from apache_beam.coders import BytesCoder
from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from multihead_at.bulk.bulk_counts import BulkCounts
from multihead_at.bulk.extract_lines import BAD, EXTRACTED, ExtractLines
from multihead_at.bulk.held_log import HeldLog
from multihead_at.bulk.old_shards import SHARD_ENDING, OldShards
from multihead_at.errors import InputError

_REFUSED = re.compile(rf"{re.escape(InputError.__module__)}\.{InputError.__name__}: (.+)")
# Beam's, behind the message.
_STEP = re.compile(r" \[while running '[^']*'\]")


def run_pipeline(
    model_dir: str,
    *,
    inputs: str,
    output: str,
    errors: str,
    form: str = "jsonl",
    threshold: float | None = None,
    data_dir: str | None = None,
    filename_embeddings: str | None = None,
    overwrite: bool = False,
    options: Sequence[str] = (),
) -> BulkCounts:
    """Extracts from files, and waits until all is done.

    Args:
        model_dir: a SavedModel or a run's folder, where every worker finds it.
        inputs: a pattern of files (`shards-*.jsonl`), gzipped or not, on any file system that Beam knows.
        output: what the names of the output's shards begin with; `-00000-of-00004.jsonl` and so on follows.
        errors: the same for the records that were put aside.
        form: `lines` or `jsonl` (see `ExtractLines`).
        threshold: a relation is found where its probability is higher; None: the model's own.
        data_dir: where workers look for a run's word vectors; None: as `multihead_at.load`.
        filename_embeddings: other vectors than the run's; they must be of the same width.
        overwrite: whether shards that an earlier run has left are replaced, once all is done; local ones
            only.
        options: Beam's own, as `--runner=FlinkRunner`.

    Raises:
        InputError: no file fits the pattern; Beam cannot reach a place, or knows no such options; there are
            shards of an earlier run, or output and errors would be the same or cannot be written; a worker
            cannot load the model.
    """
    if output == errors:
        raise InputError("expected different prefixes for output and errors", path=output)
    try:
        # Before anything is looked for: it hands its options to the file systems.
        pipeline = beam.Pipeline(options=PipelineOptions(list(options)))
    except ValueError as error:
        raise InputError(f"Beam's options: {error}") from error
    for path in (inputs, output, errors):
        _check_file_system(path)
    files = _matching(inputs)
    lines = pipeline | "Read" >> beam.io.ReadFromText(inputs, coder=BytesCoder())
    found = lines | ExtractLines(
        model_dir,
        form=form,
        threshold=threshold,
        data_dir=data_dir,
        filename_embeddings=filename_embeddings,
    )
    for tag, prefix in ((EXTRACTED, output), (BAD, errors)):
        found[tag] | f"Write {tag}" >> beam.io.WriteToText(prefix, file_name_suffix=SHARD_ENDING)
    old = OldShards((output, errors), overwrite=overwrite, inputs=files)
    _make_folders((output, errors))
    with HeldLog() as log:
        try:
            result = pipeline.run()
            result.wait_until_finish()
        except Exception as error:
            refusal = _refusal(error)
            if refusal is None:
                raise
            log.drop()
            raise InputError(refusal) from None
    old.remove()
    return BulkCounts(*(_count(result, name) for name in (EXTRACTED, BAD)))


def _check_file_system(path: str) -> None:
    """Refuses a place that Beam, as it is installed, cannot reach."""
    try:
        FileSystems.get_filesystem(path)
    except ValueError as error:
        raise InputError(f"cannot be reached by Beam: {error}", path=path) from error


def _matching(pattern: str) -> list[str]:
    try:
        matches = FileSystems.match([pattern])
    except BeamIOError as error:
        raise InputError(f"cannot be read: {error}", path=pattern) from error
    files = [file.path for match in matches for file in match.metadata_list]
    if not files:
        raise InputError("expected files to read, found none that fit the pattern", path=pattern)
    return files


def _make_folders(prefixes: Sequence[str]) -> None:
    """Makes the folders of local files: where Beam cannot, it says so in a hundred lines."""
    for prefix in prefixes:
        if "://" not in prefix:
            folder = Path(prefix).parent
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise InputError.from_os_error("written", error, folder) from error


def _refusal(error: Exception) -> str | None:
    """The message of a worker's `InputError`, of which a runner may have kept no more than a traceback."""
    found = [error.message] if isinstance(error, InputError) else _REFUSED.findall(str(error))
    return _STEP.sub("", found[-1]) if found else None


def _count(result: beam.runners.runner.PipelineResult, name: str) -> int | None:
    try:
        counters = result.metrics().query(beam.metrics.MetricsFilter().with_name(name))["counters"]
    except NotImplementedError:
        return None
    return sum(counter.result for counter in counters)
