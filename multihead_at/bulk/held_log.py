"""Beam's log, kept back while it may turn out to be in the way."""

from __future__ import annotations

import collections
import logging
from types import TracebackType

_MOST_KEPT = 1000


class HeldLog(logging.Handler):
    """Keeps back what Beam logs in a block, and passes it on at the end, or drops it.

    A worker's refusal reaches Beam's log as several tracebacks before it is an exception here, which says in
    one line what is wrong. Of a longer log the last thousand records are kept.

    Args:
        name: of the logger that is held.
    """

    def __init__(self, name: str = "apache_beam") -> None:
        super().__init__()
        self._logger = logging.getLogger(name)
        self._records: collections.deque[logging.LogRecord] = collections.deque(maxlen=_MOST_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record."""
        self._records.append(record)

    def drop(self) -> None:
        """Forgets what has been logged so far."""
        self._records.clear()

    def __enter__(self) -> HeldLog:
        self._propagated, self._logger.propagate = self._logger.propagate, False
        self._logger.addHandler(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = self._propagated
        while self._records:
            self._logger.handle(self._records.popleft())
