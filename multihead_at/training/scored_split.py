"""A split that a model is scored on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from multihead_at.config import Config
from multihead_at.documents import Document
from multihead_at.encoding import CorpusVocabularies
from multihead_at.prediction import Predictor, with_given_boundaries
from multihead_at.scoring import DocumentCounts, Scores, score


class ScoredSplit:
    """Documents, and what a model predicts for them.

    Args:
        name: "dev" or "test".
        documents: gold.
        predictor: the model's.
        config: gives evaluation and root node.
    """

    def __init__(
        self, name: str, documents: Sequence[Document], predictor: Predictor, config: Config
    ) -> None:
        self.name = name
        self.documents = documents
        self._predictor = predictor
        self._config = config
        self._encoded = [predictor.encoder.encode(document, gold=False) for document in documents]

    def predict(self) -> list[Document]:
        """The predicted documents: BIO tags, or a class for each token with EC."""
        return self._predictor.predict_encoded(self._encoded)

    def score(self, predicted: Sequence[Document] | None = None) -> Scores:
        """Scores predictions, by default fresh ones, as the settings say."""
        return score_documents(
            self.documents,
            self.predict() if predicted is None else predicted,
            self._config,
            self._predictor.encoder.vocabularies,
        )

    def count(self, predicted: Sequence[Document]) -> DocumentCounts:
        """What each document adds to the scores of predictions."""
        vocabularies = self._predictor.encoder.vocabularies
        return DocumentCounts.count(
            self.documents, predicted, **_scoring(self.documents, self._config, vocabularies)
        )

    def writable(self, predicted: Sequence[Document]) -> list[Document]:
        """The predictions as the five-column format can hold them."""
        if self._config.ner_classes == "BIO":
            return list(predicted)
        return [with_given_boundaries(gold, found) for gold, found in zip(self.documents, predicted)]


def score_documents(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    config: Config,
    vocabularies: CorpusVocabularies,
) -> Scores:
    """Scores predicted documents as the settings say, over the labels of the model and those of gold."""
    return score(gold, predicted, **_scoring(gold, config, vocabularies))


def _scoring(gold: Sequence[Document], config: Config, vocabularies: CorpusVocabularies) -> dict[str, Any]:
    """How documents are scored, as `score` takes it."""
    seen = CorpusVocabularies.collect(gold)
    return {
        "evaluation": config.evaluation_method,
        "root_node": config.root_node,
        "classes": sorted({*vocabularies.entity_classes, *seen.entity_classes}),
        "relations": sorted({*vocabularies.relations, *seen.relations}),
    }
