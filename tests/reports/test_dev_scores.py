from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.reports.dev_scores import read_dev_scores

FIRST = '{"phase": 1, "epoch": 0, "dev_overall": 12.5}\n'


def test_only_the_first_phase_is_read(tmp_path: Path) -> None:
    text = (
        FIRST + '{"phase": 1, "epoch": 1, "dev_overall": 30}\n{"phase": 2, "epoch": 0, "test_overall": 40}\n'
    )
    (tmp_path / "epochs.jsonl").write_text(text, encoding="utf-8")
    assert read_dev_scores(tmp_path) == [12.5, 30.0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ": expected epochs of phase 1, received none"),
        ('{"phase": 2, "epoch": 0}\n', ": expected epochs of phase 1, received none"),
        (FIRST + '{"phase": 1, "ep', ":2: expected JSON: "),
        (FIRST + "3\n", ":2: expected the figures of an epoch, received others"),
        (FIRST + FIRST, ":2: expected epoch 1 of phase 1, received 0"),
        ('{"phase": 1, "epoch": 0}\n', ":1: dev_overall: expected a percentage, received None"),
        (
            '{"phase": 1, "epoch": 0, "dev_overall": NaN}\n',
            ":1: dev_overall: expected a percentage, received nan",
        ),
        (
            '{"phase": 1, "epoch": 0, "dev_overall": 101}\n',
            ":1: dev_overall: expected a percentage, received 101",
        ),
    ],
    ids=repr,
)
def test_a_damaged_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "epochs.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_dev_scores(tmp_path)
    assert str(refused.value).startswith(f"{path}{message}")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"epochs.jsonl: cannot be read: No such file"):
        read_dev_scores(tmp_path)
