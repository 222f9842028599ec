"""The original's rule for finding a word among the word vectors."""

from __future__ import annotations


def lookup_forms(word: str) -> tuple[str, ...]:
    """The forms under which a word is looked for, in order; where none has a vector, it is unknown.

    The exact form comes first. For the second, a word of digits only becomes "0"; what is then lower-case is
    title-cased, anything else lower-cased (the original's behaviour).

    Args:
        word: a token as it stands in the text.

    Returns:
        One or two forms.
    """
    other = "0" if word.isdecimal() else word
    other = other.title() if other.islower() else other.lower()
    return (word,) if other == word else (word, other)
