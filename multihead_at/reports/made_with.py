"""What the runs of a row were made with, as both tables tell it."""

from __future__ import annotations

from multihead_at.experiments.duration_text import format_duration
from multihead_at.reports.figure_text import NONE, epochs_of_cut
from multihead_at.reports.table_line import TableLine


def made_with(line: TableLine) -> list[str]:
    """Word vectors, protocol, preset, batch size, decoding, epochs of a cut run, alpha and CPU time.

    Args:
        line: one with runs.
    """
    assert line.variant is not None
    assert line.cpu_seconds is not None
    return [
        line.variant.word_vectors,
        line.variant.protocol,
        line.variant.preset,
        str(line.variant.batch_size),
        line.variant.decoding,
        epochs_of_cut(line.variant.cut_epochs),
        f"{line.alpha:g}" if line.alpha else NONE,
        format_duration(line.cpu_seconds),
    ]
