"""The command `experiments`: what it would do, and what it leaves out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from multihead_at.cli.build_config import build_config
from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.main import main
from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.documents import Document, Head, write_documents
from multihead_at.experiments import (
    ALPHAS,
    SAMPLE_ROWS,
    TABLE1_ROWS,
    DiskState,
    Row,
    Training,
    plan_trainings,
)
from multihead_at.files import FileLock

# What AT changes, besides AT itself: the original's settings with AT train for other times.
OF_AT = {"use_adversarial", "alpha", "nepochs", "nepoch_no_imprv"}


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with a data folder that is empty, too."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MULTIHEAD_AT_DATA_DIR", raising=False)
    monkeypatch.setenv("GENSIM_DATA_DIR", str(tmp_path / "gensim"))
    return tmp_path


def experiments(*flags: str) -> int:
    return main(["experiments", *flags])


@pytest.mark.parametrize("rows", [TABLE1_ROWS, SAMPLE_ROWS])
def test_train_understands_the_flags_of_every_row(rows: tuple[Row, ...]) -> None:
    configs = {}
    for row in rows:
        training = next(one for one in plan_trainings([row], rows) if not one.dev_only)
        flags = (training.with_alpha(0.5) if row.adversarial else training).flags
        configs[row.key] = build_config(parse_flags(flags, TRAIN_FLAGS))
    for row in rows:
        config = configs[row.key]
        assert config.dataset == row.dataset
        assert config.use_adversarial == row.adversarial
        assert row.stem.startswith(config.ner_classes.lower())
        assert ("fast" in row.stem) == (config.preset == "fast")
        assert ("boundaries" in row.stem) == (config.evaluation_method == "boundaries")
        if row.folds:
            assert config.protocol == "best"
        if row.adversarial:
            baseline = configs[row.key[: -len("-at")]].to_dict()
            different = {name for name, value in config.to_dict().items() if baseline[name] != value}
            assert different <= OF_AT


def test_a_dry_run_lists_everything_and_writes_nothing(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert experiments("--dataset=sample", "--seeds=1", "--folds=2", "--dry_run", "--jobs=2") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sample/ec"
    assert " ".join(lines[1].split()) == "ec-seed1 to do 27 s --dataset=sample --ec --nepochs=15 --seed=1"
    assert "sample/bio-folds-at" in lines
    assert "bio-at?-fold1-seed1" in lines[-2]
    assert lines[-1].startswith("10 of 10 trainings to do, 2 at once: about ")
    assert list(work.iterdir()) == [work / "data"]


def test_corpora_that_are_not_there_are_left_out_with_the_files_that_are_looked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert experiments("--dry_run", "--jobs=3") == 0
    output = capsys.readouterr().out
    for row, file in (
        ("conll04/bio-fast,", "conll04/train.txt"),
        ("ade/bio-fast-folds,", "ade/DRUG-AE.rel"),
        ("drec/bio-fast,", "drec/train.tsv"),
        ("ace04/bio-fast-folds,", "ace04"),
    ):
        (line,) = [
            line for line in output.splitlines() if line.startswith(f"left out: {row}") or f" {row}" in line
        ]
        assert file in line
        assert "data" in line
    assert output.endswith("0 of 0 trainings to do, 3 at once: about 0 s if none stops early\n")


@pytest.mark.parametrize("flags", [[], ["--report"]], ids=repr)
def test_where_nothing_is_possible_one_message_says_what_to_do(
    work: Path, capsys: pytest.CaptureFixture[str], flags: list[str]
) -> None:
    assert experiments("--jobs=1", *flags) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == (
        "multihead-at: error: nothing can be trained: the corpora or word vectors of conll04, ade, ace04, "
        "drec cannot be had from the data folder 'data'. `multihead-at datasets` says which files to put "
        "where and fetches the public ones (--get=NAME); --data_dir names another folder, and --dry_run says "
        "what each row lacks\n"
    )
    assert not (work / "results").exists()


def write_run(folder: Path, flags: Mapping[str, Any], result: Mapping[str, Any] | None = None) -> None:
    folder.mkdir(parents=True)
    (folder / "flags.json").write_text(json.dumps(build_config(flags).to_dict()), encoding="utf-8")
    if result is not None:
        (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")


def test_a_dry_run_knows_how_far_a_begun_training_with_at_is(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"dataset": "sample", "ec": True, "nepochs": 15, "seed": 1}
    for alpha in ALPHAS:
        result = {"dev": {"overall_f1": 10.0 if alpha == 0.01 else 5.0}}
        tuning = {**given, "at_alpha": alpha, "protocol": "dev_only"}
        write_run(work / f"runs/sample-results/sample/ec-at{alpha:g}-dev_only-seed1", tuning, result)
    begun = work / "runs/experiments/sample-ec-at0.01-seed1"
    write_run(begun, {**given, "at_alpha": 0.01})
    (begun / "epochs.jsonl").write_text(7 * '{"phase": 1, "epoch": 0, "seconds": 2.0}\n', encoding="utf-8")
    assert experiments("--dataset=sample", "--only=ec-at", "--seeds=1", "--dry_run") == 0
    line = capsys.readouterr().out.splitlines()[5]
    # 25 of 32 epochs at 2 seconds, and 8 seconds to start.
    assert " ".join(line.split()[:9]) == "ec-at?-seed1 7 of 32 epochs 58 s --dataset=sample --ec"


def test_a_dry_run_tells_what_will_fail(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = work / "runs/sample-results/sample/ec-seed1"
    write_run(folder, {"dataset": "sample", "ec": True, "nepochs": 3, "seed": 1}, {})
    assert experiments("--dataset=sample", "--only=sample/ec*", "--seeds=1", "--dry_run") == 0
    said = f"will fail: {folder.relative_to(work)}: holds a run with nepochs = 3, and sample/ec-seed1 has 15"
    assert capsys.readouterr().out.count(said) == 1


def test_a_dry_run_looks_for_vectors_and_downloads_none(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} was asked for")

    monkeypatch.setattr("multihead_at.encoding.vector_files.download_vectors", refuse)
    folder = work / "data" / "conll04"
    folder.mkdir()
    for split in ("train", "dev", "test"):
        write_documents(folder / f"{split}.txt", [Document("1", ("a",), ("O",), ((Head("N", 0),),))])
    said = "word vectors 'glove-wiki-gigaword-100' are not there yet: they are first asked for at gensim's"
    assert experiments("--only=conll04/ec-fast*", "--dry_run") == 0
    output = capsys.readouterr().out
    assert said in output
    assert "\n14 of 14 trainings to do" in output
    (work / "data" / "embeddings").mkdir()
    (work / "data" / "embeddings" / "glove-wiki-gigaword-100.txt").touch()
    assert experiments("--only=conll04/ec-fast*", "--dry_run") == 0
    assert said not in capsys.readouterr().out


def test_a_user_s_own_run_of_the_same_name_is_in_nobody_s_way(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(work / "runs" / "sample-ec-seed1", {"dataset": "sample", "ec": True, "nepochs": 3}, {})

    def look(trainings: Sequence[Training], state: DiskState, *more: object) -> None:
        assert [state.is_finished(training) for training in trainings] == [False] * len(trainings)

    monkeypatch.setattr("multihead_at.cli.experiments._show", look)
    assert experiments("--dataset=sample", "--only=sample/ec", "--seeds=1", "--dry_run") == 0


class _Runner:
    """In place of the one that trains: leaves results, the better the higher the learning rate."""

    started: ClassVar[list[str]] = []

    def __init__(
        self, trainings: Sequence[Training], state: DiskState, *unused: object, **more: object
    ) -> None:
        self._trainings, self._state = trainings, state

    def run(self) -> dict[Training, str]:
        for training in self._trainings:
            resolved = self._state.resolve(training)
            self.started.append(resolved.name)
            settings = self._state.settings(resolved)
            folder = self._state.results_folder(resolved)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "flags.json").write_text(json.dumps(settings), encoding="utf-8")
            overall = 50.0 + 1000 * settings["learning_rate"]
            figures = {"entity_f1": overall, "relation_f1": overall, "overall_f1": overall}
            result = {
                **{name: settings[name] for name in ("dataset", "protocol", "seed", "batch_size", "fold")},
                "setting": settings["ner_classes"],
                "evaluation": settings["evaluation_method"],
                "alpha": settings["alpha"] if settings["use_adversarial"] else 0.0,
                "dev": figures,
                "test": None if training.dev_only else figures,
                "cpu_seconds": 1.0,
                "word_vectors": "made-up",
            }
            (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
            (folder / "epochs.jsonl").write_text(
                '{"phase": 1, "epoch": 0, "dev_overall": 1}\n', encoding="utf-8"
            )
        return {}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, work: Path) -> list[str]:
    """The trainings that are started, none of which takes any time."""
    monkeypatch.setattr("multihead_at.cli.experiments.ExperimentRunner", _Runner)
    names: list[str] = []
    monkeypatch.setattr(_Runner, "started", names)
    monkeypatch.setenv("MULTIHEAD_AT_CACHE_DIR", str(work / "cache"))
    return names


def test_a_setting_is_chosen_on_dev_and_the_rows_are_trained_with_it(
    work: Path, capsys: pytest.CaptureFixture[str], started: list[str]
) -> None:
    flags = ("--dataset=sample", "--only=sample/ec*", "--seeds=1", "--try=learning_rate=1e-3,4e-3")
    assert experiments(*flags, "--dry_run") == 0
    lines = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert lines[:5] == [
        "sample/ec+learning_rate=1e-3",
        "ec+learning_rate=1e-3-dev_only-seed1",
        "sample/ec+learning_rate=4e-3",
        "ec+learning_rate=4e-3-dev_only-seed1",
        "sample/ec+learning_rate=?",
    ]
    assert experiments(*flags, "--report") == 0
    output = capsys.readouterr().out
    chosen = "sample/ec: learning_rate=4e-3 chosen on dev (overall F1 of learning_rate=1e-3: 51.00, "
    assert chosen in output
    assert started == [
        "ec+learning_rate=1e-3-dev_only-seed1",
        "ec+learning_rate=4e-3-dev_only-seed1",
        "ec+learning_rate=4e-3-seed1",
        *(f"ec+learning_rate=4e-3-at{alpha:g}-dev_only-seed1" for alpha in ALPHAS),
        "ec+learning_rate=4e-3-at0.0001-seed1",
    ]
    assert (work / "runs/sample-results/sample/tried-ec-learning_rate.json").is_file()
    # It is told in the table, and the row without it is no repetition.
    assert experiments(*flags[:-1], "--report") == 0
    table = (work / "runs/sample-results/table1.csv").read_text(encoding="utf-8")
    for settings in (
        "baseline EC",
        '"baseline EC, learning_rate=4e-3"',
        '"baseline EC + AT, learning_rate=4e-3"',
    ):
        assert f"\nsample,{settings},R,fixed,1," in table
    assert experiments(*flags, "--dry_run") == 0
    assert "\n0 of 8 trainings to do" in capsys.readouterr().out


def test_what_the_row_has_anyway_changes_no_name(work: Path, started: list[str]) -> None:
    flags = ("--dataset=sample", "--only=sample/bio-folds*", "--folds=1", "--try=learning_rate=1e-3,2e-3")
    assert experiments(*flags) == 0
    assert started[2:3] == ["bio-fold0-seed1"]


@pytest.mark.parametrize(
    ("flags", "folder"),
    [
        (["--only=conll04/ec*"], "results"),
        (["--only=conll04/ec*", "--epochs=2"], "runs/cut-results"),
        (["--dataset=SAMPLE", "--epochs=2"], "runs/sample-results"),
        (["--dataset=sample", "--results_dir=mine"], "mine"),
    ],
    ids=repr,
)
def test_where_results_go(flags: list[str], folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(trainings: object, state: DiskState, *more: object) -> None:
        seen.append(state.results_dir)

    monkeypatch.setattr("multihead_at.cli.experiments._show", look)
    assert experiments(*flags, "--dry_run") == 0
    assert seen == [Path(folder)]


def test_finished_results_need_no_corpus(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = work / "results" / "conll04" / "ec-seed1"
    folder.mkdir(parents=True)
    config = build_config({"dataset": "conll04", "ec": True})
    (folder / "flags.json").write_text(json.dumps(config.to_dict()), encoding="utf-8")
    (folder / "result.json").write_text("{}", encoding="utf-8")
    assert experiments("--only=conll04/ec*", "--dry_run") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["conll04/ec", "  ec-seed1  finished    --dataset=conll04 --ec --seed=1"]
    assert lines[2].startswith("left out: conll04/ec-fast, conll04/ec-fast-at, conll04/ec-at (")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--jobs=0"], "jobs: expected a whole number of at least 1, received 0"),
        (["--epochs=-1"], "epochs: expected a whole number of at least 1, received -1"),
        (["--only=nothing"], "no row fits --only=nothing; there are conll04/ec-fast, "),
        (
            ["--try=nothing=1"],
            "try: expected NAME=VALUE,VALUE with a setting of train, received 'nothing=1' ",
        ),
        (["--dataset=nothing"], "no row fits --dataset=nothing; there are conll04/ec-fast, "),
        (["--data_dir=nowhere"], "data_dir: expected a folder that is there, received 'nowhere'"),
    ],
    ids=repr,
)
def test_mistakes(flags: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert experiments(*flags) == 2
    assert capsys.readouterr().err.startswith(f"multihead-at: error: {message}")


def test_a_second_one_in_the_same_folder_waits_and_is_then_refused(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multihead_at.cli.experiments._PATIENCE", 0.1)
    (work / "runs" / "experiments").mkdir(parents=True)
    with FileLock(work / "runs" / "experiments" / ".experiments.lock"):
        assert experiments("--dataset=sample") == 2
    output = capsys.readouterr()
    assert "runs experiments there; waiting for its end ..." in output.out
    assert output.err.startswith("multihead-at: error: runs/experiments: in use by process ")
