"""Sentences to tokens, in a graph as in Python."""

from __future__ import annotations

import tensorflow as tf
from hypothesis import example, given
from hypothesis import strategies as st

from multihead_at.documents import Token, tokenize_sentence
from multihead_at.export.tokenizer import tokenize_sentence as in_a_graph

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PIECES = st.lists(st.sampled_from([*"aZ9.'\"&@-(\n\t \u2019\u4e2d\U0001f375", "U.S.", "Inc.", "--"])).map(
    "".join
)

cut = tf.function(in_a_graph, input_signature=[tf.TensorSpec([None], tf.string)], autograph=False)


@given(st.lists(TEXTS | PIECES, min_size=1, max_size=5))
@example([""])
@example([" ", "Ada \u2018sat\u2019.\n", ""])
@example(["\U0001f375 caf\u00e9 in Calif.", "a"])
def test_tokens_and_their_places_are_pythons(texts: list[str]) -> None:
    placed = cut(tf.constant(texts))
    for text, *row in zip(texts, *(values.numpy().tolist() for values in placed)):
        found = [Token(token.decode(), start, end) for token, start, end in zip(*row) if token]
        assert found == tokenize_sentence(text)
        # Padding stands behind the tokens.
        assert [token for token in row[0] if token] == row[0][: len(found)]
