"""Table 1 of the paper, in its order: F1 in percent."""

from __future__ import annotations

from multihead_at.reports.paper_row import PaperRow

_S, _B, _R = "strict", "boundaries", "relaxed"

PAPER_TABLE: tuple[PaperRow, ...] = (
    PaperRow("ACE04", "Miwa and Bansal (2016)", _S, 81.80, 48.40, 65.10, nlp_features=True),
    PaperRow("ACE04", "Katiyar and Cardie (2017)", _S, 79.60, 45.70, 62.65),
    PaperRow("ACE04", "baseline", _S, 81.16, 47.14, 64.15, tag_set="BIO", folded=True),
    PaperRow("ACE04", "baseline + AT", _S, 81.64, 47.45, 64.54, tag_set="BIO", adversarial=True, folded=True),
    PaperRow("CoNLL04", "Gupta et al. (2016)", _R, 92.40, 69.90, 81.15, nlp_features=True),
    PaperRow("CoNLL04", "Gupta et al. (2016)", _R, 88.80, 58.30, 73.60),
    PaperRow("CoNLL04", "Adel and Schütze (2017)", _R, 82.10, 62.50, 72.30),
    PaperRow("CoNLL04", "baseline EC", _R, 93.26, 67.01, 80.14, tag_set="EC"),
    PaperRow("CoNLL04", "baseline EC + AT", _R, 93.04, 67.99, 80.51, tag_set="EC", adversarial=True),
    PaperRow("CoNLL04", "Miwa and Sasaki (2014)", _S, 80.70, 61.00, 70.85, nlp_features=True),
    PaperRow("CoNLL04", "baseline", _S, 83.04, 61.04, 72.04, tag_set="BIO", folded=True),
    PaperRow(
        "CoNLL04", "baseline + AT", _S, 83.61, 61.95, 72.78, tag_set="BIO", adversarial=True, folded=True
    ),
    PaperRow("DREC", "Bekoulis et al. (2018a)", _B, 79.11, 49.70, 64.41),
    PaperRow("DREC", "baseline", _B, 82.30, 52.81, 67.56, tag_set="BIO"),
    PaperRow("DREC", "baseline + AT", _B, 82.96, 53.87, 68.42, tag_set="BIO", adversarial=True),
    PaperRow("DREC", "baseline", _S, 81.39, 52.26, 66.83, tag_set="BIO"),
    PaperRow("DREC", "baseline + AT", _S, 82.04, 53.12, 67.58, tag_set="BIO", adversarial=True),
    PaperRow("ADE", "Li et al. (2016)", _S, 79.50, 63.40, 71.45, nlp_features=True),
    PaperRow("ADE", "Li et al. (2017)", _S, 84.60, 71.40, 78.00, nlp_features=True),
    PaperRow("ADE", "baseline", _S, 86.40, 74.58, 80.49, tag_set="BIO", folded=True),
    PaperRow("ADE", "baseline + AT", _S, 86.73, 75.52, 81.13, tag_set="BIO", adversarial=True, folded=True),
)
"""The paper's rows and those of the systems that it cites."""
