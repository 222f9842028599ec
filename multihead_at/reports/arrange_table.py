"""Which runs belong to which line of our Table 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from multihead_at.reports.paper_row import PaperRow
from multihead_at.reports.paper_table import PAPER_TABLE
from multihead_at.reports.row_group import RowGroup
from multihead_at.reports.run_result import RunResult
from multihead_at.reports.table_line import TableLine
from multihead_at.reports.variant import Variant

ChosenAlphas = Mapping[tuple[str, str, int], "float | None"]
"""The alpha of the AT row by dataset, `RunResult.tuned` and `cut_epochs`.

None or missing where none is chosen.
"""

# The paper cross-validates CoNLL04 NER; its code's own split stands beside that.
_BESIDE = (RowGroup("conll04", "BIO", "strict", folded=False),)


def arrange_table(results: Sequence[RunResult], alphas: ChosenAlphas) -> list[TableLine]:
    """Sorts runs into the paper's rows, in its order; what it has no row for comes last.

    A row's runs share preset, batch size, protocol, word vectors, decoding and the documents or the way to
    the folds: whole runs before ones that are cut short, the fast preset's where it was run, else the ones
    with the most runs. Runs of other such
    settings or of another alpha than the chosen one get lines of their own below the row, so that nothing is
    mixed and nothing is left out.

    Args:
        results: the runs.
        alphas: the alpha of each AT row.
    """
    groups: dict[RowGroup, list[RunResult]] = {}
    for result in results:
        groups.setdefault(RowGroup.of(result), []).append(result)
    lines = []
    for (dataset, evaluation), rows in _blocks():
        lines += [TableLine(dataset, row.settings, evaluation, row) for row in rows if not row.tag_set]
        own = [row for row in rows if row.tag_set]
        for group in _groups_of(own):
            lines += _lines(group, groups.pop(group, []), alphas, own)
    for group in sorted(groups):
        more = _lines(group, groups[group], alphas, _rows_of(group))
        lines += [line for line in more if line.results or line.paper is not None]
    return lines


def _blocks() -> Iterator[tuple[tuple[str, str], list[PaperRow]]]:
    """The paper's rows by dataset and evaluation."""
    blocks: dict[tuple[str, str], list[PaperRow]] = {}
    for row in PAPER_TABLE:
        blocks.setdefault((row.dataset, row.evaluation), []).append(row)
    yield from blocks.items()


def _groups_of(rows: Sequence[PaperRow]) -> list[RowGroup]:
    groups = [RowGroup(row.dataset.lower(), row.tag_set, row.evaluation, row.folded) for row in rows]
    groups += [group for group in _BESIDE if group._replace(folded=True) in groups]
    return list(dict.fromkeys(groups))


def _rows_of(group: RowGroup) -> list[PaperRow]:
    """The paper's rows of a group that is another split of theirs."""
    wanted = (group.dataset, group.tag_set, group.evaluation)
    return [row for row in PAPER_TABLE if (row.dataset.lower(), row.tag_set, row.evaluation) == wanted]


def _lines(
    group: RowGroup, results: Sequence[RunResult], alphas: ChosenAlphas, rows: Sequence[PaperRow]
) -> list[TableLine]:
    """The baseline's and the AT row, and the lines below them."""
    paper = {row.adversarial: row for row in rows}
    shown = next((row.dataset for row in rows), group.dataset)
    main = _main_variant(results)
    sorted_results: dict[tuple[float, Variant], list[RunResult]] = {}
    for result in sorted(results, key=lambda result: (result.seed, result.fold)):
        sorted_results.setdefault((result.alpha, Variant.of(result)), []).append(result)

    def line(adversarial: bool, alpha: float | None, variant: Variant | None, words: list[str]) -> TableLine:
        found = () if alpha is None or variant is None else sorted_results.get((alpha, variant), ())
        told = [*words, *(variant.always_told if found and variant is not None else ())]
        return TableLine(
            dataset=shown,
            settings=", ".join([group.settings(adversarial=adversarial), *dict.fromkeys(told)]),
            evaluation=group.evaluation,
            paper=paper.get(adversarial),
            group=group,
            variant=variant if found else None,
            alpha=alpha,
            of_row=not words,
            results=tuple(found),
        )

    def alpha_of(variant: Variant | None) -> float | None:
        if variant is None:
            return alphas.get((group.dataset, group.tag_set, 0))
        return alphas.get((group.dataset, "+".join((group.tag_set, *variant.tried)), variant.cut_epochs))

    lines = [line(False, 0.0, main, []), line(True, alpha_of(main), main, [])]
    for alpha, variant in sorted(sorted_results):
        assert main is not None
        adversarial = alpha > 0
        words = [f"alpha {alpha:g}"] if adversarial and alpha != alpha_of(variant) else []
        words += variant.differences(main)
        if words:
            lines.append(line(adversarial, alpha, variant, words))
    return lines


def _main_variant(results: Sequence[RunResult]) -> Variant | None:
    """Whole runs before cut ones, the row's own settings before chosen ones, the fast preset's before others.

    Of the rest the one with the most runs.
    """
    counts = Counter(map(Variant.of, results))
    return max(
        sorted(counts),
        key=lambda variant: (
            not variant.cut_epochs,
            not variant.tried,
            variant.is_fast,
            counts[variant],
        ),
        default=None,
    )
