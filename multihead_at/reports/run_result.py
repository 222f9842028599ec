"""What a finished run reports."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from multihead_at.datasets import NO_FOLD
from multihead_at.errors import InputError
from multihead_at.files import read_json
from multihead_at.runs import RunData, RunFolder
from multihead_at.scoring import EVALUATIONS

_TUNING = "dev_only"
_TAG_SETS = ("BIO", "EC")
_FAITHFUL = "faithful"
_THRESHOLD = "threshold"
# How a run says which fold it is of.
_ONE_FOLD = re.compile(r"^fold \d+ of (\d+) ")
# So many characters of a checksum tell documents apart.
_SHOWN = 8
# `experiments` names runs so that are cut short.
_CUT = re.compile(r"(?:^|-)epochs(\d+)(?:-|$)")
# And so those with settings that it has chosen; a value may have a dash in it.
_TRIED = re.compile(r"\+(\w+=[\w.-]+?)(?=\+|-at\d|-epochs\d|-fold\d|-seed\d|$)")


@dataclass(frozen=True)
class RunResult:
    """A run that was tested. F1 in percent.

    Attributes:
        folder: the run's.
        dataset: as in `--dataset`.
        tag_set: `BIO` or `EC`.
        evaluation: `strict`, `boundaries` or `relaxed`.
        protocol: which weights were tested.
        alpha: size of the perturbation; 0 without AT.
        seed: of the run.
        fold: of cross-validation, from 0; `NO_FOLD` for the split into files.
        split: the split in words; empty where the run does not say.
        preset: `fast` or `faithful`.
        batch_size: sentences a step.
        decoding: of relations, `threshold` or `edmonds`.
        cut_epochs: how many epochs a phase was cut to, as a try-out; 0 for a whole run.
        word_vectors: their name.
        entity_f1: of test, as are the next two.
        relation_f1: of test.
        overall_f1: the mean of the two.
        cpu_seconds: of all its epochs.
        data: the documents and word vectors, as far as the run says.
        tried: settings that were chosen on dev in place of the row's own, as `learning_rate=0.002`.
    """

    folder: Path
    dataset: str
    tag_set: str
    evaluation: str
    protocol: str
    alpha: float
    seed: int
    fold: int
    split: str
    preset: str
    batch_size: int
    decoding: str
    cut_epochs: int
    word_vectors: str
    entity_f1: float
    relation_f1: float
    overall_f1: float
    cpu_seconds: float
    data: RunData = field(default_factory=RunData)
    tried: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> RunResult | None:
        """Reads `result.json` of a run's folder.

        Returns:
            The result; None for a run that only chose a setting by dev and was never tested.

        Raises:
            InputError: it, or `environment.json` beside it, cannot be read or is damaged.
        """
        path = RunFolder(folder).result
        data = read_json(path)
        try:
            if _text(data, "protocol") == _TUNING:
                return None
            test = data.get("test")
            if not isinstance(test, Mapping):
                raise ValueError(f"test: expected figures, received {test!r}")
            return cls(
                folder=folder,
                dataset=_text(data, "dataset"),
                tag_set=_one_of(_TAG_SETS, data, "setting"),
                evaluation=_one_of(EVALUATIONS, data, "evaluation"),
                protocol=_text(data, "protocol"),
                alpha=_number(data, "alpha"),
                seed=_whole_number(data, "seed"),
                # Runs of before there were folds, presets and decodings do not name theirs.
                fold=_whole_number({"fold": NO_FOLD, **data}, "fold", least=NO_FOLD),
                split=_text({"split": "", **data}, "split"),
                preset=_text({"preset": _FAITHFUL, **data}, "preset"),
                batch_size=_whole_number(data, "batch_size", least=1),
                decoding=_text({"decoding": _THRESHOLD, **data}, "decoding"),
                cut_epochs=_cut_epochs(folder.name),
                word_vectors=_text(data, "word_vectors"),
                entity_f1=_number(test, "entity_f1"),
                relation_f1=_number(test, "relation_f1"),
                overall_f1=_number(test, "overall_f1"),
                cpu_seconds=_number(data, "cpu_seconds"),
                data=RunData.read(folder),
                tried=tuple(_TRIED.findall(folder.name)),
            )
        except ValueError as error:
            raise InputError(str(error), path=path) from None

    @property
    def tuned(self) -> str:
        """What an alpha is chosen for: the tag set, and the settings that were chosen before it."""
        return "+".join((self.tag_set, *self.tried))

    @property
    def documents(self) -> str:
        """Which documents runs of its row share, in words; empty where the run does not say.

        Of cross-validation that is how the folds are made, as each fold has its own documents.
        """
        if self.fold != NO_FOLD:
            return _ONE_FOLD.sub(r"\1 folds ", self.split)
        beginnings = [sha256[:_SHOWN] for sha256 in self.data.documents]
        return f"documents {'/'.join(beginnings)}" if beginnings else ""


def _cut_epochs(run_name: str) -> int:
    found = _CUT.search(run_name)
    return 0 if found is None else int(found.group(1))


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name}: expected text, received {value!r}")
    return value


def _one_of(choices: tuple[str, ...], data: Mapping[str, Any], name: str) -> str:
    value = _text(data, name)
    if value not in choices:
        raise ValueError(f"{name}: expected one of {', '.join(choices)}, received {value!r}")
    return value


def _number(data: Mapping[str, Any], name: str) -> float:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
        raise ValueError(f"{name}: expected a number of at least 0, received {value!r}")
    return float(value)


def _whole_number(data: Mapping[str, Any], name: str, *, least: int = 0) -> int:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name}: expected a whole number of at least {least}, received {value!r}")
    return value
