"""A run's folder as training leaves it, of hand-made documents with whatever a text may hold."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from multihead_at.config import Config
from multihead_at.documents import Document, Head, write_documents
from multihead_at.encoding import CorpusVocabularies

CODE = "<script>document.title='run'</script>"


def document(doc_id: str, text: str, tags: str, *relations: tuple[int, str, int]) -> Document:
    tokens = tuple(text.split())
    heads = tuple(
        tuple(Head(name, head) for token, name, head in relations if token == place) or (Head("N", place),)
        for place in range(len(tokens))
    )
    return Document(doc_id, tokens, tuple(tags.split()), heads)


_LONG = "Ada Brook of the very old town that everybody in the north knows of old , Velm , met Omonics there ."
_LONG_TAGS = f"B-Peop I-Peop {'O ' * 14}B-Loc O O B-Org O O"

GOLD = [
    document("1", "Ada Brook lives in Velm .", "B-Peop I-Peop O O B-Loc O", (1, "Live_In", 4)),
    document("<b>2</b>", f"{CODE} & \"Velm\" 'x'", "B-Org O B-Loc O", (0, "OrgBased_In", 2)),
    document("rtl", "אדה ברוק גרה בתל אביב .", "B-Peop I-Peop O B-Loc I-Loc O", (1, "Live_In", 4)),
    document("wide", "田中さん は 東京 に 住む 👩‍👩‍👧 .", "B-Peop O B-Loc O O O O", (0, "Live_In", 2)),
    document("none", "Nothing here .", "O O O"),
    document(
        "long",
        " ".join([_LONG] * 4),
        " ".join([_LONG_TAGS] * 4),
        *((1 + 22 * k, "Live_In", 16 + 22 * k) for k in range(4)),
        *((19 + 22 * k, "OrgBased_In", 16) for k in range(4)),
        # Both ways, two labels for one pair, and from a mention to itself.
        (16, "Located_In", 19),
        (1, "Work_For", 19),
        (1, "Live_In", 19),
        (0, "Kill", 1),
    ),
    document("word", f"{'Pneumono' * 40} of Velm", "B-Org O B-Loc", (0, "OrgBased_In", 2)),
]
PREDICTED = [
    GOLD[0],
    # Another type, and with it another argument.
    document("<b>2</b>", " ".join(GOLD[1].tokens), "B-Peop O B-Loc O", (0, "OrgBased_In", 2)),
    # Other boundaries, and a relation of a token outside every mention.
    document("rtl", " ".join(GOLD[2].tokens), "B-Peop I-Peop O O B-Loc O", (1, "Live_In", 4), (2, "Kill", 4)),
    # Another relation.
    document("wide", " ".join(GOLD[3].tokens), " ".join(GOLD[3].tags), (0, "Kill", 2)),
    document("none", "Nothing here .", "B-Org O O"),
    document(
        "long",
        " ".join(GOLD[5].tokens),
        " ".join(GOLD[5].tags),
        *((1 + 22 * k, "Live_In", 16 + 22 * k) for k in range(2)),
        (63, "Work_For", 45),
        (16, "Located_In", 19),
    ),
    document("word", " ".join(GOLD[6].tokens), "B-Org O O"),
]


def make_run(folder: Path, *, epochs: int = 40, top: float = 70.0) -> Path:
    """A run's folder; the dev scores of its epochs rise to `top`."""
    folder.mkdir(parents=True)
    config = Config(filename_test=str(folder / "gold.txt"))
    (folder / "flags.json").write_text(json.dumps(config.to_dict()), encoding="utf-8")
    vocabularies = CorpusVocabularies.collect([*GOLD, *PREDICTED])
    (folder / "vocabularies.json").write_text(json.dumps(vocabularies.to_dict()), encoding="utf-8")
    write_documents(folder / "gold.txt", GOLD)
    write_documents(folder / "predictions-test.txt", PREDICTED)
    lines = []
    for epoch in range(epochs):
        overall = top * (1 - math.exp(-epoch / 5)) + math.sin(epoch)
        figures = {"dev_overall": overall, "dev_entity": overall + 10, "dev_relation": overall - 10}
        lines.append({"phase": 1, "epoch": epoch, "loss": 300 / (1 + epoch), **figures})
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "epochs.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run's folder."""
    return make_run(tmp_path / "run")
