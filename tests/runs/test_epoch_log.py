"""The lines of `epochs.jsonl`."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.runs import EpochLog


def test_lines_are_appended_and_read(tmp_path: Path) -> None:
    log = EpochLog(tmp_path / "epochs.jsonl")
    assert log.read() == []
    log.append({"phase": 1, "epoch": 0, "loss": 1.5})
    log.append({"phase": 1, "epoch": 1, "loss": 1.0})
    assert [line["loss"] for line in EpochLog(tmp_path / "epochs.jsonl").read()] == [1.5, 1.0]


def test_later_epochs_and_a_torn_line_are_dropped_on_resume(tmp_path: Path) -> None:
    log = EpochLog(tmp_path / "epochs.jsonl")
    for phase, epoch in ((1, 0), (1, 1), (2, 0), (2, 1)):
        log.append({"phase": phase, "epoch": epoch})
    with open(log.path, "a", encoding="utf-8") as file:
        file.write('{"phase": 2, "ep')
    log.cut_after(2, 0)
    assert [(line["phase"], line["epoch"]) for line in log.read()] == [(1, 0), (1, 1), (2, 0)]
    log.cut_after(1, 0)
    assert [(line["phase"], line["epoch"]) for line in log.read()] == [(1, 0)]


@pytest.mark.parametrize("line", [b'{"phase": 1, "ep', b"3", b'{"phase": 1}', b"\xff", b"[" * 10**5])
def test_a_damaged_line_that_is_not_torn_is_refused(tmp_path: Path, line: bytes) -> None:
    whole = b'{"phase": 1, "epoch": 0}\n'
    log = EpochLog(tmp_path / "epochs.jsonl")
    log.path.write_bytes(whole + line)
    assert log.read() == [{"phase": 1, "epoch": 0}]
    for more in (b"\n", b"\n" + whole):
        log.path.write_bytes(whole + line + more)
        with pytest.raises(InputError, match=r"epochs\.jsonl:2: expected an epoch's figures, received"):
            log.read()


def test_figures_of_phase_one(tmp_path: Path) -> None:
    log = EpochLog(tmp_path / "epochs.jsonl")
    for phase, epoch, dev in ((1, 0, 12.5), (1, 1, 30), (2, 0, None)):
        log.append({"phase": phase, "epoch": epoch, "dev_overall": dev, "loss": 2.0})
    assert log.read_phase_one(["dev_overall", "loss"]) == [(12.5, 2.0), (30.0, 2.0)]


FIRST = '{"phase": 1, "epoch": 0, "dev_overall": 12.5}\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ": expected epochs of phase 1, received none"),
        ('{"phase": 2, "epoch": 0}\n', ": expected epochs of phase 1, received none"),
        (FIRST + "3\n", ":2: expected an epoch's figures, received b'3'"),
        (FIRST + FIRST, ":2: expected epoch 1 of phase 1, received 0"),
        (FIRST.replace("12.5", "null"), ":1: dev_overall: expected a number, received None"),
        (FIRST.replace("12.5", "NaN"), ":1: dev_overall: expected a number, received nan"),
        (FIRST.replace("12.5", '"1"'), ":1: dev_overall: expected a number, received '1'"),
        (FIRST.replace("12.5", "1" + "0" * 400), ":1: int too large to convert to float"),
    ],
    ids=lambda value: value[:40],
)
def test_damaged_figures_of_phase_one_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "epochs.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        EpochLog(path).read_phase_one(["dev_overall"])
    assert str(refused.value).startswith(f"{path}{message}")
