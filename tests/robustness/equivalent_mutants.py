"""Mutants that no test can tell from the code as it is, and why."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {}
