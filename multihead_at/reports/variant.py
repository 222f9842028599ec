"""How a run was trained and tested, as far as no mean may mix it."""

from __future__ import annotations

from typing import NamedTuple

from multihead_at.reports.figure_text import epochs_of_cut
from multihead_at.reports.run_result import RunResult

_FAST = "fast"
# So many characters of a checksum tell vectors apart.
_SHOWN = 8


class Variant(NamedTuple):
    """The settings that runs of one mean share.

    Attributes:
        preset: `fast` or `faithful`.
        batch_size: sentences a step.
        protocol: which weights are tested.
        word_vectors: their name.
        decoding: of relations.
        cut_epochs: how many epochs a phase was cut to; 0 for whole runs.
        vectors_sha256: of the word vectors' file; empty where it is not known.
        documents: see `RunResult.documents`.
        tried: see `RunResult.tried`.
    """

    preset: str
    batch_size: int
    protocol: str
    word_vectors: str
    decoding: str
    cut_epochs: int
    vectors_sha256: str
    documents: str
    tried: tuple[str, ...]

    @classmethod
    def of(cls, result: RunResult) -> Variant:
        """The variant that a run is of."""
        return cls(
            result.preset,
            result.batch_size,
            result.protocol,
            result.word_vectors,
            result.decoding,
            result.cut_epochs,
            result.data.vectors,
            result.documents,
            result.tried,
        )

    @property
    def is_fast(self) -> bool:
        """Whether it is the preset that the table is made with where there are several."""
        return self.preset == _FAST

    @property
    def always_told(self) -> list[str]:
        """What every line says of itself: such runs must never pass for the row's own, whole ones."""
        cut = [f"cut to {epochs_of_cut(self.cut_epochs)}"] if self.cut_epochs else []
        return [*self.tried, *cut]

    def differences(self, other: Variant) -> list[str]:
        """What tells it from another one, in words; empty for the same."""
        words = []
        if self.batch_size != other.batch_size:
            words.append("one sentence a step" if self.batch_size == 1 else f"batch size {self.batch_size}")
        elif self.preset != other.preset:
            words.append(f"{self.preset} preset")
        if self.protocol != other.protocol:
            words.append(f"protocol {self.protocol}")
        if self.word_vectors != other.word_vectors:
            words.append(f"vectors {self.word_vectors}")
        elif self.vectors_sha256 != other.vectors_sha256:
            words.append(f"vectors of SHA-256 {self.vectors_sha256[:_SHOWN] or 'unknown'}")
        if self.decoding != other.decoding:
            words.append(f"{self.decoding} decoding")
        if self.documents != other.documents:
            # What follows says more about the folds, but tells no two apart.
            words.append(self.documents.partition(",")[0] or "unknown documents")
        if (self.tried, self.cut_epochs) != (other.tried, other.cut_epochs):
            words += self.always_told
        return words
