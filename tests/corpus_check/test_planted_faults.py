"""One corpus with a fault of every kind: each is found where it stands, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from multihead_at.corpus_check import CheckedSplit, Finding, FindingKind, check_corpus, read_split
from multihead_at.encoding import WordVectors

# For each kind documents, each with the number of its faulty line, its `#doc` being line 0.
COLUMNS: dict[FindingKind, list[tuple[int, list[str]]]] = {
    FindingKind.FORMAT: [
        (2, ["#doc columns", "0\tc1\tO\t['N']\t[0]", "1\tc2\tO\t['N']"]),
        (2, ["#doc blank", "0\tb1\tO\t['N']\t[0]", "", "1\tb2\tO\t['N']\t[1]"]),
        (2, ["#doc number", "0\tn1\tO\t['N']\t[0]", "2\tn2\tO\t['N']\t[2]", "3\tn3\tO\t['N']\t[3]"]),
        (1, ["#doc tag", "0\tt1\tX-Loc\t['N']\t[0]"]),
        (1, ["#doc token", "0\t\tO\t['N']\t[0]"]),
        (1, ["#doc list", "0\tl1\tO\t['N\t[0]"]),
        (1, ["#doc none", "0\tz1\tO\t[]\t[]"]),
        (1, ["#doc name", "0\tr1\tO\t['']\t[0]"]),
        (1, ["#doc bytes", "0\tu\udcff\tO\t['N']\t[0]"]),
        (0, ["#doc", "0\td1\tO\t['N']\t[0]"]),
    ],
    FindingKind.EMPTY_DOCUMENT: [(0, ["#doc empty"])],
    FindingKind.UNEQUAL_LISTS: [(1, ["#doc unequal", "0\tq1\tO\t['Live_In', 'Kill']\t[0]"])],
    FindingKind.HEAD_RANGE: [
        (1, ["#doc range", "0\tg1\tB-Peop\t['Live_In']\t[1]"]),
        (1, ["#doc below", "0\tg2\tB-Peop\t['Live_In']\t[-1]"]),
    ],
    FindingKind.RELATION_END: [
        (
            1,
            [
                "#doc inside",
                "0\te1\tB-Peop\t['Live_In']\t[2]",
                "1\te2\tI-Peop\t['N']\t[1]",
                "2\te3\tB-Loc\t['N']\t[2]",
            ],
        ),
        (
            1,
            [
                "#doc first",
                "0\te4\tB-Peop\t['Live_In']\t[1]",
                "1\te5\tB-Loc\t['N']\t[1]",
                "2\te6\tI-Loc\t['N']\t[2]",
            ],
        ),
    ],
    FindingKind.RELATION_OF_NOTHING: [
        (1, ["#doc nothing", "0\to1\tB-Peop\t['Live_In']\t[1]", "1\to2\tO\t['N']\t[1]"]),
        (1, ["#doc nobody", "0\to3\tO\t['Live_In']\t[1]", "1\to4\tO\t['N']\t[1]"]),
    ],
    FindingKind.INSIDE_WITHOUT_BEGIN: [
        (1, ["#doc lone", "0\ti1\tI-Loc\t['N']\t[0]"]),
        (2, ["#doc change", "0\ti2\tB-Loc\t['N']\t[0]", "1\ti3\tI-Peop\t['N']\t[1]"]),
    ],
    FindingKind.DUPLICATE_RELATION: [
        (
            1,
            [
                "#doc twice",
                "0\tp1\tB-Peop\t['Live_In', 'Live_In']\t[1, 1]",
                "1\tp2\tB-Loc\t['N']\t[1]",
            ],
        )
    ],
    FindingKind.SELF_RELATION: [(1, ["#doc self", "0\ts1\tB-Peop\t['Live_In']\t[0]"])],
    FindingKind.MISPLACED_N: [
        (1, ["#doc other", "0\tm1\tO\t['N']\t[1]", "1\tm2\tO\t['N']\t[1]"]),
        (
            1,
            [
                "#doc beside",
                "0\tm3\tB-Peop\t['N', 'Live_In']\t[0, 1]",
                "1\tm4\tB-Loc\t['N']\t[1]",
            ],
        ),
    ],
    FindingKind.REPEATED_TEXT: [(0, ["#doc again", "0\tm1\tO\t['N']\t[0]", "1\tm2\tO\t['N']\t[1]"])],
    FindingKind.REPEATED_ID: [(0, ["#doc self", "0\tk1\tO\t['N']\t[0]"])],
    FindingKind.FEW_EXAMPLES: [(1, ["#doc few", "0\tf1\tB-Rare\t['N']\t[0]"])],
    FindingKind.SIMILAR_LABELS: [
        (1, ["#doc alike", *(f"{token}\ta{token}\tB-LOC\t['N']\t[{token}]" for token in range(10))])
    ],
    FindingKind.LONG_DOCUMENT: [
        (0, ["#doc long", *(f"{token}\tx{token}\tO\t['N']\t[{token}]" for token in range(251))])
    ],
    FindingKind.ODD_TOKEN: [
        (1, ["#doc invisible", "0\tVel\u200bm\tO\t['N']\t[0]"]),
        (1, ["#doc control", "0\tVel\x07m\tO\t['N']\t[0]"]),
        (1, ["#doc blanks", "0\tVelm Hale\tO\t['N']\t[0]"]),
        (1, ["#doc lost", "0\tVel\ufffdm\tO\t['N']\t[0]"]),
        (1, ["#doc endless", f"0\t{'y' * 101}\tO\t['N']\t[0]"]),
    ],
}
# The same in test.
IN_TEST: dict[FindingKind, list[tuple[int, list[str]]]] = {
    FindingKind.SHARED_TEXT: [(0, ["#doc seen", "0\ti1\tB-Loc\t['N']\t[0]"])],
    FindingKind.UNSEEN_LABEL: [
        (1, ["#doc unseen", "0\tv1\tB-Org\t['N']\t[0]"]),
        (1, ["#doc unknown", "0\tv2\tB-Peop\t['Kill']\t[1]", "1\tv3\tB-Peop\t['N']\t[1]"]),
        (2, ["#doc longer", "0\tv4\tB-Rare\t['N']\t[0]", "1\tv5\tI-Rare\t['N']\t[1]"]),
    ],
}

Place = tuple[str, str, "int | None"]


def plant(
    path: Path, split: str, lines: list[str], faults: dict[FindingKind, list[tuple[int, list[str]]]]
) -> list[Place]:
    """Writes a file with faults behind its good lines; gives the kinds and lines that are to be found."""
    lines = list(lines)
    planted: list[Place] = []
    for kind, documents in faults.items():
        for line, document in documents:
            planted.append((kind.label, split, len(lines) + 1 + line))
            lines += document
    path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
    return planted


def vectors_for(splits: Iterable[CheckedSplit]) -> WordVectors:
    words = sorted({token for split in splits for one in split.documents for token in one.tokens})
    return WordVectors(words, np.ones((len(words), 2), np.float32), name="made-up", sha256="0" * 64)


def places(findings: Iterable[Finding]) -> list[Place]:
    return [(finding.kind.label, finding.split or "", finding.line) for finding in findings]


def test_every_fault_in_columns_is_found_where_it_stands(
    tmp_path: Path, clean_lines: Callable[..., list[str]]
) -> None:
    planted = plant(tmp_path / "train.txt", "train", clean_lines(12), COLUMNS)
    planted += plant(tmp_path / "test.txt", "test", clean_lines(1, first=20), IN_TEST)
    # `lives` and `in` are known, four of six tokens are not.
    dev = [line.replace("Port", "Puerto").replace("\t.", "\t;") for line in clean_lines(1, first=30)]
    plant(tmp_path / "dev.txt", "dev", dev, {})
    planted.append((FindingKind.COVERAGE.label, "dev", None))
    splits = [read_split(tmp_path / f"{split}.txt", split) for split in ("train", "dev", "test")]
    checked = check_corpus(splits, vectors_for((splits[0], splits[2])))
    assert sorted(places(checked.findings), key=str) == sorted(planted, key=str)
    assert {finding.path for finding in checked.findings if finding.line} == {
        str(tmp_path / "train.txt"),
        str(tmp_path / "test.txt"),
    }
    not_in_columns = {
        FindingKind.MENTION_RANGE,
        FindingKind.OVERLAPPING_MENTIONS,
        FindingKind.NOTHING_TO_LEARN,
    }
    assert {finding.kind for finding in checked.findings} == {*FindingKind} - not_in_columns


SENTENCE: dict[str, Any] = {
    "tokens": ["Ada", "Brook", "lives", "in", "Velm"],
    "entities": [{"type": "Peop", "start": 0, "end": 2}, {"type": "Loc", "start": 4, "end": 5}],
    "relations": [{"type": "Live_In", "head": 0, "tail": 1}],
}
LOC = {"type": "Loc", "start": 4, "end": 5}
LIVE_IN = {"type": "Live_In", "head": 0, "tail": 1}
JSON: dict[FindingKind, list[Any]] = {
    FindingKind.FORMAT: [
        "Ada lives in Velm",
        {"tokens": ["m"], "relations": []},
        {**SENTENCE, "tokens": "Ada"},
        {**SENTENCE, "tokens": [3, "Brook", "lives", "in", "Orr"]},
        {**SENTENCE, "tokens": ["a\tb", "Brook", "lives", "in", "Orr"]},
        {"tokens": ["t"], "entities": [{"type": "Loc", "start": 0}], "relations": []},
        {**SENTENCE, "tokens": ["n", "n", "n", "n", "n"], "relations": [{**LIVE_IN, "type": "N"}]},
    ],
    FindingKind.EMPTY_DOCUMENT: [{"tokens": [], "entities": [], "relations": []}],
    FindingKind.HEAD_RANGE: [
        {**SENTENCE, "tokens": ["h"] * 5, "relations": [{**LIVE_IN, "tail": 2}]},
        {**SENTENCE, "tokens": ["g"] * 5, "relations": [{**LIVE_IN, "head": -1}]},
    ],
    FindingKind.MENTION_RANGE: [{"tokens": ["r"] * 5, "entities": [{**LOC, "end": 6}], "relations": []}],
    FindingKind.OVERLAPPING_MENTIONS: [
        {"tokens": ["o"] * 5, "entities": [LOC, {**LOC, "start": 3}], "relations": []}
    ],
    FindingKind.DUPLICATE_RELATION: [{**SENTENCE, "tokens": ["d"] * 5, "relations": [LIVE_IN, LIVE_IN]}],
    FindingKind.SELF_RELATION: [{**SENTENCE, "tokens": ["s"] * 5, "relations": [{**LIVE_IN, "tail": 0}]}],
    FindingKind.REPEATED_TEXT: [{**SENTENCE, "tokens": ["s"] * 5}],
    FindingKind.REPEATED_ID: [{**SENTENCE, "tokens": ["i"] * 5, "orig_id": 0}],
}


def json_lines(sentences: Sequence[Any]) -> str:
    return "[" + ",\n".join(json.dumps(sentence) for sentence in sentences) + "]\n"


def test_every_fault_in_json_is_found_where_it_stands(tmp_path: Path) -> None:
    sentences: list[Any] = [
        {**SENTENCE, "tokens": [f"Ada{number}", *SENTENCE["tokens"][1:]]} for number in range(12)
    ]
    planted: list[Place] = []
    for kind, several in JSON.items():
        for sentence in several:
            sentences.append(sentence)
            planted.append((kind.label, "train", len(sentences)))
    path = tmp_path / "train.json"
    path.write_text(json_lines(sentences), encoding="utf-8")
    checked = check_corpus([read_split(path, "train")])
    assert places(checked.errors + checked.warnings) == sorted(
        planted, key=lambda place: [kind.label for kind in FindingKind].index(place[0])
    )
    assert f"{path}:13: sentence 12 of the list: expected an object, received str" in map(
        str, checked.findings
    )


def test_behind_a_mistake_in_the_json_itself_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "train.json"
    path.write_text(json_lines([SENTENCE, SENTENCE])[:-4] + "\n,]", encoding="utf-8")
    split = read_split(path, "train")
    assert len(split.checked) == 1
    (finding,) = split.findings
    assert (finding.kind, finding.line) == (FindingKind.FORMAT, 3)
    assert "what stands behind it was not read" in finding.message


def test_a_corpus_without_labels_has_nothing_to_learn(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("#doc 1\n0\tVelm\tO\t['N']\t[0]\n", encoding="utf-8")
    checked = check_corpus([read_split(path, "train")])
    assert [str(finding) for finding in checked.findings] == [
        "train: no mentions received",
        "train: no relations received",
    ]


def test_a_root_is_no_mention_and_may_be_a_head(tmp_path: Path) -> None:
    path = tmp_path / "dev.txt"
    path.write_text(
        "#doc 1\n0\tROOT\tO\t['N']\t[0]\n1\tvilla\tB-Property\t['Part-of']\t[0]\n", encoding="utf-8"
    )
    splits = [read_split(path, "dev")]
    assert check_corpus(splits, root_node=True).findings == ()
    (finding,) = check_corpus(splits).findings
    assert str(finding) == (
        f"{path}:3: document '1': relation 'Part-of' from token 1 to token 0 received, but token 0 ('ROOT') "
        "is in no mention"
    )


def test_one_slip_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "dev.txt"
    path.write_text(
        "0\tno\tO\t['N']\t[0]\n1\tdocument\tO\t['N']\t[1]\n"
        "#doc 1\n0\tAda\tX\t['Live_In']\t[1]\n5\tVelm\tB-Loc\t['Live_In']\t[9]\n6\tHale\tI-Loc\t['N']\t[6]\n",
        encoding="utf-8",
    )
    found = check_corpus([read_split(path, "dev")]).findings
    # Nothing is said about heads where numbers of tokens are wrong, nor about a relation of an unknown tag.
    assert places(found) == [("format", "dev", line) for line in (1, 4, 5)]


def test_one_name_of_two_types_is_nothing_odd(tmp_path: Path, clean_lines: Callable[..., list[str]]) -> None:
    places_of = clean_lines(10)
    firms = [line.replace("-Loc", "-Org") for line in clean_lines(10, first=10)]
    path = tmp_path / "train.txt"
    path.write_text("\n".join([*places_of, *firms]), encoding="utf-8")
    assert check_corpus([read_split(path, "train")]).findings == ()
