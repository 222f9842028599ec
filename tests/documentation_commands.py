"""The commands and programs that the documentation shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SCRIPT = re.compile(r"(?:python|\.venv/bin/python) (\w+)\.py")


@dataclass(frozen=True)
class ShownCommand:
    """A line of a `sh` block.

    Attributes:
        page: where it stands.
        line: without its comment, continued lines joined.
    """

    page: Path
    line: str

    @property
    def words(self) -> list[str]:
        """The line cut up as a shell does."""
        return shlex.split(self.line)

    @property
    def arguments(self) -> list[str] | None:
        """What follows `multihead-at`, its command first; None where the line calls something else."""
        words = self.words
        if words[0] == "multihead-at":
            return words[1:]
        if words[:3] == ["python", "-m", "multihead_at"]:
            return words[3:]
        called = _SCRIPT.fullmatch(" ".join(words[:2]))
        return None if called is None else [called[1], *words[2:]]

    def __str__(self) -> str:
        return f"{self.page.name}: {self.line}"


def shown_blocks(page: Path, language: str) -> list[str]:
    """The blocks of a language on a page, in their order."""
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [text for named, text in blocks if named == language]


def languages(page: Path) -> set[str]:
    """The languages of a page's blocks."""
    return {named for named, _ in _BLOCK.findall(page.read_text(encoding="utf-8"))}


def shown_commands() -> Iterator[ShownCommand]:
    """Yields every command of every page, in their order."""
    for page in PAGES:
        for block in shown_blocks(page, "sh"):
            for line in block.replace("\\\n", " ").splitlines():
                command = re.sub(r"(?:^|\s+)#.*", "", line).strip()
                if command:
                    yield ShownCommand(page, command)
