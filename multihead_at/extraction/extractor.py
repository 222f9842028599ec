"""Texts in, entities and relations out."""

from __future__ import annotations

import dataclasses
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import repeat
from numbers import Real
from typing import Any, Union, overload

from multihead_at.documents import TokenizedText
from multihead_at.documents.tokenized_text import Spans
from multihead_at.errors import InputError
from multihead_at.extraction.extraction import Extraction
from multihead_at.extraction.half_pair import has_half_pair

MOST_CHARACTERS = 100
"""How much of a token the model reads. No word is as long; a line of other data would fill the memory."""

MOST_TOKENS = 5000
"""A longer sentence is cut: pairs of tokens, and so time, grow with the square of its length."""

_CHUNK = 1024

Text = Union[str, Sequence[str]]
"""A running text, or the tokens of a sentence."""


class Extractor(ABC):
    """Finds entities and relations with a trained model. Calls from several threads wait for one another.

    `bio_run` is the folder of a run with BIO tags:

    >>> extractor = multihead_at.load(bio_run)
    >>> found = extractor.extract("Ada Brook lives in Velm. Bo Orrin lives in Tarn.")
    >>> [(entity.type, entity.text, entity.start, entity.end) for entity in found.entities[:2]]
    [('Peop', 'Ada Brook', 0, 9), ('Loc', 'Velm', 19, 23)]
    >>> for relation in found.relations:
    ...     print(found.entities[relation.head].text, relation.type, found.entities[relation.tail].text)
    Ada Brook Live_In Velm
    Bo Orrin Live_In Tarn
    >>> found.relations[0].probability > 0.5
    True

    Several texts at once are faster; an item may be a list of tokens, which is then one sentence:

    >>> tokens = ["Dee", "Marl", "lives", "in", "Omby", "."]
    >>> several = extractor.extract(["Cy Dale lives in Zelgrad.", tokens])
    >>> [found.entities[1].text for found in several]
    ['Zelgrad', 'Omby']

    A run with EC needs the boundaries of entities, in characters of a text or in tokens:

    >>> extractor = multihead_at.load(ec_run)
    >>> found = extractor.extract("Ada Brook lives in Velm.", boundaries=[(0, 9), (19, 23)])
    >>> [(entity.type, entity.text) for entity in found.entities]
    [('Peop', 'Ada Brook'), ('Loc', 'Velm')]

    Args:
        threshold: a relation is found where its probability is higher, unless a call says otherwise.
        needs_boundaries: whether the model was trained with EC.
        has_root: whether the model was trained on documents whose token 0 is a root.
        decodes_trees: whether its relations are the best tree, which has no threshold.

    Attributes:
        threshold: the model's own: the original's 0.5, or what it was exported with.
        needs_boundaries: whether the model was trained with EC: it finds the types of entities of given
            boundaries.
    """

    def __init__(
        self, *, threshold: float, needs_boundaries: bool, has_root: bool, decodes_trees: bool = False
    ) -> None:
        self.threshold = threshold
        self.needs_boundaries = needs_boundaries
        self._has_root = has_root
        self._decodes_trees = decodes_trees
        self._lock = threading.Lock()

    @overload
    def extract(  # type: ignore[overload-overlap]  # a text is a sequence of texts, too
        self, texts: str, *, boundaries: Spans | None = None, threshold: float | None = None
    ) -> Extraction: ...

    @overload
    def extract(
        self,
        texts: Sequence[Text],
        *,
        boundaries: Sequence[Spans] | None = None,
        threshold: float | None = None,
    ) -> list[Extraction]: ...

    def extract(
        self,
        texts: str | Sequence[Text],
        *,
        boundaries: Spans | Sequence[Spans] | None = None,
        threshold: float | None = None,
    ) -> Extraction | list[Extraction]:
        """Finds the entities and relations of one text or of several; several at once are faster.

        Args:
            texts: a running text, which is cut into sentences and tokens; or a list, each item of which is
                such a text or a list of tokens, which is then one sentence.
            boundaries: for a model that needs them, and for no other, the starts and ends of the entities:
                characters of a text, tokens of a list of tokens. For a list of texts a list of such lists.
            threshold: a relation is found where its probability is higher; None: the model's own.

        Returns:
            For a text an `Extraction`, for a list a list of them.

        Raises:
            InputError: boundaries are missing, do not fit, or are given to a model that finds them itself
                (it could not heed them); the threshold is no probability, or given to a run that decodes
                trees; a text is neither text nor a list of tokens, or has half of a surrogate pair in it.
        """
        if isinstance(texts, str):
            given = None if boundaries is None else [boundaries]
            return self.extract([texts], boundaries=given, threshold=threshold)[0]  # type: ignore[arg-type,list-item]
        # Of a mapping its keys would be taken, and a set has no order to answer in.
        if not isinstance(texts, Iterable) or isinstance(texts, (Mapping, Set, bytes)):
            raise InputError(f"{type(texts).__name__} received, expected a text or a list of texts")
        texts = list(texts)
        tokenized = [
            _tokenized(text, spans, place)
            for place, (text, spans) in enumerate(zip(texts, _of_each(texts, boundaries)))
        ]
        return self.extract_tokenized(tokenized, threshold=threshold)

    __call__ = extract

    def extract_tokenized(
        self, texts: Sequence[TokenizedText], *, threshold: float | None = None
    ) -> list[Extraction]:
        """The same for texts that are cut already.

        Raises:
            InputError: the model needs boundaries and a text has none, or the reverse; or the threshold is no
                probability, or given to a run that decodes trees.
        """
        if threshold is None:
            threshold = self.threshold
        elif self._decodes_trees:
            raise InputError(
                f"threshold {threshold!r} received, expected none: this run decodes relations as a tree "
                "(decoding=edmonds), which has no threshold"
            )
        if not isinstance(threshold, Real) or not 0 <= threshold <= 1:
            raise InputError(f"threshold {threshold!r} received, expected a number from 0 to 1")
        if self.needs_boundaries and any(text.boundaries is None for text in texts):
            raise InputError(
                "this model was trained with EC: it finds the types of given entities and their relations, "
                "and needs their boundaries; none received"
            )
        if not self.needs_boundaries and any(text.boundaries is not None for text in texts):
            raise InputError(
                "boundaries received, expected none: this model finds entities itself; one trained with EC "
                "takes their boundaries"
            )
        with self._lock:
            return [
                extraction
                for start in range(0, len(texts), _CHUNK)
                for extraction in self._extract_chunk(texts[start : start + _CHUNK], threshold)
            ]

    def _extract_chunk(self, texts: Sequence[TokenizedText], threshold: float) -> Iterator[Extraction]:
        if self._has_root:
            # A tree spans a whole text, not a sentence.
            texts = [dataclasses.replace(text, sentence_ends=text.sentence_ends[-1:]) for text in texts]
        return self._extract_cut([text.in_pieces(MOST_TOKENS) for text in texts], threshold)

    @abstractmethod
    def _extract_cut(self, texts: Sequence[TokenizedText], threshold: float) -> Iterator[Extraction]:
        """Yields what is found in each text, none of whose sentences is too long."""


def _of_each(texts: Sequence[Text], boundaries: Any) -> Iterable[Spans | None]:
    """The boundaries of each text."""
    if boundaries is None:
        return repeat(None)
    try:
        given = list(boundaries)
    except TypeError:
        raise InputError(
            f"boundaries: expected a list for each text, received {type(boundaries).__name__}"
        ) from None
    if len(given) != len(texts):
        raise InputError(f"boundaries of {len(given)} texts received, expected {len(texts)}")
    return given


def _tokenized(text: Text, boundaries: Spans | None, place: int) -> TokenizedText:
    if isinstance(text, str):
        _check_characters(text, place)
        return TokenizedText.of_text(text, boundaries)
    # Bytes are a sequence, too, and so is much that comes out of a table.
    if not isinstance(text, Sequence) or not all(isinstance(token, str) for token in text):
        raise InputError(f"{type(text).__name__} received, expected text or a list of tokens")
    for token in text:
        _check_characters(token, place)
    return TokenizedText.of_tokens(text, boundaries)


def _check_characters(text: str, place: int) -> None:
    if has_half_pair(text):
        raise InputError(f"half of a surrogate pair in text {place} received, which is no character")
