"""Every command and every program of the documentation is run, page by page, in the order of the page.

In a copy of the checkout, over stand-ins of the corpora, and with fewer epochs and the like. What is not run
here stands in one of two lists, with the reason; whatever is added to a page is run.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checkout_copy import copy_checkout, run_line
from tests.documentation.stand_ins import write_stand_ins
from tests.documentation_commands import (
    PAGES,
    ROOT,
    ShownCommand,
    languages,
    shown_blocks,
    shown_commands,
)

# Pages with a test of their own, which runs all of their commands and compares what they print.
OWN_TESTS = {
    "own_data.md": "tests/test_own_data_page.py",
    "prediction.md": "tests/extraction/test_prediction_page.py",
}

NOT_RUN_HERE = {
    r"\./run_tests\.sh.*": "is what runs this test",
    r"python tests/robustness/(kills|mutations|mutants|load|fuzz_readers)\.py": "run_tests.sh --long runs it",
    r"python tests/robustness/fuzz\.py .*": "needs atheris, which is no part of the tests' environment",
    r"multihead-at datasets --get=.*": "needs the network; tests/cli/test_datasets.py has a server for it",
    r"multihead-at bulk .*gs://.*": "needs a bucket and a Flink cluster",
    r"MULTIHEAD_AT_SCREENSHOTS=.*": "needs a browser; run_tests.sh --long runs that test where there is one",
    r"export TF_CONFIG=.*": "needs two machines; test_several_machines.py is two",
    r"multihead-at train .*--output_dir=runs/together": "the same",
}
"""What a whole command looks like, and why it is not run."""

_SHORT_TRAINING = " --nepochs=0 --hidden_size_lstm=4 --hidden_size_n1=4 --hidden_size_char=2 --overwrite"

SHORTER = (
    # Commands of one page may be alternatives, whose runs have the same folder.
    (r"(python train\.py|multihead-at train)\b.*", _SHORT_TRAINING),
    (r"\./quickstart\.sh", " --nepochs=0"),
    (r"\./run_all\.sh", " --only=conll04/ec-fast* --seeds=1 --epochs=1"),
    (r"\./run_all\.sh --dataset=sample", " --only=ec --seeds=1 --epochs=1"),
    (r"multihead-at experiments --only=ade .*", " --folds=1 --epochs=1"),
    (r"python -m benchmarks\.checkpoints .*", " --epochs=2"),
    (r"python -m benchmarks\.serving .*", " --quick"),
    (r"python -m benchmarks\.bulk .*", " --sentences=400"),
    # The last commands of the page take the files of those before.
    (r"python -m benchmarks\.time_to_score", " --json=benchmarks/results/time_to_score.json"),
    (
        r"python -m benchmarks\.(train_step|memory|inference|start_up|side_by_side)\b.*",
        r" --quick --json=benchmarks/results/\1.json",
    ),
)
"""What a whole command looks like, and what is put behind it so that it ends soon."""

_NAMES = {
    "--data_dir=DIR": "--data_dir=data",
    "--run=RUN": "--run=runs/sample-bio-seed1",
    "--model=RUN": "--model=runs/mine",
}

_SAMPLE_RUN = f"python train.py{_SHORT_TRAINING}"
_LINE = '{"text": "Ada Brook lives in Velm ."}'

BEFORE = {
    "pictures.md": (
        _SAMPLE_RUN,
        f"{_SAMPLE_RUN} --seed=2",
        "python predict.py --model=runs/sample-bio-seed1 --text='Ada Brook lives in Velm.' > notes.jsonl",
    ),
    "scaling.md": (
        f"{_SAMPLE_RUN} --output_dir=runs/mine",
        "python export.py --run=runs/mine --output=served",
        "mkdir -p benchmarks/results",
        f"mkdir shards && echo '{_LINE}' > shards/1.jsonl && echo 'Ada lives in Velm .' > shards/1.txt",
    ),
    "serving.md": (_SAMPLE_RUN, "mkdir -p benchmarks/results"),
    "speed.md": ("mkdir -p benchmarks/results",),
}
"""What a page takes for granted."""

AFTER = {
    "README.md": ("runs/quickstart/result.json", "served/1/saved_model.pb"),
    "data.md": ("runs/ade-bio-at0.001-fold3-seed1/result.json", "runs/drec-bio-seed1/result.json"),
    "pictures.md": (
        "runs/sample-bio-seed1/pages/extractions-test.html",
        "runs/sample-bio-seed1/pages/errors-test.html",
        "runs/curves/curves.html",
        "extractions-notes.html",
    ),
    "reproduction.md": ("runs/cut-results/table1.md", "runs/sample-results/table1.md"),
    "scaling.md": ("found/part-00000-of-00001.jsonl", "benchmarks/results/bulk.json"),
    "serving.md": ("models/sample/1/assets.extra/model.json",),
    "speed.md": ("benchmarks/results/train_step.svg", "benchmarks/results/memory.svg"),
    "training.md": ("runs/sample-bio-seed1/result.json", "runs/conll04-ec-at0.01-seed1/predictions-test.txt"),
}
"""What is there in the end."""

_LANGUAGES = {"sh", "python", "json", "text", "bibtex"}


def reason_not_to_run(command: ShownCommand) -> str | None:
    return next((why for form, why in NOT_RUN_HERE.items() if re.fullmatch(form, command.line)), None)


def made_short(line: str) -> str:
    """The line as it is run: shorter, and with names where the page leaves them to the reader."""
    for form, more in SHORTER:
        found = re.fullmatch(form, line)
        if found is not None:
            line += found.expand(more)
            break
    for placeholder, name in _NAMES.items():
        line = line.replace(placeholder, name)
    return line


_SHOWN = [command for command in shown_commands() if command.page.name not in OWN_TESTS]
_RUN = [command for command in _SHOWN if reason_not_to_run(command) is None]
_RUN_PAGES = [
    page
    for page in PAGES
    if page.name not in OWN_TESTS
    and (shown_blocks(page, "python") or any(command.page == page for command in _RUN))
]


def test_what_the_lists_speak_of_is_shown() -> None:
    lines = [command.line for command in _SHOWN]
    for form in (*NOT_RUN_HERE, *(form for form, _ in SHORTER)):
        assert any(re.fullmatch(form, line) for line in lines), form
    names = {page.name for page in PAGES}
    assert names >= {*OWN_TESTS, *BEFORE, *AFTER}
    assert all((ROOT / test).is_file() for test in OWN_TESTS.values())


def test_no_block_is_of_a_language_that_nobody_looks_at() -> None:
    assert set().union(*map(languages, PAGES)) <= _LANGUAGES


@pytest.mark.long
@pytest.mark.parametrize("page", _RUN_PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_runs(page: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "a checkout"
    copy_checkout(checkout)
    write_stand_ins(checkout)
    for line in BEFORE.get(page.name, ()):
        run_line(checkout, line)
    for command in _RUN:
        if command.page == page:
            run_line(checkout, made_short(command.line))
    for number, program in enumerate(shown_blocks(page, "python")):
        (checkout / f"shown{number}.py").write_text(program, encoding="utf-8")
        run_line(checkout, f"python shown{number}.py")
    missing = [file for file in AFTER.get(page.name, ()) if not (checkout / file).is_file()]
    assert missing == []
