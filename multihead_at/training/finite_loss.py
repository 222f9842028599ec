"""The end of a training whose loss is no longer a number."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from multihead_at.documents import Document
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder
from multihead_at.training.callback_logs import Logs
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.epoch_batches import EpochBatches
from multihead_at.training.training_state import TrainingState

_MOST_SHOWN = 16


class FiniteLoss(tf.keras.callbacks.Callback):
    """Stops a phase at the first loss that is NaN or infinite, before anything is kept of it.

    The first of the callbacks: at an epoch's end it looks at the weights, too, which the last step may have
    spoilt without a loss to show it.

    Args:
        phase: 1 or 2.
        batches: of the phase.
        documents: that the batches are made of.
        state: where the run stands, as it was kept last.
        folder: the run's.
    """

    def __init__(
        self,
        phase: int,
        batches: EpochBatches,
        documents: Sequence[Document],
        state: TrainingState,
        folder: RunFolder,
    ) -> None:
        super().__init__()
        self.phase = phase
        self.batches = batches
        self.documents = documents
        self.state = state
        self.folder = folder
        self.epoch = 0

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Notes the epoch."""
        self.epoch = epoch
        self.model.loss_watch.reset()

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        """Looks at the epoch's mean loss, which one step that is not finite spoils.

        Args:
            batch: the last step that is done, counted from 0.
            logs: with the `loss`.

        Raises:
            InputError: it is not finite.
        """
        if math.isfinite(logs["loss"]):
            return
        watch = self.model.loss_watch
        # With several workers it may be another's share that is spoilt.
        seen = [loss for loss in (watch.loss.numpy(), logs["loss"]) if not math.isfinite(loss)]
        self._refuse(f"loss {seen[0]}", min(batch, int(watch.finite_steps.numpy())))

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Looks at the weights.

        Raises:
            InputError: one is not finite.
        """
        for name, weight in self.model.named_weights().items():
            if not np.isfinite(weight.numpy()).all():
                self._refuse(f"weight {name} with NaN or infinity", self.batches.steps - 1)

    def _refuse(self, received: str, step: int) -> None:
        total = self.epoch * self.batches.steps + step
        shown = [self._name(place) for place in self.batches.places_of_step(total)[:_MOST_SHOWN]]
        raise InputError(
            f"{received} received in phase {self.phase} epoch {self.epoch} at step {step} (step {total} of "
            f"the phase), document {', '.join(shown)}; expected finite numbers, as a smaller learning_rate "
            f"or gradientClipping may give. {self._last_good()}",
            path=self.folder.path,
        )

    def _last_good(self) -> str:
        kept = Checkpoints(self.folder).newest_file()
        if kept is None:
            return "There is no checkpoint yet"
        # A phase begins where the one before has ended, without a checkpoint of its own.
        of = f"epoch {self.state.epoch}" if self.state.epoch >= 0 else f"the end of phase {self.phase - 1}"
        return f"The last good checkpoint, {kept.name}, is of {of}"

    def _name(self, place: int) -> str:
        document = self.documents[place]
        if document.source is None or document.line is None:
            return repr(document.doc_id)
        return f"{document.doc_id!r} ({document.source}:{document.line})"
