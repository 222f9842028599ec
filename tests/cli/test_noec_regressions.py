"""`--noec` is refused where it would have no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.cli.build_config import build_config
from multihead_at.errors import InputError

_FILES = "".join(f"filename_{name} = {name}.txt\n" for name in ("embeddings", "train", "dev", "test"))
_EC = 'ner_classes = "EC"\nner_loss = "softmax"\nevaluation_method = "relaxed"\n'


def test_noec_with_a_configuration_file_for_ec(tmp_path: Path) -> None:
    path = tmp_path / "ec_config"
    path.write_text(_FILES + _EC, encoding="utf-8")
    with pytest.raises(InputError, match=r"--noec contradicts ner_classes EC in .*ec_config"):
        build_config({"config_file": str(path), "ec": False})
    assert build_config({"config_file": str(path)}).ner_classes == "EC"


def test_noec_with_a_configuration_file_for_bio(tmp_path: Path) -> None:
    path = tmp_path / "bio_config"
    path.write_text(_FILES, encoding="utf-8")
    assert build_config({"config_file": str(path), "ec": False}).ner_classes == "BIO"
