"""From a clone to the same answer four times: the SavedModel in an environment with TensorFlow alone, the
command `predict`, the Python interface, and Beam."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.checkout_copy import copy_checkout, run_line

pytestmark = pytest.mark.long

_PIN = re.compile(r"^[\w.-]+==[^\\\n]+", re.MULTILINE)

_WITH_TENSORFLOW = """
import importlib.util, json, sys
assert not any(map(importlib.util.find_spec, ("multihead_at", "tensorflow_addons", "gensim", "apache_beam")))
import tensorflow as tf

model = tf.saved_model.load(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    texts = file.read().splitlines()
found = {name: values.numpy() for name, values in model.signatures["text"](text=tf.constant(texts)).items()}
for row, text in enumerate(texts):
    entities = zip(*(found[f"entity_{name}"][row] for name in ("types", "starts", "ends", "texts")))
    relations = zip(*(found[f"relation_{name}"][row] for name in ("types", "heads", "tails")))
    print(json.dumps({
        "text": text,
        "entities": [
            {"type": kind.decode(), "start": int(start), "end": int(end), "text": words.decode()}
            for kind, start, end, words in list(entities)[: found["entity_counts"][row]]
        ],
        "relations": [
            {"type": kind.decode(), "head": int(head), "tail": int(tail)}
            for kind, head, tail in list(relations)[: found["relation_counts"][row]]
        ],
    }))
"""

_IN_PYTHON = """
import dataclasses, json, sys
import multihead_at

extract = multihead_at.load(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    texts = file.read().splitlines()
for found in extract(texts):
    print(json.dumps({
        "text": found.text,
        "entities": [
            {"type": one.type, "start": one.start, "end": one.end, "text": one.text} for one in found.entities
        ],
        "relations": [{"type": one.type, "head": one.head, "tail": one.tail} for one in found.relations],
    }))
"""

Answers = dict[str, Any]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout in which the sample corpus was trained and exported; `texts` has sentences."""
    clone = tmp_path_factory.mktemp("clone") / "checkout"
    copy_checkout(clone)
    run_line(clone, "python train.py")
    run_line(clone, "python export.py --run=runs/sample-bio-seed1 --output=served")
    documents = (clone / "data" / "sample" / "test.txt").read_text(encoding="utf-8").split("#doc ")[1:41]
    texts = [" ".join(line.split("\t")[1] for line in document.splitlines()[1:]) for document in documents]
    (clone / "texts").write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return clone


@pytest.fixture(scope="module")
def tensorflow_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment into which only TensorFlow was installed, of the locked versions."""
    folder = tmp_path_factory.mktemp("tensorflow")
    lock = Path(__file__).resolve().parents[1] / "requirements" / "run.lock"
    pins = _PIN.findall(lock.read_text(encoding="utf-8"))
    (folder / "pins").write_text("".join(f"{pin.rstrip()}\n" for pin in pins), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
    python = folder / "environment" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "-c", folder / "pins", "tensorflow"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return python


def _by_text(lines: str) -> dict[str, Answers]:
    """The answers by their texts, without ids and probabilities."""
    answers = {}
    for line in lines.splitlines():
        answer = json.loads(line)
        answer.pop("id", None)
        for thing in (*answer["entities"], *answer["relations"]):
            thing.pop("probability", None)
        answers[answer["text"]] = answer
    return answers


def test_the_same_answer_four_times(clone: Path, tensorflow_python: Path) -> None:
    (clone / "with_tensorflow.py").write_text(_WITH_TENSORFLOW, encoding="utf-8")
    (clone / "in_python.py").write_text(_IN_PYTHON, encoding="utf-8")
    alone = f"'{tensorflow_python}' -I with_tensorflow.py served/1 texts"
    expected = _by_text(run_line(clone, alone))
    assert len(expected) == 40
    assert sum(len(one["entities"]) for one in expected.values()) > 80
    assert sum(len(one["relations"]) for one in expected.values()) > 20

    for model in ("served", "runs/sample-bio-seed1"):
        predict = f"python predict.py --model={model} --input=lines --file=texts"
        assert _by_text(run_line(clone, predict)) == expected
        assert _by_text(run_line(clone, f"python in_python.py {model} texts")) == expected
        bulk = f"multihead-at bulk --model={model} --files=texts --input=lines --output=found/part"
        run_line(clone, f"rm -rf found && {bulk}")
        assert _by_text(run_line(clone, "cat found/part-*.jsonl")) == expected
