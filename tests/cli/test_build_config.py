from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.build_config import build_config
from multihead_at.cli.flag_file import read_flag_file
from multihead_at.config import Config
from multihead_at.datasets import flags_dir
from multihead_at.errors import InputError

OWN_FILES = {"filename_train": "a.txt", "filename_dev": "b.txt", "filename_test": "c.txt"}


def from_file(name: str, **changes: Any) -> Config:
    return Config(**{**read_flag_file(flags_dir() / f"{name}.flags"), **changes})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, from_file("sample_bio")),
        ({"ec": True}, from_file("sample_ec")),
        ({"dataset": "conll04"}, from_file("conll04_bio")),
        ({"dataset": "CoNLL04"}, from_file("conll04_bio")),
        ({"dataset": "conll04", "ec": False}, from_file("conll04_bio")),
        ({"dataset": "conll04", "ec": True}, from_file("conll04_ec")),
        ({"dataset": "drec"}, from_file("drec_bio")),
        ({"dataset": "ade"}, from_file("ade_bio")),
        # AT: the file with AT, and alpha as given.
        (
            {"dataset": "conll04", "ec": True, "at_alpha": 0.01},
            from_file("conll04_ec_at", alpha=0.01),
        ),
        ({"dataset": "conll04", "at_alpha": 0.05}, from_file("conll04_bio_at", alpha=0.05)),
        ({"dataset": "conll04", "at_alpha": 0.0}, from_file("conll04_bio")),
        ({"dataset": "conll04", "use_adversarial": True}, from_file("conll04_bio_at")),
        ({"dataset": "conll04", "use_adversarial": False}, from_file("conll04_bio")),
        (
            {"dataset": "conll04", "use_adversarial": True, "alpha": 0.1},
            from_file("conll04_bio_at", alpha=0.1),
        ),
        # A dataset without a file for EC.
        (
            {"dataset": "drec", "ec": True, "at_alpha": 0.5},
            from_file(
                "drec_bio_at", alpha=0.5, ner_classes="EC", ner_loss="softmax", evaluation_method="relaxed"
            ),
        ),
    ],
    ids=repr,
)
def test_the_flag_file_gives_the_defaults(given: dict[str, Any], expected: Config) -> None:
    assert build_config(given) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nepochs", 3),
        ("learning_rate", 0.5),
        ("use_chars", False),
        ("dropout_lstm", 0.4),
        ("activation", "relu"),
        ("filename_embeddings", "mine.bin"),
        ("filename_train", "more.txt"),
        ("ner_loss", "crf"),
        ("seed", 7),
        ("batch_size", 16),
        ("protocol", "best_retrain"),
        ("shuffle", True),
        ("fold", -1),
        ("threads", 2),
        ("eval_batch_size", 4),
        ("root_node", True),
    ],
)
def test_what_is_given_wins_over_the_flag_file(name: str, value: Any) -> None:
    config = build_config({"dataset": "conll04", "ec": True, name: value})
    assert config == from_file("conll04_ec", **{name: value})


@pytest.mark.parametrize("dataset", ["conll04", "ade"])
def test_a_fold_is_tested_by_the_best_dev_epoch(dataset: str) -> None:
    expected = from_file(f"{dataset}_bio", fold=3, protocol="best")
    assert build_config({"dataset": dataset, "fold": 3}) == expected
    given = {"dataset": dataset, "fold": 3, "protocol": "original"}
    assert build_config(given) == dataclasses.replace(expected, protocol="original")


def test_none_is_not_given_and_flags_that_are_no_settings_are_passed_over() -> None:
    given = {"dataset": "conll04", "nepochs": None, "output_dir": "x", "data_dir": "y", "resume": True}
    assert build_config(given) == from_file("conll04_bio")


def test_own_data_needs_its_three_files_only() -> None:
    config = build_config({"dataset": "Mine", "at_alpha": 0.02, **OWN_FILES})
    assert config == from_file("conll04_bio_at", dataset="Mine", alpha=0.02, **OWN_FILES)


def test_own_files_without_a_name_are_not_taken_for_the_sample() -> None:
    """Nor trained with its small model and its invented words."""
    with pytest.raises(
        InputError, match=r"--filename_train received without --dataset: expected --dataset=NAME"
    ):
        build_config(OWN_FILES)


def test_a_known_dataset_may_get_another_file() -> None:
    config = build_config({"dataset": "ade", "filename_train": "a.txt"})
    assert config == from_file("ade_bio", filename_train="a.txt")


@pytest.mark.parametrize("given_files", [[], ["filename_train"], ["filename_train", "filename_test"]])
def test_an_unknown_dataset_without_its_files(given_files: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        build_config({"dataset": "conl04", **{name: OWN_FILES[name] for name in given_files}})
    message = str(caught.value)
    assert (
        "unknown dataset 'conl04'; there are ace04, ade, conll04, drec, sample (the nearest: conll04)"
        in message
    )
    missing = [f"--{name}" for name in OWN_FILES if name not in given_files]
    assert f"for your own data give {', '.join(missing)} too" in message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"at_alpha": 0.1, "alpha": 0.1},
            "--at_alpha sets alpha and use_adversarial: leave out --at_alpha or --alpha",
        ),
        (
            {"at_alpha": 0.0, "use_adversarial": False},
            "--at_alpha sets alpha and use_adversarial: leave out --at_alpha or --use_adversarial",
        ),
        ({"at_alpha": -0.1}, "at_alpha: expected a finite number of at least 0 (0: off), received -0.1"),
        (
            {"at_alpha": float("nan")},
            "at_alpha: expected a finite number of at least 0 (0: off), received nan",
        ),
        (
            {"at_alpha": float("inf")},
            "at_alpha: expected a finite number of at least 0 (0: off), received inf",
        ),
        ({"ec": True, "ner_classes": "BIO"}, "--ec contradicts --ner_classes=BIO: leave out one"),
        ({"ec": False, "ner_classes": "EC"}, "--noec contradicts --ner_classes=EC: leave out one"),
        (
            {"ec": True, "evaluation_method": "strict"},
            "evaluation_method: received 'strict' with ner_classes 'EC'",
        ),
        (
            {"ec": True, "evaluation_method": "boundaries"},
            "evaluation_method: received 'boundaries' with ner_classes 'EC'",
        ),
        ({"evaluation_method": "relaxed"}, "evaluation_method: received 'relaxed' with ner_classes 'BIO'"),
        ({"ner_classes": "EC"}, "evaluation_method: received 'strict' with ner_classes 'EC'"),
        (
            {"dropout_fcl_rel": 0.0},
            "dropout_fcl_rel: expected a keep probability above 0 and at most 1, received 0.0",
        ),
        ({"dataset": "a/b", **OWN_FILES}, "dataset: expected a name without slashes"),
    ],
    ids=repr,
)
def test_contradictions_and_bad_values_are_refused_by_name(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        build_config(given)
    assert str(caught.value).startswith(message)


def test_ec_with_the_same_said_twice_and_another_tagger() -> None:
    config = build_config({"dataset": "conll04", "ec": True, "ner_classes": "EC", "ner_loss": "crf"})
    assert config == from_file("conll04_ec", ner_loss="crf")


CONFIGURATION = """\
filename_embeddings = data/Mine/vectors.txt
filename_train = "data/Mine/train.txt"
filename_dev = "data/Mine/dev.txt"
filename_test = "data/Mine/test.txt"
nepochs = 12
use_adversarial = True
alpha = 0.001
label_embeddings_size = 5 # some
"""


@pytest.fixture
def configuration_file(tmp_path: Path) -> Path:
    path = tmp_path / "bio_mine.config"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


@pytest.fixture
def from_configuration_file() -> Config:
    """What the file above stands for; settings that it lacks are those of CoNLL04 with BIO tags."""
    return Config(
        filename_embeddings="data/Mine/vectors.txt",
        filename_train="data/Mine/train.txt",
        filename_dev="data/Mine/dev.txt",
        filename_test="data/Mine/test.txt",
        nepochs=12,
        use_adversarial=True,
        alpha=0.001,
        label_embeddings_size=5,
        dataset="bio_mine",
    )


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"filename_embeddings": "v.bin"}, {"filename_embeddings": "v.bin"}),
        ({"use_adversarial": False, "nepochs": 3}, {"use_adversarial": False, "nepochs": 3}),
        ({"at_alpha": 0.5}, {"alpha": 0.5}),
        ({"at_alpha": 0.0}, {"use_adversarial": False}),
        ({"ec": True}, {"ner_classes": "EC", "ner_loss": "softmax", "evaluation_method": "relaxed"}),
        ({"dataset": "ade"}, {"dataset": "ade"}),
        ({"dataset": "anything"}, {"dataset": "anything"}),
    ],
    ids=repr,
)
def test_a_configuration_file_takes_the_flag_files_place(
    configuration_file: Path, from_configuration_file: Config, given: dict[str, Any], changes: dict[str, Any]
) -> None:
    config = build_config({"config_file": str(configuration_file), **given})
    assert config == dataclasses.replace(from_configuration_file, **changes)


def test_a_configuration_file_without_its_corpus(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_text("nepochs = 3\nfilename_embeddings = v.txt\nfilename_train = a.txt\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"short: has no filename_dev: expected a line 'filename_dev = FILE'"
    ):
        build_config({"config_file": str(path)})
    config = build_config({"config_file": str(path), "filename_dev": "b.txt", "filename_test": "c.txt"})
    assert (config.filename_train, config.filename_dev, config.filename_test) == ("a.txt", "b.txt", "c.txt")


def test_a_bad_line_in_a_configuration_file_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "wrong"
    path.write_text("nepochs = 3\nalpha\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong:2: expected a line 'key = value', received 'alpha'"):
        build_config({"config_file": str(path)})


def test_without_flag_files_the_installation_is_to_blame(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("multihead_at.cli.flag_file.flags_dir", lambda: tmp_path)
    with pytest.raises(InputError, match="no flag files found"):
        build_config({})


def test_the_fast_preset_stands_above_the_flag_file_and_below_the_command_line() -> None:
    preset = read_flag_file(flags_dir() / "preset_fast.flags")
    fast = build_config({"dataset": "conll04", "preset": "fast", "seed": 7})
    assert fast == from_file("conll04_bio", **preset, preset="fast", seed=7)
    assert fast.batch_size > 1
    assert build_config({"dataset": "conll04", "preset": "fast", "batch_size": 3}).batch_size == 3
    assert build_config({"dataset": "conll04", "preset": "faithful"}) == from_file("conll04_bio")


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(InputError, match="preset: expected one of faithful, fast, received 'slow'"):
        build_config({"preset": "slow"})


def test_grouping_without_shuffling_is_refused() -> None:
    with pytest.raises(InputError, match="group_lengths: received true without shuffle"):
        build_config({"group_lengths": True})
