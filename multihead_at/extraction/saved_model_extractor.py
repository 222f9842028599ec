"""Texts in, entities and relations out, by an exported model."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from multihead_at.documents import (
    NO_RELATION,
    OUTSIDE,
    Document,
    Head,
    Mention,
    TokenizedText,
    bio_from_mentions,
)
from multihead_at.errors import InputError
from multihead_at.extraction.entity import Entity
from multihead_at.extraction.extracted_relation import ExtractedRelation
from multihead_at.extraction.extraction import Extraction
from multihead_at.extraction.extractor import Extractor
from multihead_at.prediction import THRESHOLD, batches_by_length
from multihead_at.runs.model_folder import (
    SAVED_MODEL_FILE,
    check_saved_model,
    find_saved_model,
    saved_model_settings,
    saved_model_threshold,
)

_BATCH_SIZE = 32

# A sentence's tokens and the boundaries given there.
_Sentence = tuple[list[str], list[str]]
_Row = dict[str, Any]


class SavedModelExtractor(Extractor):
    """Finds entities and relations with a SavedModel that `multihead-at export` wrote.

    Called as `Extractor`, with the same answers.

    Args:
        model_dir: the SavedModel, or the folder of its versions, of which the highest is taken.

    Raises:
        InputError: there is none, or it was not written by `multihead-at export`, or it is damaged.
    """

    def __init__(self, model_dir: str | os.PathLike[str]) -> None:
        folder = find_saved_model(model_dir)
        if folder is None:
            raise InputError(f"expected a SavedModel, with a {SAVED_MODEL_FILE}", path=model_dir)
        settings = saved_model_settings(folder)
        check_saved_model(folder)
        try:
            self._model = tf.saved_model.load(str(folder))
            self._call = self._model.signatures["columns"]
        except (OSError, KeyError, ValueError, tf.errors.OpError) as error:
            raise InputError(f"damaged SavedModel received ({error})", path=folder) from None
        exported_with = saved_model_threshold(folder)
        super().__init__(
            threshold=THRESHOLD if exported_with is None else exported_with,
            needs_boundaries=settings["ner_classes"] == "EC",
            has_root=bool(settings.get("root_node")),
        )

    def _extract_cut(self, texts: Sequence[TokenizedText], threshold: float) -> Iterator[Extraction]:
        sentences = [list(_sentences(text)) for text in texts]
        found = iter(self._rows([sentence for several in sentences for sentence in several], threshold))
        for text, several in zip(texts, sentences):
            yield self._of_rows(text, several, [next(found) for _ in several])

    def _rows(self, sentences: Sequence[_Sentence], threshold: float) -> list[_Row]:
        """What the model gives for each sentence."""
        rows: dict[int, _Row] = {}
        for places in batches_by_length([len(tokens) for tokens, _ in sentences], _BATCH_SIZE):
            inputs = {"tokens": _padded([sentences[place][0] for place in places])}
            if self.needs_boundaries:
                inputs["boundaries"] = _padded([sentences[place][1] for place in places])
            outputs = self._call(**inputs, threshold=tf.constant(threshold, tf.float32))
            outputs = {name: values.numpy() for name, values in outputs.items()}
            rows.update((place, _row(outputs, number)) for number, place in enumerate(places))
        return [rows[place] for place in range(len(sentences))]

    def _of_rows(
        self, text: TokenizedText, sentences: Sequence[_Sentence], rows: Sequence[_Row]
    ) -> Extraction:
        entities: list[Entity] = []
        relations: list[ExtractedRelation] = []
        documents = []
        first = 0
        for number, ((tokens, _), row) in enumerate(zip(sentences, rows)):
            documents.append(self._document(str(number), len(tokens), row))
            relations += [
                ExtractedRelation(kind, len(entities) + head, len(entities) + tail, probability)
                for kind, head, tail, probability in row["relation"]
            ]
            for kind, start, end, probability in row["entity"]:
                token_start, token_end = first + start, first + end
                place = slice(text.tokens[token_start].start, text.tokens[token_end - 1].end)
                entities.append(
                    Entity(
                        kind, place.start, place.stop, text.text[place], probability, token_start, token_end
                    )
                )
            first += len(tokens)
        return Extraction(text.text, text.tokens, tuple(entities), tuple(relations), tuple(documents))

    def _document(self, doc_id: str, length: int, row: _Row) -> Document:
        tokens, tags = row["tokens"], row["tags"]
        if self.needs_boundaries:
            # 1 where the root was put in front, else 0.
            shift = len(tokens) - length
            mentions = [Mention(kind, start + shift, end + shift) for kind, start, end, _ in row["entity"]]
            tags = bio_from_mentions(mentions, len(tokens))
        heads: list[list[Head]] = [[] for _ in tokens]
        for kind, token, head, _ in row["arc"]:
            heads[token].append(Head(kind, head))
        filled = tuple(tuple(several) or (Head(NO_RELATION, place),) for place, several in enumerate(heads))
        return Document(doc_id, tuple(tokens), tuple(tags), filled)


def _sentences(text: TokenizedText) -> Iterator[_Sentence]:
    tags = [OUTSIDE] * len(text.tokens)
    for first, behind in text.boundaries or ():
        tags[first:behind] = ["B", *["I"] * (behind - first - 1)]
    start = 0
    for end in text.sentence_ends:
        given = tags[start:end]
        # What a cut has left of a mention's end is none.
        rest = next((place for place, tag in enumerate(given) if tag != "I"), len(given))
        given[:rest] = [OUTSIDE] * rest
        yield [token.text for token in text.tokens[start:end]], given
        start = end


def _padded(rows: Sequence[Sequence[str]]) -> tf.Tensor:
    width = max(map(len, rows))
    return tf.constant([[*row, *[""] * (width - len(row))] for row in rows], tf.string, [len(rows), width])


def _row(outputs: Mapping[str, np.ndarray], number: int) -> _Row:
    """A sentence's part of the outputs, without padding, in Python's types."""

    def of(kind: str, *names: str) -> list[tuple[Any, ...]]:
        count = outputs[f"{kind}_counts"][number]
        return list(zip(*(_values(outputs[f"{kind}_{name}"][number, :count]) for name in names)))

    tokens = [token for token in _values(outputs["tokens"][number]) if token]
    return {
        "tokens": tokens,
        "tags": _values(outputs["tags"][number, : len(tokens)]),
        "entity": of("entity", "types", "starts", "ends", "probabilities"),
        "relation": of("relation", "types", "heads", "tails", "probabilities"),
        "arc": of("arc", "types", "tokens", "heads", "probabilities"),
    }


def _values(array: np.ndarray) -> list[Any]:
    values = array.tolist()
    return [value.decode() for value in values] if array.dtype == object else values
