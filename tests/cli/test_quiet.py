"""TensorFlow's silence, in a process of its own: what it says at import can only be heard once."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest

from multihead_at.cli.quiet import quiet_tensorflow

PROGRAM = """
import logging
import warnings
from multihead_at.cli.quiet import quiet_tensorflow
quiet_tensorflow()
import tensorflow
import tensorflow_addons
tensorflow.get_logger().warning("a warning of TensorFlow")
import absl.logging
absl.logging.warning("a warning of Keras, which uses this logger")
print(int(tensorflow.reduce_sum([1, 2])))
warnings.warn("a warning of ours")
logging.getLogger("multihead_at").warning("a log line of ours")
tensorflow.constant([1, 2]) + tensorflow.constant([1, 2, 3])
"""


def test_nothing_but_what_is_ours_and_real_errors() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=environment)
    assert done.stdout == "3\n"
    lines = done.stderr.splitlines()
    assert lines[0].endswith("UserWarning: a warning of ours")
    assert lines[1].endswith("a log line of ours")
    assert lines[2] == "Traceback (most recent call last):"
    assert "InvalidArgumentError" in lines[-1]


def test_a_level_that_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    logger = logging.getLogger("tensorflow")
    monkeypatch.setattr(logger, "level", logger.level)
    quiet_tensorflow()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"
