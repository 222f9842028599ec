"""What the sample corpus promises: its schema, its variety, and that test is not train once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from multihead_at.corpus_check import split_of_documents, unseen_labels
from multihead_at.datasets import sample_dir
from multihead_at.documents import NO_RELATION, Document, Mention, format_document, mentions_from_bio

ROOT = Path(__file__).resolve().parents[2]
Splits = dict[str, list[Document]]
SIZES = {"train": 480, "dev": 100, "test": 150}
# What arguments a relation of CoNLL04 takes.
ARGUMENTS = {
    "Kill": ("Peop", "Peop"),
    "Live_In": ("Peop", "Loc"),
    "Located_In": ("Loc", "Loc"),
    "OrgBased_In": ("Org", "Loc"),
    "Work_For": ("Peop", "Org"),
}


def surface(document: Document, mention: Mention) -> tuple[str, ...]:
    return document.tokens[mention.start : mention.end]


def mentions(documents: list[Document]) -> Iterator[tuple[Document, Mention]]:
    for document in documents:
        for mention in mentions_from_bio(document.tags):
            yield document, mention


def relations(document: Document) -> Iterator[tuple[int, str, int]]:
    for token, heads in enumerate(document.heads):
        for head in heads:
            if head.relation != NO_RELATION:
                yield token, head.relation, head.token


def test_sizes(splits: Splits) -> None:
    assert {split: len(documents) for split, documents in splits.items()} == SIZES
    assert sum((sample_dir() / f"{split}.txt").stat().st_size for split in SIZES) < 400_000
    assert all(6 <= len(document) <= 30 for documents in splits.values() for document in documents)


def test_documents_have_identifiers_of_their_own(splits: Splits) -> None:
    identifiers = [document.doc_id for documents in splits.values() for document in documents]
    assert len(set(identifiers)) == len(identifiers)


def test_writing_gives_the_same_bytes(splits: Splits) -> None:
    for split, documents in splits.items():
        text = "".join(format_document(document) for document in documents)
        assert text.encode("utf-8") == (sample_dir() / f"{split}.txt").read_bytes()


def test_no_sentence_occurs_twice(splits: Splits) -> None:
    counts = Counter(document.tokens for documents in splits.values() for document in documents)
    assert counts.most_common(1)[0][1] == 1


def test_all_labels_in_every_split(splits: Splits) -> None:
    for documents in splits.values():
        types = Counter(mention.type for _, mention in mentions(documents))
        assert set(types) == {"Loc", "Org", "Other", "Peop"}
        labels = Counter(relation for document in documents for _, relation, _ in relations(document))
        assert set(labels) == set(ARGUMENTS)
        assert min(labels.values()) >= 10
    assert not list(unseen_labels([split_of_documents(splits[split], split) for split in SIZES]))


def test_relations_join_the_last_tokens_of_mentions_of_the_right_types(splits: Splits) -> None:
    for documents in splits.values():
        for document in documents:
            type_at = {mention.end - 1: mention.type for mention in mentions_from_bio(document.tags)}
            for token, relation, head in relations(document):
                assert (type_at.get(token), type_at.get(head)) == ARGUMENTS[relation]
                assert token != head


def test_a_token_has_no_pair_twice_and_n_only_alone_on_itself(splits: Splits) -> None:
    for documents in splits.values():
        for document in documents:
            for token, heads in enumerate(document.heads):
                assert len(set(heads)) == len(heads)
                if NO_RELATION in [head.relation for head in heads]:
                    assert heads == ((NO_RELATION, token),)


def test_many_test_mentions_are_new(splits: Splits) -> None:
    seen = {surface(*pair) for pair in mentions(splits["train"])}
    new = [surface(*pair) not in seen for pair in mentions(splits["test"])]
    assert 0.3 <= sum(new) / len(new) < 1


def test_names_are_ambiguous(splits: Splits) -> None:
    """In train and in test, some strings name a person here, a place or an organisation there."""
    for split in ("train", "test"):
        types: dict[tuple[str, ...], set[str]] = {}
        for document, mention in mentions(splits[split]):
            types.setdefault(surface(document, mention), set()).add(mention.type)
        assert sum(len(found) > 1 for found in types.values()) >= 3


def test_type_pairs_and_order_do_not_decide(splits: Splits) -> None:
    """Every type pair is related in some sentences and not in others; Kill and Located_In run both ways."""
    for documents in (splits["train"], splits["test"]):
        related, unrelated, directions = Counter[str](), Counter[str](), set()
        for document in documents:
            found = {(token, head): label for token, label, head in relations(document)}
            directions |= {(label, token < head) for (token, head), label in found.items()}
            ends = [(mention.type, mention.end - 1) for mention in mentions_from_bio(document.tags)]
            for label, (first, second) in ARGUMENTS.items():
                pairs = {(a, b) for kind, a in ends for other, b in ends if (kind, other) == (first, second)}
                pairs = {(a, b) for a, b in pairs if a != b}
                related[label] += len(pairs & set(found))
                unrelated[label] += len(pairs - set(found))
        assert min(related[label] for label in ARGUMENTS) >= 10
        assert min(unrelated[label] for label in ARGUMENTS) >= 10
        assert {(label, way) for label in ("Kill", "Located_In") for way in (False, True)} <= directions


def test_some_tokens_have_several_heads(splits: Splits) -> None:
    for documents in splits.values():
        assert sum(len(heads) > 1 for document in documents for heads in document.heads) >= 5


def test_some_sentences_have_mentions_but_no_relation(splits: Splits) -> None:
    for documents in splits.values():
        bare = [document for document in documents if not list(relations(document))]
        assert sum(bool(mentions_from_bio(document.tags)) for document in bare) >= 0.1 * len(documents)
        assert any(not mentions_from_bio(document.tags) for document in bare)


def test_text_has_what_trips_readers(splits: Splits) -> None:
    """Letters outside ASCII, a bare double quote, numbers, and lower-case words that are names elsewhere."""
    for documents in splits.values():
        tokens = {token for document in documents for token in document.tokens}
        assert any(not token.isascii() and token.isalpha() for token in tokens)
        assert '"' in tokens
        assert any(token.isdigit() for token in tokens)
    capitalised = {surface(*pair)[-1] for pair in mentions(splits["train"])}
    words = {token for document in splits["train"] for token in document.tokens}
    assert {name for name in capitalised if name.lower() != name and name.lower() in words}


def test_the_readme_has_the_counts(splits: Splits) -> None:
    readme = (ROOT / "data" / "sample" / "README.md").read_text(encoding="utf-8")
    kinds = ("Loc", "Peop", "Org", "Other")
    for split, documents in splits.items():
        tokens = sum(map(len, documents))
        types = Counter(mention.type for _, mention in mentions(documents))
        labels = Counter(label for document in documents for _, label, _ in relations(document))
        order = ("Located_In", "Work_For", "Live_In", "OrgBased_In", "Kill")
        cells = [
            f"{split} | {len(documents)} | {tokens:,}",
            f"{sum(types.values())} ({'/'.join(str(types[name]) for name in kinds)})",
            f"{sum(labels.values())} ({'/'.join(str(labels[name]) for name in order)})",
            str(sum(len(heads) > 1 for document in documents for heads in document.heads)),
            str(sum(not list(relations(document)) for document in documents)),
        ]
        assert f"| {' | '.join(cells)} |" in readme
