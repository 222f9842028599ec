"""The benchmarks' yardstick computes what the original computes: else its speed would say nothing."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from benchmarks.plain_keras import PlainKeras

PARITY = Path(__file__).resolve().parents[1] / "parity"
sys.path.insert(0, str(PARITY))
from recordings import Recording  # noqa: E402

FIXTURES = PARITY / "fixtures" / "small"


@pytest.mark.parametrize("name", ["small_bio", "small_bio_adv", "small_ec_adv"])
def test_objective_and_gradients_are_the_originals(name: str) -> None:
    recording = Recording.read(FIXTURES / f"{name}.npz")
    batch, vectors = recording.batch("train0")
    config = dataclasses.replace(recording.config, use_dropout=False)
    model = PlainKeras(config, recording.sizes, vectors)
    _set_weights(model, recording.ours("var|", forget_bias=1.0))

    length = len(vectors)
    gold = np.zeros([1, length, length, recording.sizes.relations], np.float32)
    gold[tuple(batch["relations"].numpy().T)] = 1.0
    inputs = {
        "words": batch["word_ids"][tf.newaxis],
        "characters": batch["characters"][tf.newaxis],
        "character_lengths": batch["character_lengths"][tf.newaxis],
        "lengths": batch["lengths"],
        "tags": batch["tag_ids"],
        "relations": tf.constant(gold),
    }
    loss, gradients = model.objective(inputs, training=False)

    example = next(e for e in recording.description["examples"] if (e["mode"], e["k"]) == ("train", 0))
    assert float(loss) == pytest.approx(example["obj"], rel=1e-5)
    expected = recording.ours("train0|grad|")
    for weight, gradient in zip(model.trained_weights(), gradients):
        ours, select = _place(model, weight)
        recorded = select(expected[ours])
        worst = np.abs(tf.convert_to_tensor(gradient).numpy() - recorded).max()
        assert worst <= 1e-4 * np.abs(expected[ours]).max(), ours


def _set_weights(model: PlainKeras, ours: dict[str, np.ndarray]) -> None:
    for weight in model.trained_weights():
        name, select = _place(model, weight)
        weight.assign(select(ours[name]))


def _place(model: PlainKeras, weight: tf.Variable):  # type: ignore[no-untyped-def]
    """Our name of the array that a Keras weight is, or is a part of, and what takes the part."""
    whole = {
        id(model.character_embedding.weights[0]): "characters/embeddings",
        id(model.tag_hidden.kernel): "tags/u",
        id(model.tag_hidden.bias): "tags/b",
        id(model.tag_scores.kernel): "tags/v",
        id(model.tag_scores.bias): "tags/c",
        id(model.transitions): "tags/transitions",
        id(model.token_part.kernel): "heads/u",
        id(model.token_part.bias): "heads/b",
        id(model.head_part.kernel): "heads/w",
        id(model.relation_scores.kernel): "heads/v",
    }
    if id(weight) in whole:
        return whole[id(weight)], lambda array: array
    layers = {"characters": model.character_lstm}
    layers.update({f"bilstm_{n}": layer for n, layer in enumerate(model.lstms)})
    for name, layer in layers.items():
        for d, lstm in enumerate((layer.forward_layer, layer.backward_layer)):
            kernel, recurrent, bias = lstm.trainable_weights
            dim = kernel.shape[0]
            if weight is kernel:
                return f"{name}/kernel", lambda array, d=d, dim=dim: array[d, :dim]
            if weight is recurrent:
                return f"{name}/kernel", lambda array, d=d, dim=dim: array[d, dim:]
            if weight is bias:
                return f"{name}/bias", lambda array, d=d: array[d]
    raise AssertionError(weight.name)
