"""What a page needs of a run's folder, read without loading a model."""

from __future__ import annotations

from pathlib import Path

from multihead_at.config import LATER_SETTINGS, Config
from multihead_at.documents import read_json
from multihead_at.encoding import CorpusVocabularies
from multihead_at.errors import InputError

_FLAGS_FILE = "flags.json"
_VOCABULARIES_FILE = "vocabularies.json"
_RESULT_FILE = "result.json"


class RunFiles:
    """A run's folder.

    Args:
        folder: it must hold a run, finished or not.

    Raises:
        InputError: it holds none, or its settings are damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / _FLAGS_FILE
        if not path.is_file():
            raise InputError(f"expected the folder of a run, with a {_FLAGS_FILE}", path=folder)
        defaults = Config().to_dict()
        # Runs of before there were these settings do not name them, and did what their defaults say.
        settings = {**{name: defaults[name] for name in LATER_SETTINGS}, **read_json(path)}
        try:
            self.config = Config.from_dict(settings)
        except InputError as error:
            raise InputError(error.message, path=path) from None

    @property
    def name(self) -> str:
        """The folder's own name, which says nothing of where it lies."""
        return self.folder.resolve().name

    def predictions(self, split: str) -> Path:
        """The file of predicted documents."""
        return self.folder / f"predictions-{split}.txt"

    def vocabularies(self) -> CorpusVocabularies:
        """The labels that the run knows.

        Raises:
            InputError: there are none, or they are damaged.
        """
        path = self.folder / _VOCABULARIES_FILE
        try:
            return CorpusVocabularies.from_dict(read_json(path))
        except InputError as error:
            raise InputError(error.message, path=path) from None

    def reported(self, split: str) -> tuple[float, float] | None:
        """Entity and relation F1 of a split in percent, as the run's result has them; None without any."""
        path = self.folder / _RESULT_FILE
        figures = read_json(path).get(split) if path.is_file() else None
        try:
            return (float(figures["entity_f1"]), float(figures["relation_f1"])) if figures else None
        except (KeyError, OverflowError, TypeError, ValueError):
            raise InputError(
                f"{split}: expected entity_f1 and relation_f1, received others", path=path
            ) from None
