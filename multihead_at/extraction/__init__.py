"""From running text to entities and relations, with a trained model."""

from __future__ import annotations

from multihead_at.extraction.bad_record import BadRecord
from multihead_at.extraction.entity import Entity
from multihead_at.extraction.extract_records import CHUNK, extract_records
from multihead_at.extraction.extracted_relation import ExtractedRelation
from multihead_at.extraction.extraction import Extraction
from multihead_at.extraction.extractor import Extractor
from multihead_at.extraction.load import load
from multihead_at.extraction.output_format import annotated_text, format_columns, format_json_line
from multihead_at.extraction.record import Record
from multihead_at.extraction.record_reader import read_records
from multihead_at.extraction.run_extractor import RunExtractor
from multihead_at.extraction.saved_model_extractor import SavedModelExtractor

__all__ = [
    "CHUNK",
    "BadRecord",
    "Entity",
    "ExtractedRelation",
    "Extraction",
    "Extractor",
    "Record",
    "RunExtractor",
    "SavedModelExtractor",
    "annotated_text",
    "extract_records",
    "format_columns",
    "format_json_line",
    "load",
    "read_records",
]
