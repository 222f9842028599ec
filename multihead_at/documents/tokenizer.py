"""Running text to tokens, in the style of CoNLL04 and of the Penn Treebank that GloVe's words follow.

Everything is said by patterns that mean the same to Python's `re` and to RE2, which TensorFlow's string
operations use: no look-around, no `\\b`, no classes such as `\\w` whose extent differs. Literal characters
stand where the two write escapes differently. Both take the leftmost match and of several alternatives the
first.

In a graph, these replacements (`tf.strings.regex_replace`) leave each token of a sentence at the end of a
line, behind the blanks before it, so that lengths of lines tell where it stands: `PLAIN_QUOTES`; `\\n` by a
blank; `TOKEN_PATTERN` in brackets by `\\1` and a line end; `FINAL_STOP`.
tests/documents/test_tokenizer.py does so.
"""

from __future__ import annotations

import re

from multihead_at.documents.collection_pause import collection_pause
from multihead_at.documents.token import Token

PLAIN_QUOTES = (("[\u2018\u2019\u201b]", "'"), ("[\u201c\u201d\u201f]", '"'))
"""Pairs of a pattern and its replacement, one character for one: corpora and word vectors have the latter."""

BLANKS = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""What separates tokens, to stand in brackets: Python's white space, and what has no width."""

# What no word holds inside, to stand in brackets: ASCII's punctuation and symbols, Latin's, general
# punctuation (but for the joiners U+200C and U+200D), currencies to technical symbols, CJK's, full-width.
_MARKS = (
    r"!-/:-@\[-`{-~"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xa1-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    "\u200e-\u2027\u202a-\u202e\u2030-\u205e\u2061-\u206f\u20a0-\u20cf\u2190-\u23ff\u2500-\u25ff\u2e00-\u2e7f"
    "\u3001-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_PICTURES = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINED_TO_PICTURES = "\u200d\ufe0e\ufe0f\u20e3"

_LETTERS = f"[^{BLANKS}{_MARKS}{_PICTURES}]+"
# Hyphens join (`long-term`, `AK-47`), and so does what stands in `AT&T` and `state.gov`.
_TAIL = f"(?:-{_LETTERS})*"
_WORD = f"{_LETTERS}(?:-{_LETTERS}|&[A-Z]+|[.][a-z][a-z0-9]+)*"

TITLES = (
    "Adm|Brig|Capt|Cmdr|Col|Cpl|Dr|Gen|Gov|Hon|Lt|Maj|Messrs|Mme|Mr|Mrs|Ms|Pres|Prof|Rep|Reps|Rev|Sen|Sens|"
    "Sgt|Supt"
)
"""What stands before a name, without the full stop."""

_MONTHS = "Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec"
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|"
    "Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo"
)
_OTHERS = "Ave|Blvd|Bros|Co|Corp|Cos|Dept|Ft|Inc|Jr|Ltd|Mt|No|Nos|PLC|Sr|St|Ste|Univ|al|cf|etc|vs"
# `U.S.`, `p.m.`, `U.S.-led`, `D-N.Y.`, `Ph.D.`; then `F.` and `N.Y`, if it begins with a capital.
_ACRONYM = f"(?:[A-Z]-)?(?:(?:[A-Za-z]|Ph)(?:[.][A-Za-z])+[.]{_TAIL}|[A-Z][.](?:{_LETTERS})?{_TAIL})"
_ABBREVIATION = f"(?:(?:[A-Z]-)?(?:{_STATES})|{TITLES}|{_MONTHS}|{_OTHERS})[.]"

_NUMBER = f"[$\xa3\u20ac\xa5]?(?:[0-9]+|[.][0-9]+)(?:[.,][0-9]+)*(?:{_LETTERS})?{_TAIL}"
_ADDRESS = (
    '(?:https?://|www[.])[^<>"' + BLANKS + "]*[A-Za-z0-9/]"
    "|[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+"
)
_PICTURE = f"[{_PICTURES}][{_PICTURES}{_JOINED_TO_PICTURES}]*"

TOKEN_PATTERN = "|".join(
    (
        _ADDRESS,
        _ACRONYM,
        _ABBREVIATION,
        _NUMBER,
        _WORD,
        # `'s`, `'re`, `'t`: `don't` is `don` and `'t`, as in CoNLL04.
        f"'{_LETTERS}",
        "--+",
        "[.][.]+",
        _PICTURE,
        f"[^{BLANKS}]",
    )
)
"""A token. Every character that is no blank lies in one."""

FINAL_STOP = (
    f"([^.{BLANKS}])[.]\n((?:[{BLANKS}]*['\")\\]}}]\n)*[{BLANKS}]*)$",
    "\\1\n.\n\\2",
)
"""What `with_final_stop` does, as a replacement in lines of tokens."""

_TOKEN = re.compile(TOKEN_PATTERN)
_CLOSING = frozenset("'\")]}")
_LONG = 10_000


def plain_quotes(text: str) -> str:
    """Replaces typographic quotation marks and apostrophes by ASCII's; the length stays."""
    if text.isascii():
        return text
    for pattern, replacement in PLAIN_QUOTES:
        text = re.sub(pattern, replacement, text)
    return text


def tokenize(text: str) -> list[Token]:
    """Cuts a text into tokens.

    Args:
        text: any text.

    Returns:
        Its tokens with their places. A token is what stands there, but for typographic quotation marks and
        apostrophes, which become ASCII's.
    """
    text = plain_quotes(text)
    if len(text) <= _LONG:
        return _tokens(text)
    with collection_pause():
        return _tokens(text)


def _tokens(text: str) -> list[Token]:
    # `Token(...)` takes twice the time.
    make = tuple.__new__
    return [make(Token, (match[0], match.start(), match.end())) for match in _TOKEN.finditer(text)]


def tokenize_sentence(text: str) -> list[Token]:
    """Cuts one sentence into tokens: its full stop is one even behind an abbreviation, as in CoNLL04."""
    return with_final_stop(tokenize(text))


def with_final_stop(tokens: list[Token]) -> list[Token]:
    """Splits the full stop off a sentence's last word: `Calif.` there is `Calif` and `.`.

    Args:
        tokens: of one sentence, as `tokenize` gives them; quotation marks and brackets may follow the word.
    """
    last = len(tokens) - 1
    while last > 0 and tokens[last].text in _CLOSING:
        last -= 1
    # One stop behind something else: `...` stays whole.
    if last < 0 or not tokens[last].text.endswith(".") or tokens[last].text[-2:-1] in ("", "."):
        return tokens
    word, start, end = tokens[last]
    return [*tokens[:last], Token(word[:-1], start, end - 1), Token(".", end - 1, end), *tokens[last + 1 :]]
