"""Keeps TensorFlow and TensorFlow Addons from talking; called before either is imported."""

from __future__ import annotations

import logging
import os
import warnings


def quiet_tensorflow() -> None:
    """Silences notices and warnings; exceptions and fatal errors still show.

    `TF_CPP_MIN_LOG_LEVEL` is 3 because TensorFlow 2.15 logs at every import, as errors, that cuDNN is
    registered twice. What goes wrong in a step arrives as a Python exception anyway. A value that the user
    has set stays.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # oneDNN's kernels take three times as long as Eigen's on matrices as small as a sentence's.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    # Keras warns through absl's logger, which absl itself has to make.
    from absl import logging as absl_logging

    absl_logging.set_verbosity(absl_logging.ERROR)
    # TFA announces its end of life, Keras that HDF5 is an old format.
    warnings.filterwarnings("ignore", module=r"(tensorflow|tensorflow_addons|keras)(\.|$)")
