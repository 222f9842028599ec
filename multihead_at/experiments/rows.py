"""The rows of Table 1, as data, and smaller ones over the sample corpus.

Each entry gives two rows, the baseline and the baseline with AT, over the same seeds and folds, so that they
can be compared in pairs. All else that a row needs (vectors, mostly epochs) is in the flag files. So is
dropout, but the preset, which was chosen on CoNLL04, replaces it: other corpora's own therefore stand here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from multihead_at.experiments.row import Row

_FIVE_SEEDS = (1, 2, 3, 4, 5)
_ONE_SEED = (1,)


# Keep probabilities of arXiv 1804.07847 (ADE, ACE04) and of the original's configuration (DREC).
_DROPOUT_OF_ADE_AND_ACE04 = ("--dropout_embedding=0.7", "--dropout_lstm=0.8", "--dropout_lstm_output=0.8")
_DROPOUT_OF_DREC = ("--dropout_embedding=0.7", "--dropout_lstm=0.7", "--dropout_lstm_output=0.7")


def _with_and_without_at(
    dataset: str,
    stem: str,
    *flags: str,
    seconds: tuple[float, float],
    seeds: tuple[int, ...],
    folds: int = 0,
    alpha_from: str = "",
) -> Iterator[Row]:
    """Yields the baseline's row and that with AT.

    Args:
        dataset, stem, flags, seeds, alpha_from: as in `Row`.
        seconds: an epoch's, of the one and of the other.
        folds: how many; 0 for the split into files.
    """
    plain = Row(
        dataset,
        stem,
        (f"--dataset={dataset}", *flags),
        seeds,
        tuple(range(folds)),
        seconds_an_epoch=seconds[0],
    )
    yield plain
    yield dataclasses.replace(plain, adversarial=True, alpha_from=alpha_from, seconds_an_epoch=seconds[1])


TABLE1_ROWS: tuple[Row, ...] = (
    *_with_and_without_at(
        "conll04", "ec-fast", "--ec", "--preset=fast", seeds=_FIVE_SEEDS, seconds=(4.0, 7.0)
    ),
    *_with_and_without_at("conll04", "bio-fast", "--preset=fast", seeds=_FIVE_SEEDS, seconds=(4.0, 7.0)),
    *_with_and_without_at(
        "conll04",
        "bio-fast",
        "--preset=fast",
        seeds=_ONE_SEED,
        folds=10,
        alpha_from="conll04/bio-fast-at",
        seconds=(5.0, 8.0),
    ),
    # Four times CoNLL04's sentences, and so four times its steps an epoch.
    *_with_and_without_at(
        "ade",
        "bio-fast",
        "--preset=fast",
        "--nepochs=40",
        "--nepoch_no_imprv=15",
        *_DROPOUT_OF_ADE_AND_ACE04,
        seeds=_ONE_SEED,
        folds=10,
        seconds=(8.0, 13.0),
    ),
    *_with_and_without_at(
        "ace04",
        "bio-fast",
        "--preset=fast",
        *_DROPOUT_OF_ADE_AND_ACE04,
        seeds=_ONE_SEED,
        folds=5,
        seconds=(20.0, 35.0),
    ),
    *_with_and_without_at(
        "drec",
        "bio-fast",
        "--preset=fast",
        *_DROPOUT_OF_DREC,
        seeds=_FIVE_SEEDS,
        seconds=(60.0, 100.0),
    ),
    # Trainings of its own: dev chooses the epoch by the evaluation that test is scored by.
    *_with_and_without_at(
        "drec",
        "bio-boundaries-fast",
        "--evaluation_method=boundaries",
        "--preset=fast",
        *_DROPOUT_OF_DREC,
        seeds=_FIVE_SEEDS,
        alpha_from="drec/bio-fast-at",
        seconds=(60.0, 100.0),
    ),
    # One sentence a step, as the original. The same alpha, so that only the preset differs.
    *_with_and_without_at(
        "conll04", "ec", "--ec", seeds=_ONE_SEED, alpha_from="conll04/ec-fast-at", seconds=(9.0, 16.0)
    ),
    *_with_and_without_at(
        "conll04", "bio", seeds=_ONE_SEED, alpha_from="conll04/bio-fast-at", seconds=(10.0, 17.0)
    ),
)
"""All rows of the paper's Table 1."""

SAMPLE_ROWS: tuple[Row, ...] = (
    *_with_and_without_at("sample", "ec", "--ec", "--nepochs=15", seeds=(1, 2), seconds=(0.6, 1.1)),
    # The other row's alpha: choosing one takes as long as half of all the rest.
    *_with_and_without_at(
        "sample",
        "bio",
        "--nepochs=15",
        seeds=_ONE_SEED,
        folds=3,
        alpha_from="sample/ec-at",
        seconds=(0.8, 1.4),
    ),
)
"""The same in minutes, over the sample corpus."""
