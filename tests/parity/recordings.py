"""Recordings of the original (weights, inputs, losses, gradients, six Adam steps) in our model's terms."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.model import JointModel, ModelSizes, make_optimizer

# The original's names, behind an optional "loss_computation/" and before ":0", for our names.
_PLAIN = {
    "char_embeddings": "characters/embeddings",
    "u_typ": "tags/u",
    "v_typ": "tags/v",
    "b_typ": "tags/b",
    "b_ctyp": "tags/c",
    "label_embeddings": "labels/embeddings",
    "transitions": "tags/transitions",
    "u_a": "heads/u",
    "w_a": "heads/w",
    "v": "heads/v",
    "b_s": "heads/b",
}


@dataclasses.dataclass(frozen=True)
class Recording:
    """One recorded configuration of the original.

    Attributes:
        config: the settings it ran with.
        sizes: the corpus's and the vectors' sizes.
        description: the .json beside the arrays.
        arrays: the .npz.
    """

    config: Config
    sizes: ModelSizes
    description: dict
    arrays: dict[str, np.ndarray]

    @classmethod
    def read(cls, path: Path) -> Recording:
        """Reads NAME.npz and NAME.json."""
        description = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        config = _config(description["cfg"])
        tags = description["bio_tags"] if config.ner_classes == "BIO" else description["ec_tags"]
        width = next(value.shape[-1] for name, value in arrays.items() if name.endswith("|in|word_vectors"))
        sizes = ModelSizes(width, len(description["chars"]), len(tags), len(description["relations"]))
        return cls(config, sizes, description, arrays)

    def model(self) -> JointModel:
        """A model with the recorded initial weights, compiled with the recorded optimizer."""
        model = JointModel(dataclasses.replace(self.config, use_dropout=False), self.sizes)
        weights = self.ours("var|", forget_bias=1.0)
        for name, variable in model.named_weights().items():
            variable.assign(weights[name])
        model.compile(optimizer=make_optimizer(self.config.optimizer, self.config.learning_rate))
        return model

    def ours(self, prefix: str, *, forget_bias: float = 0.0) -> dict[str, np.ndarray]:
        """Arrays named `prefix` + the original's variable, as arrays of ours by our names.

        Args:
            prefix: "var|", "train0|grad|" or "after6steps|".
            forget_bias: what to add at the forget gate: the original adds its 1 at run time, we store it.
        """
        found: dict[str, np.ndarray] = {}
        for key, value in self.arrays.items():
            if not key.startswith(prefix):
                continue
            name = key[len(prefix) :].split(":")[0].replace("loss_computation/", "")
            if name in _PLAIN:
                found[_PLAIN[name]] = value
            elif "/fw/" in name:
                other = self.arrays[key.replace("/fw/", "/bw/")]
                layer = "characters" if name.startswith("bidirectional_rnn") else name.split("/")[0].lower()
                kind = name.rsplit("/", 1)[1]
                both = _our_gate_order(np.stack([value, other]))
                if kind == "bias":
                    units = both.shape[1] // 4
                    both[:, units : 2 * units] += forget_bias
                found[f"{layer.replace('bilstm', 'bilstm_')}/{kind}"] = both
        return found

    def batch(self, example: str) -> tuple[dict[str, tf.Tensor], np.ndarray]:
        """The recorded input `example` ("train0") as a batch of ours, and its word vectors as a table."""
        recorded = {
            key.rsplit("|", 1)[1]: value
            for key, value in self.arrays.items()
            if key.startswith(f"{example}|in|")
        }
        length = int(recorded["seqlen"][0])
        relations = len(self.description["relations"])
        gold = np.argwhere(recorded["scoringMatrixGold"][0].reshape(length, length, relations) > 0)
        # Where characters are off, they may not have been recorded.
        no_characters = np.zeros([1, length, 1])
        batch = {
            "word_ids": np.arange(length),
            "characters": recorded.get("charIds", no_characters)[0],
            "character_lengths": recorded.get("tokensLens", no_characters[:, :, 0])[0],
            "word_index": np.arange(length)[np.newaxis],
            "lengths": recorded["seqlen"],
            "tag_ids": recorded["entity_tags_ids"],
            "relations": np.concatenate([np.zeros([len(gold), 1]), gold], axis=1),
        }
        tensors = {key: tf.constant(value, tf.int32) for key, value in batch.items()}
        return tensors, recorded["word_vectors"][0]


def _config(recorded: dict) -> Config:
    """The recorded settings that a model has; which figures an epoch is scored by plays no part."""
    names = {field.name for field in dataclasses.fields(Config)}
    settings = {
        name: value for name, value in recorded.items() if name in names and not name.startswith("filename")
    }
    settings["evaluation_method"] = "relaxed" if settings["ner_classes"] == "EC" else "strict"
    return Config(**{**settings, "batch_size": 1})


def _our_gate_order(values: np.ndarray) -> np.ndarray:
    """From the original's i, j, f, o to i, f, c (its j), o."""
    i, j, f, o = np.split(values, 4, axis=-1)
    return np.concatenate([i, f, j, o], axis=-1)
