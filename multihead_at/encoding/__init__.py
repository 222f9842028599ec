"""Vocabularies, word vectors, and documents as integer arrays in batches. No TensorFlow here."""

from __future__ import annotations

from multihead_at.encoding.batch import Batch, make_batch
from multihead_at.encoding.corpus_vocabularies import CorpusVocabularies
from multihead_at.encoding.encoded_document import EncodedDocument
from multihead_at.encoding.encoder import Encoder
from multihead_at.encoding.vector_files import find_vectors, load_vectors
from multihead_at.encoding.vocabulary import Vocabulary
from multihead_at.encoding.word_lookup import lookup_forms
from multihead_at.encoding.word_table import EMPTY_ROW, UNKNOWN_ROW, WordTable
from multihead_at.encoding.word_vectors import WordVectors

__all__ = [
    "EMPTY_ROW",
    "UNKNOWN_ROW",
    "Batch",
    "CorpusVocabularies",
    "EncodedDocument",
    "Encoder",
    "Vocabulary",
    "WordTable",
    "WordVectors",
    "find_vectors",
    "load_vectors",
    "lookup_forms",
    "make_batch",
]
