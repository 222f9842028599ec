"""Shows what a run has extracted from a document: `python show.py --help` explains how."""

import sys

from multihead_at.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["show", *sys.argv[1:]]))
