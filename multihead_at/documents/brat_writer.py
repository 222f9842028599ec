"""Texts, one below the other, as one pair of brat's files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import BinaryIO

from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.brat_files import brat_pair
from multihead_at.documents.write_brat import format_brat
from multihead_at.files import open_atomically


class BratWriter:
    """Writes texts below one another; offsets and numbers go on.

    Args:
        text_file: takes the texts.
        annotation_file: takes their annotations.
    """

    def __init__(self, text_file: BinaryIO, annotation_file: BinaryIO) -> None:
        self._text_file = text_file
        self._annotation_file = annotation_file
        self._characters = 0
        self._mentions = 0
        self._relations = 0

    @classmethod
    @contextlib.contextmanager
    def open(cls, path: str | os.PathLike[str]) -> Iterator[BratWriter]:
        """Opens both files; they take their names when the block ends well.

        Args:
            path: either file, or both without ending.

        Raises:
            InputError: a file cannot be written.
        """
        text, annotations = map(open_atomically, brat_pair(path))
        with text as text_file, annotations as annotation_file:
            yield cls(text_file, annotation_file)

    def write(self, text: AnnotatedText) -> None:
        """Appends a text and a line's end.

        Raises:
            InputError: as `format_brat`; nothing is then written.
        """
        annotations = format_brat(
            text,
            offset=self._characters,
            first_mention=self._mentions + 1,
            first_relation=self._relations + 1,
        )
        self._text_file.write(f"{text.text}\n".encode())
        self._annotation_file.write(annotations.encode())
        self._characters += len(text.text) + 1
        self._mentions += len(text.mentions)
        self._relations += len(text.relations)
