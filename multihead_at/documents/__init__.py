"""Text files <-> `Document`: formats, BIO tags and the mentions they spell; running text to tokens."""

from __future__ import annotations

from multihead_at.documents.ace04 import ace04_document_name, read_ace04
from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.bio import OUTSIDE, bio_from_mentions, entity_class, is_bio_tag, mentions_from_bio
from multihead_at.documents.brat_documents import brat_documents, brat_text
from multihead_at.documents.brat_writer import BratWriter
from multihead_at.documents.document import Document
from multihead_at.documents.five_column import (
    format_document,
    iterate_documents,
    parse_document,
    read_documents,
    write_documents,
)
from multihead_at.documents.head import NO_RELATION, Head
from multihead_at.documents.mention import Mention
from multihead_at.documents.read_brat import read_brat
from multihead_at.documents.relation import Relation
from multihead_at.documents.sentences import split_sentences
from multihead_at.documents.spert_json import read_spert_json, write_spert_json
from multihead_at.documents.token import Token
from multihead_at.documents.tokenized_text import TokenizedText
from multihead_at.documents.tokenizer import tokenize, tokenize_sentence, with_final_stop
from multihead_at.documents.write_brat import write_brat

__all__ = [
    "NO_RELATION",
    "OUTSIDE",
    "AnnotatedText",
    "BratWriter",
    "Document",
    "Head",
    "Mention",
    "Relation",
    "Token",
    "TokenizedText",
    "ace04_document_name",
    "bio_from_mentions",
    "brat_documents",
    "brat_text",
    "entity_class",
    "format_document",
    "is_bio_tag",
    "iterate_documents",
    "mentions_from_bio",
    "parse_document",
    "read_ace04",
    "read_brat",
    "read_documents",
    "read_spert_json",
    "split_sentences",
    "tokenize",
    "tokenize_sentence",
    "with_final_stop",
    "write_brat",
    "write_documents",
    "write_spert_json",
]
