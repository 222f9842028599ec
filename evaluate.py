"""Scores a trained run on a file: `python evaluate.py --help` explains how."""

import sys

from multihead_at.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["evaluate", *sys.argv[1:]]))
