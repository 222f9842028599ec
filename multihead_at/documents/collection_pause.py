"""Many objects at once, without Python's search for cycles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_pause() -> Iterator[None]:
    """Pauses the collection of cyclic garbage, for what makes a great many objects and no cycles.

    The collector would go through all of them, and through all of TensorFlow's, again and again: half of the
    time that a megabyte of text takes.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
