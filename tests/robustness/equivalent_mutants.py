"""Mutants that no test can tell from the code as it is, and why."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {
    "document_counts.py DocumentCounts.labels: ...bel, _ in _by_label(self.scores[0]))) -> "
    "...bel, _ in _by_label(self.scores[-1])))": (
        "All documents are scored over the same labels in the same order: the last one's are the first one's."
    ),
    "document_counts.py DocumentCounts.total: first = self.scores[0] -> first = self.scores[-1]": (
        "What is taken from it is the same in all documents: evaluation, root and labels; the rest adds up."
    ),
    "relaxed.py _retyped: ... Counter(inside).most_common(1)[0] -> ... Counter(inside).most_common(1)[-1]": (
        "Of one there are no two ends."
    ),
    "relaxed.py _retyped: ..._ = Counter(inside).most_common(1)[0] -> "
    "..._ = Counter(inside).most_common(2)[0]": (
        "The first of the two most common is the most common; equal counts are ordered by first meeting."
    ),
    "score.py _entity_labels: return list(dict.fromkeys([*classes, *always])) -> "
    "return dict.fromkeys([*classes, *always])": (
        "A dictionary is iterated, joined and searched as the list of its keys."
    ),
    "table.py _summary: if scores.macro is not None and scores.macro_no_other is not None: -> "
    "if scores.macro_no_other is not None:": (
        "Where there is a macro figure without Other there is one with it; the type checker does not know."
    ),
}
