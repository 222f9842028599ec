"""Models of CoNLL04 with GloVe, exported: on every test sentence the same answers as in Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

import multihead_at
from multihead_at.cli.main import main
from multihead_at.documents import Document, TokenizedText, mentions_from_bio, read_documents
from tests.export.answers import call, check_same

# So many that it has learned something; a low threshold is compared as well, at which it finds more.
_TRAINING = ("--dataset=conll04", "--preset=fast", "--average_decay=0", "--nepochs=15", "--protocol=best")
_LOW = 0.1


def padded(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def spans(document: Document) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for mention in mentions_from_bio(document.tags)]


@pytest.mark.long
@pytest.mark.parametrize("classes", ["bio", "ec"])
def test_all_test_sentences_of_conll04(
    classes: str, corpus_file: Callable[[str], Path], data_dir: Path, tmp_path: Path
) -> None:
    documents = read_documents(corpus_file("conll04/test.txt"))
    corpus_file("embeddings/glove-wiki-gigaword-100.bin")
    run, place = tmp_path / "run", f"--data_dir={data_dir}"
    settings = ["--ec"] if classes == "ec" else []
    assert main(["train", *_TRAINING, *settings, place, f"--output_dir={run}"]) == 0
    assert main(["export", f"--run={run}", f"--output={tmp_path / 'model'}", place]) == 0
    extractor = multihead_at.load(run, data_dir=data_dir)
    model = tf.saved_model.load(str(tmp_path / "model" / "1"))

    assert len(documents) == 288
    tokens = [list(document.tokens) for document in documents]
    inputs: dict[str, Any] = {"tokens": padded(tokens)}
    given: dict[str, Any] = {}
    if classes == "ec":
        inputs["boundaries"] = padded([list(document.tags) for document in documents])
        given["boundaries"] = [spans(document) for document in documents]
    expected = extractor.extract(tokens, **given)
    assert sum(len(one.entities) for one in expected) > 300
    check_same(call(model.signatures["tokens"], **inputs), expected, of_tokens=True)

    more = extractor.extract(tokens, threshold=_LOW, **given)
    assert sum(len(one.relations) for one in more) > 100
    outputs = call(model.signatures["columns"], threshold=np.float32(_LOW), **inputs)
    check_same(outputs, more, of_tokens=True)

    if classes == "bio":
        texts = [" ".join(sentence) for sentence in tokens]
        sentences = [TokenizedText.of_text(text, one_sentence=True) for text in texts]
        outputs = call(model.signatures["text"], text=texts)
        check_same(outputs, extractor.extract_tokenized(sentences), of_tokens=False)
