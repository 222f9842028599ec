"""Extracts entities and relations from text: `python predict.py --help` explains how."""

import sys

from multihead_at.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["predict", *sys.argv[1:]]))
