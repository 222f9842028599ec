"""A row of the paper's Table 1, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperRow:
    """A row: F1 in percent.

    Attributes:
        dataset: as the paper writes it.
        settings: the model, or who has published the figures.
        evaluation: `strict`, `boundaries` or `relaxed`.
        entity: entity F1.
        relation: relation F1.
        overall: their mean, as printed.
        nlp_features: whether the model relies on external NLP tools or features made by hand.
        tag_set: `BIO` or `EC` where it is the paper's own model; empty for the systems that it cites.
        adversarial: whether it is trained with AT.
        folded: whether the figures are means of cross-validation.
    """

    dataset: str
    settings: str
    evaluation: str
    entity: float
    relation: float
    overall: float
    nlp_features: bool = False
    tag_set: str = ""
    adversarial: bool = False
    folded: bool = False
