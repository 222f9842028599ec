"""Annotated texts as brat's pairs of files (see `read_brat`)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.brat_files import ANNOTATION_ENDING, TEXT_ENDING
from multihead_at.documents.mention import Mention
from multihead_at.errors import InputError
from multihead_at.files import open_atomically


def write_brat(folder: str | os.PathLike[str], texts: Iterable[AnnotatedText]) -> None:
    """Writes a pair of files for each text.

    Args:
        folder: is made if it is not there; must hold no pairs yet.
        texts: their ids become names of files, what these cannot hold in them as `%2F`.

    Raises:
        InputError: the folder holds texts already, two texts have one id, an annotation does not fit the
            format, or a file cannot be written.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(file.suffix in (TEXT_ENDING, ANNOTATION_ENDING) for file in place.iterdir()):
            raise InputError("expected a folder without texts, received one that holds some", path=folder)
    except OSError as error:
        raise InputError.from_os_error("written", error, folder) from error
    written: list[Path] = []
    try:
        for text in texts:
            name = quote(text.doc_id, safe=" ()+,=@")
            name = f"%2E{name[1:]}" if name.startswith(".") else name
            for ending, content in ((ANNOTATION_ENDING, format_brat(text)), (TEXT_ENDING, f"{text.text}\n")):
                file = place / f"{name}{ending}"
                if file.exists():
                    message = f"two documents {text.doc_id!r} received, expected different ids"
                    raise InputError(message, path=folder)
                written.append(file)
                with open_atomically(file) as opened:
                    opened.write(content.encode())
    except BaseException:
        # Half a corpus would be in the way of the whole one.
        for file in written:
            file.unlink(missing_ok=True)
        raise


def format_brat(
    text: AnnotatedText, *, offset: int = 0, first_mention: int = 1, first_relation: int = 1
) -> str:
    """Writes the annotations of a text.

    Args:
        text: the text; a blank in a type becomes `_`, as brat's types have none.
        offset: where in the file it begins, in characters.
        first_mention: the first mention's number.
        first_relation: the first relation's number.

    Returns:
        The lines, each with its end.

    Raises:
        InputError: a mention without a type or with an empty span.
    """
    lines = []
    for number, mention in enumerate(text.mentions, start=first_mention):
        fragments = list(_fragments(text.text, mention))
        if not mention.type or not fragments:
            raise InputError(
                f"document {text.doc_id}: mention {tuple(mention)} received, expected type and text"
            )
        spans = ";".join(f"{start + offset} {end + offset}" for start, end in fragments)
        words = " ".join(text.text[start:end] for start, end in fragments)
        lines.append(f"T{number}\t{_name(mention.type)} {spans}\t{words}\n")
    for number, relation in enumerate(text.relations, start=first_relation):
        head, tail = relation.head + first_mention, relation.tail + first_mention
        lines.append(f"R{number}\t{_name(relation.type)} Arg1:T{head} Arg2:T{tail}\n")
    return "".join(lines)


def _fragments(text: str, mention: Mention) -> Iterator[tuple[int, int]]:
    """The parts of a mention that lie on one line each."""
    for match in re.finditer(r"[^\r\n]+", text[mention.start : mention.end]):
        yield mention.start + match.start(), mention.start + match.end()


def _name(label: str) -> str:
    return re.sub(r"\s", "_", label)
