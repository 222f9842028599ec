"""What reading may take: time and memory, in this process and in one of its own."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


def _slowness() -> float:
    """How many times as long as 0.06 seconds a loop takes here; at least 1: slow processors get more time."""
    start, total = time.process_time(), 0
    for number in range(10**6):
        total += number
    return max(1.0, (time.process_time() - start) / 0.06)


MOST_SECONDS = 2.0 * _slowness()
FOR_EVER = 20.0
MOST_MEGABYTES = 500
MEGABYTE = 2**20
_STUCK_AFTER = 60
_LIBC = ctypes.CDLL(None)


class TooLong(BaseException):
    """More seconds of a processor were taken than there were; no `except Exception` on the way catches it."""


@contextmanager
def limits(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Lets what happens inside take so many seconds of a processor and `MOST_MEGABYTES` more memory.

    Whoever measures takes `MOST_SECONDS`. Tests that run everywhere, beside whatever else a machine does,
    take `FOR_EVER`: what grows with the square of its input still ends there.

    Raises:
        TooLong: it takes longer.
        MemoryError: it takes more.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"took more than {seconds} s")

    # What earlier work has left free would come on top of the limit.
    _LIBC.malloc_trim(0)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGPROF, stop)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + MOST_MEGABYTES * MEGABYTE, hard))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGPROF, before)


def in_a_child(work: Callable[[Callable[[], None]], Any]) -> Any:
    """Does work in a fork of this process.

    Args:
        work: returns what JSON can hold. Is given a function to call at every step: without a call for a
            minute the process is ended, as code in C hears of no other limit.

    Returns:
        What it returned.

    Raises:
        ChildProcessError: the process ended before.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _become(work, writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as file:
        text = file.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        ended = f"signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"exit status {code}"
        raise ChildProcessError(f"ended by {ended}")
    return json.loads(text)


def _become(work: Callable[[Callable[[], None]], Any], writing: int) -> None:
    status = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_STUCK_AFTER)
        result = work(_step)
        with open(writing, "w", encoding="utf-8") as file:
            json.dump(result, file)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _step() -> None:
    signal.alarm(_STUCK_AFTER)


def _address_space() -> int:
    """Bytes of this process's."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
