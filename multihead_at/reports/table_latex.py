"""Our Table 1 as LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from multihead_at.reports.figure_text import NONE, percent, percent_with_sd, signed
from multihead_at.reports.made_with import made_with
from multihead_at.reports.table_line import FIGURES, LETTERS, TableLine

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)

_TOP = r"""% Written by multihead-at report. Needs \usepackage{booktabs} and UTF-8 text.
\begin{tabular}{llllrrrrrrrrrr}
\toprule
& & & & \multicolumn{4}{c}{ours} & \multicolumn{3}{c}{paper} & \multicolumn{3}{c}{difference} \\
\cmidrule(lr){5-8} \cmidrule(lr){9-11} \cmidrule(lr){12-14}
Dataset & Settings & Eval. & Split
& Runs & Entity & Relation & Overall & Ent. & Rel. & Overall & Ent. & Rel. & Overall \\"""

_MADE_TOP = r"""% What the rows were made with; CPU time is the mean over the runs.
\begin{tabular}{lllrlllrllrr}
\toprule
Dataset & Settings & Split & Runs & Word vectors & Protocol & Preset & Batch & Decoding & Cut to
& $\alpha$ & CPU time \\
\midrule"""

_BOTTOM = r"""\bottomrule
\end{tabular}"""


def format_latex(lines: Sequence[TableLine]) -> str:
    """Two `tabular`s: the table, and what its rows were made with."""
    text = [_TOP]
    dataset = ""
    for line in lines:
        # The dataset stands at its first row only, below a rule.
        if line.dataset != dataset:
            text.append(r"\midrule")
        text.append(_tabular_row([_escaped(line.dataset) if line.dataset != dataset else "", *_cells(line)]))
        dataset = line.dataset
    made = [_tabular_row(map(_escaped, _made_cells(line))) for line in lines if line.results]
    return "\n".join([*text, _BOTTOM, "", _MADE_TOP, *made, _BOTTOM]) + "\n"


def _tabular_row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _cells(line: TableLine) -> list[str]:
    own = line.group is not None
    tools = line.paper is not None and line.paper.nlp_features
    return [
        _escaped(line.settings) + (" (NLP tools)" if tools else ""),
        LETTERS[line.evaluation],
        line.split,
        line.runs if own else "",
        *(_ours(line, figure) if own else "" for figure in FIGURES),
        *(percent(line.published(figure)) for figure in FIGURES),
        *(_difference(line, figure) if own else "" for figure in FIGURES),
    ]


def _ours(line: TableLine, figure: str) -> str:
    return percent_with_sd(line.mean(figure), line.sd(figure), plus_minus=r"$\pm$")


def _difference(line: TableLine, figure: str) -> str:
    difference = line.difference(figure)
    return NONE if difference is None else f"${signed(difference)}$"


def _made_cells(line: TableLine) -> list[str]:
    return [
        line.dataset,
        line.settings,
        line.split,
        line.runs,
        *made_with(line),
    ]
