"""`Config`: every setting of a run, checked once and then fixed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from multihead_at.config.nearest_name import nearest_name
from multihead_at.config.setting_check import check_setting
from multihead_at.errors import InputError


@dataclasses.dataclass(frozen=True)
class Config:
    """The settings of one run; the defaults are the original's for CoNLL04 with BIO tags and without AT.

    The settings from `filename_embeddings` to `root_node` are those of the original's configuration files,
    under their names there; the others are ours. Dropouts are keep probabilities, as in the original.

    Attributes:
        filename_embeddings: word vectors: a file, or a name that is looked up.
        filename_train, filename_dev, filename_test: documents in the five-column format, or
            SpERT's JSON where the name ends in `.json`.
        nepochs: the last epoch's number: epochs 0..nepochs are trained, one more than it says.
        optimizer: `Adam`, `Adagrad`, `AdadeltaOptimizer` or `GradientDescentOptimizer`.
        activation: f of tagger and head selection, `tanh` or `relu`.
        learning_rate: above 0.
        gradientClipping: clip every component of the gradients to [-1, 1].
        nepoch_no_imprv: epochs without a better dev score after which training stops.
        use_dropout: False turns all five dropouts off.
        ner_loss: `crf` or `softmax`, with either tag set.
        use_chars: concatenate a character encoding to the word vector.
        use_adversarial: add the loss of the perturbed input.
        ner_classes: `BIO` tags, or `EC`: entity classes of given boundaries.
        dropout_embedding, dropout_lstm, dropout_lstm_output, dropout_fcl_ner, dropout_fcl_rel: in (0, 1].
        hidden_size_lstm: width of one direction of the BiLSTM.
        hidden_size_n1: width of the tagger's and the head selection's hidden layers.
        num_lstm_layers: BiLSTM layers.
        char_embeddings_size: width of a character's embedding.
        hidden_size_char: width of one direction of the character BiLSTM.
        label_embeddings_size: width of a tag's embedding; 0 for none.
        alpha: the perturbation's norm is alpha times the root of the token input's width.
        evaluation_method: `strict` or `boundaries` for BIO, `relaxed` for EC.
        root_node: token 0 is a virtual root that relations may point at.
        dataset: the name that results and folders carry.
        fold: of cross-validation, from 0; -1 for the split into files.
        batch_size: sentences a training step.
        seed: of weights, dropout and shuffling.
        protocol: `original`, `best_retrain` or `best`: which weights are tested (docs/training.md);
            `dev_only`: none, as for choosing a setting by dev.
        shuffle: a new order of the training sentences every epoch; the original keeps the file's.
        group_lengths: with `shuffle`, sentences of like length share a batch, which needs less padding.
        learning_rate_schedule: `constant`, as in the original, or `linear` or `cosine`: down to 0 at the end
            of epoch `nepochs`.
        adam_beta2: of Adam, how long it remembers the gradients' size; 0.999, TensorFlow's default, in the
            original. The first steps' gradients are a hundred times the later ones', so less is faster.
        average_decay: of the moving average of the weights that is scored and kept in place of the last
            step's weights; 0, as in the original, for none.
        decoding: of relations: `threshold`, as in the original's code, or `edmonds`: a tree with token 0 for
            its root; needs `root_node` and BIO tags.
        preset: the name of the preset that the settings began from.
        threads: of TensorFlow, for each of its two pools.
        eval_batch_size: sentences a prediction step.

    Raises:
        InputError: a setting is of the wrong kind or out of range, or two contradict each other.
    """

    filename_embeddings: str = "glove-wiki-gigaword-100"
    filename_train: str = "conll04/train.txt"
    filename_dev: str = "conll04/dev.txt"
    filename_test: str = "conll04/test.txt"

    nepochs: int = 150
    optimizer: str = "Adam"
    activation: str = "tanh"
    learning_rate: float = 1e-3
    gradientClipping: bool = False  # noqa: N815 (the original's spelling)
    nepoch_no_imprv: int = 30
    use_dropout: bool = True
    ner_loss: str = "crf"
    use_chars: bool = True
    use_adversarial: bool = False
    ner_classes: str = "BIO"

    dropout_embedding: float = 0.9
    dropout_lstm: float = 0.9
    dropout_lstm_output: float = 0.9
    dropout_fcl_ner: float = 1.0
    dropout_fcl_rel: float = 1.0
    hidden_size_lstm: int = 64
    hidden_size_n1: int = 64
    num_lstm_layers: int = 3
    char_embeddings_size: int = 25
    hidden_size_char: int = 25
    label_embeddings_size: int = 0
    alpha: float = 0.01

    evaluation_method: str = "strict"
    root_node: bool = False

    dataset: str = "conll04"
    fold: int = -1
    batch_size: int = 1
    seed: int = 1
    protocol: str = "original"
    shuffle: bool = False
    group_lengths: bool = False
    learning_rate_schedule: str = "constant"
    adam_beta2: float = 0.999
    average_decay: float = 0.0
    decoding: str = "threshold"
    preset: str = "faithful"
    threads: int = 1
    eval_batch_size: int = 32

    def __post_init__(self) -> None:
        for name, value in self.to_dict().items():
            object.__setattr__(self, name, check_setting(name, value))
        if (self.evaluation_method == "relaxed") != (self.ner_classes == "EC"):
            raise InputError(
                f"evaluation_method: received {self.evaluation_method!r} with ner_classes "
                f"{self.ner_classes!r}; expected 'strict' or 'boundaries' with BIO, "
                "'relaxed' with EC (--ec sets both)"
            )
        if self.decoding == "edmonds" and not (self.root_node and self.ner_classes == "BIO"):
            raise InputError(
                f"decoding: received 'edmonds' with root_node {str(self.root_node).lower()} and ner_classes "
                f"{self.ner_classes!r}; expected root_node true and BIO: the tree needs a root and mentions"
            )
        if self.adam_beta2 != type(self).adam_beta2 and self.optimizer != "Adam":
            raise InputError(
                f"adam_beta2: received {self.adam_beta2!r} with optimizer {self.optimizer!r}; expected "
                f"Adam, or the default {type(self).adam_beta2} (--preset=fast has another)"
            )
        if self.group_lengths and not self.shuffle:
            raise InputError(
                "group_lengths: received true without shuffle; expected both, as grouping changes the order "
                "of the file (--shuffle)"
            )

    def to_dict(self) -> dict[str, Any]:
        """The settings by name, in the order above; values that JSON holds as they are."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def from_dict(cls, settings: Mapping[str, Any]) -> Config:
        """The inverse of `to_dict`.

        Args:
            settings: every setting by name, no more and no less.

        Raises:
            InputError: a setting is missing, unknown or refused by `Config`.
        """
        if not isinstance(settings, Mapping):
            raise InputError(f"settings: expected values by name, received {settings!r}")
        names = [field.name for field in dataclasses.fields(cls)]
        for name in settings:
            if name not in names:
                raise InputError(
                    f"unknown setting {name!r}; the nearest there is: {nearest_name(str(name), names)}"
                )
        missing = [name for name in names if name not in settings]
        if missing:
            raise InputError(f"settings missing: {', '.join(missing)}")
        return cls(**settings)


_OURS = (
    "dataset",
    "fold",
    "batch_size",
    "seed",
    "protocol",
    "shuffle",
    "group_lengths",
    "learning_rate_schedule",
    "adam_beta2",
    "average_decay",
    "decoding",
    "preset",
    "threads",
    "eval_batch_size",
)

ORIGINAL_SETTINGS: tuple[str, ...] = tuple(
    field.name for field in dataclasses.fields(Config) if field.name not in _OURS
)
"""The keys of the original's configuration files."""

MACHINE_SETTINGS: tuple[str, ...] = ("threads", "eval_batch_size")
"""Settings that suit a machine and change no score: a run may go on with others."""

LATER_SETTINGS: tuple[str, ...] = (
    "fold",
    "decoding",
    "group_lengths",
    "learning_rate_schedule",
    "adam_beta2",
    "average_decay",
    "preset",
)
"""Settings that the first runs did not have; their defaults are what those runs did."""
