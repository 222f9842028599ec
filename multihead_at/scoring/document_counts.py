"""What each document of a split adds to its scores: enough to compute them anew, and no word of the text."""

from __future__ import annotations

import csv
import dataclasses
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from multihead_at.documents import Document
from multihead_at.errors import InputError
from multihead_at.files import open_atomically, read_utf8
from multihead_at.scoring.class_score import ClassScore
from multihead_at.scoring.mention_relations import UNTYPED
from multihead_at.scoring.score import score
from multihead_at.scoring.scores import Scores

_COLUMNS = ("document", "id", "kind", "label", "tp", "fp", "fn")
_ENTITY = "entity"
_RELATION = "relation"

_Label = tuple[str, str]
"""Kind and label."""


@dataclass(frozen=True)
class DocumentCounts:
    """Hits, inventions and misses of every document.

    In a file a line is a label of a document that has it: the document's number in the split (from 0) and
    id, `entity` or `relation`, the label (none for untyped mentions), and its counts. A document with nothing
    at all has one line without kind and label, a label of no document one without document: macro figures
    average over it, too. All lines of a label add up to its counts in the split.

    Attributes:
        doc_ids: of the documents, `[documents]`.
        scores: each document's own, all over the same labels, `[documents]`.
    """

    doc_ids: tuple[str, ...]
    scores: tuple[Scores, ...]

    @classmethod
    def count(
        cls,
        gold: Sequence[Document],
        predicted: Sequence[Document],
        evaluation: str,
        *,
        root_node: bool = False,
        classes: Sequence[str],
        relations: Sequence[str],
    ) -> DocumentCounts:
        """Scores every document by itself; the arguments are those of `score`.

        Raises:
            InputError: what `score` refuses.
            ValueError: not as many predicted documents as gold ones.
        """
        if len(gold) != len(predicted):
            raise ValueError(f"Expected {len(gold)} predicted documents. Received: {len(predicted)}")
        scores = tuple(
            score([one], [other], evaluation, root_node=root_node, classes=classes, relations=relations)
            for one, other in zip(gold, predicted)
        )
        return cls(tuple(document.doc_id for document in gold), scores)

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """Kind and label of everything that is counted, in the scores' order."""
        return tuple(label for label, _ in _by_label(self.scores[0]))

    def total(self) -> Scores:
        """The scores of the whole split: what `score` gives for all documents at once."""
        first = self.scores[0]
        boundaries = [one.entity_boundaries for one in self.scores if one.entity_boundaries is not None]
        return dataclasses.replace(
            first,
            entity=_by_class([one.entity for one in self.scores]),
            relation=_by_class([one.relation for one in self.scores]),
            entity_boundaries=ClassScore.sum_of(boundaries) if boundaries else None,
        )

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the file, whole or not at all.

        Raises:
            InputError: it cannot be written.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        unseen: dict[_Label, None] = {}
        seen: set[_Label] = set()
        for number, (doc_id, scores) in enumerate(zip(self.doc_ids, self.scores)):
            counts = list(_by_label(scores))
            unseen.update((label, None) for label, _ in counts)
            found = [(label, one) for label, one in counts if one != ClassScore()]
            seen.update(label for label, _ in found)
            for label, one in found or [(("", ""), ClassScore())]:
                writer.writerow((number, doc_id, *label, *one.counts))
        for label in unseen:
            if label not in seen:
                writer.writerow(("", "", *label, *ClassScore().counts))
        with open_atomically(path) as file:
            file.write(text.getvalue().encode())

    @classmethod
    def read(
        cls, path: str | os.PathLike[str], evaluation: str, *, root_node: bool = False
    ) -> DocumentCounts:
        """Reads what `write` has written.

        Args:
            path: the file.
            evaluation: `strict`, `boundaries` or `relaxed`: the run's.
            root_node: the run's.

        Returns:
            The counts; labels in sorted order.

        Raises:
            InputError: the file cannot be read, or is damaged.
        """
        doc_ids: list[str] = []
        counts: list[dict[_Label, ClassScore]] = []
        labels: set[_Label] = set()
        for line, row in _rows(Path(path)):
            try:
                document, label, one = _parse(row, doc_ids)
            except ValueError as error:
                raise InputError(str(error), path=path, line=line) from None
            if document == len(counts):
                doc_ids.append(row[1])
                counts.append({})
            if label[0]:
                labels.add(label)
                if document is not None and counts[document].setdefault(label, one) is not one:
                    raise InputError(f"the second line of {' '.join(label)} received", path=path, line=line)
        if not counts:
            raise InputError("expected lines of documents, received none", path=path)
        ordered = sorted(labels)
        scores = tuple(_scores(found, ordered, evaluation, root_node) for found in counts)
        return cls(tuple(doc_ids), scores)


def _by_class(scores: Sequence[Mapping[str, ClassScore]]) -> dict[str, ClassScore]:
    """The sum over documents for each class, of which all have the same."""
    return {label: ClassScore.sum_of(one[label] for one in scores) for label in scores[0]}


def _by_label(scores: Scores) -> Iterator[tuple[_Label, ClassScore]]:
    if scores.entity_boundaries is not None:
        yield (_ENTITY, UNTYPED), scores.entity_boundaries
    for kind, by_label in ((_ENTITY, scores.entity), (_RELATION, scores.relation)):
        for label, one in by_label.items():
            yield (kind, label), one


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yields the lines below the header, with their numbers."""
    reader = csv.reader(io.StringIO(read_utf8(path), newline=""), strict=True)
    try:
        for row in reader:
            if reader.line_num > 1:
                yield reader.line_num, row
            elif tuple(row) != _COLUMNS:
                message = f"expected the columns {','.join(_COLUMNS)}, received {','.join(row)}"
                raise InputError(message, path=path, line=1)
    except csv.Error as error:
        raise InputError(
            f"expected comma-separated values: {error}", path=path, line=reader.line_num
        ) from None


def _parse(row: Sequence[str], doc_ids: Sequence[str]) -> tuple[int | None, _Label, ClassScore]:
    """A line's document (None for none), label and counts.

    Args:
        row: its values.
        doc_ids: of the documents so far: the line belongs to the last of them, or begins the next.

    Raises:
        ValueError: it is no such line.
    """
    if len(row) != len(_COLUMNS):
        raise ValueError(f"expected {len(_COLUMNS)} values, received {len(row)}")
    number, doc_id, kind, label, *figures = row
    if not all(figure.isascii() and figure.isdigit() for figure in figures):
        raise ValueError(f"expected three counts, received {','.join(figures)}")
    counts = ClassScore(*map(int, figures))
    if kind not in (_ENTITY, _RELATION) and (kind, label, counts) != ("", "", ClassScore()):
        raise ValueError(f"expected entity or relation, received {kind!r}")
    if not number:
        if counts != ClassScore():
            raise ValueError("counts without a document received")
        return None, (kind, label), counts
    last = len(doc_ids) - 1
    if number == str(last) and doc_id == doc_ids[last]:
        return last, (kind, label), counts
    if number == str(last + 1):
        return last + 1, (kind, label), counts
    expected = "0" if last < 0 else f"{last} ({doc_ids[last]}) or {last + 1}"
    raise ValueError(f"expected document {expected}, received {number} ({doc_id})")


def _scores(
    found: dict[_Label, ClassScore], labels: Sequence[_Label], evaluation: str, root_node: bool
) -> Scores:
    """One document's scores over all labels."""
    entity, relation = (
        {label: found.get((kind, label), ClassScore()) for kind, label in labels if kind == wanted}
        for wanted in (_ENTITY, _RELATION)
    )
    boundaries = entity.pop(UNTYPED, ClassScore()) if evaluation == "boundaries" else None
    return Scores(evaluation, root_node, entity, relation, boundaries)
