"""The generator of the sample corpus: it reproduces the committed files, and its annotation is as ruled."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "data" / "make_sample.py"
SPLITS = ("train", "dev", "test")


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_sample = load_script()


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_it_reproduces_the_committed_corpus(tmp_path: Path, hash_seed: str) -> None:
    """Also under another order of hashing, which differs from process to process."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, str(SCRIPT), "--output", str(tmp_path)], check=True, env=environment)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dev.txt", "test.txt", "train.txt"]
    for split in SPLITS:
        made = (tmp_path / f"{split}.txt").read_bytes()
        assert made == (ROOT / "data" / "sample" / f"{split}.txt").read_bytes()


def test_another_seed_gives_another_corpus(tmp_path: Path) -> None:
    make_sample.write_corpus(tmp_path, make_sample.make_corpus(seed=make_sample.SEED + 1))
    assert (tmp_path / "dev.txt").read_bytes() != (ROOT / "data" / "sample" / "dev.txt").read_bytes()


def test_every_rule_is_defined_and_used() -> None:
    rules = make_sample.parse_rules()
    words = [word for alternatives in rules.values() for one in alternatives for word in one.words]
    named = {word[1:-1].rpartition("=")[2] for word in words if word.startswith("<")}
    names = set(make_sample.all_names(random.Random(1)))
    assert named == (set(rules) | names) - {"sentence"}
    assert not set(rules) & names


def test_names_of_the_splits_are_partly_their_own() -> None:
    names = make_sample.all_names(random.Random(make_sample.SEED))
    parts = make_sample.split_names(names)
    for kind, known in names.items():
        assert len(set(known)) == len(known)
        shared = {tuple(parts[split][kind][0]) for split in SPLITS}
        assert len(shared) == 1
        own = [set(parts[split][kind][1]) for split in SPLITS]
        assert all(own)
        assert not (own[0] & own[1] or own[0] & own[2] or own[1] & own[2])
        assert not set(shared.pop()) & set().union(*own)


def with_rules(monkeypatch: pytest.MonkeyPatch, **rules: str) -> Callable[[], str]:
    """A generator whose sentences come from `rules`; gives one sentence in the five columns."""
    monkeypatch.setattr(make_sample, "GRAMMAR", rules)
    monkeypatch.setattr(make_sample, "SHORTEST", 1)
    names = {"who": (["Ann"], ["Ann"]), "where": (["Oz"], ["Oz"]), "land": (["Ur"], ["Ur"])}
    monkeypatch.setattr(
        make_sample,
        "MENTIONS",
        {"person": ("Peop", "<who> Bo"), "town": ("Loc", "<where>"), "country": ("Loc", "<land> East")},
    )
    generator = make_sample.Generator(random.Random(1), names)
    return lambda: make_sample.format_sentence(7, generator.sentence())


def test_a_relation_joins_last_tokens_and_holds_for_the_place_around(monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_rules(
        monkeypatch,
        place="<h=town> , <c=country> , | h Located_In c",
        sentence="here <p=person> lives in <l=place> . | p Live_In l",
    )
    assert made() == (
        "#doc 7\n"
        "0\tHere\tO\t['N']\t[0]\n"
        "1\tAnn\tB-Peop\t['N']\t[1]\n"
        "2\tBo\tI-Peop\t['Live_In', 'Live_In']\t[5, 8]\n"
        "3\tlives\tO\t['N']\t[3]\n"
        "4\tin\tO\t['N']\t[4]\n"
        "5\tOz\tB-Loc\t['Located_In']\t[8]\n"
        "6\t,\tO\t['N']\t[6]\n"
        "7\tUr\tB-Loc\t['N']\t[7]\n"
        "8\tEast\tI-Loc\t['N']\t[8]\n"
        "9\t.\tO\t['N']\t[9]\n"
    )


def test_a_mention_at_the_start_keeps_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_rules(monkeypatch, sentence='" <c=town> is in <d=country> , " | c Located_In d')
    assert made().splitlines()[1:4] == [
        "0\t\"\tO\t['N']\t[0]",
        "1\tOz\tB-Loc\t['Located_In']\t[5]",
        "2\tis\tO\t['N']\t[2]",
    ]


def test_weights_and_relations_are_parsed() -> None:
    assert make_sample.parse_alternative(" 3 <a=person> saw 2 | a Kill b; b Live_In c ") == (
        3,
        ("<a=person>", "saw", "2"),
        (("a", "Kill", "b"), ("b", "Live_In", "c")),
    )
    assert make_sample.parse_alternative("12") == (1, ("12",), ())


@given(st.lists(st.integers(min_value=0, max_value=9), min_size=1).filter(any), st.integers())
def test_a_weight_of_zero_is_never_picked(weights: list[int], seed: int) -> None:
    index = make_sample.pick_index(random.Random(seed), weights)
    assert weights[index] > 0


@given(st.lists(st.text(max_size=3)), st.integers())
def test_shuffling_keeps_the_items(items: list[str], seed: int) -> None:
    assert sorted(make_sample.shuffled(random.Random(seed), items)) == sorted(items)


def test_numbers_of_the_vector_text_are_zeros_and_dev_and_test_are_not_in_it() -> None:
    corpus = make_sample.make_corpus()
    sentences = {tuple(tokens) for tokens in make_sample.vector_sentences(corpus, count=500)}
    assert not any(token.isdigit() and token != "0" for tokens in sentences for token in tokens)
    assert any("0" in tokens for tokens in sentences)
    phrases = [*corpus["dev"], *corpus["test"]]
    kept_out = {tuple(make_sample.without_numbers(phrase.tokens)) for phrase in phrases}
    assert not kept_out & sentences


def test_a_tenth_of_the_names_is_left_without_a_vector() -> None:
    left_out = make_sample.left_out_names()
    names = {
        name for known in make_sample.all_names(random.Random(make_sample.SEED)).values() for name in known
    }
    assert left_out < names
    assert 0.05 < len(left_out) / len(names) < 0.15
