"""The lines of `epochs.jsonl`."""

from __future__ import annotations

from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.training.epoch_log import EpochLog


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
def test_a_damaged_line_that_is_not_the_last_is_refused(tmp_path: Path, line: bytes) -> None:
    whole = b'{"phase": 1, "epoch": 0}\n'
    log = EpochLog(tmp_path / "epochs.jsonl")
    log.path.write_bytes(whole + line)
    assert log.read() == [{"phase": 1, "epoch": 0}]
    log.path.write_bytes(whole + line + b"\n" + whole)
    with pytest.raises(InputError, match=r"epochs\.jsonl:2: expected an epoch's figures, received"):
        log.read()
