"""JSON with a checksum: what was written is read, and anything else is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.files import read_json, write_json

DATA = {"labels": ["Loc", "Ørg"], "alpha": 0.1, "nested": {"b": None, "a": [1, True]}}


@pytest.mark.parametrize("kind", [None, "things"])
def test_what_is_written_is_read(kind: str | None, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, DATA, kind=kind)
    assert read_json(path) == read_json(path, kind="things") == DATA
    assert ("format" in json.loads(path.read_text(encoding="utf-8"))) == (kind is not None)


def test_every_change_of_a_character_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, DATA, kind="things")
    content = path.read_text(encoding="utf-8")
    # Without its name the entry is data, which the readers of these files do not expect.
    name = range(content.index("format"), content.index("format") + len("format"))
    for place, character in enumerate(content):
        if not character.isspace() and place not in name:
            path.write_text(
                content[:place] + ("x" if character != "x" else "y") + content[place + 1 :], "utf-8"
            )
            with pytest.raises(InputError) as caught:
                read_json(path, kind="things")
            assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            {"kind": "others", "version": 1, "sha256": ""},
            "expected things of version 1, received others of version 1",
        ),
        (
            {"kind": "things", "version": 2, "sha256": ""},
            "expected things of version 1, received things of version 2",
        ),
        ("zip", "expected things of version 1, received zip"),
        ({"kind": "things", "version": 1, "sha256": "0"}, "damaged or changed by hand"),
        ({"kind": "things", "version": 1}, "damaged or changed by hand"),
    ],
)
def test_another_kind_is_refused(written: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, {"format": written, **DATA})
    with pytest.raises(InputError, match=message):
        read_json(path, kind="things")
