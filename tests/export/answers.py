"""What a SavedModel's signatures answer, beside what the Python interface does."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from multihead_at.extraction import Extraction

Outputs = dict[str, Any]


def call(signature: Any, **inputs: Any) -> Outputs:
    outputs = signature(**{name: tf.constant(value) for name, value in inputs.items()})
    return {name: values.numpy() for name, values in outputs.items()}


def rows(outputs: Outputs, kind: str, *names: str) -> list[list[tuple[Any, ...]]]:
    """Each text's entities, relations or arcs."""
    found = []
    for number, count in enumerate(outputs[f"{kind}_counts"]):
        columns = (outputs[f"{kind}_{name}"][number] for name in names)
        found.append([tuple(_python(value) for value in row) for row in list(zip(*columns))[:count]])
    return found


def _python(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value.item()


def check_same(outputs: Outputs, expected: list[Extraction], *, of_tokens: bool) -> None:
    for kind, names in (
        ("entity", ("types", "starts", "ends", "texts")),
        ("relation", ("types", "heads", "tails")),
    ):
        found = rows(outputs, kind, *names)
        assert found == [_expected(one, kind, of_tokens) for one in expected]
    for kind, several in (("entity", "entities"), ("relation", "relations")):
        probabilities = [value for row in rows(outputs, kind, "probabilities") for (value,) in row]
        wanted = [one.probability for extraction in expected for one in getattr(extraction, several)]
        np.testing.assert_allclose(probabilities, wanted, atol=1e-5)


def _expected(found: Extraction, kind: str, of_tokens: bool) -> list[tuple[Any, ...]]:
    if kind == "relation":
        return [(one.type, one.head, one.tail) for one in found.relations]
    if of_tokens:
        return [(one.type, one.token_start, one.token_end, one.text) for one in found.entities]
    return [(one.type, one.start, one.end, one.text) for one in found.entities]
