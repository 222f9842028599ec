from __future__ import annotations

import pytest

from multihead_at.config import nearest_name


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("nepoch", "nepochs"), ("NEPOCHS", "nepochs"), ("hiden_size_char", "hidden_size_char"), ("", "nepochs")],
)
def test_nearest_name(name: str, nearest: str) -> None:
    assert nearest_name(name, ["nepochs", "hidden_size_char", "alpha"]) == nearest


def test_what_is_like_no_name_at_all() -> None:
    names = ["nepochs", "hidden_size_char", "alpha"]
    assert nearest_name("gpu", names, least=0.6) is None
    assert nearest_name("alpa", names, least=0.6) == "alpha"
