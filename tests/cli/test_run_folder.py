from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.run_folder import check_run_folder, default_run_folder
from multihead_at.config import Config
from multihead_at.errors import InputError

EC = {"ner_classes": "EC", "ner_loss": "softmax", "evaluation_method": "relaxed"}


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({}, "conll04-bio-seed1"),
        ({"seed": 12, **EC}, "conll04-ec-seed12"),
        ({"use_adversarial": True, "alpha": 0.01}, "conll04-bio-at0.01-seed1"),
        ({"use_adversarial": True, "alpha": 1e-4, **EC}, "conll04-ec-at0.0001-seed1"),
        ({"use_adversarial": True, "alpha": 1e-5}, "conll04-bio-at1e-05-seed1"),
        ({"use_adversarial": False, "alpha": 0.5, "dataset": "mine"}, "mine-bio-seed1"),
        ({"dataset": "ade", "fold": 0, "seed": 4}, "ade-bio-fold0-seed4"),
        (
            {"dataset": "ade", "fold": 3, "use_adversarial": True, "alpha": 0.001},
            "ade-bio-at0.001-fold3-seed1",
        ),
    ],
)
def test_name(settings: dict[str, Any], name: str) -> None:
    assert default_run_folder(Config(**settings)) == Path("runs", name)


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    (tmp_path / "flags.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_a_folder_that_holds_a_run_is_refused_with_the_ways_out(run_folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        check_run_folder(run_folder, resume=False, overwrite=False)
    message = str(caught.value)
    assert message.startswith(f"{run_folder}: holds a run already")
    assert "--resume" in message and "--overwrite" in message and "--output_dir" in message


@pytest.mark.parametrize(("resume", "overwrite"), [(True, False), (False, True)])
def test_a_folder_that_holds_a_run_with_a_way_out(run_folder: Path, resume: bool, overwrite: bool) -> None:
    check_run_folder(run_folder, resume=resume, overwrite=overwrite)
    assert (run_folder / "flags.json").read_text(encoding="utf-8") == "{}"


def test_both_ways_out_at_once(run_folder: Path) -> None:
    with pytest.raises(InputError, match="--resume and --overwrite contradict each other"):
        check_run_folder(run_folder, resume=True, overwrite=True)


def test_a_new_or_empty_folder_or_one_without_a_run_will_do(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    check_run_folder(tmp_path, resume=False, overwrite=False)
    check_run_folder(tmp_path / "new", resume=False, overwrite=False)
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="expected a folder for the run, received a file"):
        check_run_folder(tmp_path / "file", resume=False, overwrite=True)
