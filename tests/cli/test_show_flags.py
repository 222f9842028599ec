from __future__ import annotations

from multihead_at.cli.show_flags import SHOW_FLAGS


def test_the_flags() -> None:
    flags = [flag for group in SHOW_FLAGS for flag in group.flags]
    assert [flag.name for flag in flags] == ["run", "split", "document", "flagfile"]
    assert {flag.kind for flag in flags} == {str}
