from __future__ import annotations

from multihead_at.cli.evaluate_flags import EVALUATE_FLAGS


def test_the_flags() -> None:
    assert [flag.name for group in EVALUATE_FLAGS for flag in group.flags] == [
        "run",
        "file",
        "output",
        "flagfile",
        "data_dir",
        "filename_embeddings",
        "evaluation_method",
        "decoding",
    ]
    assert {flag.kind for group in EVALUATE_FLAGS for flag in group.flags} == {str}
