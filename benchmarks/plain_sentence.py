"""A corpus' tokens as the sentence that a writer would have written."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEVER_BEHIND_A_BLANK = re.compile(r"[,.;:?!)%]|'[A-Za-z0-9]*")
_NEVER_BEFORE_A_BLANK = frozenset("(`$")
_DIGITS = re.compile(r"[$]?[0-9]+")


def plain_sentence(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Joins tokens, with a blank where people set one.

    Args:
        tokens: of a corpus in the style of CoNLL04, which has `10 , 000`, `5 : 30` and `Velm 's`.

    Returns:
        The sentence, and where in it each token stands, start and end.
    """
    text, spans, is_quoting = "", [], False
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        if token == '"':
            is_quoting = not is_quoting
        if text and not _are_joined(tokens[:place], token, is_quoting, before):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def _are_joined(earlier: Sequence[str], token: str, is_quoting: bool, before: str) -> bool:
    if _NEVER_BEHIND_A_BLANK.fullmatch(token) or before in _NEVER_BEFORE_A_BLANK:
        return True
    if token == '"':
        return not is_quoting
    if before == '"':
        return is_quoting
    # Thousands and times of day.
    if token.isdigit() and len(earlier) > 1 and _DIGITS.fullmatch(earlier[-2]):
        return before == ":" or (before == "," and len(token) == 3 and len(earlier[-2].lstrip("$")) <= 3)
    return False
