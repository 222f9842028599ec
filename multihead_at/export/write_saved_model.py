"""Writing a SavedModel so that it is there whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from multihead_at.config.model_folder import DESCRIPTION, KIND, SAVED_MODEL_FILE, file_checksums
from multihead_at.documents import write_json
from multihead_at.documents.atomic_file import UNFINISHED
from multihead_at.errors import InputError
from multihead_at.export.extraction_graph import ExtractionGraph
from multihead_at.export.signatures import Signatures


def write_saved_model(
    folder: Path, graph: ExtractionGraph, *, threshold: float, description: Mapping[str, Any] | None = None
) -> None:
    """Writes a SavedModel; an older one stays until the new one is whole.

    Args:
        folder: where it goes; replaced if it is there.
        graph: the model.
        threshold: of the signatures that do not take one.
        description: what the model is, for people and programs that find it later.

    Raises:
        InputError: it cannot be written.
    """
    # A server reads no folder whose name is no number.
    temporary, replaced = (folder.with_name(f"{UNFINISHED}{secrets.token_hex(8)}") for _ in range(2))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _save(Signatures(graph, threshold), temporary)
        (temporary / DESCRIPTION).parent.mkdir()
        sums = file_checksums(temporary)
        write_json(temporary / DESCRIPTION, {**(description or {}), "files": sums}, kind=KIND)
        if folder.exists():
            os.replace(folder, replaced)
        os.replace(temporary, folder)
    except OSError as error:
        raise InputError.from_os_error("written", error, folder) from error
    except tf.errors.OpError as error:
        raise InputError(f"cannot be written: {error.message}", path=folder) from error
    finally:
        for left in (temporary, replaced):
            shutil.rmtree(left, ignore_errors=True)


def _save(signatures: Signatures, folder: Path) -> None:
    options = tf.saved_model.SaveOptions(experimental_custom_gradients=False)
    tf.saved_model.save(signatures, str(folder), dict(signatures.concrete()), options)
    _forget_gradients(folder / SAVED_MODEL_FILE)


def _forget_gradients(path: Path) -> None:
    """Takes the names of gradients out of the graph, which has none: TensorFlow would warn of each."""
    model = saved_model_pb2.SavedModel.FromString(path.read_bytes())
    for meta_graph in model.meta_graphs:
        functions = (function.node_def for function in meta_graph.graph_def.library.function)
        for nodes in (meta_graph.graph_def.node, *functions):
            for node in nodes:
                node.attr.pop("_gradient_op_type", None)
    path.write_bytes(model.SerializeToString(deterministic=True))
