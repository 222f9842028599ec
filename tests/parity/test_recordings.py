"""Our model against recordings of the original, and a plain model in settings that were not recorded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import check_recordings
import numpy as np
import pytest
from reference_model import Arrays, ReferenceModel

HERE = Path(__file__).resolve().parent
SMALL = sorted((HERE / "fixtures" / "small").glob("*.npz"))
SPEC = Path(os.environ.get("MULTIHEAD_AT_SPEC_DIR") or HERE.parents[2] / "shared" / "spec")
LARGE = ("bio_config_adv", "ec_config")


def assert_within_bounds(path: Path, *, in_graph: bool) -> None:
    errors = check_recordings.errors(path, in_graph=in_graph)
    over = {name: error for name, error in errors.items() if not error <= check_recordings.BOUNDS[name]}
    assert not over
    assert {"weights after six steps", "largest weight error"} & set(errors)


def test_all_four_small_recordings_are_here() -> None:
    assert [path.stem for path in SMALL] == [
        "small_bio",
        "small_bio_adv",
        "small_bio_adv_label3_relu",
        "small_ec_adv",
    ]


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_small_recordings(path: Path) -> None:
    # The graph takes seconds to build: once is enough, for the recording with the most settings.
    assert_within_bounds(path, in_graph=path.stem == "small_bio_adv_label3_relu")


@pytest.mark.parametrize("name", LARGE)
def test_large_recordings(name: str) -> None:
    path = SPEC / "parity" / f"{name}.npz"
    if not path.is_file():
        pytest.skip(f"{path} is not there: point MULTIHEAD_AT_SPEC_DIR at a folder with parity/{name}.npz")
    assert_within_bounds(path, in_graph=False)


def inputs_of(arrays: Arrays, example: str) -> Arrays:
    start = f"{example}|in|"
    return {name[len(start) :]: value for name, value in arrays.items() if name.startswith(start)}


def test_the_plain_model_is_the_original() -> None:
    path = HERE / "fixtures" / "small" / "small_bio_adv_label3_relu.npz"
    description, arrays = json.loads(path.with_suffix(".json").read_text("utf-8")), dict(np.load(path))
    variables = {name[4:]: value for name, value in arrays.items() if name.startswith("var|")}
    reference = ReferenceModel(description["cfg"], variables)
    for example in description["examples"][::6]:
        place, gold = f"{example['mode']}{example['k']}", example["mode"] == "train"
        objective, logits, tags, gradients = reference.run(inputs_of(arrays, place), gold=gold)
        assert objective == pytest.approx(example["obj"], rel=1e-6)
        np.testing.assert_allclose(logits, arrays[f"{place}|rel_scores"], atol=1e-6)
        assert tags == arrays[f"{place}|pred_ner"][0].tolist()
        for name, gradient in gradients.items() if gold else ():
            recorded = arrays[f"{place}|grad|{name}"]
            np.testing.assert_allclose(gradient, recorded, atol=2e-6 * np.abs(recorded).max())
    reference.adam_steps([inputs_of(arrays, f"train{k}") for k in range(6)])
    for name, variable in reference.variables.items():
        np.testing.assert_allclose(variable.numpy(), arrays[f"after6steps|{name}"], atol=1e-6)


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., Path]:
    """Records the plain model as the original was recorded: `small_bio` with other settings."""

    def write(**settings: Any) -> Path:
        path = HERE / "fixtures" / "small" / "small_bio.npz"
        description, arrays = json.loads(path.with_suffix(".json").read_text("utf-8")), dict(np.load(path))
        description["cfg"].update(settings)
        if description["cfg"]["ner_classes"] == "EC":
            classes = [description["ec_tags"].index(tag.split("-")[-1]) for tag in description["bio_tags"]]
            for name in [name for name in arrays if name.endswith("|entity_tags_ids")]:
                arrays[name] = np.array(classes)[arrays[name]]
        if not description["cfg"]["use_chars"]:
            arrays = {
                name: value
                for name, value in arrays.items()
                if not name.endswith(("|charIds", "|tokensLens"))
            }
        variables = variables_of(description, arrays)
        recorded = {name: value for name, value in arrays.items() if "|in|" in name}
        recorded.update({f"var|{name}": value for name, value in variables.items()})
        reference = ReferenceModel(description["cfg"], variables)
        description["examples"] = [{"mode": mode, "k": k} for mode, k in (("eval", 0), ("train", 1))]
        for example in description["examples"]:
            place, gold = f"{example['mode']}{example['k']}", example["mode"] == "train"
            unclipped = ReferenceModel({**description["cfg"], "gradientClipping": False}, variables)
            objective, logits, tags, gradients = unclipped.run(inputs_of(arrays, place), gold=gold)
            example["obj"] = objective
            recorded[f"{place}|rel_scores"], recorded[f"{place}|pred_ner"] = logits, np.array([tags])
            if gold:
                recorded.update({f"{place}|grad|{name}": value for name, value in gradients.items()})
        reference.adam_steps([inputs_of(arrays, f"train{k}") for k in range(6)])
        recorded.update({f"after6steps|{name}": v.numpy() for name, v in reference.variables.items()})
        out = tmp_path / "recording.npz"
        np.savez(out, **recorded)
        out.with_suffix(".json").write_text(json.dumps(description), encoding="utf-8")
        return out

    return write


def variables_of(description: dict[str, Any], arrays: Arrays) -> Arrays:
    """Initial weights of the sizes that the settings ask for: the recorded ones where those still fit."""
    settings = description["cfg"]
    tags = len(description["bio_tags" if settings["ner_classes"] == "BIO" else "ec_tags"])
    dim, states = arrays["train0|in|word_vectors"].shape[-1], 2 * settings["hidden_size_lstm"]
    shapes = {
        "BiLSTM0/fw/basic_lstm_cell/kernel": [dim + settings["hidden_size_lstm"], 2 * states],
        "BiLSTM0/bw/basic_lstm_cell/kernel": [dim + settings["hidden_size_lstm"], 2 * states],
        "v_typ": [settings["hidden_size_n1"], tags],
        "b_ctyp": [tags],
        "transitions": [tags, tags],
        "label_embeddings": [tags, settings["label_embeddings_size"]],
        "u_a": [states + settings["label_embeddings_size"], settings["hidden_size_n1"]],
        "w_a": [states + settings["label_embeddings_size"], settings["hidden_size_n1"]],
    }
    if settings["use_chars"]:
        del shapes["BiLSTM0/fw/basic_lstm_cell/kernel"], shapes["BiLSTM0/bw/basic_lstm_cell/kernel"]
    random = np.random.default_rng(1)
    variables = {name[4:]: value for name, value in arrays.items() if name.startswith("var|")}
    for name, shape in shapes.items():
        variables[f"loss_computation/{name}:0"] = random.uniform(-0.8, 0.8, shape).astype(np.float32)
    if not settings["use_chars"]:
        return {name: value for name, value in variables.items() if name.startswith("loss_computation/")}
    return variables


@pytest.mark.parametrize(
    "settings",
    [
        {"use_chars": False, "ner_loss": "softmax", "use_adversarial": True},
        {"gradientClipping": True, "activation": "relu", "label_embeddings_size": 3, "use_adversarial": True},
        {"ner_classes": "EC", "label_embeddings_size": 2},
    ],
    ids=["no characters, softmax on BIO", "clipping, relu, labels", "labels and crf in EC"],
)
def test_settings_that_were_not_recorded(record: Callable[..., Path], settings: dict[str, Any]) -> None:
    assert_within_bounds(record(**settings), in_graph=False)


def test_the_command_tells_a_recording_that_does_not_agree(tmp_path: Path) -> None:
    path = SMALL[0]
    arrays, description = dict(np.load(path)), json.loads(path.with_suffix(".json").read_text("utf-8"))
    description["examples"] = description["examples"][:1]
    arrays = {name: value for name, value in arrays.items() if not name.startswith("after6steps|")}
    arrays["eval0|rel_scores"] = arrays["eval0|rel_scores"] + 1e-3
    changed = tmp_path / "changed.npz"
    np.savez(changed, **arrays)
    changed.with_suffix(".json").write_text(json.dumps(description), encoding="utf-8")

    command = [sys.executable, str(HERE / "check_recordings.py"), str(changed)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.endswith("OVER") for line in lines] == [False, False, True, False, False]
    assert done.stderr == ""


def test_the_command_names_a_recording_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["check_recordings.py", "none.npz"])
    assert check_recordings.main() == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == "none.npz: expected a recording: NAME.npz with NAME.json beside it\n"
