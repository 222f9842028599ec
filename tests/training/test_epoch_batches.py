"""Which sentences make which batch."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.documents import Document, Head
from multihead_at.encoding import EncodedDocument
from multihead_at.training.batch_feed import unpack
from multihead_at.training.epoch_batches import EpochBatches

Make = Callable[..., Config]


def sentence(number: int, length: int) -> EncodedDocument:
    """Its number is its only word's id."""
    document = Document(f"{number}", (f"{number}",) * length, ("O",) * length, ((Head("N", 0),),) * length)
    return EncodedDocument(
        document=document,
        words=(f"{number}",),
        word_ids=np.array([number], np.int32),
        characters=np.ones([1, 1], np.int32),
        character_lengths=np.ones(1, np.int32),
        word_index=np.zeros(length, np.int32),
        tag_ids=np.zeros(length, np.int32),
        relations=np.zeros([0, 3], np.int32),
    )


def epoch(batches: EpochBatches, number: int) -> list[list[int]]:
    found = []
    for step in range(number * batches.steps, (number + 1) * batches.steps):
        batch = unpack(tf.constant(batches.of_step(step)), None)
        found.append(batch["word_ids"].numpy()[batch["word_index"].numpy()[:, 0]].tolist())
    return found


def test_the_files_order_is_kept_without_shuffling(tiny_config: Make) -> None:
    batches = EpochBatches([sentence(n, 2) for n in range(5)], tiny_config(batch_size=2), 1)
    assert epoch(batches, 0) == epoch(batches, 3) == [[0, 1], [2, 3], [4]]


@pytest.mark.parametrize("group_lengths", [False, True])
def test_every_epoch_has_every_sentence_once_in_an_order_of_its_own(
    tiny_config: Make, group_lengths: bool
) -> None:
    config = tiny_config(batch_size=4, shuffle=True, group_lengths=group_lengths)
    encoded = [sentence(n, 1 + n % 9) for n in range(90)]
    batches = EpochBatches(encoded, config, 1)
    first, second = epoch(batches, 0), epoch(batches, 1)
    assert sorted(chain(*first)) == sorted(chain(*second)) == list(range(90))
    assert first != second
    # A resumed run asks for a later epoch first.
    assert epoch(EpochBatches(encoded, config, 1), 1) == second
    assert epoch(EpochBatches(encoded, config, 2), 1) != second


def test_grouped_sentences_of_a_batch_are_of_like_length(tiny_config: Make) -> None:
    config = tiny_config(batch_size=4, shuffle=True, group_lengths=True)
    encoded = [sentence(n, 1 + n % 16) for n in range(64)]
    # 64 sentences are one pool: sorted, every batch is of one length.
    for batch in epoch(EpochBatches(encoded, config, 1), 0):
        assert len({n % 16 for n in batch}) == 1
