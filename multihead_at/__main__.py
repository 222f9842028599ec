"""`python -m multihead_at COMMAND`: the same as the console script `multihead-at COMMAND`."""

from __future__ import annotations

import sys

from multihead_at.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
