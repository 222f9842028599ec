"""What all tests share: the settings of hypothesis, and the corpora that not every machine has."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from multihead_at.cli.quiet import quiet_tensorflow
from multihead_at.config import Config

# As the commands do: the same kernels, and nothing on the screen.
quiet_tensorflow()

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

_CHECKOUT = Path(__file__).resolve().parent.parent
# Of two processes neither is to wait at the end for the other's longest file.
_FIRST = ("test_run_all.py", "test_train_run.py", "test_workers.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take longest first."""
    places = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(_FIRST)))


@pytest.fixture
def data_dir() -> Path:
    """The folder of corpora and vectors: MULTIHEAD_AT_DATA_DIR, else the checkout's `data`."""
    return Path(os.environ.get("MULTIHEAD_AT_DATA_DIR") or _CHECKOUT / "data")


@pytest.fixture
def corpus_file(data_dir: Path) -> Callable[[str], Path]:
    """A function that gives a file below `data_dir`, or skips the test where it is absent."""

    def find(relative: str) -> Path:
        path = data_dir / relative
        if not path.is_file():
            pytest.skip(f"{path} is not there: point MULTIHEAD_AT_DATA_DIR at a folder with {relative}")
        return path

    return find


@pytest.fixture(scope="session")
def tiny_config() -> Callable[..., Config]:
    """Makes settings of a tiny model; keywords replace some."""

    def make(**changes: object) -> Config:
        settings: dict[str, object] = {
            "hidden_size_lstm": 4,
            "hidden_size_n1": 4,
            "num_lstm_layers": 1,
            "char_embeddings_size": 3,
            "hidden_size_char": 2,
            "nepochs": 2,
            "learning_rate": 0.01,
            "dataset": "tiny",
        }
        return Config(**{**settings, **changes})  # type: ignore[arg-type]

    return make


_PEOPLE = ("Ada Brook", "Bo Orrin", "Cy Dale", "Dee Marl", "Eli Voss", "Flo Quint")
_PLACES = ("Velm", "Tarn", "Zelgrad", "Omby", "Port Hale", "Norvex")


def _train_small_run(folder: Path, **settings: object) -> Path:
    """Trains a small model on sentences of one pattern until it has learned them by heart."""
    from multihead_at.datasets import Corpus
    from multihead_at.documents import Mention, Relation
    from multihead_at.documents.document_from_mentions import document_from_mentions
    from multihead_at.encoding import load_vectors
    from multihead_at.training import train_run

    documents = []
    for number, (person, place) in enumerate(zip(_PEOPLE, _PLACES)):
        tokens = [*person.split(), "lives", "in", *place.split(), "."]
        mentions = [Mention("Peop", 0, 2), Mention("Loc", 4, len(tokens) - 1)]
        relations = [Relation("Live_In", 0, 1)]
        documents.append(document_from_mentions(str(number), tokens, mentions, relations))
    vectors = folder / "vectors.txt"
    words = sorted({token.lower() for document in documents for token in document.tokens})
    draw = random.Random(1)
    rows = [" ".join(f"{draw.uniform(-1, 1):.3f}" for _ in range(8)) for _ in words]
    vectors.write_text("".join(f"{word} {row}\n" for word, row in zip(words, rows)))
    config = Config(
        filename_embeddings=str(vectors),
        **{
            "hidden_size_lstm": 12,
            "hidden_size_n1": 12,
            "num_lstm_layers": 1,
            "char_embeddings_size": 4,
            "hidden_size_char": 4,
            "nepochs": 13,
            "learning_rate": 0.02,
            "batch_size": 2,
            "use_dropout": False,
            "protocol": "best",
            "dataset": "small",
            **settings,
        },  # type: ignore[arg-type]
    )
    corpus = Corpus("small", 8 * tuple(documents), tuple(documents[:2]), tuple(documents[:2]))
    loaded = load_vectors(vectors, folder, folder / "cache")
    run = folder / "run"
    train_run(config, corpus, loaded, run, resume=False, overwrite=False, console=io.StringIO())
    return run


@pytest.fixture(scope="session")
def bio_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with BIO tags, which knows who lives where."""
    return _train_small_run(tmp_path_factory.mktemp("bio"))


@pytest.fixture(scope="session")
def ec_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with entity classes of given boundaries."""
    settings = {"ner_classes": "EC", "ner_loss": "softmax", "evaluation_method": "relaxed"}
    return _train_small_run(tmp_path_factory.mktemp("ec"), **settings)


@pytest.fixture(scope="session")
def bio_saved_model(bio_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `bio_run` is exported to, as version 1."""
    return _export(bio_run, tmp_path_factory.mktemp("exported") / "bio")


@pytest.fixture(scope="session")
def ec_saved_model(ec_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of `ec_run`."""
    return _export(ec_run, tmp_path_factory.mktemp("exported") / "ec")


def _export(run: Path, folder: Path) -> Path:
    from multihead_at.datasets import default_data_dir
    from multihead_at.export import export_run

    export_run(run, folder, data_dir=default_data_dir())
    return folder
