"""The command `export`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from multihead_at.cli.main import main


def test_a_run_is_exported(bio_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "model"
    assert main(["export", f"--run={bio_run}", f"--output={output}"]) == 0
    assert (output / "1" / "saved_model.pb").is_file()
    assert capsys.readouterr().out.startswith(f"SavedModel: {output / '1'} (")
    assert main(["export", f"--run={bio_run}", f"--output={output}"]) == 2
    assert "exists already: --overwrite replaces it" in capsys.readouterr().err
    assert main(["export", f"--run={bio_run}", f"--output={output}", "--overwrite"]) == 0
    assert sorted(path.name for path in output.iterdir()) == [".lock", "1"]


def test_predict_answers_as_with_the_run(
    bio_run: Path, bio_saved_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for model in (bio_run, bio_saved_model, bio_saved_model / "1"):
        for form in ("jsonl", "columns"):
            flags = [f"--format={form}", "--text=Ada Brook lives in Velm. Bo Orrin lives in Tarn."]
            assert main(["predict", f"--model={model}", *flags]) == 0
            answers.append(re.sub(r'(?<="probability": )[0-9.]+', "p", capsys.readouterr().out))
    assert answers[:2] == answers[2:4] == answers[4:]
    assert "Live_In" in answers[0]


def test_predict_wants_boundaries_for_an_exported_ec_model(
    ec_saved_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", f"--model={ec_saved_model}", "--text=Ada"]) == 2
    assert "trained with EC: it needs the boundaries" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--run=RUN"], "--output=DIR is needed"),
        (["--output=OUT"], "--run=DIR is needed"),
        (["--run=RUN", "--output=OUT", "--threshold=2"], "expected a number from 0 to 1, received 2.0"),
        (["--run=RUN", "--output=OUT", "--threshold=nan"], "expected a number"),
        (["--run=RUN", "--output=OUT", "--version=0"], "expected at least 1"),
        (["--run=OUT", "--output=OUT"], "expected the folder of a run"),
        (["--run=RUN", "--output=RUN/flags.json"], "output: a file received, expected a folder"),
        (["--run=RUN", "--output=RUN"], "output: the folder of a run received"),
        (["--run=RUN", "--output=OUT", "--filename_embeddings=none"], "word vectors 'none' not found"),
    ],
)
def test_wrong_flags(
    arguments: list[str],
    message: str,
    bio_run: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No network for names of word vectors.
    monkeypatch.setattr("multihead_at.encoding.vector_files.may_be_catalogued", lambda name: False)
    places = {"RUN": str(bio_run), "OUT": str(tmp_path / "out")}
    given = [argument.replace("RUN", places["RUN"]).replace("OUT", places["OUT"]) for argument in arguments]
    assert main(["export", *given]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()
