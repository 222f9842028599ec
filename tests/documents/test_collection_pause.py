"""The collector is paused while many tokens are made, and no longer."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from multihead_at.documents.collection_pause import collection_pause
from multihead_at.documents.tokenizer import tokenize


def test_it_ends_as_it_was() -> None:
    with pytest.raises(KeyError), collection_pause():
        assert not gc.isenabled()
        with collection_pause():
            pass
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_a_long_text_is_cut_without_collections() -> None:
    ran: list[str] = []

    def note(phase: str, _: dict[str, Any]) -> None:
        ran.append(phase)

    gc.collect()
    gc.callbacks.append(note)
    try:
        tokens = tokenize("(" * 20_000)
        assert len(tokens) == 20_000
    finally:
        gc.callbacks.remove(note)
    # One may begin where it goes on again, where there would have been dozens.
    assert ran.count("start") <= 2
