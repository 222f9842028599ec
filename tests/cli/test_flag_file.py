"""The flag files against the settings that the original, and the longer paper for ACE04 and ADE, have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.flag_file import flag_file, known_datasets, read_flag_file
from multihead_at.config import ORIGINAL_SETTINGS, Config
from multihead_at.datasets import flags_dir
from multihead_at.errors import InputError

COMMON = {
    "optimizer": "Adam",
    "activation": "tanh",
    "learning_rate": 0.001,
    "gradientClipping": False,
    "use_dropout": True,
    "use_chars": True,
    "dropout_fcl_ner": 1.0,
    "dropout_fcl_rel": 1.0,
    "hidden_size_lstm": 64,
    "hidden_size_n1": 64,
    "num_lstm_layers": 3,
    "char_embeddings_size": 25,
    "hidden_size_char": 25,
    "batch_size": 1,
}
BIO_STRICT = {"ner_classes": "BIO", "ner_loss": "crf", "evaluation_method": "strict"}
EC_RELAXED = {"ner_classes": "EC", "ner_loss": "softmax", "evaluation_method": "relaxed"}


def keep(embedding: float, lstm: float, lstm_output: float) -> dict[str, float]:
    return {"dropout_embedding": embedding, "dropout_lstm": lstm, "dropout_lstm_output": lstm_output}


def files(dataset: str, ending: str, vectors: str) -> dict[str, str]:
    return {
        "dataset": dataset,
        "filename_embeddings": vectors,
        "filename_train": f"{dataset}/train.{ending}",
        "filename_dev": f"{dataset}/dev.{ending}",
        "filename_test": f"{dataset}/test.{ending}",
    }


def training(nepochs: int, nepoch_no_imprv: int, use_adversarial: bool, alpha: float) -> dict[str, Any]:
    return {
        "nepochs": nepochs,
        "nepoch_no_imprv": nepoch_no_imprv,
        "use_adversarial": use_adversarial,
        "alpha": alpha,
    }


GLOVE = "glove-wiki-gigaword-100"
CONLL04 = {
    **COMMON,
    **files("conll04", "txt", GLOVE),
    **keep(0.9, 0.9, 0.9),
    "label_embeddings_size": 0,
    "root_node": False,
    "protocol": "original",
}
DREC = {
    **COMMON,
    **BIO_STRICT,
    **files("drec", "tsv", "drec/embeddings_matrix.txt"),
    **keep(0.7, 0.7, 0.7),
    "label_embeddings_size": 25,
    "root_node": True,
    "protocol": "original",
}
ADE = {
    **COMMON,
    **BIO_STRICT,
    **files("ade", "txt", GLOVE),
    **keep(0.7, 0.8, 0.8),
    "label_embeddings_size": 25,
    "root_node": False,
    "protocol": "best",
}
ACE04 = {**ADE, **files("ace04", "txt", GLOVE), "activation": "relu"}
EXPECTED = {
    "conll04_bio": {**CONLL04, **BIO_STRICT, **training(150, 30, False, 0.01)},
    "conll04_bio_at": {**CONLL04, **BIO_STRICT, **training(130, 40, True, 0.01)},
    "conll04_ec": {**CONLL04, **EC_RELAXED, **training(150, 50, False, 0.001)},
    "conll04_ec_at": {**CONLL04, **EC_RELAXED, **training(150, 50, True, 0.001)},
    "drec_bio": {**DREC, **training(50, 30, False, 0.001)},
    "drec_bio_at": {**DREC, **training(60, 35, True, 0.001)},
    "ade_bio": {**ADE, **training(150, 30, False, 0.001)},
    "ade_bio_at": {**ADE, **training(150, 30, True, 0.001)},
    "ace04_bio": {**ACE04, **training(150, 30, False, 0.001)},
    "ace04_bio_at": {**ACE04, **training(150, 30, True, 0.001)},
}
SAMPLE = ("sample_bio", "sample_bio_at", "sample_ec", "sample_ec_at")


def named(name: str) -> Path:
    return flags_dir() / f"{name}.flags"


@pytest.mark.parametrize("name", EXPECTED)
def test_the_settings_are_those_of_the_original(name: str) -> None:
    assert read_flag_file(named(name)) == EXPECTED[name]


def test_there_is_no_other_flag_file() -> None:
    assert {path.stem for path in flags_dir().iterdir()} == {*EXPECTED, *SAMPLE, "preset_fast"}


@pytest.mark.parametrize("name", [*EXPECTED, *SAMPLE])
def test_a_flag_file_is_complete_and_its_values_go_together(name: str) -> None:
    settings = read_flag_file(named(name))
    assert set(settings) == {*ORIGINAL_SETTINGS, "dataset", "batch_size", "protocol"}
    assert Config(**settings).to_dict().items() >= settings.items()


def test_the_defaults_of_config_are_conll04_bio() -> None:
    assert Config() == Config(**read_flag_file(named("conll04_bio")))


@pytest.mark.parametrize("name", SAMPLE)
def test_the_sample_has_its_own_files_and_the_tags_of_its_name(name: str) -> None:
    settings = read_flag_file(named(name))
    assert settings.items() >= files("sample", "txt", "sample/vectors.txt").items()
    assert settings.items() >= (EC_RELAXED if "_ec" in name else BIO_STRICT).items()
    assert settings["use_adversarial"] == name.endswith("_at")


def test_known_datasets() -> None:
    assert known_datasets() == ["ace04", "ade", "conll04", "drec", "sample"]


@pytest.mark.parametrize(
    ("dataset", "entity_classes", "adversarial", "name"),
    [
        ("conll04", False, False, "conll04_bio"),
        ("conll04", False, True, "conll04_bio_at"),
        ("conll04", True, False, "conll04_ec"),
        ("conll04", True, True, "conll04_ec_at"),
        ("ade", True, True, "ade_bio_at"),
        ("drec", True, False, "drec_bio"),
    ],
)
def test_choice_of_the_file(dataset: str, entity_classes: bool, adversarial: bool, name: str) -> None:
    assert flag_file(dataset, entity_classes=entity_classes, adversarial=adversarial) == named(name)


def test_errors_name_the_flag_file(tmp_path: Path) -> None:
    path = tmp_path / "own.flags"
    path.write_text("--nepochs=3\n--nepoch=4\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"own\.flags: unknown flag --nepoch; the nearest there is: --nepochs"
    ):
        read_flag_file(path)
    with pytest.raises(InputError, match=r"nothing\.flags: cannot be read: No such file"):
        read_flag_file(tmp_path / "nothing.flags")


def test_what_is_no_setting_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "own.flags"
    path.write_text("# comment\n\n--nepochs=3\n--output_dir=elsewhere\n", encoding="utf-8")
    assert read_flag_file(path) == {"nepochs": 3}
