"""Compares our model with recordings of the original: python tests/parity/check_recordings.py FILE.npz ...

Prints, for each recording, the largest errors of objective, relation scores, tags, gradients and weights
after six optimizer steps, and exits 1 when one is over its bound.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

if TYPE_CHECKING:
    import tensorflow as tf
    from recordings import Recording

    from multihead_at.model import JointModel

# A recording of this many weights is one of a tiny model, whose six Adam steps must agree everywhere.
SMALL = 10_000
BOUNDS = {
    "objective": 1e-5,
    "relation scores": 1e-4,
    "tags that differ": 0,
    "gradients": 1e-4,
    "weights after six steps": 1e-5,
    "largest weight error": 2e-3,
    "share of weights over 1e-5": 1e-4,
}


def errors(path: Path, *, in_graph: bool = True) -> dict[str, float]:
    """The largest errors of our model on one recording, by the names in BOUNDS.

    Args:
        path: NAME.npz, with NAME.json beside it.
        in_graph: take the six steps in a graph, as training does; without one is quicker.

    Raises:
        KeyError, ValueError: it is not a recording of a model that ours can be.
    """
    from multihead_at.cli.quiet import quiet_tensorflow

    quiet_tensorflow()
    from recordings import Recording

    from multihead_at.training.tensorflow_setup import prepare_tensorflow

    prepare_tensorflow(threads=1)
    recording = Recording.read(path)
    model = recording.model()
    worst: dict[str, float] = {
        "objective": 0.0,
        "relation scores": 0.0,
        "tags that differ": 0,
        "gradients": 0.0,
    }
    for example in recording.description["examples"]:
        name, gold = f"{example['mode']}{example['k']}", example["mode"] == "train"
        batch, vectors = recording.batch(name)
        model.word_embedding.set_table(vectors)
        loss, gradients = model.objective(batch, gold_labels=gold)
        _raise(worst, "objective", abs(float(loss) - example["obj"]) / abs(example["obj"]))
        _compare_scores(worst, recording, model, batch, name, gold=gold)
        expected = recording.ours(f"{name}|grad|")
        for weight, gradient in zip(model.named_weights(), gradients):
            if weight in expected:
                _raise(worst, "gradients", _relative(gradient.numpy(), expected[weight]))
    worst.update(_after_six_steps(recording, model, in_graph=in_graph))
    return worst


def _compare_scores(
    worst: dict[str, float],
    recording: Recording,
    model: JointModel,
    batch: dict[str, tf.Tensor],
    example: str,
    *,
    gold: bool,
) -> None:
    states = model.states(model.embed(batch), batch["lengths"], None)
    tag_ids = model.tagging.decode(model.tag_scorer(states), batch["lengths"])
    labels = batch["tag_ids"] if gold else tag_ids
    scores = model.head_selection(model.relation_states(states, labels)).numpy()
    expected = recording.arrays[f"{example}|rel_scores"].reshape(scores.shape)
    _raise(worst, "relation scores", float(np.abs(scores - expected).max()))
    worst["tags that differ"] += int((tag_ids.numpy() != recording.arrays[f"{example}|pred_ner"]).sum())


def _after_six_steps(recording: Recording, model: JointModel, *, in_graph: bool) -> dict[str, float]:
    import tensorflow as tf

    expected = recording.ours("after6steps|", forget_bias=1.0)
    if not expected:
        return {}
    step = model.train_step
    if in_graph:
        step = tf.function(step, input_signature=[_one_sentence()], autograph=False)
    for k in range(6):
        batch, vectors = recording.batch(f"train{k}")
        model.word_embedding.set_table(vectors)
        step(batch)
    differences = np.concatenate(
        [np.abs(weight.numpy() - expected[name]).ravel() for name, weight in model.named_weights().items()]
    )
    if len(differences) <= SMALL:
        return {"weights after six steps": float(differences.max())}
    return {
        "largest weight error": float(differences.max()),
        "share of weights over 1e-5": float((differences > 1e-5).mean()),
    }


def _one_sentence() -> dict[str, tf.TensorSpec]:
    """A batch of one sentence of any length: traced once."""
    import tensorflow as tf

    shapes: dict[str, list[int | None]] = {
        "word_ids": [None],
        "characters": [None, None],
        "character_lengths": [None],
        "word_index": [1, None],
        "lengths": [1],
        "tag_ids": [1, None],
        "relations": [None, 4],
    }
    return {name: tf.TensorSpec(shape, tf.int32) for name, shape in shapes.items()}


def _raise(worst: dict[str, float], name: str, error: float) -> None:
    # A NaN must not pass for a small error.
    worst[name] = error if not error <= worst[name] else worst[name]


def _relative(values: np.ndarray, expected: np.ndarray) -> float:
    largest = float(np.abs(expected).max(initial=0.0))
    difference = float(np.abs(values - expected).max(initial=0.0))
    return difference / largest if largest else difference


def main() -> int:
    """Checks the files named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.npz")
    failed = False
    for path in parser.parse_args().files:
        if not path.is_file() or not path.with_suffix(".json").is_file():
            print(f"{path}: expected a recording: NAME.npz with NAME.json beside it", file=sys.stderr)
            return 2
        print(path.name)
        for name, error in errors(path).items():
            over = not error <= BOUNDS[name]
            failed |= over
            print(f"  {name:<28} {error:<12.3g} bound {BOUNDS[name]:g}{'   OVER' if over else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
