"""Documents in, predicted documents out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import tensorflow as tf

from multihead_at.documents import NO_RELATION, Document, Head
from multihead_at.encoding import EncodedDocument, Encoder, WordTable, make_batch
from multihead_at.model import JointModel
from multihead_at.model.crf_tagging import CrfTagging
from multihead_at.prediction.batches_by_length import batches_by_length
from multihead_at.prediction.scored_prediction import ScoredPrediction
from multihead_at.prediction.tag_chain import TagChain
from multihead_at.prediction.tree_decoding import best_tree, require_networkx, tree_vertices

THRESHOLD = 0.5


def _signature(documents: int | None) -> dict[str, tf.TensorSpec]:
    return {
        "word_ids": tf.TensorSpec([None], tf.int32),
        "characters": tf.TensorSpec([None, None], tf.int32),
        "character_lengths": tf.TensorSpec([None], tf.int32),
        "word_index": tf.TensorSpec([documents, None], tf.int32),
        "lengths": tf.TensorSpec([documents], tf.int32),
    }


_INPUTS = tuple(_signature(None))


class Predictor:
    """Predicts with a model, many documents a call whatever the training batch was.

    Args:
        model: the model; its word table is the encoder's.
        encoder: as in training; gold tags and heads are not looked at.
        batch_size: documents a call.
        decoding: `threshold`, or `edmonds`: token 0 is the root of a tree, and each predicted mention gets
            exactly one head, another mention or the root, by its best relation (see `tree_decoding`). `N` is
            no relation there; all other tokens have it. Needs BIO tags.

    Raises:
        InputError: `edmonds` without networkx.
    """

    def __init__(
        self, model: JointModel, encoder: Encoder, batch_size: int = 32, *, decoding: str = "threshold"
    ) -> None:
        self.encoder = encoder
        self.batch_size = batch_size
        self._model = model
        self._tags = encoder.vocabularies.tags(encoder.ner_classes).symbols
        self._relations = encoder.vocabularies.relations.symbols
        no_relation = encoder.vocabularies.relations.get(NO_RELATION)
        self._no_relation = -1 if no_relation is None else no_relation
        self._decodes_trees = decoding == "edmonds"
        options = {}
        if self._decodes_trees:
            require_networkx()
            options["best_arcs_without"] = self._no_relation
        # A document that is known to be alone goes through faster kernels (see `bidirectional_lstm`).
        self._call, self._call_with_one = (
            tf.function(
                lambda batch, threshold: model.call(batch, threshold, **options),
                input_signature=[_signature(documents), tf.TensorSpec([], tf.float32)],
                autograph=False,
            )
            for documents in (None, 1)
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
            threshold: a relation is predicted where its probability is higher (the original: 0.5); `edmonds`
                has none.
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
        predicted: dict[int, Document] = {}
        for places, outputs in self._batches(encoded, threshold):
            for row, place in enumerate(places):
                predicted[place] = self._document(encoded[place].document, outputs, row)
            if on_documents is not None:
                on_documents(len(places))
        return [predicted[place] for place in range(len(encoded))]

    def predict_scored(
        self, encoded: Sequence[EncodedDocument], *, threshold: float = THRESHOLD
    ) -> list[ScoredPrediction]:
        """The same with the probabilities of tags and heads."""
        predicted: dict[int, ScoredPrediction] = {}
        for places, outputs in self._batches(encoded, threshold):
            lengths = np.array([len(encoded[place]) for place in places])
            chains = TagChain.of_batch(outputs["tag_scores"], lengths, self._transitions())
            for row, (place, chain) in enumerate(zip(places, chains)):
                document = self._document(encoded[place].document, outputs, row)
                probabilities: list[list[float]] = [[] for _ in range(len(document))]
                found = _of_row(outputs["relations"], row)
                tokens, values = outputs["relations"][found, 1], outputs["probabilities"][found]
                for token, value in zip(tokens.tolist(), values.tolist()):
                    probabilities[token].append(value)
                predicted[place] = ScoredPrediction(
                    document, chain, tuple(tuple(several) or (0.0,) for several in probabilities)
                )
        return [predicted[place] for place in range(len(encoded))]

    def use_table(self, table: WordTable) -> None:
        """Exchanges the word vectors, which makes the words of other documents known."""
        self._model.word_embedding.set_table(table.matrix)
        self.encoder = Encoder(self.encoder.vocabularies, table, self.encoder.ner_classes)

    def _transitions(self) -> np.ndarray | None:
        tagging = self._model.tagging
        return tagging.transitions.numpy() if isinstance(tagging, CrfTagging) else None

    def _batches(
        self, encoded: Sequence[EncodedDocument], threshold: float
    ) -> Iterator[tuple[list[int], dict[str, np.ndarray]]]:
        """Yields places in `encoded` and what the model gives for them."""
        for places in batches_by_length([len(document) for document in encoded], self.batch_size):
            batch = make_batch([encoded[place] for place in places])
            inputs = {name: batch[name] for name in _INPUTS}  # type: ignore[literal-required]
            # Not for one that a batch has left over: the other call is there already.
            call = self._call_with_one if min(len(encoded), self.batch_size) == 1 else self._call
            outputs = {name: values.numpy() for name, values in call(inputs, threshold).items()}
            if self._decodes_trees:
                outputs.update(self._trees(outputs, [len(encoded[place]) for place in places]))
            yield places, outputs

    def _trees(self, outputs: Mapping[str, np.ndarray], lengths: Sequence[int]) -> dict[str, np.ndarray]:
        """The relations of a batch and their probabilities by tree, in place of those above the threshold."""
        rows, scores, first = [], [], 0
        for row, length in enumerate(lengths):
            end = first + length * length
            arc_scores = outputs["arc_scores"][first:end].reshape(length, length)
            labels = outputs["arc_relations"][first:end].reshape(length, length)
            first = end
            vertices = tree_vertices([self._tags[tag] for tag in outputs["tag_ids"][row, :length].tolist()])
            if len(vertices) < 2:
                continue
            heads = best_tree(arc_scores[np.ix_(vertices, vertices)])
            for token, head in zip(vertices[1:], (vertices[head] for head in heads[1:])):
                # A model that knows no relation has `N` as its best, too.
                if labels[token, head] != self._no_relation:
                    rows.append((row, token, head, labels[token, head]))
                    scores.append(arc_scores[token, head])
        probabilities = 1.0 / (1.0 + np.exp(-np.array(scores, np.float64)))
        return {"relations": np.array(rows, np.int32).reshape(-1, 4), "probabilities": probabilities}

    def _document(self, source: Document, outputs: Mapping[str, np.ndarray], row: int) -> Document:
        tag_ids, relations = outputs["tag_ids"][row, : len(source)], outputs["relations"]
        return Document(
            source.doc_id,
            source.tokens,
            tuple(self._tags[tag] for tag in tag_ids.tolist()),
            self._heads(len(source), relations[_of_row(relations, row), 1:].tolist()),
        )

    def _heads(self, length: int, found: list[list[int]]) -> tuple[tuple[Head, ...], ...]:
        heads: list[list[Head]] = [[] for _ in range(length)]
        for token, head, relation in found:
            heads[token].append(Head(self._relations[relation], head))
        return tuple(tuple(several) or _own_head(token) for token, several in enumerate(heads))


@functools.cache
def _own_head(token: int) -> tuple[Head, ...]:
    """What stands for no relation; made once for each place, as most tokens have it."""
    return (Head(NO_RELATION, token),)


def _of_row(relations: np.ndarray, row: int) -> slice:
    """Where the relations of one document stand among those of the batch, which come document by document."""
    return slice(*np.searchsorted(relations[:, 0], [row, row + 1]))
