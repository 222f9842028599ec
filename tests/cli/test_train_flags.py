from __future__ import annotations

import typing

from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.config import Config

FLAGS = {flag.name: flag for group in TRAIN_FLAGS for flag in group.flags}


def test_no_flag_stands_twice() -> None:
    assert len(FLAGS) == sum(len(group.flags) for group in TRAIN_FLAGS)


def test_every_setting_is_a_flag_of_its_name_and_type() -> None:
    for name, kind in typing.get_type_hints(Config).items():
        assert FLAGS[name].kind is kind, name


def test_the_other_flags_are_those_of_the_command() -> None:
    others = {name for name in FLAGS if name not in Config().to_dict()}
    assert others == {
        "ec",
        "at_alpha",
        "config_file",
        "flagfile",
        "data_dir",
        "output_dir",
        "resume",
        "overwrite",
    }


def test_the_help_states_the_faithful_default() -> None:
    assert FLAGS["nepochs"].help.endswith("[150]")
    assert FLAGS["learning_rate"].help.endswith("[0.001]")
    assert FLAGS["use_chars"].help.endswith("[true]")
    assert FLAGS["ner_loss"].help.endswith("[crf]")


def test_the_dataset_that_is_trained_without_a_flag_is_the_sample() -> None:
    assert FLAGS["dataset"].help.endswith("[sample]")
