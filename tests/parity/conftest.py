"""Makes this folder's modules importable, and TensorFlow quiet before it is imported."""

from __future__ import annotations

import sys
from pathlib import Path

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()
sys.path.insert(0, str(Path(__file__).resolve().parent))
