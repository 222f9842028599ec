"""Documents in, predicted documents out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import tensorflow as tf

from multihead_at.documents import NO_RELATION, Document, Head
from multihead_at.encoding import EncodedDocument, Encoder, make_batch
from multihead_at.model import JointModel

THRESHOLD = 0.5
_SIGNATURE = {
    "word_ids": tf.TensorSpec([None], tf.int32),
    "characters": tf.TensorSpec([None, None], tf.int32),
    "character_lengths": tf.TensorSpec([None], tf.int32),
    "word_index": tf.TensorSpec([None, None], tf.int32),
    "lengths": tf.TensorSpec([None], tf.int32),
}


class Predictor:
    """Predicts with a model, many documents a call whatever the training batch was.

    Args:
        model: the model; its word table is the encoder's.
        encoder: as in training; gold tags and heads are not looked at.
        batch_size: documents a call.
    """

    def __init__(self, model: JointModel, encoder: Encoder, batch_size: int = 32) -> None:
        self.encoder = encoder
        self.batch_size = batch_size
        self._model = model
        self._tags = encoder.vocabularies.tags(encoder.ner_classes).symbols
        self._relations = encoder.vocabularies.relations.symbols
        self._call = tf.function(
            lambda batch, threshold: model.call(batch, threshold),
            input_signature=[_SIGNATURE, tf.TensorSpec([], tf.float32)],
            autograph=False,
        )

    def predict(
        self,
        documents: Sequence[Document],
        *,
        threshold: float = THRESHOLD,
        on_documents: Callable[[int], None] | None = None,
    ) -> list[Document]:
        """Predicts tags and heads.

        Args:
            documents: of which only the tokens count.
            threshold: a relation is predicted where its probability is higher (the original: 0.5).
            on_documents: called with the number of documents done since the last call, for a progress bar.

        Returns:
            The documents in their order, with predicted tags (BIO tags, or a class for each token with EC)
            and heads. A token for which nothing is predicted is its own head by `N`, as in the file format.
        """
        encoded = [self.encoder.encode(document, gold=False) for document in documents]
        return self.predict_encoded(encoded, threshold=threshold, on_documents=on_documents)

    def predict_encoded(
        self,
        encoded: Sequence[EncodedDocument],
        *,
        threshold: float = THRESHOLD,
        on_documents: Callable[[int], None] | None = None,
    ) -> list[Document]:
        """The same for documents that are encoded already."""
        # Sentences of like length share a batch, so that little of it is padding.
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place]))
        predicted: dict[int, Document] = {}
        for start in range(0, len(order), self.batch_size):
            places = order[start : start + self.batch_size]
            for place, document in zip(places, self._predict_batch([encoded[p] for p in places], threshold)):
                predicted[place] = document
            if on_documents is not None:
                on_documents(len(places))
        return [predicted[place] for place in range(len(encoded))]

    def _predict_batch(self, encoded: Sequence[EncodedDocument], threshold: float) -> Iterator[Document]:
        batch = make_batch(encoded)
        inputs = {name: batch[name] for name in _SIGNATURE}  # type: ignore[literal-required]
        outputs = self._call(inputs, threshold)
        tag_ids, relations = outputs["tag_ids"].numpy(), outputs["relations"].numpy()
        borders = np.searchsorted(relations[:, 0], np.arange(len(encoded) + 1))
        for row, item in enumerate(encoded):
            source = item.document
            yield Document(
                source.doc_id,
                source.tokens,
                tuple(self._tags[tag] for tag in tag_ids[row, : len(source)].tolist()),
                self._heads(len(source), relations[borders[row] : borders[row + 1], 1:].tolist()),
            )

    def _heads(self, length: int, found: list[list[int]]) -> tuple[tuple[Head, ...], ...]:
        heads: list[list[Head]] = [[] for _ in range(length)]
        for token, head, relation in found:
            heads[token].append(Head(self._relations[relation], head))
        return tuple(tuple(several) or (Head(NO_RELATION, token),) for token, several in enumerate(heads))
