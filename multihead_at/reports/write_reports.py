"""Everything that is made from the results, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from multihead_at.files import open_atomically
from multihead_at.reports.arrange_table import arrange_table
from multihead_at.reports.chosen_alpha import chosen_alpha
from multihead_at.reports.comparison import compare_lines
from multihead_at.reports.figure2 import draw_figure2
from multihead_at.reports.panel import read_panels
from multihead_at.reports.read_results import read_results
from multihead_at.reports.reports import Reports
from multihead_at.reports.significance_text import format_significance, format_significance_csv
from multihead_at.reports.table_csv import format_csv
from multihead_at.reports.table_latex import format_latex
from multihead_at.reports.table_markdown import format_markdown
from multihead_at.reports.table_remarks import table_remarks

FIGURE_NEEDS = "matplotlib and statsmodels (pip install 'multihead_at[plots]')"


def write_reports(folder: Path, *, figure: bool = True) -> Reports:
    """Writes `table1.md`, `.csv` and `.tex`, `significance.md` and `.csv`, and `figure2.png` and `.svg`.

    The same results give the same files. Nothing is written before all results have been read.

    Args:
        folder: of the results, `<dataset>/<run>/result.json`; takes the files.
        figure: whether the figure is drawn, too.

    Returns:
        The table's lines, what there is to say about them, and the files.

    Raises:
        InputError: a result is missing or damaged, or a file cannot be written.
    """
    results = read_results(folder)
    kinds = dict.fromkeys((result.dataset, result.tuned, result.cut_epochs) for result in results)
    alphas = {kind: chosen_alpha(folder, *kind, results) for kind in kinds}
    lines = arrange_table(results, alphas)
    comparisons, left_out = compare_lines(lines)
    remarks = [*table_remarks(lines), *left_out]
    panels = read_panels(lines) if figure else []
    texts = {
        "table1.md": format_markdown(lines, remarks),
        "table1.csv": format_csv(lines),
        "table1.tex": format_latex(lines),
        "significance.md": format_significance(comparisons),
        "significance.csv": format_significance_csv(comparisons),
    }
    files = _write(folder, texts)
    if panels:
        pictures = (folder / "figure2.png", folder / "figure2.svg")
        try:
            draw_figure2(panels, *pictures)
            files += pictures
        except ImportError:
            remarks.append(f"figure2 is not drawn: it needs {FIGURE_NEEDS}")
    return Reports(tuple(lines), tuple(comparisons), tuple(remarks), tuple(files))


def _write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    for name, text in texts.items():
        with open_atomically(folder / name) as file:
            file.write(text.encode())
    return [folder / name for name in texts]
