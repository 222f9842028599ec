"""What became of a gold or predicted mention or relation."""

from __future__ import annotations

RIGHT = "right"
"""Gold and predicted."""

MISSED = "missed"
"""Gold; nothing like it is predicted."""

SPURIOUS = "spurious"
"""Predicted; nothing like it is gold."""

WRONG_TYPE = "wrong type"
"""On the other side the same mention has another type, or the same two mentions another relation."""

WRONG_BOUNDARIES = "wrong boundaries"
"""A mention that overlaps a wrong one of the other side."""

WRONG_ARGUMENT = "wrong argument"
"""A relation of a mention that the other side does not have: the fault lies with the mention."""

ERRORS = (MISSED, SPURIOUS, WRONG_TYPE, WRONG_BOUNDARIES, WRONG_ARGUMENT)
"""All but `RIGHT`."""
