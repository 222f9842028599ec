"""Sentences to tokens, in a graph: `multihead_at.documents.tokenizer` with TensorFlow's string operations."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.documents.tokenizer import BLANKS, FINAL_STOP, PLAIN_QUOTES, TOKEN_PATTERN
from multihead_at.export.placed_tokens import PlacedTokens


def tokenize_sentence(text: tf.Tensor) -> PlacedTokens:
    """Cuts each text, which is one sentence, into tokens.

    Args:
        text: `[batch]`, UTF-8.
    """
    for pattern, replacement in (*PLAIN_QUOTES, ("\n", " ")):
        text = tf.strings.regex_replace(text, pattern, replacement)
    lines = tf.strings.regex_replace(text, f"({TOKEN_PATTERN})", "\\1\n")
    lines = tf.strings.regex_replace(lines, *FINAL_STOP)
    # What stands behind the last token is none.
    parts = tf.strings.split(lines, "\n")[:, :-1]
    tokens = tf.strings.regex_replace(parts.flat_values, f"^[{BLANKS}]*", "")
    sizes = parts.with_flat_values(tf.strings.length(parts.flat_values, "UTF8_CHAR")).to_tensor()
    ends = tf.cumsum(sizes, axis=1)
    padded = parts.with_flat_values(tokens).to_tensor()
    return PlacedTokens(padded, ends - tf.strings.length(padded, "UTF8_CHAR"), ends)
