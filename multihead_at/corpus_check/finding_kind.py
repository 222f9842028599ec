"""What a corpus may have that is wrong or odd."""

from __future__ import annotations

from enum import Enum


class FindingKind(Enum):
    """A kind of finding; errors first, and in the order in which they are shown.

    An error is what training refuses, or what no model can be right about. A warning is what may be meant so.

    Attributes:
        label: its name for machines.
        is_error: whether it is an error, and no warning.
        title: what findings of this kind are, in the plural.
    """

    FORMAT = ("format", True, "Places that are not of the file's format")
    EMPTY_DOCUMENT = ("empty_document", True, "Documents without tokens")
    UNEQUAL_LISTS = ("unequal_lists", True, "Tokens with more relation labels than heads, or fewer")
    HEAD_RANGE = ("head_range", True, "Heads and arguments out of range")
    MENTION_RANGE = ("mention_range", True, "Mentions out of range")
    OVERLAPPING_MENTIONS = ("overlapping_mentions", True, "Mentions that overlap others")
    RELATION_END = ("relation_end", True, "Relations that do not lead between last tokens of mentions")
    RELATION_OF_NOTHING = ("relation_of_nothing", True, "Relations of tokens that are in no mention")

    INSIDE_WITHOUT_BEGIN = ("inside_without_begin", False, "I- tags without a B- before them")
    DUPLICATE_RELATION = ("duplicate_relation", False, "Relations given more than once")
    SELF_RELATION = ("self_relation", False, "Relations of a mention with itself")
    MISPLACED_N = ("misplaced_n", False, "Labels N that are not alone or lead to another token")
    SHARED_TEXT = ("shared_text", False, "Texts that several splits have")
    REPEATED_TEXT = ("repeated_text", False, "Texts that stand more than once in a split")
    REPEATED_ID = ("repeated_id", False, "Documents with the id of another one")
    NOTHING_TO_LEARN = ("nothing_to_learn", False, "Splits without mentions or without relations")
    UNSEEN_LABEL = ("unseen_label", False, "Labels that train lacks")
    FEW_EXAMPLES = ("few_examples", False, "Labels with few examples")
    SIMILAR_LABELS = ("similar_labels", False, "Labels that are spelled almost alike")
    LONG_DOCUMENT = ("long_document", False, "Very long documents")
    ODD_TOKEN = ("odd_token", False, "Odd tokens")
    COVERAGE = ("coverage", False, "Words without a vector")

    def __init__(self, label: str, is_error: bool, title: str) -> None:
        self.label = label
        self.is_error = is_error
        self.title = title
