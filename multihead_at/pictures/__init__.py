"""HTML pages of extractions, of a run's errors and of learning curves. No TensorFlow here."""

from __future__ import annotations

from multihead_at.pictures.write_pages import MOST_DOCUMENTS, PAGE_NAMES, write_file_page, write_run_pages

__all__ = ["MOST_DOCUMENTS", "PAGE_NAMES", "write_file_page", "write_run_pages"]
