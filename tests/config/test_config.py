from __future__ import annotations

import dataclasses
import json
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.config import ORIGINAL_SETTINGS, Config
from multihead_at.errors import InputError

# The keys that the original's configuration files have.
KEYS_OF_THE_ORIGINAL = [
    "filename_embeddings",
    "filename_train",
    "filename_dev",
    "filename_test",
    "nepochs",
    "optimizer",
    "activation",
    "learning_rate",
    "gradientClipping",
    "nepoch_no_imprv",
    "use_dropout",
    "ner_loss",
    "use_chars",
    "use_adversarial",
    "ner_classes",
    "dropout_embedding",
    "dropout_lstm",
    "dropout_lstm_output",
    "dropout_fcl_ner",
    "dropout_fcl_rel",
    "hidden_size_lstm",
    "hidden_size_n1",
    "num_lstm_layers",
    "char_embeddings_size",
    "hidden_size_char",
    "label_embeddings_size",
    "alpha",
    "evaluation_method",
    "root_node",
]

KEEP = st.floats(min_value=0, max_value=1, exclude_min=True)
SIZE = st.integers(min_value=1, max_value=10**6)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "filename_train": st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(
            str.strip
        ),
        "nepochs": st.integers(min_value=0),
        "optimizer": st.sampled_from(["Adam", "Adagrad", "Adadelta", "SGD", "GradientDescentOptimizer"]),
        "activation": st.sampled_from(["tanh", "relu"]),
        "learning_rate": st.floats(min_value=0, exclude_min=True, allow_infinity=False)
        | st.integers(min_value=1, max_value=9),
        "gradientClipping": st.booleans(),
        "ner_loss": st.sampled_from(["crf", "softmax"]),
        "dropout_embedding": KEEP,
        "dropout_fcl_rel": KEEP,
        "hidden_size_lstm": SIZE,
        "batch_size": SIZE,
        "label_embeddings_size": st.integers(min_value=0),
        "alpha": st.floats(min_value=0, allow_infinity=False),
        "protocol": st.sampled_from(["original", "best_retrain", "best"]),
        "seed": st.integers(min_value=0, max_value=2**32 - 1),
    },
)
TAG_SETS = st.sampled_from([("BIO", "strict"), ("BIO", "boundaries"), ("EC", "relaxed")])


def test_original_settings_are_the_keys_of_the_original() -> None:
    assert sorted(ORIGINAL_SETTINGS) == sorted(KEYS_OF_THE_ORIGINAL)


@given(SETTINGS, TAG_SETS)
def test_to_dict_and_from_dict_are_inverse_through_json(
    settings: dict[str, Any], tag_set: tuple[str, str]
) -> None:
    config = Config(ner_classes=tag_set[0], evaluation_method=tag_set[1], **settings)
    again = Config.from_dict(json.loads(json.dumps(config.to_dict())))
    assert again == config
    assert again.to_dict() == config.to_dict()


@given(SETTINGS)
def test_values_have_the_types_of_their_fields(settings: dict[str, Any]) -> None:
    types = typing.get_type_hints(Config)
    for name, value in Config(**settings).to_dict().items():
        assert type(value) is types[name], name


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().alpha = 1.0  # type: ignore[misc]


def test_from_dict_refuses_an_unknown_setting_and_names_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown setting 'batchsize'; the nearest there is: batch_size"):
        Config.from_dict({**Config().to_dict(), "batchsize": 2})


def test_from_dict_refuses_missing_settings_by_name() -> None:
    settings = Config().to_dict()
    del settings["seed"], settings["alpha"]
    with pytest.raises(InputError, match=r"settings missing: alpha, seed$"):
        Config.from_dict(settings)


def test_from_dict_refuses_what_has_no_names() -> None:
    with pytest.raises(InputError, match=r"expected values by name, received \[1\]"):
        Config.from_dict([1])  # type: ignore[arg-type]


def test_construction_checks_every_setting() -> None:
    with pytest.raises(
        InputError, match="dropout_lstm: expected a keep probability above 0 and at most 1, received 0"
    ):
        Config(dropout_lstm=0.0)


def test_a_setting_of_adam_needs_adam() -> None:
    assert Config(adam_beta2=0.9).adam_beta2 == 0.9
    with pytest.raises(InputError, match=r"adam_beta2: received 0\.9 with optimizer 'Adagrad'; expected "):
        Config(adam_beta2=0.9, optimizer="Adagrad")


def test_trees_need_a_root_and_mentions() -> None:
    assert Config(decoding="edmonds", root_node=True).decoding == "edmonds"
    with pytest.raises(
        InputError, match=r"decoding: received 'edmonds' with root_node false and ner_classes 'BIO'"
    ):
        Config(decoding="edmonds")
    with pytest.raises(
        InputError, match=r"root_node true and ner_classes 'EC'; expected root_node true and BIO"
    ):
        Config(decoding="edmonds", root_node=True, ner_classes="EC", evaluation_method="relaxed")


@pytest.mark.parametrize(
    ("ner_classes", "evaluation_method"), [("BIO", "relaxed"), ("EC", "strict"), ("EC", "boundaries")]
)
def test_evaluation_that_does_not_fit_the_tags(ner_classes: str, evaluation_method: str) -> None:
    with pytest.raises(InputError) as caught:
        Config(ner_classes=ner_classes, evaluation_method=evaluation_method)
    message = str(caught.value)
    assert message.startswith(
        f"evaluation_method: received '{evaluation_method}' with ner_classes '{ner_classes}'"
    )
    assert "expected 'strict' or 'boundaries' with BIO, 'relaxed' with EC" in message


@pytest.mark.parametrize(
    ("ner_classes", "evaluation_method"), [("BIO", "strict"), ("BIO", "boundaries"), ("EC", "relaxed")]
)
@pytest.mark.parametrize("ner_loss", ["crf", "softmax"])
def test_either_loss_with_either_tag_set(ner_classes: str, evaluation_method: str, ner_loss: str) -> None:
    config = Config(ner_classes=ner_classes, evaluation_method=evaluation_method, ner_loss=ner_loss)
    assert (config.ner_classes, config.ner_loss) == (ner_classes, ner_loss)
