"""The BiLSTM on the fused kernel and its Keras twin, against Keras's own layers in double precision."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model.bilstm import BiLSTM
from multihead_at.model.bilstm_choice import make_bilstm
from multihead_at.model.keras_bilstm import KerasBiLSTM

Arrays = tuple[np.ndarray, ...]


def built(kind: type[BiLSTM], dim: int, units: int) -> BiLSTM:
    layer = kind(units, seed=1, name="bilstm")
    layer.build(tf.TensorShape([None, None, dim]))
    # Biases are trained too.
    layer.bias.assign_add(np.random.default_rng(5).normal(size=layer.bias.shape))
    return layer


def keras_layers(layer: BiLSTM, inputs: np.ndarray, lengths: list[int], upstream: np.ndarray) -> Arrays:
    """What a user of Keras would write: `Bidirectional(LSTM)` with a mask; all gradients of a weighted sum.

    In double precision, so that the errors of single precision count once, not twice.
    """
    dim, units = inputs.shape[2], layer.units
    lstm = tf.keras.layers.LSTM(units, return_sequences=True, dtype="float64")
    both = tf.keras.layers.Bidirectional(lstm, dtype="float64")
    both.build(tf.TensorShape([None, None, dim]))
    kernel, bias = layer.kernel.numpy(), layer.bias.numpy()
    both.set_weights([part for d in (0, 1) for part in (kernel[d, :dim], kernel[d, dim:], bias[d])])
    mask = tf.sequence_mask(lengths, inputs.shape[1])
    values = tf.constant(inputs, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(values)
        outputs = both(values, mask=mask) * tf.cast(mask, tf.float64)[:, :, tf.newaxis]
        total = tf.reduce_sum(outputs * upstream)
    at_inputs, *parts = tape.gradient(total, [values, *both.trainable_weights])
    kernels = np.stack([np.concatenate(parts[3 * d : 3 * d + 2]) for d in (0, 1)])
    return outputs.numpy(), at_inputs.numpy(), kernels, np.stack([parts[2], parts[5]])


def run(layer: BiLSTM, inputs: np.ndarray, lengths: list[int], upstream: np.ndarray) -> Arrays:
    values = tf.constant(inputs)
    with tf.GradientTape() as tape:
        tape.watch(values)
        outputs = layer(values, tf.constant(lengths))
        total = tf.reduce_sum(outputs * upstream)
    gradients = tape.gradient(total, [values, layer.kernel, layer.bias])
    return (outputs.numpy(), *(gradient.numpy() for gradient in gradients))


def draw(lengths: list[int], dim: int, units: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    shape = (len(lengths), max(lengths))
    inputs, upstream = (random.normal(size=(*shape, width)).astype(np.float32) for width in (dim, 2 * units))
    return inputs, upstream


MIXED = [7, 1, 4, 0, 7, 2, 3, 6, 1, 5, 7, 2, 4, 6, 3, 0]


@pytest.mark.parametrize(
    ("lengths", "dim", "units"),
    [([9], 7, 5), ([1], 3, 1), (MIXED, 13, 3), ([1] * 16, 4, 2)],
    ids=["one sentence", "one token", "16 mixed, two of them empty", "16 tokens"],
)
def test_outputs_and_gradients(lengths: list[int], dim: int, units: int) -> None:
    fused, twin = built(BiLSTM, dim, units), built(KerasBiLSTM, dim, units)
    inputs, upstream = draw(lengths, dim, units)
    expected = keras_layers(fused, inputs, lengths, upstream)
    for layer in (fused, twin):
        for found, exact in zip(run(layer, inputs, lengths, upstream), expected):
            np.testing.assert_allclose(found, exact, rtol=0, atol=1e-6 * np.abs(exact).max())


def test_last_states() -> None:
    lengths = [4, 0, 1, 3]
    fused, twin = built(BiLSTM, 3, 2), built(KerasBiLSTM, 3, 2)
    inputs, _ = draw(lengths, 3, 2)
    outputs = fused(tf.constant(inputs), tf.constant(lengths)).numpy()
    for layer in (fused, twin):
        last = layer.last_states(tf.constant(inputs), tf.constant(lengths)).numpy()
        for row, length in enumerate(lengths):
            expected = [*outputs[row, length - 1, :2], *outputs[row, 0, 2:]] if length else [0, 0, 0, 0]
            np.testing.assert_allclose(last[row], expected, atol=1e-6)


def test_what_stands_at_padding_has_no_effect_and_gets_no_gradient() -> None:
    layer = built(BiLSTM, 3, 2)
    inputs, upstream = draw([4, 2], 3, 2)
    changed = inputs.copy()
    changed[1, 2:] = 100
    for one, other in zip(run(layer, inputs, [4, 2], upstream), run(layer, changed, [4, 2], upstream)):
        np.testing.assert_array_equal(one, other)
    outputs, at_inputs, *_ = run(layer, inputs, [4, 2], upstream)
    assert not outputs[1, 2:].any()
    assert not at_inputs[1, 2:].any()


def test_initial_weights_are_the_originals_and_of_seed_and_name() -> None:
    layer = make_bilstm(4, seed=1, name="a")
    layer.build(tf.TensorShape([None, None, 6]))
    np.testing.assert_array_equal(layer.bias.numpy(), 2 * [[0.0] * 4 + [1.0] * 4 + [0.0] * 8])
    kernel = layer.kernel.numpy()
    assert kernel.shape == (2, 10, 16)
    assert 0.9 * np.sqrt(6 / 26) < np.abs(kernel).max() <= np.sqrt(6 / 26)
    assert not np.array_equal(kernel[0], kernel[1])
    for seed, name, same in ((1, "a", True), (2, "a", False), (1, "b", False)):
        other = make_bilstm(4, seed=seed, name=name)
        other.build(tf.TensorShape([None, None, 6]))
        assert np.array_equal(other.kernel.numpy(), kernel) is same


def test_inputs_of_another_width_are_refused() -> None:
    layer = built(BiLSTM, 3, 2)
    with pytest.raises(ValueError, match="width 3"):
        layer(tf.zeros([1, 2, 4]), tf.constant([2]))


@pytest.mark.parametrize(("devices", "kind"), [([], BiLSTM), (["a GPU"], KerasBiLSTM)])
def test_keras_runs_where_there_is_a_gpu(
    devices: list[str], kind: type[BiLSTM], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: devices)
    assert type(make_bilstm(2, seed=0, name="a")) is kind


@pytest.mark.parametrize(("kind", "batch"), [(BiLSTM, None), (BiLSTM, 1), (KerasBiLSTM, None)])
def test_the_same_in_a_graph(kind: type[BiLSTM], batch: int | None) -> None:
    layer = built(kind, 3, 2)
    lengths = [4] if batch == 1 else [4, 2]
    inputs, upstream = draw(lengths, 3, 2)

    @tf.function(input_signature=[tf.TensorSpec([batch, None, 3]), tf.TensorSpec([batch], tf.int32)])
    def in_graph(values: tf.Tensor, of_rows: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(values)
            outputs = layer(values, of_rows)
            total = tf.reduce_sum(outputs * upstream)
        return [outputs, *tape.gradient(total, [values, layer.kernel, layer.bias])]

    found = in_graph(tf.constant(inputs), tf.constant(lengths))
    for values, expected in zip(found, run(layer, inputs, lengths, upstream)):
        np.testing.assert_allclose(values.numpy(), expected, atol=1e-6)
