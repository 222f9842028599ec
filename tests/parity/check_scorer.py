"""Compares our scores with those that the original's scorer gave: `check_scorer.py FILE.json ...`.

A file holds label sets, sets of sentences (gold and predicted) and, for each set, the original's figures
under `strict`, `strict+root`, `boundaries`, `boundaries+root` and `relaxed`. One line is printed for each set
and evaluation, with the largest difference of all its figures.

Exit status: 0 when all agree to 1e-12, 1 when a figure does not, 2 for a file that is not of this form.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from multihead_at.documents import Document, Head, is_bio_tag
from multihead_at.errors import InputError
from multihead_at.scoring import EVALUATIONS, ClassScore, Scores, score

TOLERANCE = 1e-12
KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a string"}
TAG_COLUMNS = {"gold_bio": "bio_tags", "pred_bio": "bio_tags", "gold_ec": "ec_tags", "pred_ec": "ec_tags"}


def main(arguments: Sequence[str]) -> int:
    """Checks every file; returns the worst exit status."""
    parser = argparse.ArgumentParser(
        prog="check_scorer.py", description="Compares our scores with the original's."
    )
    parser.add_argument("files", nargs="+", metavar="FILE.json")
    status = 0
    for path in parser.parse_args(arguments).files:
        try:
            lines = list(check_file(path))
        except InputError as error:
            print(f"{parser.prog}: {error}", file=sys.stderr)
            status = 2
            continue
        for line, agrees in lines:
            print(f"{path}: {line}")
            if not agrees:
                status = max(status, 1)
    return status


def check_file(path: str) -> Iterator[tuple[str, bool]]:
    """Yields, for every set and evaluation of a file, a line to print and whether all figures agree.

    Raises:
        InputError: the file is not of the expected form.
    """
    cases = read_json(path)
    try:
        label_sets = {name: _labels(cases, name) for name in ("bio_tags", "ec_tags", "relations")}
        sets = _field(cases, "sets", list, "the file")
        if not sets:
            raise InputError("no sets received, expected at least one to check")
        for number, case in enumerate(sets):
            yield from check_set(case, f"set {number}", label_sets)
    except InputError as error:
        raise InputError(error.message, path=path) from error


def read_json(path: str) -> Any:
    """Reads a JSON file, NaN and infinities refused."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON in UTF-8: {error}", path=path) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} received, expected a number")


def check_set(case: Any, where: str, label_sets: Mapping[str, list[str]]) -> Iterator[tuple[str, bool]]:
    """Yields a line and whether all agrees for every evaluation that the set holds figures of."""
    name = _field(case, "name", str, where)
    where = f"set {name!r}"
    sentences = _field(case, "sentences", list, where)
    for number, sentence in enumerate(sentences):
        check_sentence(sentence, f"{where}, sentence {number}", label_sets)
    recorded = _field(case, "scores", dict, where)
    if not recorded:
        raise InputError(f"{where} holds no scores, expected at least one evaluation's")
    for mode, figures in recorded.items():
        ours = original_figures(our_scores(sentences, mode, label_sets, where), label_sets)
        differences = dict(compare(figures, ours, f"{where}, {mode}"))
        if not differences:
            raise InputError(f"{where}, {mode} holds no figures, expected at least one")
        worst = max(differences, key=lambda figure: differences[figure])
        agrees = differences[worst] <= TOLERANCE
        outcome = "agrees" if agrees else f"DIFFERS, most in {worst}"
        largest = f"largest difference {differences[worst]:.1e} of {len(differences)} figures"
        yield f"{name} {mode}: {largest}: {outcome}", agrees


def compare(recorded: Any, ours: Any, where: str, name: str = "") -> Iterator[tuple[str, float]]:
    """Yields every recorded figure's name and its absolute difference from ours.

    Args:
        recorded: a number, or an object or a list of such, to any depth.
        ours: the same form; may hold more.
        where: what to call the place in errors.
        name: the figure's name so far, its parts joined by dots.
    """
    if isinstance(recorded, dict) and isinstance(ours, dict):
        for key, value in recorded.items():
            if key not in ours:
                raise InputError(f"{where}: unknown figure {name + key!r}, expected {', '.join(ours)}")
            yield from compare(value, ours[key], where, f"{name}{key}.")
    elif isinstance(recorded, list) and isinstance(ours, list) and len(recorded) == len(ours):
        for place, (value, our_value) in enumerate(zip(recorded, ours)):
            yield from compare(value, our_value, where, f"{name}{place}.")
    elif isinstance(recorded, (int, float)) and not isinstance(recorded, bool) and isinstance(ours, float):
        yield name.rstrip("."), _difference(recorded, ours)
    else:
        raise InputError(f"{where}: {name.rstrip('.') or 'the figures'} not of the expected form")


def _difference(recorded: float, ours: float) -> float:
    try:
        return abs(float(recorded) - ours)
    except OverflowError:  # An integer beyond all floats.
        return float("inf")


def our_scores(
    sentences: Sequence[Mapping[str, Any]], mode: str, label_sets: Mapping[str, list[str]], where: str
) -> Scores:
    """Scores sentences of a file under one of its evaluations."""
    evaluation, plus, root = mode.partition("+")
    if evaluation not in EVALUATIONS or plus + root not in ("", "+root"):
        raise InputError(
            f"{where}: evaluation {mode!r} received, expected {', '.join(EVALUATIONS)}, or +root"
        )
    relaxed = evaluation == "relaxed"
    gold, predicted = [], []
    for sentence in sentences:
        gold_tags = _as_original_reads(sentence["gold_bio"], evaluation, label_sets["ec_tags"])
        predicted_tags = _as_original_reads(sentence["pred_bio"], evaluation, label_sets["ec_tags"])
        gold.append(_document(sentence, gold_tags, sentence["gold_rel"]))
        predicted.append(
            _document(sentence, sentence["pred_ec"] if relaxed else predicted_tags, sentence["pred_rel"])
        )
    return score(
        gold,
        predicted,
        evaluation,
        root_node=root == "root",
        classes=label_sets["ec_tags"],
        relations=label_sets["relations"],
        gold_classes=[sentence["gold_ec"] for sentence in sentences] if relaxed else None,
    )


def original_figures(scores: Scores, label_sets: Mapping[str, list[str]]) -> dict[str, Any]:
    """Names our figures as the files do."""
    name_figures = _relaxed_figures if scores.evaluation == "relaxed" else _micro_figures
    return name_figures(scores, label_sets["ec_tags"], label_sets["relations"])


def _as_original_reads(tags: Sequence[str], evaluation: str, classes: Sequence[str]) -> list[str]:
    """The tags with the types that the original sees in them: what follows the LAST hyphen.

    Our types are everything behind `B-` or `I-`. Under strict the original stops at a type that is no class
    of the file, so figures of such a tag cannot come from that reading, and the tag stays whole.
    """
    read = []
    for tag in tags:
        prefix, hyphen, label = tag.partition("-")
        last = label.rpartition("-")[2]
        possible = last != "" and (evaluation != "strict" or last in classes)
        read.append(prefix + hyphen + last if possible else tag)
    return read


def _document(sentence: Mapping[str, Any], tags: Sequence[str], relations: Sequence[Any]) -> Document:
    heads: list[list[Head]] = [[] for _ in tags]
    for token, relation, head in relations:
        heads[token].append(Head(relation, head))
    doc_id = str(sentence.get("doc", "without a name"))
    return Document(doc_id, tuple(sentence["tokens"]), tuple(tags), tuple(map(tuple, heads)))


def _micro_figures(scores: Scores, classes: Sequence[str], relations: Sequence[str]) -> dict[str, Any]:
    figures = _shared_figures(scores, classes, relations)
    figures["overall_avg_f1"] = scores.overall_f1
    figures["early_stopping_score"] = scores.overall_f1
    if scores.entity_boundaries is not None:
        figures["ner_boundaries"] = _class_figures(scores.entity_boundaries)
    return figures


def _relaxed_figures(scores: Scores, classes: Sequence[str], relations: Sequence[str]) -> dict[str, Any]:
    """The macro figures by the original's divisors, which differ from a mean's on label sets of odd forms.

    It divides by the number of labels less 1, presuming that `O` and `N` are among them. The figure without
    `Other` it divides by the number less 2 where a label is `other` in any case, but leaves out only `Other`.
    """
    assert scores.macro is not None
    figures = _shared_figures(scores, classes, relations)
    classes_averaged = [label for label in scores.entity if label != "O"]
    entity = _rescaled(scores.macro.entity.f1, len(classes_averaged), len(classes) - 1)
    relation = _rescaled(scores.macro.relation.f1, len(scores.relation), len(relations) - 1)
    without_other = entity
    if scores.macro_no_other is not None:
        count = len(classes_averaged) - 1
        without_other = _rescaled(scores.macro_no_other.entity.f1, count, len(classes) - 2)
    elif "other" in [label.lower() for label in classes]:
        without_other = _rescaled(scores.macro.entity.f1, len(classes_averaged), len(classes) - 2)
    for name, f1 in (("macro", entity), ("macro_no_other", without_other)):
        figures[name] = {"ner": f1, "rel": relation, "avg": (f1 + relation) / 2}
    figures["early_stopping_score"] = figures["macro_no_other"]["avg"]
    return figures


def _rescaled(mean: float, count: int, divisor: int) -> float:
    """The sum that `mean` is the mean of, divided by `divisor`; 0 where the original would divide by 0."""
    if count == divisor:
        return mean
    return mean * count / divisor if divisor > 0 else 0.0


def _shared_figures(scores: Scores, classes: Sequence[str], relations: Sequence[str]) -> dict[str, Any]:
    return {
        "ner": {label: _class_figures(scores.entity.get(label, ClassScore())) for label in classes},
        "rel": {label: _class_figures(scores.relation.get(label, ClassScore())) for label in relations},
        "ner_micro_f1": scores.entity_micro.f1,
        "rel_micro_f1": scores.relation_micro.f1,
        "overall_micro_f1": scores.overall_micro.f1,
        "correct_pred_total": {
            "ner": _correct_predicted_total(scores.entity_micro),
            "rel": _correct_predicted_total(scores.relation_micro),
        },
    }


def _class_figures(score: ClassScore) -> dict[str, float]:
    return {
        "tp": float(score.true_positives),
        "fp": float(score.false_positives),
        "fn": float(score.false_negatives),
        "p": score.precision,
        "r": score.recall,
        "f1": score.f1,
    }


def _correct_predicted_total(score: ClassScore) -> list[float]:
    correct = score.true_positives
    return [float(correct), float(correct + score.false_positives), float(correct + score.false_negatives)]


def check_sentence(sentence: Any, where: str, label_sets: Mapping[str, list[str]]) -> None:
    """Refuses a sentence that the original's scorer could not have scored."""
    length = len(_strings(sentence, "tokens", where))
    for column, label_set in TAG_COLUMNS.items():
        labels = _strings(sentence, column, where)
        if len(labels) != length:
            raise InputError(
                f"{where}: {len(labels)} labels in {column} received, expected {length} as tokens"
            )
        for label in labels:
            if label not in label_sets[label_set]:
                raise InputError(f"{where}: {label!r} in {column} received, expected one of {label_set}")
    for column in ("gold_rel", "pred_rel"):
        for triple in _field(sentence, column, list, where):
            if not _is_relation(triple, length, label_sets["relations"]):
                expected = f"[token, one of relations, head] within {length} tokens"
                raise InputError(f"{where}: {json.dumps(triple)} in {column} received, expected {expected}")


def _is_relation(triple: Any, length: int, relations: Sequence[str]) -> bool:
    if not isinstance(triple, list) or len(triple) != 3:
        return False
    token, relation, head = triple
    return (
        relation in relations
        and type(token) is type(head) is int
        and 0 <= token < length
        and 0 <= head < length
    )


def _labels(cases: Any, name: str) -> list[str]:
    labels = _strings(cases, name, "the file")
    if len(set(labels)) < len(labels):
        raise InputError(f"{name} holds a label twice")
    for label in labels if name == "bio_tags" else []:
        if not is_bio_tag(label):
            raise InputError(f"{label!r} in bio_tags received, expected O, B-<type> or I-<type>")
    return labels


def _strings(holder: Any, name: str, where: str) -> list[str]:
    strings: list[str] = _field(holder, name, list, where)
    if not all(isinstance(string, str) for string in strings):
        raise InputError(f"{where}: {name} holds something that is no string")
    return strings


def _field(holder: Any, name: str, kind: type, where: str) -> Any:
    """One field of a JSON object, or an error that says where it is missing or of the wrong kind."""
    if not isinstance(holder, dict):
        raise InputError(f"{where}: expected {KINDS[dict]}")
    if not isinstance(holder.get(name), kind):
        raise InputError(f"{where}: expected {name!r}, {KINDS[kind]}")
    return holder[name]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
