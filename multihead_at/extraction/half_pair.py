"""Whether a text has what is no character in it."""


def has_half_pair(text: str) -> bool:
    """Whether there is half of a surrogate pair, as a cut emoji or bytes that are no UTF-8 leave it."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
