"""Writes a trained run as a SavedModel: `python export.py --help` explains how."""

import sys

from multihead_at.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["export", *sys.argv[1:]]))
