"""What the benchmarks run on: CoNLL04's training sentences where they are, else the sample's."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from multihead_at.config import Config
from multihead_at.datasets import default_data_dir, sample_dir
from multihead_at.documents import Document, Head, read_documents
from multihead_at.encoding import CorpusVocabularies, Encoder, WordTable
from multihead_at.model import ModelSizes

WORD_DIM = 100


@dataclasses.dataclass(frozen=True)
class BenchCorpus:
    """Documents and their encoder.

    Attributes:
        name: of the corpus.
        documents: as read.
        vocabularies: of the documents.
        table: random word vectors, 100 wide: speed does not depend on their values.
    """

    name: str
    documents: list[Document]
    vocabularies: CorpusVocabularies
    table: WordTable

    @classmethod
    def load(cls, data_dir: str | None = None) -> BenchCorpus:
        """Reads the training sentences."""
        path = Path(data_dir or default_data_dir()) / "conll04" / "train.txt"
        name = "CoNLL04 train"
        if not path.is_file():
            path, name = sample_dir() / "train.txt", "sample train"
        documents = read_documents(path)
        words = sorted({token for document in documents for token in document.tokens})
        matrix = np.random.default_rng(0).normal(scale=0.3, size=(len(words) + 2, WORD_DIM))
        table = WordTable(words, matrix.astype(np.float32), 1.0)
        return cls(name, documents, CorpusVocabularies.collect(documents), table)

    def encoder(self, config: Config) -> Encoder:
        """The encoder for the settings' tag set."""
        return Encoder(self.vocabularies, self.table, config.ner_classes)

    def sizes(self, config: Config) -> ModelSizes:
        """The model's sizes for the settings' tag set."""
        tags = self.vocabularies.tags(config.ner_classes)
        return ModelSizes(
            WORD_DIM, len(self.vocabularies.characters), len(tags), len(self.vocabularies.relations)
        )

    def document_of_length(self, length: int) -> Document:
        """A document of so many tokens, of the corpus's sentences one after the other."""
        tokens: list[str] = []
        tags: list[str] = []
        heads: list[tuple[Head, ...]] = []
        for document in self.documents:
            start = len(tokens)
            tokens += document.tokens
            tags += document.tags
            heads += [
                tuple(Head(head.relation, head.token + start) for head in several)
                for several in document.heads
            ]
            if len(tokens) >= length:
                break
        kept = [tuple(head for head in several if head.token < length) for several in heads[:length]]
        return Document("long", tuple(tokens[:length]), tuple(tags[:length]), tuple(kept))


def bench_config(*, batch_size: int, adversarial: bool, ner_loss: str) -> Config:
    """The CoNLL04 settings: BIO with the CRF, EC with the softmax."""
    ec = ner_loss == "softmax"
    return Config(
        batch_size=batch_size,
        use_adversarial=adversarial,
        ner_loss=ner_loss,
        ner_classes="EC" if ec else "BIO",
        evaluation_method="relaxed" if ec else "strict",
    )
