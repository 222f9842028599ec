"""Beam's log is kept back, and passed on unless it is dropped."""

from __future__ import annotations

import logging

import pytest

from multihead_at.bulk.held_log import HeldLog

NAME = "multihead_at_test"
LOGGER = logging.getLogger(f"{NAME}.part")


@pytest.mark.parametrize("dropped", [True, False])
def test_what_is_logged_comes_at_the_end_or_not_at_all(
    dropped: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with HeldLog(NAME) as log:
        LOGGER.warning("first")
        LOGGER.warning("second")
        assert not caplog.messages
        if dropped:
            log.drop()
    assert caplog.messages == ([] if dropped else ["first", "second"])
    LOGGER.warning("after")
    assert caplog.messages[-1] == "after"


def test_an_error_does_not_lose_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RuntimeError), HeldLog(NAME):
        LOGGER.warning("before the error")
        raise RuntimeError
    assert caplog.messages == ["before the error"]
