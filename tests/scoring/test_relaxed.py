from __future__ import annotations

import pytest

from multihead_at.documents import Mention
from multihead_at.scoring.relaxed import relaxed_mentions


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        (["Loc", "Loc", "Loc"], "Loc"),
        (["Org", "Org", "Loc"], "Loc"),  # One token with the gold type is enough.
        (["Org", "Peop", "Peop"], "Peop"),  # Else the most common class,
        (["Peop", "Org", "O"], "Peop"),  # of equally common ones the class met first,
        (["O", "Peop", "Org"], "O"),  # which may be O,
        (["O", "O", "Org"], "O"),  # as may the most common one.
    ],
)
def test_type_of_a_mention_of_three_tokens(classes: list[str], expected: str) -> None:
    assert relaxed_mentions([Mention("Loc", 0, 3)], classes) == [Mention(expected, 0, 3)]


def test_only_a_mention_s_own_tokens_say_its_type() -> None:
    mentions = [Mention("Loc", 1, 2), Mention("Org", 2, 4)]
    classes = ["Loc", "Peop", "Peop", "Org", "Loc"]
    assert relaxed_mentions(mentions, classes) == [Mention("Peop", 1, 2), Mention("Org", 2, 4)]
