"""TensorFlow's settings, in processes of their own: they can be made only once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# Compiles with XLA after the settings are made, then writes past Python to the error stream.
PROGRAM = """
import os
from multihead_at.cli.quiet import quiet_tensorflow
quiet_tensorflow()
import tensorflow as tf
from multihead_at.training import tensorflow_setup
{before}
tensorflow_setup.prepare_tensorflow(1)
print(tf.config.threading.get_intra_op_parallelism_threads())
print(tf.config.threading.get_inter_op_parallelism_threads())
print(float(tf.function(tf.square, jit_compile=True)(tf.constant(3.0))))
os.write(2, b"a line of TensorFlow's\\n")
"""


def run(before: str = "", level: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    if level is not None:
        environment["TF_CPP_MIN_LOG_LEVEL"] = level
    environment["PYTHONPATH"] = str(CHECKOUT)
    program = PROGRAM.format(before=before)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)


def test_threads_are_set_and_only_the_compilers_notice_is_kept_off_the_error_stream() -> None:
    done = run()
    assert done.stdout == "1\n1\n9.0\n"
    assert done.stderr == "a line of TensorFlow's\n"


def test_what_else_is_said_during_the_first_compilation_is_passed_on() -> None:
    done = run("tf.negative = lambda x: os.write(2, b'cannot compile\\n') and x")
    assert done.stderr == "cannot compile\na line of TensorFlow's\n"


def test_the_notice_stays_for_a_user_who_wants_the_log() -> None:
    assert "Compiled cluster using XLA!" in run(level="2").stderr


def test_nothing_changes_once_tensorflow_has_begun() -> None:
    done = run("tf.constant(1) + 1")
    assert done.returncode == 0
    assert done.stdout.startswith("0\n0\n")
