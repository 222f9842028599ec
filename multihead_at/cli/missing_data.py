"""Which trainings of many cannot be begun, as their corpora or word vectors are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.datasets import NO_FOLD, load_corpus
from multihead_at.errors import InputError
from multihead_at.experiments import DiskState, Training


def without_corpus(trainings: Sequence[Training], state: DiskState, data_dir: Path) -> dict[Training, str]:
    """The trainings that would need a corpus which cannot be had, and why."""

    def load(settings: Mapping[str, Any]) -> None:
        load_corpus(
            settings["dataset"],
            settings["filename_train"],
            settings["filename_dev"],
            settings["filename_test"],
            data_dir,
            fold=settings["fold"],
        )

    def corpus_of(settings: Mapping[str, Any]) -> tuple[Any, ...]:
        files = tuple(settings[f"filename_{split}"] for split in ("train", "dev", "test"))
        return (settings["dataset"], *files, settings["fold"] != NO_FOLD)

    return dict(_lacking(trainings, state, corpus_of, load))


def without_vectors(trainings: Sequence[Training], state: DiskState, data_dir: Path) -> dict[Training, str]:
    """The trainings that would need word vectors which cannot be had, and why.

    Those that can be had are then in the cache: several processes that start at once would each build it.
    """

    def load(settings: Mapping[str, Any]) -> None:
        from multihead_at.encoding.vector_files import load_vectors

        load_vectors(settings["filename_embeddings"], data_dir)

    return dict(_lacking(trainings, state, _vectors_of, load))


def missing_vectors(
    trainings: Sequence[Training], state: DiskState, data_dir: Path
) -> tuple[dict[Training, str], list[str]]:
    """Only looks for the word vectors; nothing is downloaded or converted.

    Returns:
        The trainings whose vectors are not there and cannot be downloaded, with the reason; and the names of
        those that would be.
    """
    from multihead_at.encoding.vector_files import find_vectors, may_be_downloaded

    fetched = []

    def look(settings: Mapping[str, Any]) -> None:
        name = _vectors_of(settings)
        try:
            find_vectors(name, data_dir, download=False)
        except InputError:
            if not may_be_downloaded(name):
                raise
            fetched.append(name)

    return dict(_lacking(trainings, state, _vectors_of, look)), fetched


def is_finished(training: Training, state: DiskState) -> bool:
    """Whether it is, for certain: what stands in its way is told when it is its turn."""
    try:
        return state.is_finished(state.resolve(training))
    except InputError:
        return False


def what_stands_in_the_way(training: Training, state: DiskState) -> str:
    """Why its turn will end at once: other runs or results lie in its place; empty where nothing does."""
    try:
        state.is_finished(state.resolve(training))
    except InputError as error:
        return str(error)
    return ""


def resolve_if_possible(training: Training, state: DiskState) -> Training:
    """The training with its alpha, where that is chosen and nothing stands in the way; else as it is."""
    try:
        return state.resolve(training)
    except InputError:
        return training


def _vectors_of(settings: Mapping[str, Any]) -> str:
    return str(settings["filename_embeddings"])


def _lacking(
    trainings: Sequence[Training],
    state: DiskState,
    name_of: Callable[[Mapping[str, Any]], object],
    load: Callable[[Mapping[str, Any]], None],
) -> Iterator[tuple[Training, str]]:
    """Yields the unfinished trainings whose data cannot be loaded, with the reason.

    Args:
        trainings: all.
        state: tells which are finished.
        name_of: of the data of some settings.
        load: loads them, once for each name.
    """
    reasons: dict[object, str] = {}
    for training in trainings:
        if is_finished(training, state):
            continue
        settings = state.settings(training)
        name = name_of(settings)
        if name not in reasons:
            try:
                load(settings)
                reasons[name] = ""
            except InputError as error:
                reasons[name] = str(error)
        if reasons[name]:
            yield training, reasons[name]
