"""Joint entity and relation extraction by head selection, with adversarial training.

After Bekoulis, Deleu, Demeester and Develder, EMNLP 2018.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multihead_at.extraction import Extractor

__version__ = "0.1.0"


def load(
    model_dir: str | os.PathLike[str],
    *,
    data_dir: str | os.PathLike[str] | None = None,
    filename_embeddings: str | None = None,
) -> Extractor:
    """Loads a trained run or a SavedModel, ready to extract: see `multihead_at.extraction.load`."""
    # TensorFlow takes seconds to import: the package itself stays light.
    from multihead_at.extraction import load as load_extractor

    return load_extractor(model_dir, data_dir=data_dir, filename_embeddings=filename_embeddings)
