"""A row of the table: settings that are trained over seeds and folds."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

ALPHAS = (5e-2, 1e-2, 1e-3, 1e-4)
"""What alpha is chosen from, on dev (the paper, section 4)."""

UNDECIDED = "=?"
"""Behind the name of a setting that is not chosen yet."""


@dataclass(frozen=True)
class Row:
    """One row: a model, a corpus, an evaluation.

    Attributes:
        dataset: as in `--dataset`.
        stem: what the names of its runs begin with, as `ec-fast`.
        flags: of `train`, for every training of the row; alpha, seed and fold come on top.
        seeds: every fold is trained with each.
        folds: their numbers; empty for the split into files.
        adversarial: with AT; alpha is then chosen on dev.
        alpha_from: the key of the row whose alpha is taken; empty: one is chosen for this row.
        seconds_an_epoch: a first guess, on one core, for the time left.
        tried: settings on top of `flags`, as `learning_rate=0.002`, that were chosen on dev;
            `learning_rate=?` while that is not chosen yet.
    """

    dataset: str
    stem: str
    flags: tuple[str, ...]
    seeds: tuple[int, ...]
    folds: tuple[int, ...] = ()
    adversarial: bool = False
    alpha_from: str = ""
    seconds_an_epoch: float = 10.0
    tried: tuple[str, ...] = ()

    @property
    def run_stem(self) -> str:
        """What the names of its runs begin with, as `bio-fast+learning_rate=0.002`."""
        return "+".join((self.stem, *self.tried))

    @property
    def name(self) -> str:
        """What tells it from the other rows of the dataset, as `bio-fast-folds-at`."""
        return f"{self.run_stem}{'-folds' if self.folds else ''}{'-at' if self.adversarial else ''}"

    @property
    def key(self) -> str:
        """What tells it from all other rows: `<dataset>/<name>`."""
        return f"{self.dataset}/{self.name}"

    @property
    def tuned(self) -> str:
        """The key of the row that its alpha is chosen in."""
        return self.alpha_from or self.key

    @property
    def family(self) -> tuple[str, str]:
        """What rows have in common that differ in AT, seeds and folds alone: they take the same settings."""
        return self.dataset, self.stem

    def with_tried(self, settings: tuple[str, ...]) -> Row:
        """The same with settings on top."""
        flags = tuple(f"--{setting}" for setting in settings if not setting.endswith(UNDECIDED))
        return dataclasses.replace(self, flags=(*self.flags, *flags), tried=settings)
