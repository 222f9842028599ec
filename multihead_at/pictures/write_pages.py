"""The pages of a run, or of a file of predictions, as files."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from multihead_at.config import Config
from multihead_at.datasets import load_corpus, read_document_file
from multihead_at.documents import Document, read_documents
from multihead_at.encoding import CorpusVocabularies
from multihead_at.errors import InputError
from multihead_at.files import open_atomically
from multihead_at.pictures.compared_document import ComparedDocument
from multihead_at.pictures.curves_page import format_curves
from multihead_at.pictures.errors_page import format_errors
from multihead_at.pictures.extraction_file import iterate_extractions
from multihead_at.pictures.extractions_page import format_extractions
from multihead_at.pictures.learning_curve import LearningCurve
from multihead_at.pictures.page import Link
from multihead_at.runs import RunFolder
from multihead_at.scoring import Scores, score

EXTRACTIONS = "extractions"
ERRORS = "errors"
CURVES = "curves"
PAGE_NAMES = (EXTRACTIONS, ERRORS, CURVES)
"""What pages there are of a run."""

MOST_DOCUMENTS = 500
"""On a page: a browser takes a second or two for as many."""

# Figures of a result are rounded to 4 decimals.
_ROUNDING = 0.0001


def write_run_pages(
    runs: Sequence[Path],
    output: Path,
    *,
    pages: Sequence[str] | None = None,
    split: str = "test",
    gold: Path | None = None,
    data_dir: Path,
    most: int = MOST_DOCUMENTS,
) -> list[Path]:
    """Writes `extractions-<split>.html`, `errors-<split>.html` and `curves.html`.

    Nothing is written before all is made. The same files give the same pages.

    Args:
        runs: their folders, at least one; extractions and errors are the first one's, curves those of all.
        output: the folder of the pages, which is made.
        pages: which of `PAGE_NAMES`; None: all, but curves only where matplotlib is there to draw them.
        split: which predictions: `<run>/predictions-<split>.txt`.
        gold: the annotated documents; None: those of the run's corpus, where `split` is dev or test.
        data_dir: where the run's corpus is looked for.
        most: how many documents a page shows.

    Returns:
        The files, in the order of `PAGE_NAMES`.

    Raises:
        InputError: a folder holds no run, a file is missing or damaged, gold and predictions are of other
            documents, curves are asked for and matplotlib is not there, or a file cannot be written.
    """
    if pages is None:
        pages = _possible_pages()
    folders = [RunFolder(run) for run in runs]
    config, *_ = [folder.load_config() for folder in folders]
    run = folders[0]
    names = {EXTRACTIONS: f"{EXTRACTIONS}-{split}", ERRORS: f"{ERRORS}-{split}", CURVES: CURVES}
    names = {page: f"{names[page]}.html" for page in PAGE_NAMES if page in pages}
    if not run.predictions(split).is_file() and {EXTRACTIONS, ERRORS} & names.keys():
        raise InputError(
            "cannot be read: No such file or directory (--split=NAME takes others, --pages=curves needs "
            "none)",
            path=run.predictions(split),
        )
    texts = {}
    if EXTRACTIONS in names:
        documents = iterate_extractions(run.predictions(split), root_node=config.root_node)
        texts[EXTRACTIONS] = format_extractions(
            f"{run.name}, {split}", documents, most=most, links=_links(names, EXTRACTIONS)
        )
    if ERRORS in names:
        gold_documents = _gold_of(config, split, data_dir) if gold is None else read_document_file(gold)
        texts[ERRORS] = _errors(run, config, split, gold_documents, most, _links(names, ERRORS))
    if CURVES in names:
        texts[CURVES] = _curves(folders, _links(names, CURVES))
    return _write(output, {names[page]: text for page, text in texts.items()})


def write_file_page(file: Path, output: Path, *, most: int = MOST_DOCUMENTS) -> list[Path]:
    """Writes `extractions-<stem of the file>.html`.

    Args:
        file: predictions in five columns, or the JSON lines that `predict` writes.
        output: the folder of the page, which is made.
        most: how many documents it shows.

    Raises:
        InputError: the file cannot be read, or the page written.
    """
    page = format_extractions(file.name, iterate_extractions(file), most=most)
    return _write(output, {f"{EXTRACTIONS}-{file.stem}.html": page})


def _possible_pages() -> Sequence[str]:
    if find_spec("matplotlib") is not None:
        return PAGE_NAMES
    warnings.warn(
        "curves are left out: they need matplotlib (pip install 'multihead_at[plots]')", stacklevel=3
    )
    return [page for page in PAGE_NAMES if page != CURVES]


def _links(names: Mapping[str, str], own: str) -> list[Link]:
    return [(page, "" if page == own else name) for page, name in names.items()]


def _gold_of(config: Config, split: str, data_dir: Path) -> Sequence[Document]:
    if split not in ("dev", "test"):
        raise InputError(f"gold: expected the annotated documents of {split!r}, received none (--gold=FILE)")
    try:
        corpus = load_corpus(
            config.dataset,
            config.filename_train,
            config.filename_dev,
            config.filename_test,
            data_dir,
            fold=config.fold,
        )
    except InputError as error:
        message = (
            f"{error.message}; --gold=FILE names the gold documents, --pages=extractions,curves needs none"
        )
        raise InputError(message, path=error.path, line=error.line) from None
    return corpus.dev if split == "dev" else corpus.test


def _errors(
    run: RunFolder, config: Config, split: str, gold: Sequence[Document], most: int, links: Sequence[Link]
) -> str:
    path = run.predictions(split)
    predicted = read_documents(path)
    known, seen = run.load_vocabularies(), CorpusVocabularies.collect([*gold, *predicted])
    evaluation, root_node = config.evaluation_method, config.root_node
    try:
        scores = score(
            gold,
            predicted,
            evaluation,
            root_node=root_node,
            classes=sorted({*known.entity_classes, *seen.entity_classes}),
            relations=sorted({*known.relations, *seen.relations}),
        )
    except InputError as error:
        raise InputError(f"{error.message} (gold and predictions must be of one file)", path=path) from None
    compared = [
        ComparedDocument.of(one, other, evaluation, root_node=root_node)
        for one, other in zip(gold, predicted)
    ]
    remarks = _remarks(run, config, split, scores)
    return format_errors(f"{run.name}, {split}", compared, scores, most=most, remarks=remarks, links=links)


def _remarks(run: RunFolder, config: Config, split: str, scores: Scores) -> list[str]:
    """What to say where the figures are not the run's own."""
    reported = run.reported(split)
    ours = (100 * scores.entity_f1, 100 * scores.relation_f1)
    if reported is None or all(abs(one - other) < _ROUNDING for one, other in zip(ours, reported)):
        return []
    why = (
        "The file of predictions keeps one type for each entity, the run's score takes that of any token."
        if config.ner_classes == "EC"
        else "The gold documents are not those that the run was scored on."
    )
    return [f"The run's result says entity {reported[0]:.2f} / relation {reported[1]:.2f}. {why}"]


def _curves(folders: Sequence[RunFolder], links: Sequence[Link]) -> str:
    names = [run.name for run in folders]
    curves = [
        # Folders of one name are told apart by the way to them.
        LearningCurve.read(run.path, run.name if names.count(run.name) == 1 else str(run.path))
        for run in folders
    ]
    try:
        return format_curves(curves, links=links)
    except ImportError:
        raise InputError(
            "curves need matplotlib (pip install 'multihead_at[plots]'); --pages=extractions,errors leaves "
            "them out"
        ) from None


def _write(output: Path, texts: Mapping[str, str]) -> list[Path]:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError.from_os_error("written", error, output) from error
    for name, text in texts.items():
        with open_atomically(output / name) as file:
            file.write(text.encode())
    return [output / name for name in texts]
