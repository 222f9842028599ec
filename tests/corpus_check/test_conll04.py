"""The published CoNLL04: what is known to be odd in it is found, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from multihead_at.corpus_check import FindingKind, check_corpus, read_split
from multihead_at.encoding import load_vectors


def test_only_what_is_known_is_reported(
    corpus_file: Callable[[str], Path], data_dir: Path, tmp_path: Path
) -> None:
    splits = [read_split(corpus_file(f"conll04/{split}.txt"), split) for split in ("train", "dev", "test")]
    corpus_file("embeddings/glove-wiki-gigaword-100.bin")
    vectors = load_vectors("glove-wiki-gigaword-100", data_dir, tmp_path / "cache")
    checked = check_corpus(splits, vectors)
    assert checked.errors == ()
    found = Counter((one.kind, one.split, one.message.split(" ")[0]) for one in checked.findings)
    assert found == {
        (FindingKind.INSIDE_WITHOUT_BEGIN, "train", "tag"): 2,
        (FindingKind.SHARED_TEXT, "dev", "train"): 13,
        (FindingKind.SHARED_TEXT, "test", "train"): 21,
        (FindingKind.SHARED_TEXT, "test", "dev"): 2,
        (FindingKind.REPEATED_TEXT, "train", "has"): 31,
        (FindingKind.REPEATED_TEXT, "test", "has"): 1,
    }
    lone = {one.doc_id for one in checked.findings if one.kind is FindingKind.INSIDE_WITHOUT_BEGIN}
    assert lone == {"4295", "1395"}
    tokens = sum(coverage.tokens for coverage in checked.coverage.values())
    covered = sum(coverage.share * coverage.tokens for coverage in checked.coverage.values())
    assert round(covered / tokens, 3) == 0.913
