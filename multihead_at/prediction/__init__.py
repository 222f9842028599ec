"""From the model's scores back to documents."""

from __future__ import annotations

from multihead_at.prediction.given_boundaries import with_given_boundaries
from multihead_at.prediction.predictor import Predictor

__all__ = ["Predictor", "with_given_boundaries"]
