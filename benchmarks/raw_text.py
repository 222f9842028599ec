"""What raw text costs: a model's F1 on a corpus' own tokens, and on the same sentences as plain text.

    python -m benchmarks.raw_text --model=DIR [--file=FILE] [--data_dir=DIR] [--json=FILE]

Plain text goes through the command `predict`, one sentence a line, and once more as running text, in which
sentences have to be found too; a model trained with EC gets the boundaries of entities in characters.
Entities are compared by their characters: one that begins or ends within a token of the corpus is wrong.
With EC the relaxed score lets a predicted mention be right by any of its tokens, and relations stand on those
of no type, too; what `predict` writes has one type for each mention, so that part of the loss is none of
the text's.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

from benchmarks.plain_sentence import plain_sentence  # noqa: E402
from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.cli.main import main as run_command  # noqa: E402
from multihead_at.datasets import default_data_dir, resolve_path  # noqa: E402
from multihead_at.documents import (  # noqa: E402
    AnnotatedText,
    Document,
    Mention,
    Relation,
    read_documents,
    tokenize_sentence,
)
from multihead_at.documents.document_from_mentions import document_from_mentions  # noqa: E402
from multihead_at.documents.mentions_and_relations import mentions_and_relations  # noqa: E402
from multihead_at.runs import RunFolder  # noqa: E402
from multihead_at.scoring import Scores  # noqa: E402
from multihead_at.training import evaluate_run  # noqa: E402
from multihead_at.training.scored_split import score_documents  # noqa: E402


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, metavar="DIR", help="the folder of a run")
    parser.add_argument("--file", default="conll04/test.txt", help="documents in five columns")
    parser.add_argument("--data_dir", help="where the documents and the run's word vectors are looked for")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    flags = parser.parse_args()
    data_dir = Path(flags.data_dir or default_data_dir())
    rows = compare(Path(flags.model), resolve_path(flags.file, data_dir), data_dir)
    print_table(rows)
    write_rows(flags.json, rows)


def compare(model: Path, file: Path, data_dir: Path) -> list[dict[str, Any]]:
    """Scores a model's tested weights on the documents of a file, in each of the ways."""
    gold = [plain_document(document) for document in read_documents(file)]
    has_boundaries = RunFolder(model).load_config().ner_classes == "EC"
    ways = (
        {"running text": "jsonl"}
        if has_boundaries
        else {"a sentence a line": "lines", "running text": "jsonl"}
    )
    found_again = sum(_finds_its_tokens(document) for document in read_documents(file))
    print(f"{file}: of {len(gold)} sentences {found_again} as text have the tokens of the corpus", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        of_tokens = evaluate_run(model, file, Path(folder, "tokens.txt"), data_dir=data_dir)
        rows = [_row("the corpus' tokens", of_tokens)]
        for name, form in ways.items():
            predicted = predict(model, gold, form, data_dir, Path(folder))
            rows.append(_row(name, score(model, gold, predicted)))
    return rows


def plain_document(document: Document) -> AnnotatedText:
    """The document as plain text, with its mentions and relations."""
    text, spans = plain_sentence(document.tokens)
    mentions, relations = mentions_and_relations(document)
    placed = [Mention(one.type, spans[one.start][0], spans[one.end - 1][1]) for one in mentions]
    return AnnotatedText(document.doc_id, text, tuple(placed), tuple(relations))


def predict(
    model: Path, gold: Sequence[AnnotatedText], form: str, data_dir: Path, folder: Path
) -> list[AnnotatedText]:
    """What the command `predict` finds in the texts."""
    given, found = folder / f"in.{form}", folder / f"out.{form}"
    given.write_text("".join(f"{_line(text, form)}\n" for text in gold), encoding="utf-8")
    arguments = [f"--model={model}", f"--input={form}", f"--file={given}", f"--output={found}"]
    if run_command(["predict", *arguments, f"--data_dir={data_dir}"]) != 0:
        raise SystemExit("predict has failed")
    lines = found.read_text(encoding="utf-8").splitlines()
    return [_annotated(json.loads(line)) for line in lines]


def _line(text: AnnotatedText, form: str) -> str:
    if form == "lines":
        return text.text
    entities = [{"start": mention.start, "end": mention.end} for mention in text.mentions]
    return json.dumps({"text": text.text, "entities": entities})


def _annotated(found: dict[str, Any]) -> AnnotatedText:
    mentions = [Mention(one["type"], one["start"], one["end"]) for one in found["entities"]]
    relations = [Relation(one["type"], one["head"], one["tail"]) for one in found["relations"]]
    return AnnotatedText(str(found["id"]), found["text"], tuple(mentions), tuple(relations))


def score(model: Path, gold: Sequence[AnnotatedText], predicted: Sequence[AnnotatedText]) -> Scores:
    """Scores mentions by their characters, as the run's settings say."""
    pairs = [on_common_pieces(one, other) for one, other in zip(gold, predicted)]
    run = RunFolder(model)
    return score_documents(
        [one for one, _ in pairs], [other for _, other in pairs], run.load_config(), run.load_vocabularies()
    )


def on_common_pieces(gold: AnnotatedText, predicted: AnnotatedText) -> tuple[Document, Document]:
    """Two annotations of a text as documents: the tokens are what the borders of all mentions cut it into."""
    mentions = (*gold.mentions, *predicted.mentions)
    borders = sorted({0, len(gold.text), *(border for one in mentions for border in (one.start, one.end))})
    pieces = [(start, end) for start, end in zip(borders, borders[1:]) if gold.text[start:end].strip()]
    starts = {start: place for place, (start, _) in enumerate(pieces)}
    ends = {end: place for place, (_, end) in enumerate(pieces, start=1)}

    def document(text: AnnotatedText) -> Document:
        on_pieces = [Mention(one.type, starts[one.start], ends[one.end]) for one in text.mentions]
        tokens = [gold.text[start:end] for start, end in pieces]
        return document_from_mentions(gold.doc_id, tokens, on_pieces, text.relations)

    return document(gold), document(predicted)


def _finds_its_tokens(document: Document) -> bool:
    text, spans = plain_sentence(document.tokens)
    return [(token.start, token.end) for token in tokenize_sentence(text)] == spans


def _row(name: str, scores: Scores) -> dict[str, Any]:
    return {
        "input": name,
        "entity_f1": 100 * scores.entity_f1,
        "relation_f1": 100 * scores.relation_f1,
        "overall_f1": 100 * scores.overall_f1,
    }


if __name__ == "__main__":
    main()
