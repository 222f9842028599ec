"""The joint model: padding, sums over a batch, settings, steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model import JointModel
from multihead_at.model.keras_bilstm import KerasBiLSTM

Batch = dict[str, tf.Tensor]
MakeModel = Callable[..., JointModel]
MakeBatch = Callable[..., Batch]
Alone = Callable[[Batch, int], Batch]

BIO: dict[str, object] = {"use_adversarial": True}
EC: dict[str, object] = {
    "ner_classes": "EC",
    "ner_loss": "softmax",
    "evaluation_method": "relaxed",
    "use_adversarial": True,
}
SIXTEEN = [12, 1, 5, 2, 9, 3, 7, 1, 4, 11, 6, 2, 8, 3, 10, 5]


@pytest.mark.parametrize("settings", [{**BIO, "label_embeddings_size": 2}, EC], ids=["BIO", "EC"])
def test_a_sentence_alone_and_padded_is_predicted_the_same(
    make_model: MakeModel, make_batch: MakeBatch, alone: Alone, settings: dict[str, object]
) -> None:
    model, batch = make_model(**settings), make_batch(SIXTEEN)
    together = model.call(batch, 0.3)
    of_relations = {
        tuple(place): probability
        for place, probability in zip(together["relations"].numpy(), together["probabilities"].numpy())
    }
    assert len(of_relations) > 100
    for row in (0, 1, 4, 15):
        one, length = model.call(alone(batch, row), 0.3), SIXTEEN[row]
        scores, tags = together["tag_scores"][row, :length], together["tag_ids"][row, :length]
        np.testing.assert_allclose(one["tag_scores"][0].numpy(), scores.numpy(), atol=1e-5)
        np.testing.assert_array_equal(one["tag_ids"][0].numpy(), tags.numpy())
        expected = {place: value for place, value in of_relations.items() if place[0] == row}
        found = {(row, *place[1:].tolist()): place for place in one["relations"].numpy()}
        assert set(found) == set(expected)
        np.testing.assert_allclose(one["probabilities"].numpy(), list(expected.values()), atol=1e-5)


@pytest.mark.parametrize("settings", [{**BIO, "label_embeddings_size": 2}, EC], ids=["BIO", "EC"])
def test_a_batch_is_the_sum_of_its_sentences(
    make_model: MakeModel, make_batch: MakeBatch, alone: Alone, settings: dict[str, object]
) -> None:
    model, lengths = make_model(**settings), [5, 1, 3, 6]
    batch = make_batch(lengths)
    loss, gradients = model.objective(batch)
    parts = [model.objective(alone(batch, row)) for row in range(len(lengths))]
    assert float(loss) == pytest.approx(sum(float(part) for part, _ in parts), rel=1e-6)
    for place, (name, gradient) in enumerate(zip(model.named_weights(), gradients)):
        expected = sum(part[place].numpy() for _, part in parts)
        tolerance = 1e-5 * np.abs(expected).max()
        assert tolerance > 0, name
        np.testing.assert_allclose(gradient.numpy(), expected, rtol=0, atol=tolerance, err_msg=name)


def test_the_perturbation_adds_the_loss_at_the_perturbed_input(
    make_model: MakeModel, make_batch: MakeBatch
) -> None:
    clean, adversarial = make_model(), make_model(**BIO)
    batch = make_batch([6])
    one, other = float(clean.objective(batch)[0]), float(adversarial.objective(batch)[0])
    # eta goes uphill, by about alpha * sqrt(D) * ||g||.
    assert other > 2 * one
    assert other == pytest.approx(2 * one, rel=0.2)


SETTINGS: list[dict[str, object]] = [
    {},
    {"activation": "relu", "label_embeddings_size": 2, "use_adversarial": True},
    {
        "use_dropout": True,
        "use_adversarial": True,
        "dropout_embedding": 0.5,
        "dropout_lstm": 0.5,
        "dropout_lstm_output": 0.5,
        "dropout_fcl_ner": 0.5,
        "dropout_fcl_rel": 0.5,
    },
    {"optimizer": "Adagrad", "use_chars": False},
    {"optimizer": "AdadeltaOptimizer", "gradientClipping": True},
    {"optimizer": "GradientDescentOptimizer", "root_node": True},
    {"ner_loss": "softmax"},
    {**EC, "use_chars": False},
    {**EC, "ner_loss": "crf", "label_embeddings_size": 3, "num_lstm_layers": 1},
]


@pytest.mark.parametrize("lengths", [[4], [4, 1, 3]], ids=["one", "three"])
@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: ",".join(settings) or "defaults")
def test_every_setting_trains(
    make_model: MakeModel, make_batch: MakeBatch, settings: dict[str, object], lengths: list[int]
) -> None:
    model, batch = make_model(**settings), make_batch(lengths)
    before = {name: weight.numpy() for name, weight in model.named_weights().items()}
    assert np.isfinite(float(model.train_step(batch)["loss"]))
    for name, weight in model.named_weights().items():
        assert np.isfinite(weight.numpy()).all()
        assert not np.array_equal(weight.numpy(), before[name]), name
    assert ("characters/kernel" in before) == model.settings.use_chars
    assert ("labels/embeddings" in before) == bool(model.settings.label_embeddings_size)
    assert ("tags/transitions" in before) == (model.settings.ner_loss == "crf")


def test_masks_are_fresh_at_every_step_and_pass_and_the_same_when_done_again(
    make_model: MakeModel, make_batch: MakeBatch
) -> None:
    model, batch = make_model(use_dropout=True, dropout_embedding=0.5), make_batch([6])
    first, again, later = (float(model.objective(batch, step=tf.constant(n, tf.int64))[0]) for n in (0, 0, 1))
    assert first == again != later
    # With alpha 0 both passes have the same input: they differ by their masks.
    both = make_model(use_dropout=True, dropout_embedding=0.5, use_adversarial=True, alpha=0.0)
    assert float(both.objective(batch, step=tf.constant(0, tf.int64))[0]) != pytest.approx(
        2 * first, rel=1e-3
    )
    assert float(both.objective(batch)[0]) == pytest.approx(2 * float(model.objective(batch)[0]), rel=1e-6)


def test_clipping_holds_every_component_within_1(make_model: MakeModel, make_batch: MakeBatch) -> None:
    settings = {"optimizer": "GradientDescentOptimizer", "learning_rate": 1.0}
    model, batch = make_model(gradientClipping=True, **settings), make_batch([8])
    before = {name: weight.numpy() for name, weight in model.named_weights().items()}
    _, gradients = model.objective(batch)
    largest = {name: np.abs(g.numpy()).max() for name, g in zip(before, gradients)}
    assert max(largest.values()) > 1
    model.train_step(batch)
    for (name, weight), gradient in zip(model.named_weights().items(), gradients):
        if name != "characters/embeddings":
            step = np.clip(gradient.numpy(), -1, 1)
            np.testing.assert_allclose(weight.numpy(), before[name] - step, atol=1e-5, err_msg=name)


def test_a_looked_up_row_is_clipped_where_it_occurs(make_model: MakeModel, make_batch: MakeBatch) -> None:
    model, batch = make_model(label_embeddings_size=2), make_batch([8])
    batch["tag_ids"] = tf.zeros_like(batch["tag_ids"])
    # Relations that are far from what is predicted: each token pulls at its tag's embedding by more than 1.
    model.head_selection.v.assign(20 * model.head_selection.v)
    place = list(model.named_weights()).index("labels/embeddings")
    whole, clipped = (model.objective(batch, clip=clip)[1][place].numpy()[0] for clip in (False, True))
    assert (np.abs(clipped) > 1).any()
    assert (np.abs(clipped) <= 8).all()
    assert (np.abs(whole) > 8).any()


def test_label_embeddings_are_of_gold_tags_in_training_and_of_predicted_ones_in_evaluation(
    make_model: MakeModel, make_batch: MakeBatch
) -> None:
    model, batch = make_model(label_embeddings_size=2), make_batch([6])
    tokens = model.embed(batch)
    states = model.states(tokens, batch["lengths"], None)
    scores = model.tag_scorer(states)
    predicted = model.tagging.decode(scores, batch["lengths"])
    assert not np.array_equal(predicted.numpy(), batch["tag_ids"].numpy())
    of_tags = float(model.tagging.loss(scores, batch["tag_ids"], batch["lengths"])[0])
    expected = {}
    for gold, labels in ((True, batch["tag_ids"]), (False, predicted)):
        embedded = tf.gather(model.label_embeddings, labels)
        values = tf.concat([states, embedded], axis=-1)
        of_relations = model.head_selection.loss(values, batch["relations"], batch["lengths"])
        expected[gold] = of_tags + float(of_relations)
        assert float(model.losses(tokens, batch, gold_labels=gold)) == pytest.approx(expected[gold], rel=1e-6)
    assert expected[True] != pytest.approx(expected[False], rel=1e-4)
    assert float(model.objective(batch)[0]) == pytest.approx(expected[True], rel=1e-6)
    called = model.call(batch, 0.0)
    logits = model.head_selection(tf.concat([states, tf.gather(model.label_embeddings, predicted)], axis=-1))
    found = called["probabilities"].numpy().reshape(logits.shape)
    np.testing.assert_allclose(found, tf.sigmoid(logits).numpy(), atol=1e-6)


def test_weights_are_of_the_seed_and_the_phase(make_model: MakeModel) -> None:
    def drawn(**settings: object) -> dict[str, np.ndarray]:
        return {name: weight.numpy() for name, weight in make_model(**settings).named_weights().items()}

    first, again, other = drawn(seed=3), drawn(seed=3), drawn(seed=4)
    second_phase = JointModel(make_model(seed=3).settings, make_model().sizes, phase=2).named_weights()
    for name, values in first.items():
        np.testing.assert_array_equal(values, again[name])
        if not name.endswith("/bias"):
            assert not np.array_equal(values, other[name])
            assert not np.array_equal(values, second_phase[name].numpy())


def test_a_begun_phase_has_its_weights_and_its_dropout(make_model: MakeModel, make_batch: MakeBatch) -> None:
    settings = {"use_dropout": True, "dropout_embedding": 0.5, "average_decay": 0.9}
    model, batch = make_model(**settings), make_batch([6])
    second = JointModel(model.settings, model.sizes, phase=2)
    second.word_embedding.set_table(model.word_embedding.variables[0].numpy())
    objective = tf.function(lambda: model.objective(batch, step=tf.constant(0, tf.int64))[0])
    before = float(objective())
    model.begin(2)
    assert float(objective()) == float(second.objective(batch, step=tf.constant(0, tf.int64))[0]) != before
    with model.scored_weights():
        for name, weight in model.named_weights().items():
            np.testing.assert_array_equal(weight.numpy(), second.named_weights()[name].numpy())


def test_keras_fits_it_with_an_ordinary_callback(make_model: MakeModel, make_batch: MakeBatch) -> None:
    settings = {**BIO, "use_dropout": True, "dropout_embedding": 0.5, "dropout_fcl_rel": 0.5}
    fitted, stepped = make_model(**settings), make_model(**settings)
    batches = [make_batch([5], seed) for seed in (1, 2)]
    signature = {
        name: tf.TensorSpec([1, *values.shape[1:]] if name != "relations" else [None, 4], tf.int32)
        if name in ("word_index", "lengths", "tag_ids", "relations")
        else tf.TensorSpec(values.shape, tf.int32)
        for name, values in batches[0].items()
    }
    dataset = tf.data.Dataset.from_generator(lambda: iter(batches), output_signature=signature)
    seen: list[float] = []
    on_end = tf.keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(logs["loss"]))
    fitted.fit(dataset, epochs=2, callbacks=[on_end], verbose=0)

    losses: list[float] = []
    for _ in range(2):
        for batch in batches:
            loss, _ = stepped.objective(batch, step=tf.constant(len(losses), tf.int64))
            losses.append(float(loss))
            stepped.train_step(batch)
    assert seen == pytest.approx([sum(losses[:2]) / 2, sum(losses[2:]) / 2], rel=1e-5)
    # Step by step in Python gives what the graph gave, dropout included.
    for one, other in zip(fitted.named_weights().values(), stepped.named_weights().values()):
        np.testing.assert_allclose(one.numpy(), other.numpy(), atol=2e-5)


def test_the_twin_trains_the_same_model(
    make_model: MakeModel, make_batch: MakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, fused = make_batch([5, 1, 3]), make_model(**BIO)
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: ["a GPU"])
    twin = make_model(**BIO)
    monkeypatch.undo()
    assert all(type(layer) is KerasBiLSTM for layer in twin.bilstms)
    (loss, gradients), (of_twin, gradients_of_twin) = fused.objective(batch), twin.objective(batch)
    assert float(loss) == pytest.approx(float(of_twin), rel=1e-6)
    for one, other in zip(gradients, gradients_of_twin):
        np.testing.assert_allclose(one.numpy(), other.numpy(), rtol=0, atol=1e-5 * np.abs(other).max())
