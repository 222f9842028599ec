from __future__ import annotations

import pytest

from multihead_at.cli.tried_settings import tried_settings
from multihead_at.errors import InputError


def test_every_combination_in_the_order_of_the_values() -> None:
    assert tried_settings([]) == []
    assert tried_settings(["learning_rate=1e-3, 2e-3,1e-3"]) == [
        ("learning_rate=1e-3",),
        ("learning_rate=2e-3",),
    ]
    assert tried_settings(["use_chars=true,false", "dropout_lstm=0.8"]) == [
        ("use_chars=true", "dropout_lstm=0.8"),
        ("use_chars=false", "dropout_lstm=0.8"),
    ]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["learning_rat=1"], "received 'learning_rat=1' .the nearest: learning_rate"),
        (["seed=1,2"], "expected NAME=VALUE,VALUE with a setting of train, received 'seed=1,2'"),
        (["alpha=0.1"], "received 'alpha=0.1'"),
        (["learning_rate"], "expected values of letters, digits and . _ -, separated by commas"),
        (["learning_rate=1,,2"], "received 'learning_rate=1,,2'"),
        (["filename_embeddings=a/b"], "received 'filename_embeddings=a/b'"),
        (["nepochs=1", "nepochs=2"], "try: nepochs received twice"),
    ],
    ids=repr,
)
def test_mistakes(texts: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        tried_settings(texts)
