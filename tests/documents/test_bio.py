"""BIO tags <-> mentions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import Mention, bio_from_mentions, entity_class, is_bio_tag, mentions_from_bio
from multihead_at.documents.bio import LONGEST_TYPE
from multihead_at.errors import InputError

tags = st.lists(st.sampled_from(["O", "B-Loc", "I-Loc", "B-Peop", "I-Peop"]), max_size=12)


@pytest.mark.parametrize(
    ("spelled", "expected"),
    [
        ("", []),
        ("O O", []),
        ("B-Loc", [Mention("Loc", 0, 1)]),
        ("O B-Loc I-Loc O", [Mention("Loc", 1, 3)]),
        ("B-Loc B-Loc", [Mention("Loc", 0, 1), Mention("Loc", 1, 2)]),
        ("B-Loc I-Loc B-Loc I-Loc", [Mention("Loc", 0, 2), Mention("Loc", 2, 4)]),
        # An I- with no B- before it opens a mention: at the start, after O and after another type.
        ("I-Loc I-Loc O", [Mention("Loc", 0, 2)]),
        ("O I-Loc", [Mention("Loc", 1, 2)]),
        ("B-Loc I-Peop I-Peop", [Mention("Loc", 0, 1), Mention("Peop", 1, 3)]),
        ("B-Loc O I-Loc", [Mention("Loc", 0, 1), Mention("Loc", 2, 3)]),
        ("B-Adverse-Effect I-Adverse-Effect", [Mention("Adverse-Effect", 0, 2)]),
    ],
)
def test_mentions_by_hand(spelled: str, expected: list[Mention]) -> None:
    assert mentions_from_bio(spelled.split()) == expected


@given(tags)
def test_mentions_cover_exactly_the_tokens_that_are_not_outside(spelled: list[str]) -> None:
    covered = {
        position: mention.type
        for mention in mentions_from_bio(spelled)
        for position in range(mention.start, mention.end)
    }
    assert covered == {position: tag[2:] for position, tag in enumerate(spelled) if tag != "O"}


@given(tags)
def test_spelling_the_mentions_changes_only_an_i_that_opened_one(spelled: list[str]) -> None:
    mentions = mentions_from_bio(spelled)
    again = bio_from_mentions(mentions, len(spelled))
    assert mentions_from_bio(again) == mentions
    starts = {mention.start for mention in mentions}
    for position, (before, after) in enumerate(zip(spelled, again)):
        assert after == (f"B-{before[2:]}" if position in starts else before)


@given(st.integers(0, 12).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n)))), st.data())
def test_mentions_survive_being_spelled(
    length_and_borders: tuple[int, set[int]], data: st.DataObject
) -> None:
    length, borders = length_and_borders
    ordered = sorted(borders)
    spans = (
        data.draw(st.lists(st.sampled_from(list(zip(ordered, ordered[1:]))), unique=True))
        if ordered[1:]
        else []
    )
    mentions = [Mention(data.draw(st.sampled_from(["Loc", "Peop"])), start, end) for start, end in spans]
    spelled = bio_from_mentions(mentions, length)
    assert len(spelled) == length
    assert mentions_from_bio(spelled) == sorted(mentions, key=lambda mention: mention.start)


@pytest.mark.parametrize("tag", ["", "B", "B-", "I-", "Loc", "b-Loc", "O-Loc", "o", "E-Loc"])
def test_a_tag_of_another_form_is_refused(tag: str) -> None:
    assert not is_bio_tag(tag)
    with pytest.raises(InputError, match="of token 1 received, expected O, B-<type> or I-<type>"):
        mentions_from_bio(["O", tag])


@pytest.mark.parametrize("tag", ["O", "B-Loc", "I-Loc", "B-B-", "I- "])
def test_bio_tags(tag: str) -> None:
    assert is_bio_tag(tag)


@pytest.mark.parametrize(
    ("mentions", "message"),
    [
        ([Mention("", 0, 1)], "expected a type"),
        ([Mention("Loc", 1, 1)], "expected a span within 0..3"),
        ([Mention("Loc", 2, 1)], "expected a span within 0..3"),
        ([Mention("Loc", -1, 1)], "expected a span within 0..3"),
        ([Mention("Loc", 2, 4)], "expected a span within 0..3"),
        ([Mention("Loc", 0, 2), Mention("Peop", 1, 3)], "another mention stands on its tokens"),
        ([Mention("Loc", 0, 3), Mention("Peop", 1, 2)], "another mention stands on its tokens"),
    ],
)
def test_mentions_that_tags_cannot_spell_are_refused(mentions: list[Mention], message: str) -> None:
    with pytest.raises(InputError, match=message):
        bio_from_mentions(mentions, 3)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("O", "O"), ("B-Loc", "Loc"), ("I-Loc", "Loc"), ("Loc", "Loc"), ("I-Adverse-Effect", "Adverse-Effect")],
)
def test_entity_class(tag: str, expected: str) -> None:
    assert entity_class(tag) == expected


def test_tokens_inside_a_mention_share_their_tag() -> None:
    """A megabyte of SpERT's JSON with a long type and a long mention took 40 gigabytes."""
    tags = bio_from_mentions([Mention("Loc", 0, 9)], 9)
    assert tags == ("B-Loc", *["I-Loc"] * 8)
    assert len(set(map(id, tags[1:]))) == 1


def test_a_very_long_type_is_refused() -> None:
    assert is_bio_tag(f"I-{'x' * LONGEST_TYPE}")
    assert not is_bio_tag(f"I-{'x' * (LONGEST_TYPE + 1)}")
    with pytest.raises(InputError, match="type of 201 characters received, expected one of at most 200"):
        bio_from_mentions([Mention("x" * (LONGEST_TYPE + 1), 0, 1)], 1)
    with pytest.raises(InputError) as caught:
        mentions_from_bio([f"B-{'x' * 10_000}"])
    assert len(str(caught.value)) < 200
