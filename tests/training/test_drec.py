"""DREC's form from file to scores: types with spaces, a root at token 0, hundreds of tokens."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from multihead_at.config import Config
from multihead_at.datasets import load_corpus
from multihead_at.documents import Document, Head, mentions_from_bio, read_documents, write_documents
from multihead_at.encoding import CorpusVocabularies, Encoder, WordTable, WordVectors, make_batch
from multihead_at.runs import RunFolder
from multihead_at.scoring import ClassScore, score
from multihead_at.training import evaluate_run, train_run

TRAINED_RUN = importlib.import_module("multihead_at.training.trained_run")

# A house with a large living room, elsewhere called the room, and a garage beside it.
AD = """#doc ad-1
0\tROOT\tO\t['N']\t[0]
1\tvilla\tB-Property\t['Part-of']\t[0]
2\tmet\tO\t['N']\t[2]
3\truime\tB-Space\t['N']\t[3]
4\tliving\tI-Space\t['Part-of']\t[1]
5\ten\tO\t['N']\t[5]
6\tkamer\tB-Space\t['Equivalent']\t[4]
7\tnaast\tO\t['N']\t[7]
8\tgarage\tB-Extra building\t['Part-of']\t[0]
"""
CLASSES = ("Extra building", "Property", "Space", "Subspace")
RELATIONS = ("Equivalent", "N", "Part-of")


@pytest.fixture
def ad(tmp_path: Path) -> Document:
    path = tmp_path / "ad.tsv"
    path.write_text(AD, encoding="utf-8")
    (document,) = read_documents(path)
    return document


def changed(document: Document, tags: dict[int, str], heads: dict[int, tuple[Head, ...]]) -> Document:
    return Document(
        document.doc_id,
        document.tokens,
        tuple(tags.get(place, tag) for place, tag in enumerate(document.tags)),
        tuple(heads.get(place, several) for place, several in enumerate(document.heads)),
    )


def long_ad(number: int, rooms: int) -> Document:
    """A root, a property and rooms in it, five tokens each."""
    tokens, tags = ["ROOT", "villa"], ["O", "B-Property"]
    heads = [(Head("N", 0),), (Head("Part-of", 0),)]
    for room in range(rooms):
        first = len(tokens)
        tokens += ["met", "ruime", "living" if room % 2 else "kamer", str(number), "."]
        tags += ["O", "B-Space", "I-Space", "O", "O"]
        heads += [(Head("N", first + place),) for place in range(5)]
        heads[first + 2] = (Head("Equivalent", first - 3) if room % 2 else Head("Part-of", 1),)
    return Document(f"ad-{number}", tuple(tokens), tuple(tags), tuple(heads))


def test_an_ad_is_read_and_written_unchanged(ad: Document, tmp_path: Path) -> None:
    assert ad.tokens[0] == "ROOT"
    assert [mention.type for mention in mentions_from_bio(ad.tags)] == [
        *("Property", "Space", "Space", "Extra building"),
    ]
    write_documents(tmp_path / "again.tsv", [ad])
    assert (tmp_path / "again.tsv").read_text(encoding="utf-8") == AD


def test_ads_of_hundreds_of_tokens_are_read_and_written_unchanged(tmp_path: Path) -> None:
    ads = [long_ad(number, rooms) for number, rooms in ((1, 1), (2, 160))]
    write_documents(tmp_path / "ads.tsv", ads)
    assert read_documents(tmp_path / "ads.tsv") == ads
    assert len(ads[1]) == 802


def test_gold_of_training_has_the_arcs_to_the_root(ad: Document) -> None:
    vectors = WordVectors(["villa"], np.ones((1, 2), np.float32), name="made up", sha256="0" * 64)
    vocabularies = CorpusVocabularies.collect([ad])
    assert [*vocabularies.relations] == ["Equivalent", "N", "Part-of"]
    assert [*vocabularies.entity_classes] == ["Extra building", "O", "Property", "Space"]
    encoder = Encoder(vocabularies, WordTable.build(vectors, ad.tokens, 1), "BIO")
    rows = make_batch([encoder.encode(ad)])["relations"].tolist()
    equivalent, none, part_of = range(3)
    assert rows == [
        [0, 0, 0, none],
        [0, 1, 0, part_of],
        [0, 2, 2, none],
        [0, 3, 3, none],
        [0, 4, 1, part_of],
        [0, 5, 5, none],
        [0, 6, 4, equivalent],
        [0, 7, 7, none],
        [0, 8, 0, part_of],
    ]


@pytest.mark.parametrize(
    ("evaluation", "root_node", "equivalent", "part_of"),
    [
        # Gold: villa < ROOT, living < villa, kamer = living, garage < ROOT. Predicted: the first two, kamer
        # as a Subspace = living and, too, < ROOT; garage < villa.
        ("strict", True, ClassScore(0, 1, 1), ClassScore(2, 2, 1)),
        ("boundaries", True, ClassScore(1, 0, 0), ClassScore(2, 2, 1)),
        # Without a root what ends there vanishes on both sides.
        ("strict", False, ClassScore(0, 1, 1), ClassScore(1, 1, 0)),
        ("boundaries", False, ClassScore(1, 0, 0), ClassScore(1, 1, 0)),
    ],
)
def test_scores_by_hand(
    ad: Document, evaluation: str, root_node: bool, equivalent: ClassScore, part_of: ClassScore
) -> None:
    predicted = changed(
        ad,
        {6: "B-Subspace"},
        {6: (Head("Equivalent", 4), Head("Part-of", 0)), 8: (Head("Part-of", 1),)},
    )
    scores = score([ad], [predicted], evaluation, root_node=root_node, classes=CLASSES, relations=RELATIONS)
    assert scores.relation == {"Equivalent": equivalent, "Part-of": part_of}
    found = ClassScore(4, 0, 0) if evaluation == "boundaries" else ClassScore(3, 1, 1)
    assert scores.entity_micro == found


def to_root(document: Document, token: int) -> Iterator[int]:
    while token != 0:
        yield token
        (head,) = document.heads[token]
        token = head.token


def test_a_run_that_predicts_trees(
    tmp_path: Path, tiny_config: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drec").mkdir()
    files = {}
    for split, numbers in (("train", range(6)), ("dev", range(2)), ("test", range(4, 6))):
        files[split] = tmp_path / "drec" / f"{split}.tsv"
        write_documents(files[split], [long_ad(number, 2 + number) for number in numbers])
    corpus = load_corpus("drec", files["train"], files["dev"], files["test"], tmp_path)
    words = ("ROOT", "villa", "met", "ruime", "living", "kamer", ".")
    matrix = np.random.default_rng(0).normal(size=(len(words), 5)).astype(np.float32)
    vectors = WordVectors(words, matrix, name="made up", sha256="0" * 64)
    config = tiny_config(
        root_node=True,
        use_adversarial=False,
        decoding="edmonds",
        label_embeddings_size=3,
        nepochs=4,
        learning_rate=0.05,
        protocol="best",
    )

    run = tmp_path / "run"
    result = train_run(config, corpus, vectors, run, resume=False, overwrite=False, console=io.StringIO())
    assert result["test"]["entity_f1"] > 50
    assert RunFolder(run).load_environment()["root_token"] == "ROOT"
    (first, second) = read_documents(RunFolder(run).predictions("test"))
    for document in (first, second):
        ends = {mention.end - 1 for mention in mentions_from_bio(document.tags)}
        assert len(ends) > 2
        for token, heads in enumerate(document.heads):
            assert (heads == (Head("N", token),)) == (token not in ends)
            if token in ends:
                path = list(zip(to_root(document, token), range(len(ends) + 1)))
                assert {place for place, _ in path} <= ends
                assert len(path) <= len(ends)

    monkeypatch.setattr(TRAINED_RUN, "load_vectors", lambda *_: vectors)
    again = evaluate_run(run, files["test"], tmp_path / "trees.tsv", data_dir=tmp_path)
    assert again.root_node
    assert 100 * again.overall_f1 == pytest.approx(result["test"]["overall_f1"], abs=1e-4)
    evaluate_run(run, files["test"], tmp_path / "others.tsv", data_dir=tmp_path, decoding="threshold")
    others = read_documents(tmp_path / "others.tsv")
    assert [document.tags for document in others] == [first.tags, second.tags]
    assert others != [first, second]
