from __future__ import annotations

from multihead_at.cli.result_text import format_result


def test_figures_one_a_line_with_nested_names_joined() -> None:
    result = {"protocol": "best", "epoch": 12, "test": {"entity": 0.93041, "relation": 0.5}, "none": None}
    assert format_result(result) == (
        "protocol       best\nepoch          12\ntest entity    0.9304\ntest relation  0.5000"
    )


def test_nothing_to_show() -> None:
    assert format_result({"epochs": [1, 2]}) == ""
