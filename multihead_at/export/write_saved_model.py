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

from multihead_at.errors import InputError
from multihead_at.export.extraction_graph import ExtractionGraph
from multihead_at.export.replace_folder import put_back, replace_folder
from multihead_at.export.signatures import Signatures
from multihead_at.files import FileLock, write_json
from multihead_at.files.atomic_file import UNFINISHED, flush_folder
from multihead_at.runs.model_folder import DESCRIPTION, KIND, SAVED_MODEL_FILE, file_checksums


def write_saved_model(
    folder: Path,
    graph: ExtractionGraph,
    *,
    threshold: float,
    description: Mapping[str, Any] | None = None,
    overwrite: bool = False,
) -> None:
    """Writes a SavedModel; an older one stays until the new one is whole.

    Args:
        folder: where it goes, a version in the folder of a model; that one is locked meanwhile.
        graph: the model.
        threshold: of the signatures that do not take one.
        description: what the model is, for people and programs that find it later.
        overwrite: whether it is replaced if it is there.

    Raises:
        InputError: it cannot be written, is there, or another process writes to the model's folder.
    """
    # A server reads no folder whose name is no number.
    temporary = folder.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / ".lock"):
            _clear(folder.parent)
            check_version(folder, overwrite=overwrite)
            try:
                _save(Signatures(graph, threshold), temporary)
                _describe(temporary, description or {})
                _flush(temporary)
                replace_folder(temporary, folder)
                flush_folder(folder.parent)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise InputError.from_os_error("written", error, folder) from error
    except tf.errors.OpError as error:
        raise InputError(f"cannot be written: {error.message}", path=folder) from error


def check_version(folder: Path, *, overwrite: bool) -> None:
    """Refuses to replace a version that nobody said is to be replaced.

    Raises:
        InputError: it is there, and `overwrite` is not said.
    """
    if folder.exists() and not overwrite:
        raise InputError("exists already: --overwrite replaces it, --version=N writes another", path=folder)


def _clear(parent: Path) -> None:
    """Undoes what killed processes left, while no other writes here."""
    put_back(parent)
    for left in parent.glob(f"{UNFINISHED}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _describe(folder: Path, description: Mapping[str, Any]) -> None:
    (folder / DESCRIPTION).parent.mkdir()
    write_json(folder / DESCRIPTION, {**description, "files": file_checksums(folder)}, kind=KIND)


def _flush(folder: Path) -> None:
    """Has the disk keep what TensorFlow wrote before it takes the place of an older one."""
    for path in folder.rglob("*"):
        if path.is_file():
            with open(path, "rb+") as file:
                os.fsync(file.fileno())
        else:
            flush_folder(path)
    flush_folder(folder)


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
