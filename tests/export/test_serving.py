"""What TensorFlow Serving sends and wants: its gRPC messages and its REST format, against the signatures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2

from tests.documentation_commands import ROOT, shown_blocks

TEXTS = ["Ada Brook lives in Velm.", ""]


@pytest.fixture(scope="module")
def loaded(bio_model: Path) -> Any:
    return tf.saved_model.load(str(bio_model))


def serve(loaded: Any, request: predict_pb2.PredictRequest) -> predict_pb2.PredictResponse:
    """What the server does with a gRPC request."""
    signature = loaded.signatures[request.model_spec.signature_name or "serving_default"]
    _, specs = signature.structured_input_signature
    assert set(request.inputs) == set(specs)
    inputs = {}
    for name, value in request.inputs.items():
        assert value.dtype == specs[name].dtype.as_datatype_enum
        inputs[name] = tf.constant(tf.make_ndarray(value), specs[name].dtype)
        assert specs[name].shape.is_compatible_with(inputs[name].shape)
    response = predict_pb2.PredictResponse(model_spec=request.model_spec)
    for name, value in signature(**inputs).items():
        response.outputs[name].CopyFrom(tf.make_tensor_proto(value.numpy(), value.dtype))
    return predict_pb2.PredictResponse.FromString(response.SerializeToString())


def post(loaded: Any, body: str) -> dict[str, Any]:
    """What the server does with the body of a REST request: rows, or a tensor for each input."""
    request = json.loads(body)
    signature = loaded.signatures[request.get("signature_name", "serving_default")]
    _, specs = signature.structured_input_signature
    if "inputs" in request:
        outputs = signature(**_tensors(request["inputs"], specs))
        return {"outputs": {name: _json(value.numpy()) for name, value in outputs.items()}}
    rows = request["instances"]
    if not isinstance(rows[0], dict):
        (name,) = specs
        rows = [{name: row} for row in rows]
    outputs = signature(**_tensors({name: [row[name] for row in rows] for name in specs}, specs))
    # Each row of the answer takes its part of every output.
    assert {value.shape[0] for value in outputs.values()} == {len(rows)}
    answers = {name: _json(value.numpy()) for name, value in outputs.items()}
    return {"predictions": [{name: answers[name][row] for name in answers} for row in range(len(rows))]}


def _tensors(values: Mapping[str, Any], specs: Mapping[str, tf.TensorSpec]) -> dict[str, tf.Tensor]:
    assert set(values) == set(specs)
    return {name: tf.constant(value, specs[name].dtype) for name, value in values.items()}


def _json(array: np.ndarray) -> Any:
    """Only what JSON has: the server refuses numbers that are none and takes text for UTF-8."""
    assert array.dtype == object or np.isfinite(array).all()
    return json.loads(json.dumps(array.tolist(), default=lambda value: value.decode("utf-8")))


def test_grpc(loaded: Any) -> None:
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "multihead"
    request.model_spec.signature_name = "text"
    request.inputs["text"].CopyFrom(tf.make_tensor_proto(TEXTS))
    response = serve(loaded, request)
    assert tf.make_ndarray(response.outputs["entity_counts"]).tolist() == [2, 0]
    assert tf.make_ndarray(response.outputs["entity_texts"]).tolist() == [[b"Ada Brook", b"Velm"], [b"", b""]]
    assert tf.make_ndarray(response.outputs["entity_starts"]).tolist() == [[0, 19], [-1, -1]]
    assert tf.make_ndarray(response.outputs["relation_types"]).tolist() == [[b"Live_In"], [b""]]


def test_grpc_with_a_threshold(loaded: Any) -> None:
    request = predict_pb2.PredictRequest()
    request.model_spec.signature_name = "columns"
    tokens = [["Ada", "Brook", "lives", "in", "Velm", "."]]
    request.inputs["tokens"].CopyFrom(tf.make_tensor_proto(tokens))
    request.inputs["threshold"].CopyFrom(tf.make_tensor_proto(0.0, tf.float32))
    response = serve(loaded, request)
    assert tf.make_ndarray(response.outputs["relation_counts"]).tolist() == [4]
    assert tf.make_ndarray(response.outputs["tags"]).tolist()[0][:2] == [b"B-Peop", b"I-Peop"]


def test_rest_rows(loaded: Any) -> None:
    answer = post(loaded, json.dumps({"instances": TEXTS}))
    assert post(loaded, json.dumps({"instances": [{"text": text} for text in TEXTS]})) == answer
    first, second = answer["predictions"]
    assert first["entity_types"] == ["Peop", "Loc"]
    assert first["entity_ends"] == [9, 23]
    assert (first["relation_heads"], first["relation_tails"]) == ([0], [1])
    assert (second["entity_counts"], second["relation_counts"]) == (0, 0)


def test_rest_rows_of_tokens(loaded: Any) -> None:
    rows = [
        {"tokens": ["Ada", "Brook", "lives", "in", "Velm", "."]},
        {"tokens": ["Velm", "", "", "", "", ""]},
    ]
    answer = post(loaded, json.dumps({"signature_name": "tokens", "instances": rows}))
    assert answer["predictions"][0]["entity_texts"] == ["Ada Brook", "Velm"]
    assert answer["predictions"][0]["entity_ends"] == [2, 5]


def test_rest_columns(loaded: Any) -> None:
    inputs = {"tokens": [["Ada", "Brook", "lives", "in", "Velm", "."]], "threshold": 0.5}
    answer = post(loaded, json.dumps({"signature_name": "columns", "inputs": inputs}))
    assert answer["outputs"]["tags"] == [["B-Peop", "I-Peop", "O", "O", "B-Loc", "O"]]
    assert answer["outputs"]["relation_counts"] == [1]


def test_every_output_is_a_row_for_each_input(loaded: Any, ec_model: Path) -> None:
    models = {"BIO": loaded, "EC": tf.saved_model.load(str(ec_model))}
    inputs = {
        name: {
            key: set(signature.structured_input_signature[1]) for key, signature in model.signatures.items()
        }
        for name, model in models.items()
    }
    assert inputs == {
        "BIO": {
            "serving_default": {"text"},
            "text": {"text"},
            "tokens": {"tokens"},
            "columns": {"tokens", "threshold"},
        },
        "EC": {
            "serving_default": {"tokens", "boundaries"},
            "tokens": {"tokens", "boundaries"},
            "columns": {"tokens", "boundaries", "threshold"},
        },
    }


def test_the_documentation_shows_what_is_answered(loaded: Any, ec_model: Path) -> None:
    blocks = [json.loads(block) for block in shown_blocks(ROOT / "docs" / "serving.md", "json")]
    models = {False: loaded, True: tf.saved_model.load(str(ec_model))}
    answered = 0
    for request, shown in zip(blocks, blocks[1:]):
        if "instances" not in request and "inputs" not in request:
            continue
        answer = post(models["boundaries" in json.dumps(request)], json.dumps(request))
        # Another model finds other things in the other sentences, and is as sure of other things.
        assert _names(answer) == _names(shown)
        if "predictions" in shown:
            assert _certain(answer) == _certain(shown)
        answered += 1
    assert answered == len(blocks) / 2 == 3


def _names(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {name: _names(value) for name, value in answer.items()}
    return _names(answer[0]) if isinstance(answer, list) and answer and isinstance(answer[0], dict) else ""


def _certain(answer: dict[str, Any]) -> dict[str, Any]:
    """What the first row says, which every model of the tests knows by heart."""
    first = answer["predictions"][0]
    return {name: value for name, value in first.items() if not name.endswith("_probabilities")}
