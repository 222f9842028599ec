"""The head of an entity mention in ACE 2004."""

from __future__ import annotations

from typing import NamedTuple


class Ace04Head(NamedTuple):
    """What an `.apf.xml` says about the head of an entity mention.

    Attributes:
        type: the entity's TYPE.
        start: the first character.
        end: the last character, inclusive.
        text: what the file says stands there; empty where it says nothing.
        line: of the file.
    """

    type: str
    start: int
    end: int
    text: str
    line: int
