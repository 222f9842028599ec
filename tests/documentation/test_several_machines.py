"""The commands for several machines, as the page shows them: two processes with a checkout each."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.checkout_copy import copy_checkout, run_line, variables
from tests.documentation.stand_ins import write_stand_ins
from tests.documentation.test_shown_commands import made_short
from tests.documentation_commands import ROOT, shown_blocks
from tests.free_addresses import free_addresses

_ADDRESSES = ("10.0.0.1:2222", "10.0.0.2:2222")
_RUN = "runs/together"


def _shown() -> tuple[str, str]:
    """What sets TF_CONFIG, and what trains."""
    blocks = shown_blocks(ROOT / "docs" / "scaling.md", "sh")
    (block,) = (block for block in blocks if "TF_CONFIG" in block)
    setting, training = block.splitlines()
    return setting, made_short(training)


def _on_machine(number: int, addresses: list[str]) -> str:
    setting, training = _shown()
    for shown, address in zip(_ADDRESSES, addresses):
        assert shown in setting
        setting = setting.replace(shown, address)
    setting, changed = re.subn(r'"index": 0\b', f'"index": {number}', setting)
    assert changed == 1
    return f"{setting}\n{training}"


def _epochs(checkout: Path) -> list[dict[str, float]]:
    lines = (checkout / _RUN / "epochs.jsonl").read_text(encoding="utf-8").splitlines()
    figures = [json.loads(line) for line in lines]
    return [{name: value for name, value in one.items() if not name.endswith("seconds")} for one in figures]


@pytest.mark.long
def test_two_machines_train_what_one_trains(tmp_path: Path) -> None:
    machines = [tmp_path / name for name in ("first", "second", "alone")]
    for machine in machines:
        copy_checkout(machine)
        write_stand_ins(machine)
    addresses = free_addresses(2)
    processes = [
        subprocess.Popen(
            ["bash", "-euc", _on_machine(number, addresses)],
            cwd=machine,
            env=variables(machine),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, machine in enumerate(machines[:2])
    ]
    try:
        outputs = [process.communicate(timeout=600) for process in processes]
    finally:
        for process in processes:
            process.kill()
    assert [process.returncode for process in processes] == [0, 0], outputs

    first, second, alone = machines
    assert (first / _RUN / "result.json").is_file()
    assert not (second / "runs").exists()
    run_line(alone, _shown()[1])
    together, expected = _epochs(first), _epochs(alone)
    assert len(together) == len(expected) > 0
    for one, other in zip(together, expected):
        assert one == pytest.approx(other, rel=1e-4)
