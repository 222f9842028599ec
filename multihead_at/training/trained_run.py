"""A run's tested weights and all that goes with them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable

from multihead_at.encoding import Encoder, WordTable, WordVectors, load_vectors
from multihead_at.errors import InputError
from multihead_at.model import JointModel
from multihead_at.prediction import Predictor
from multihead_at.runs import RunFolder
from multihead_at.training.model_of_run import make_model, make_predictor
from multihead_at.training.weights import load_weights


class TrainedRun:
    """A run to predict with: its settings, its vocabularies and its word vectors.

    Args:
        run_dir: the run's folder.
        data_dir: where the word vectors are looked for.
        filename_embeddings: other vectors than the run's; they must be of the same width.

    Attributes:
        folder: the run's folder.
        config: its settings.
        vocabularies: its vocabularies.

    Raises:
        InputError: the folder holds no run or a damaged one, or the vectors are not the run's.
    """

    def __init__(
        self,
        run_dir: str | os.PathLike[str],
        *,
        data_dir: str | os.PathLike[str],
        filename_embeddings: str | None = None,
    ) -> None:
        self.folder = RunFolder(run_dir)
        self.config = self.folder.load_config()
        self.vocabularies = self.folder.load_vocabularies()
        # Before the vectors, whose loading takes time.
        self._weights = self.folder.tested_weights()
        environment = self.folder.load_environment()
        expected = environment["word_vectors"]
        self._root_token = environment.get("root_token")
        vectors = self._load_vectors(filename_embeddings, data_dir)
        if filename_embeddings is None and vectors.sha256 != expected["sha256"]:
            raise InputError(
                f"word vectors {vectors.name}: expected those of the run (SHA-256 {expected['sha256']}), "
                f"received others ({vectors.sha256}); --filename_embeddings uses them all the same"
            )
        if vectors.dim != expected["dim"]:
            raise InputError(
                f"word vectors {vectors.name}: expected width {expected['dim']}, received {vectors.dim}"
            )
        self._vectors = vectors

    def _load_vectors(self, filename: str | None, data_dir: str | os.PathLike[str]) -> WordVectors:
        if filename is not None:
            return load_vectors(filename, data_dir)
        try:
            return load_vectors(self.config.filename_embeddings, data_dir)
        except InputError as error:
            message = (
                f"{error.message}. The run in {self.folder.path} needs the vectors it was trained with: "
                "--data_dir or --filename_embeddings says where they are; an exported model needs none"
            )
            raise InputError(message, path=error.path, line=error.line) from None

    @property
    def root_token(self) -> str | None:
        """With `root_node`, what stands at token 0 of the documents it was trained on; else None.

        Raises:
            InputError: the run does not say what stands there.
        """
        if not self.config.root_node:
            return None
        if not isinstance(self._root_token, str):
            raise InputError(
                "expected root_token, what stands at token 0 of the documents that the run was trained on",
                path=self.folder.environment,
            )
        return self._root_token

    def word_table(self, tokens: Iterable[str]) -> WordTable:
        """The word vectors that tokens need, every occurrence of every token given."""
        return WordTable.build(self._vectors, tokens, self.config.seed)

    @property
    def vectors(self) -> WordVectors:
        """All word vectors."""
        return self._vectors

    def model(self, encoder: Encoder) -> JointModel:
        """The run's model with its tested weights.

        Args:
            encoder: of the run's vocabularies, with any word table.

        Raises:
            InputError: the weights are damaged or of another model.
        """
        model = make_model(self.config, encoder)
        load_weights(self._weights, model)
        return model

    def predictor(self, tokens: Iterable[str], *, decoding: str | None = None) -> Predictor:
        """The run's model with its tested weights.

        Args:
            tokens: every occurrence of every token that will be predicted for; `Predictor.use_table`
                exchanges them.
            decoding: another decoding of relations than the run's.

        Raises:
            InputError: the weights are damaged or of another model, or the decoding does not suit the run.
        """
        config = self.config
        if decoding is not None:
            config = dataclasses.replace(config, decoding=decoding)
        encoder = Encoder(self.vocabularies, self.word_table(tokens), self.config.ner_classes)
        return make_predictor(self.model(encoder), encoder, config)
