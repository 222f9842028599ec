"""Our Table 1 as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from multihead_at.reports.figure_text import percent, percent_with_sd, signed
from multihead_at.reports.made_with import made_with
from multihead_at.reports.markdown_text import markdown_table
from multihead_at.reports.table_line import FIGURES, LETTERS, TableLine

_INTRODUCTION = """\
# Table 1

Test F1 in percent: ours beside the paper's. Written by `multihead-at report` from the runs' `result.json`.

Evaluation: S strict, B boundaries, R relaxed. Ours is the mean ± the standard deviation (n - 1) over the
runs, which differ in seed or fold; a single run has none. The difference is our mean minus the paper's
figure; a cross-validation without all of its folds has none, as folds differ. The paper cross-validates
CoNLL04 NER; its figures stand beside our runs on the fixed split all the same. Systems that the paper cites
are in *italics*, with † where they rely on external NLP tools or features made by hand.
"""

_MADE_WITH = """\
## What the rows were made with

CPU time is the mean over the runs, of all their epochs.
"""

_COLUMNS = (
    "",
    "eval.",
    "split",
    "runs",
    "entity",
    "relation",
    "overall",
    "paper: entity",
    "relation",
    "overall",
    "difference: entity",
    "relation",
    "overall",
)
_MADE_COLUMNS = (
    "",
    "split",
    "runs",
    "seeds",
    "word vectors",
    "protocol",
    "preset",
    "batch",
    "decoding",
    "cut to",
    "alpha",
    "CPU time",
)


def format_markdown(lines: Sequence[TableLine], remarks: Sequence[str]) -> str:
    """The table, what its rows were made with, and remarks.

    Args:
        lines: of the table.
        remarks: sentences without a full stop.
    """
    run = [line for line in lines if line.results]
    parts = [_INTRODUCTION, *markdown_table(_COLUMNS, [_row(line) for line in lines])]
    parts += ["", _MADE_WITH, *markdown_table(_MADE_COLUMNS, [_made_row(line) for line in run])]
    if remarks:
        parts += ["", "## Remarks", "", *(f"- {remark}." for remark in remarks)]
    return "\n".join(parts) + "\n"


def _row(line: TableLine) -> list[str]:
    return [
        _name(line),
        LETTERS[line.evaluation],
        line.split,
        "" if line.group is None else line.runs,
        *("" if line.group is None else _ours(line, figure) for figure in FIGURES),
        *(percent(line.published(figure)) for figure in FIGURES),
        *("" if line.group is None else signed(line.difference(figure)) for figure in FIGURES),
    ]


def _name(line: TableLine) -> str:
    if line.group is not None:
        return f"{line.dataset} {line.settings}"
    tools = "†" if line.paper is not None and line.paper.nlp_features else ""
    return f"*{line.dataset} {line.settings}*{tools}"


def _ours(line: TableLine, figure: str) -> str:
    return percent_with_sd(line.mean(figure), line.sd(figure))


def _made_row(line: TableLine) -> list[str]:
    seeds = dict.fromkeys(str(result.seed) for result in line.results)
    return [
        f"{line.dataset} {line.settings}",
        line.split,
        line.runs,
        ", ".join(seeds),
        *made_with(line),
    ]
