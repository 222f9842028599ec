"""Extraction from any amount of text, as an Apache Beam pipeline (extra `beam`)."""

from __future__ import annotations

from multihead_at.bulk.bulk_counts import BulkCounts
from multihead_at.bulk.extract_lines import BAD, EXTRACTED, ExtractLines
from multihead_at.bulk.run_pipeline import run_pipeline

__all__ = ["BAD", "EXTRACTED", "BulkCounts", "ExtractLines", "run_pipeline"]
