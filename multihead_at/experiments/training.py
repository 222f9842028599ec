"""One training: a row's, with a seed and perhaps a fold and an alpha."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from multihead_at.experiments.row import Row


@dataclass(frozen=True)
class Training:
    """A training, described by nothing but the flags of `train`.

    Attributes:
        row: what it is a training of.
        seed: weights, dropout and shuffling.
        fold: None for the split into files.
        alpha: with AT; None while it is not chosen yet.
        dev_only: it only tells what its alpha gives on dev.
        chosen_by: the trainings that its alpha is chosen by; empty where it has one from the start.
        epochs: of each phase, in place of the row's own; None: the row's own.
    """

    row: Row
    seed: int
    fold: int | None = None
    alpha: float | None = None
    dev_only: bool = False
    chosen_by: tuple[Training, ...] = ()
    epochs: int | None = None

    @property
    def name(self) -> str:
        """The name of the run, as `ec-fast-at0.01-seed1`; `?` where alpha is not chosen yet."""
        parts = [self.row.run_stem]
        if self.row.adversarial:
            parts.append("at?" if self.alpha is None else f"at{self.alpha:g}")
        # Short trainings must never pass for whole ones.
        if self.epochs is not None:
            parts.append(f"epochs{self.epochs}")
        if self.dev_only:
            parts.append("dev_only")
        if self.fold is not None:
            parts.append(f"fold{self.fold}")
        return "-".join([*parts, f"seed{self.seed}"])

    @property
    def key(self) -> str:
        """What tells it from all other trainings: `<dataset>/<name>`."""
        return f"{self.row.dataset}/{self.name}"

    @property
    def needs_alpha(self) -> bool:
        """Whether it cannot be begun before alpha is chosen."""
        return self.row.adversarial and self.alpha is None

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags of `train`; a later one wins."""
        flags = list(self.row.flags)
        if self.row.adversarial:
            flags.append("--at_alpha=?" if self.alpha is None else f"--at_alpha={self.alpha:g}")
        if self.epochs is not None:
            flags.append(f"--nepochs={self.epochs - 1}")
        if self.dev_only:
            flags.append("--protocol=dev_only")
        if self.fold is not None:
            flags.append(f"--fold={self.fold}")
        return (*flags, f"--seed={self.seed}")

    @property
    def planned(self) -> Training:
        """The training as the plan has it, before an alpha was chosen."""
        return dataclasses.replace(self, alpha=None) if self.chosen_by else self

    def with_alpha(self, alpha: float) -> Training:
        """The same with an alpha."""
        return dataclasses.replace(self, alpha=alpha)
