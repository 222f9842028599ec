"""Our scorer against figures of the original's, through the command that compares them."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(__file__).with_name("check_scorer.py")
TINY_RANDOM = Path(__file__).with_name("fixtures") / "scorer_tiny_random.json"
ODD_SETS = sorted((Path(__file__).with_name("fixtures") / "scorer_odd_sets").glob("*.json"))
MODES = ["strict", "strict+root", "boundaries", "boundaries+root", "relaxed"]
Place = tuple[Any, ...]


def load_command() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_scorer", COMMAND)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check_scorer = load_command()


def small_cases() -> dict[str, Any]:
    """A file of one set that agrees: one perfectly predicted sentence, a Loc that is related to itself."""
    sentence = {
        "doc": "#doc 1",
        "tokens": ["w0", "w1"],
        "gold_bio": ["B-Loc", "O"],
        "gold_ec": ["Loc", "O"],
        "pred_bio": ["B-Loc", "O"],
        "pred_ec": ["Loc", "O"],
        "gold_rel": [[0, "R", 0], [1, "N", 1]],
        "pred_rel": [[0, "R", 0]],
    }
    scores = {
        "strict": {"ner": {"Loc": {"tp": 1, "p": 1.0}}, "correct_pred_total": {"rel": [1, 1, 1]}},
        "boundaries+root": {"ner_boundaries": {"fn": 0}, "overall_avg_f1": 1},
        "relaxed": {"macro": {"avg": 1.0}, "macro_no_other": {"ner": 1.0}, "early_stopping_score": 1},
    }
    return {
        "bio_tags": ["B-Loc", "I-Loc", "O"],
        "ec_tags": ["Loc", "O"],
        "relations": ["N", "R"],
        "sets": [{"name": "small", "sentences": [sentence], "scores": scores}],
    }


def written(folder: Path, cases: Any) -> str:
    path = folder / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return str(path)


def put(cases: Any, place: Place, value: Any) -> Any:
    """The cases with another value at the place."""
    changed = copy.deepcopy(cases)
    holder = changed
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return changed


def test_agrees_with_the_original_on_random_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_scorer.main([str(TINY_RANDOM)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines] == [f"tiny_random {mode}" for mode in MODES]
    assert all(line.endswith("agrees") for line in lines)


@pytest.mark.parametrize("path", ODD_SETS, ids=lambda path: path.stem)
def test_agrees_with_the_original_on_odd_sets(path: Path) -> None:
    assert check_scorer.main([str(path)]) == 0


ORDINARY = [path for path in ODD_SETS if path.stem in ("classes_disagree", "two_classes_no_other")]


@pytest.mark.parametrize("path", [TINY_RANDOM, *ORDINARY], ids=lambda path: path.stem)
@pytest.mark.parametrize("mode", MODES)
def test_models_are_selected_by_the_original_s_figure(path: Path, mode: str) -> None:
    cases = json.loads(path.read_text(encoding="utf-8"))
    case = cases["sets"][0]
    scores = check_scorer.our_scores(case["sentences"], mode, cases, "here")
    assert scores.overall_f1 == pytest.approx(case["scores"][mode]["early_stopping_score"], abs=1e-12)


def test_the_odd_sets_are_there() -> None:
    assert len(ODD_SETS) == 12


def test_agrees_with_the_original_on_all_recorded_sets(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(os.environ.get("MULTIHEAD_AT_SPEC_DIR", ROOT / ".." / "shared" / "spec"))
    path = folder / "scorer_cases.json"
    if not path.is_file():
        pytest.skip("scorer_cases.json holds corpus text: set MULTIHEAD_AT_SPEC_DIR to its folder")
    assert check_scorer.main([str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 8 * len(MODES)


def test_every_figure_of_every_kind_is_compared() -> None:
    """A figure off by 1e-11 anywhere is noticed, and named."""
    cases = json.loads(TINY_RANDOM.read_text(encoding="utf-8"))
    label_sets = {name: cases[name] for name in ("bio_tags", "ec_tags", "relations")}
    case = cases["sets"][0]
    for mode, figures in case["scores"].items():
        scores = check_scorer.our_scores(case["sentences"], mode, label_sets, "here")
        ours = check_scorer.original_figures(scores, label_sets)
        names = [name for name, _ in check_scorer.compare(figures, ours, "here")]
        for name in names:
            place = tuple(int(step) if step.isdecimal() else step for step in name.split("."))
            value = figures
            for step in place:
                value = value[step]
            differences = dict(check_scorer.compare(put(figures, place, value + 1e-11), ours, "here"))
            assert [other for other in names if differences[other] > check_scorer.TOLERANCE] == [name]


def test_a_difference_gives_status_1_and_names_the_worst_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = put(small_cases(), ("sets", 0, "scores", "strict", "ner", "Loc", "p"), 0.75)
    path = written(tmp_path, cases)
    assert check_scorer.main([path]) == 1
    first, *others = capsys.readouterr().out.splitlines()
    assert first == (
        f"{path}: small strict: largest difference 2.5e-01 of 5 figures: DIFFERS, most in ner.Loc.p"
    )
    assert len(others) == 2
    assert all(line.endswith("agrees") for line in others)


@pytest.mark.parametrize("value", [float("1e999"), 10**400])
def test_a_figure_beyond_all_floats_differs(tmp_path: Path, value: float) -> None:
    text = json.dumps(put(small_cases(), ("sets", 0, "scores", "strict", "ner", "Loc", "tp"), value))
    path = tmp_path / "cases.json"
    path.write_text(text.replace("Infinity", "1e999"), encoding="utf-8")
    assert check_scorer.main([str(path)]) == 1


SENTENCE = ("sets", 0, "sentences", 0)
STRICT = ("sets", 0, "scores", "strict")


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (("sets",), [], "no sets received"),
        (("sets",), None, "the file: expected 'sets', a list"),
        (("relations",), "N", "the file: expected 'relations', a list"),
        (("relations",), ["N", 1], "relations holds something that is no string"),
        (("ec_tags",), ["Loc", "Loc"], "ec_tags holds a label twice"),
        (("bio_tags",), ["O", "Loc"], "'Loc' in bio_tags received"),
        (("sets", 0), [], "set 0: expected an object"),
        (("sets", 0, "name"), 7, "set 0: expected 'name', a string"),
        (("sets", 0, "scores"), {}, "set 'small' holds no scores"),
        (STRICT, {}, "set 'small', strict holds no figures"),
        (STRICT, 1.0, "set 'small', strict: the figures not of the expected form"),
        (("sets", 0, "scores", "lenient"), {}, "evaluation 'lenient' received"),
        (("sets", 0, "scores", "strict+"), {}, "evaluation 'strict+' received"),
        ((*STRICT, "accuracy"), 1.0, "unknown figure 'accuracy'"),
        ((*STRICT, "ner", "Loc", "p"), None, "strict: ner.Loc.p not of the expected form"),
        ((*STRICT, "ner", "Loc", "p"), True, "strict: ner.Loc.p not of the expected form"),
        ((*STRICT, "ner", "Loc", "p"), float("nan"), "NaN received"),
        ((*STRICT, "correct_pred_total", "rel"), [1], "strict: correct_pred_total.rel not of"),
        ((*SENTENCE,), "w0 w1", "set 'small', sentence 0: expected an object"),
        ((*SENTENCE, "pred_ec"), None, "sentence 0: expected 'pred_ec', a list"),
        ((*SENTENCE, "pred_ec"), ["Loc"], "1 labels in pred_ec received, expected 2"),
        ((*SENTENCE, "gold_bio"), ["B-Org", "O"], "'B-Org' in gold_bio received, expected one of bio_tags"),
        ((*SENTENCE, "gold_rel"), [[0, "R"]], '[0, "R"] in gold_rel received'),
        ((*SENTENCE, "gold_rel"), [[0, "Kill", 1]], "in gold_rel received"),
        ((*SENTENCE, "pred_rel"), [[0, "R", 2]], "within 2 tokens"),
        ((*SENTENCE, "pred_rel"), [[-1, "R", 1]], "in pred_rel received"),
        ((*SENTENCE, "pred_rel"), [[True, "R", 1]], "in pred_rel received"),
    ],
)
def test_a_bad_file_gives_status_2_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: Place, value: Any, message: str
) -> None:
    path = written(tmp_path, put(small_cases(), place, value))
    assert check_scorer.main([path]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert len(output.err.splitlines()) == 1
    assert output.err.startswith(f"check_scorer.py: {path}: ")
    assert message in output.err


def test_a_type_that_is_no_class_gives_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_scorer.main([written(tmp_path, put(small_cases(), ("ec_tags",), ["O", "Loc", "Org"]))]) == 1
    capsys.readouterr()
    cases = put(small_cases(), ("bio_tags",), ["B-Loc", "B-Org", "O"])
    path = written(tmp_path, put(cases, (*SENTENCE, "pred_bio"), ["B-Org", "O"]))
    assert check_scorer.main([path]) == 2
    assert "document #doc 1: entity class 'Org' received" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"{", b"\xff{}", b"[" * 100_000, b"[]", b"7", b"null"])
def test_a_file_of_another_kind_gives_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(content)
    assert check_scorer.main([str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_bad_file_does_not_hide_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path, small_cases())
    assert check_scorer.main([str(tmp_path / "missing.json"), str(tmp_path), good]) == 2
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 3
    assert len(output.err.splitlines()) == 2


def places(value: Any, place: Place = ()) -> list[Place]:
    """The places of everything in JSON data."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        *([place] if place else []),
        *(inner for step, part in steps for inner in places(part, (*place, step))),
    ]


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_ends_in_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    cases = small_cases()
    place = data.draw(st.sampled_from(places(cases)))
    leaf = st.one_of(
        st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False), st.text(max_size=3)
    )
    value = data.draw(
        st.recursive(
            leaf,
            lambda part: (
                st.lists(part, max_size=3)
                | st.dictionaries(st.sampled_from(["ner", "Loc", "tp", "name"]), part, max_size=2)
            ),
            max_leaves=4,
        )
    )
    assert check_scorer.main([written(tmp_path, put(cases, place, value))]) in (0, 1, 2)


def test_runs_as_a_command_from_anywhere(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(COMMAND), *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run(str(TINY_RANDOM)).returncode == 0
    assert run("missing.json").returncode == 2
    wrong = put(small_cases(), ("sets", 0, "scores", "relaxed", "early_stopping_score"), 0.5)
    assert run(written(tmp_path, wrong)).returncode == 1
    assert run().returncode == 2
