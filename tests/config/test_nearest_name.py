from __future__ import annotations

import pytest

from multihead_at.config import nearest_name


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("nepoch", "nepochs"), ("NEPOCHS", "nepochs"), ("hiden_size_char", "hidden_size_char"), ("", "nepochs")],
)
def test_nearest_name(name: str, nearest: str) -> None:
    assert nearest_name(name, ["nepochs", "hidden_size_char", "alpha"]) == nearest
