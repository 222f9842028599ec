"""A run as a SavedModel: the same answers as in Python, alone in its process, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

import multihead_at
from multihead_at.documents import TokenizedText
from multihead_at.errors import InputError
from multihead_at.export import export_run
from multihead_at.extraction import Extractor
from multihead_at.files import FileLock, read_json, write_json
from tests.export.answers import call, check_same, rows

TOKENS = ["Ada", "Brook", "lives", "in", "Velm", "."]
TEXTS = [
    "Ada Brook lives in Velm.",
    "",
    " \n ",
    "x",
    "\U0001f375",
    "\u4e2d\u6587 \u0000 \u201cBO ORRIN\u201d lives\nin tarn",
    "x" * 1000 + " lives in " + "\u00e9" * 101,
    "?!",
    "Eli Voss \U0001f375\U0001f376 lives in Omby, and Port Hale lives in 1984.",
]


@pytest.fixture(scope="session")
def bio(bio_run: Path) -> Extractor:
    return multihead_at.load(bio_run)


@pytest.fixture(scope="session")
def bio_signatures(bio_model: Path) -> Any:
    loaded = tf.saved_model.load(str(bio_model))
    # Without a name, the model would be collected.
    return {"loaded": loaded, **loaded.signatures}


def test_text_gives_what_python_gives(bio: Extractor, bio_signatures: Any) -> None:
    sentences = [TokenizedText.of_text(text, one_sentence=True) for text in TEXTS]
    expected = bio.extract_tokenized(sentences)
    together = call(bio_signatures["text"], text=TEXTS)
    check_same(together, expected, of_tokens=False)
    assert rows(together, "entity", "types", "texts")[0] == [("Peop", "Ada Brook"), ("Loc", "Velm")]
    assert rows(together, "relation", "types", "heads", "tails")[0] == [("Live_In", 0, 1)]
    for text, alone in zip(TEXTS, expected):
        check_same(call(bio_signatures["text"], text=[text]), [alone], of_tokens=False)


def test_tokens_give_what_python_gives(bio: Extractor, bio_signatures: Any) -> None:
    sentences = [TOKENS, ["x"], ["\u4e2d", "Bo Orrin", "lives", "LIVES"], ["\u00e9" * 101, "in", "Tarn"]]
    width = max(map(len, sentences))
    padded = [[*sentence, *[""] * (width - len(sentence))] for sentence in sentences]
    check_same(call(bio_signatures["tokens"], tokens=padded), bio.extract(sentences), of_tokens=True)


def test_no_tokens_and_no_sentences_have_nothing(bio_signatures: Any) -> None:
    for tokens in ([[""]], [["", ""], ["", ""]], np.zeros([2, 0], str), np.zeros([0, 0], str)):
        outputs = call(bio_signatures["tokens"], tokens=np.array(tokens, object))
        assert outputs["entity_counts"].tolist() == [0] * len(tokens)
        assert outputs["entity_types"].shape == outputs["relation_types"].shape == (len(tokens), 0)
    assert call(bio_signatures["text"], text=np.zeros([0], object))["entity_counts"].shape == (0,)


def test_columns_give_tags_and_heads_at_any_threshold(bio: Extractor, bio_signatures: Any) -> None:
    for threshold in (0.5, 0.01):
        (expected,) = bio.extract([TOKENS], threshold=threshold)
        (document,) = expected.sentences
        outputs = call(bio_signatures["columns"], tokens=[TOKENS], threshold=np.float32(threshold))
        check_same(outputs, [expected], of_tokens=True)
        assert [tag.decode() for tag in outputs["tags"][0]] == list(document.tags)
        heads = [
            (head.relation, token, head.token)
            for token, several in enumerate(document.heads)
            for head in several
            if (head.relation, head.token) != ("N", token)
        ]
        (arcs,) = rows(outputs, "arc", "types", "tokens", "heads")
        arcs = [arc for arc in arcs if arc[0] != "N" or arc[1] != arc[2]]
        assert sorted(arcs) == sorted(heads)


def test_five_thousand_tokens(bio: Extractor, bio_signatures: Any) -> None:
    tokens = (TOKENS * 834)[:5000]
    check_same(call(bio_signatures["tokens"], tokens=[tokens]), bio.extract([tokens]), of_tokens=True)
    with pytest.raises(tf.errors.InvalidArgumentError, match="at most"):
        call(bio_signatures["tokens"], tokens=[[*tokens, "x"]])


def test_padding_stands_behind(bio_signatures: Any) -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match="empty token"):
        call(bio_signatures["tokens"], tokens=[["a", "", "b"]])


def test_given_boundaries(ec_run: Path, ec_model: Path) -> None:
    signatures = tf.saved_model.load(str(ec_model)).signatures
    assert set(signatures) == {"tokens", "columns", "serving_default"}
    tokens = [TOKENS, ["Velm", "lives", "", "", "", ""]]
    boundaries = [["B-Peop", "I-Peop", "O", "O", "B", "O"], ["I", "O", "", "", "", ""]]
    expected = multihead_at.load(ec_run).extract(
        [TOKENS, ["Velm", "lives"]], boundaries=[[(0, 2), (4, 5)], [(0, 1)]]
    )
    outputs = call(signatures["serving_default"], tokens=tokens, boundaries=boundaries)
    check_same(outputs, expected, of_tokens=True)
    assert rows(outputs, "entity", "types", "texts")[0] == [("Peop", "Ada Brook"), ("Loc", "Velm")]
    for wrong in ([["B"] * 5 + [""], ["B"] + [""] * 5], [["B"] * 5, ["B"] * 5], [["B"] * 7, ["B"] * 7]):
        with pytest.raises(tf.errors.InvalidArgumentError, match="expected B, I or O for each token"):
            call(signatures["tokens"], tokens=tokens, boundaries=wrong)


def with_settings(run: Path, folder: Path, settings: dict[str, Any], environment: dict[str, Any]) -> Path:
    shutil.copytree(run, folder)
    for file, more in (("flags.json", settings), ("environment.json", environment)):
        write_json(folder / file, {**read_json(folder / file), **more})
    return folder


def test_a_root_is_put_in_front(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    run = with_settings(bio_run, tmp_path / "run", {"root_node": True}, {"root_token": "Ada"})
    signatures = tf.saved_model.load(str(export_run(run, tmp_path / "model", data_dir=data_dir))).signatures
    extractor = multihead_at.load(run)
    texts = ["Ada Brook lives in Velm.", "Bo Orrin lives in Tarn.", ""]
    expected = extractor.extract_tokenized([TokenizedText.of_text(text, one_sentence=True) for text in texts])
    check_same(call(signatures["text"], text=texts), expected, of_tokens=False)
    outputs = call(signatures["columns"], tokens=[TOKENS[1:]], threshold=np.float32(0.5))
    (expected_tokens,) = extractor.extract([TOKENS[1:]])
    check_same(outputs, [expected_tokens], of_tokens=True)
    assert [token.decode() for token in outputs["tokens"][0]] == TOKENS
    assert [tag.decode() for tag in outputs["tags"][0]] == list(expected_tokens.sentences[0].tags)


def test_a_run_with_a_root_must_say_which(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    run = with_settings(bio_run, tmp_path / "run", {"root_node": True}, {})
    with pytest.raises(InputError, match="expected root_token"):
        export_run(run, tmp_path / "model", data_dir=data_dir)


def test_trees_are_not_exported(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    run = with_settings(
        bio_run, tmp_path / "run", {"root_node": True, "decoding": "edmonds"}, {"root_token": "Ada"}
    )
    with pytest.raises(InputError, match="decoding=edmonds received, which a SavedModel cannot do"):
        export_run(run, tmp_path / "model", data_dir=data_dir)


_ALONE = """
import json, sys
for name in ("tensorflow_addons", "multihead_at", "gensim"):
    sys.modules[name] = None
import tensorflow as tf
model = tf.saved_model.load(sys.argv[1])
outputs = model.signatures["serving_default"](text=tf.constant(["Ada Brook lives in Velm."]))
print(json.dumps({name: values.numpy().astype(str).tolist() for name, values in outputs.items()}))
"""


def test_tensorflow_alone_is_enough(bio_model: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", _ALONE, str(bio_model)], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    outputs = json.loads(done.stdout)
    assert outputs["entity_texts"] == [["Ada Brook", "Velm"]]
    assert outputs["relation_types"] == [["Live_In"]]
    # TensorFlow warns of custom gradients that were not stored: there are none to store.
    assert "gradient" not in done.stderr


def test_a_graph_of_tensorflows_own_operations(bio_model: Path) -> None:
    from tensorflow.core.protobuf import saved_model_pb2

    model = saved_model_pb2.SavedModel.FromString((bio_model / "saved_model.pb").read_bytes())
    (graph,) = model.meta_graphs
    operations = {operation.name for operation in graph.meta_info_def.stripped_op_list.op}
    assert "BlockLSTMV2" in operations
    assert not [name for name in operations if name.startswith("Addons>")]
    # XLA is not there everywhere.
    nodes = [node for function in graph.graph_def.library.function for node in function.node_def]
    assert not any(node.attr["_XlaMustCompile"].b for node in nodes if "_XlaMustCompile" in node.attr)


@pytest.fixture
def small_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the files count: a graph that is made in no time stands for the model's."""

    class Signatures(tf.Module):
        def __init__(self, *_: Any) -> None:
            super().__init__()
            text = tf.TensorSpec([None], tf.string, name="text")
            self.same = tf.function(lambda text: {"text": text}).get_concrete_function(text)

        def concrete(self) -> dict[str, Any]:
            return {"text": self.same}

    monkeypatch.setattr("multihead_at.export.write_saved_model.Signatures", Signatures)


@pytest.mark.usefixtures("small_graph")
def test_an_existing_version_is_replaced_only_on_demand(
    bio_run: Path, tmp_path: Path, data_dir: Path
) -> None:
    first = export_run(bio_run, tmp_path, data_dir=data_dir)
    assert first == tmp_path / "1"
    before = (first / "saved_model.pb").stat().st_mtime_ns
    with pytest.raises(InputError, match="exists already"):
        export_run(bio_run, tmp_path, data_dir=data_dir)
    assert (first / "saved_model.pb").stat().st_mtime_ns == before
    export_run(bio_run, tmp_path, data_dir=data_dir, overwrite=True, threshold=0.25)
    assert json.loads((first / "assets.extra" / "model.json").read_text())["threshold"] == 0.25
    assert export_run(bio_run, tmp_path, data_dir=data_dir, version=2) == tmp_path / "2"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "1", "2"]


def test_the_folder_of_a_run_and_a_file_are_no_output(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    with pytest.raises(InputError, match="output: the folder of a run received, expected another one"):
        export_run(bio_run, bio_run, data_dir=data_dir)
    assert not (bio_run / "1").exists()
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="output: a file received, expected a folder"):
        export_run(bio_run, tmp_path / "file", data_dir=data_dir)


@pytest.mark.usefixtures("small_graph")
def test_what_a_killed_export_left_is_put_right(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    (tmp_path / ".writing-0123").mkdir()
    (tmp_path / ".writing-0123" / "saved_model.pb").write_bytes(b"half")
    (tmp_path / ".writing-4567").write_text("another command's file, which a SavedModel is not")
    # Between two names.
    (tmp_path / ".replaced-1").mkdir()
    (tmp_path / ".replaced-1" / "saved_model.pb").write_bytes(b"whole")
    export_run(bio_run, tmp_path, data_dir=data_dir, version=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", ".writing-4567", "1", "2"]
    assert (tmp_path / "1" / "saved_model.pb").read_bytes() == b"whole"


def test_a_second_export_into_the_folder_is_refused(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(InputError) as caught:
        export_run(bio_run, tmp_path, data_dir=data_dir)
    assert str(caught.value).startswith(f"{tmp_path}: in use by process ")
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_version_that_came_meanwhile_is_not_replaced(
    bio_run: Path, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The function has its name, too.
    module = sys.modules["multihead_at.export.export_run"]
    make = module.ExtractionGraph

    def make_while_another_exports(*arguments: Any) -> Any:
        (tmp_path / "1").mkdir()
        return make(*arguments)

    monkeypatch.setattr(module, "ExtractionGraph", make_while_another_exports)
    with pytest.raises(InputError, match="exists already"):
        export_run(bio_run, tmp_path, data_dir=data_dir)
    assert list((tmp_path / "1").iterdir()) == []


@pytest.mark.usefixtures("small_graph")
def test_everything_is_flushed_to_the_disk_before_it_takes_its_place(
    bio_run: Path, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, flushed = os.fsync, []

    def note(descriptor: int) -> None:
        status = os.fstat(descriptor)
        flushed.append((status.st_ino, (tmp_path / "1").exists()))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    folder = export_run(bio_run, tmp_path, data_dir=data_dir)
    for path in (folder, *folder.rglob("*")):
        assert (path.stat().st_ino, False) in flushed, path
    assert flushed[-1] == (tmp_path.stat().st_ino, True)


def test_the_threshold_is_fixed_for_text_and_tokens(bio_run: Path, tmp_path: Path, data_dir: Path) -> None:
    model = tf.saved_model.load(str(export_run(bio_run, tmp_path, data_dir=data_dir, threshold=0.0)))
    outputs = call(model.signatures["text"], text=["Ada Brook lives in Velm."])
    (expected,) = multihead_at.load(bio_run).extract(["Ada Brook lives in Velm."], threshold=0.0)
    check_same(outputs, [expected], of_tokens=False)
    assert outputs["relation_counts"].tolist() == [4]


@pytest.mark.usefixtures("small_graph")
def test_nothing_is_left_where_writing_fails(
    bio_run: Path, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("multihead_at.export.write_saved_model.write_json", fail)
    with pytest.raises(InputError, match="cannot be written: No space left"):
        export_run(bio_run, tmp_path / "model", data_dir=data_dir)
    assert [path.name for path in (tmp_path / "model").iterdir()] == [".lock"]


def test_conll04_test_sentences(
    corpus_file: Callable[[str], Path], bio: Extractor, bio_signatures: Any
) -> None:
    from multihead_at.documents import read_documents

    sentences = [list(document.tokens) for document in read_documents(corpus_file("conll04/test.txt"))]
    width = max(map(len, sentences))
    padded = [[*sentence, *[""] * (width - len(sentence))] for sentence in sentences]
    check_same(call(bio_signatures["tokens"], tokens=padded), bio.extract(sentences), of_tokens=True)
    texts = [" ".join(sentence) for sentence in sentences]
    expected = bio.extract_tokenized([TokenizedText.of_text(text, one_sentence=True) for text in texts])
    check_same(call(bio_signatures["text"], text=texts), expected, of_tokens=False)
