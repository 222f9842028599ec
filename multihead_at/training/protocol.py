"""The protocols: which weights are tested (see docs/training.md)."""

from __future__ import annotations

from multihead_at.training.early_stopping import EarlyStopping


def last_epoch_of_phase_two(protocol: str, stopping: EarlyStopping, nepochs: int) -> int | None:
    """Returns the last epoch, counted from 0, of phase 2 (on train and dev); None for no phase 2.

    `original`: the epoch at which patience ran out, best + patience, as the original writes it down; where it
    never runs out, all epochs, as there. `best_retrain`: phase 1's
    best epoch. `best`: no phase 2, phase 1's best weights are tested. `dev_only`: no phase 2 and no test.

    Args:
        protocol: "original", "best_retrain", "best" or "dev_only".
        stopping: as phase 1 left it.
        nepochs: the setting; phase 1 trained epochs 0..nepochs at most.

    Raises:
        ValueError: unknown protocol.
    """
    if protocol in ("best", "dev_only"):
        return None
    if protocol == "best_retrain":
        return stopping.best_epoch or 0
    if protocol == "original":
        return nepochs if stopping.ran_out_at is None else stopping.ran_out_at
    raise ValueError(f"Expected original, best_retrain, best or dev_only. Received: {protocol!r}")
