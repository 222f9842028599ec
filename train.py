"""Trains a model: `python train.py --help` explains how."""

import sys

from multihead_at.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["train", *sys.argv[1:]]))
