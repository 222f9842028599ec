"""From the model's scores back to documents."""

from __future__ import annotations

from multihead_at.prediction.batches_by_length import batches_by_length
from multihead_at.prediction.given_boundaries import with_given_boundaries
from multihead_at.prediction.predictor import THRESHOLD, Predictor
from multihead_at.prediction.scored_prediction import ScoredPrediction
from multihead_at.prediction.tag_chain import TagChain

__all__ = [
    "THRESHOLD",
    "Predictor",
    "ScoredPrediction",
    "TagChain",
    "batches_by_length",
    "with_given_boundaries",
]
