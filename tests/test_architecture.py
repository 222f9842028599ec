"""The house's rules: which room may import which, and what no file may hold."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent
_PACKAGE = _CHECKOUT / "multihead_at"

# Each imports only from those before it.
_ROOMS = (
    "errors",
    "files",
    "documents",
    "datasets",
    "config",
    "encoding",
    "corpus_check",
    "model",
    "prediction",
    "scoring",
    "runs",
    "training",
    "extraction",
    "export",
    "bulk",
    "pictures",
    "experiments",
    "reports",
    "cli",
    "__main__",
)
# Rooms that are allowed less than their place in the order gives them.
_ALLOWED = {
    # `multihead_at.load`, which imports when it is called.
    "__init__": {"extraction"},
    "corpus_check": {"errors", "files", "documents", "datasets", "encoding"},
    "scoring": {"errors", "files", "documents"},
    "runs": {"errors", "files", "documents", "datasets", "config", "encoding"},
    # Reads what a run has left behind; no model is loaded.
    "pictures": {"errors", "files", "documents", "datasets", "config", "encoding", "scoring", "runs"},
    # A training is a process of its own: neither running many nor reporting on them loads TensorFlow.
    "experiments": {"errors", "files", "documents", "datasets", "config", "runs"},
    "reports": {"errors", "files", "documents", "datasets", "config", "scoring", "runs", "experiments"},
}
_WITHOUT_TENSORFLOW = (
    "errors",
    "files",
    "documents",
    "datasets",
    "config",
    "encoding",
    "corpus_check",
    "scoring",
    "runs",
    "pictures",
    "experiments",
    "reports",
)
_TENSORFLOW_ROOMS = {"model", "prediction", "training", "extraction", "export", "bulk"}
_TENSORFLOW = {"tensorflow", "tensorflow_addons", "keras"}

_UNSAFE_MODULES = {
    "_pickle",
    "builtins",
    "cPickle",
    "cloudpickle",
    "dill",
    "joblib",
    "jsonpickle",
    "marshal",
    "pickle",
    "shelve",
}
_UNSAFE_FUNCTIONS = {"eval", "exec", "compile", "__import__", "__builtins__"}
_UNSAFE_ATTRIBUTES = {
    "Unpickler",
    "from_config",
    "import_module",
    "literal_eval",
    "load_model",
    "load_weights",
    "model_from_config",
    "model_from_json",
    "model_from_yaml",
    "read_pickle",
    "unpickle",
}
_UNSAFE_BEGINNING = "deserialize"
# All else of this name may unpickle: gensim's vectors and models do, and NumPy under another name.
_SAFE_LOADS = {"json.load", "np.load", "numpy.load", "tf.saved_model.load"}
# gensim's downloader is asked for a path: it then loads nothing.
_SAFE_HERE = {"encoding/vector_catalogue.py": {"downloader.load"}}

_VAGUE_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"}
# `errors.py` has the one error; the rest of the house names files after their class.
_NAMED_OTHERWISE = {"errors.py": "InputError"}

_NOT_OURS = re.compile(r"\.git|\.venv.*|\..*_cache|\.hypothesis|__pycache__|runs|build|dist|.*\.egg-info")
_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|tmp|Users|home(?!/me\b))/\w")

MODULES = sorted(_PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(_PACKAGE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(_PACKAGE).with_suffix("").parts[0]


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Yields what is imported as dotted names, `from a import b` as `a.b`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: expected an absolute import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes that run when the module is imported: all but the bodies of functions."""
    yield node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        for child in ast.iter_child_nodes(node):
            yield from _at_import(child)


def _rooms_of(imports: Iterator[str]) -> set[str]:
    parts = (name.split(".") for name in imports)
    return {names[1] for names in parts if names[0] == "multihead_at" and len(names) > 1} & set(_ROOMS)


def test_every_module_has_a_room() -> None:
    assert {_room(path) for path in MODULES} == {"__init__", *_ROOMS}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_room_imports_only_from_those_before_it(path: Path) -> None:
    room = _room(path)
    before = _ROOMS[: _ROOMS.index(room)] if room in _ROOMS else ()
    allowed = _ALLOWED.get(room, set(before)) | {room}
    assert _rooms_of(_imports(ast.walk(_tree(path)))) - allowed == set()


@pytest.mark.parametrize("path", [path for path in MODULES if _room(path) in _WITHOUT_TENSORFLOW], ids=_name)
def test_these_rooms_never_import_tensorflow(path: Path) -> None:
    imported = {name.split(".")[0] for name in _imports(ast.walk(_tree(path)))}
    assert imported & _TENSORFLOW == set()


@pytest.mark.parametrize("path", [path for path in MODULES if _room(path) == "cli"], ids=_name)
def test_the_command_line_imports_no_tensorflow_before_it_must(path: Path) -> None:
    imported = list(_imports(_at_import(_tree(path))))
    assert {name.split(".")[0] for name in imported} & _TENSORFLOW == set()
    assert _rooms_of(iter(imported)) & _TENSORFLOW_ROOMS == set()


def _unsafe_parts(tree: ast.Module) -> Iterator[str]:
    """Yields what could run code that stands in a file, or load a Keras model."""
    called = set()
    # Calls come before the names that they call.
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called.add(id(node.func))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from filter(_is_unsafe_import, _imports(iter([node])))
        elif isinstance(node, ast.Name) and node.id in _UNSAFE_FUNCTIONS:
            yield node.id
        elif isinstance(node, ast.Attribute) and (
            _is_unsafe_name(node.attr) or (node.attr == "load" and not _is_safe_load(node, called))
        ):
            yield ast.unparse(node)


def _is_unsafe_import(name: str) -> bool:
    # What we call so ourselves is looked at where it stands.
    if name.split(".")[0] == "multihead_at":
        return False
    last = name.split(".")[-1]
    return name.split(".")[0] in _UNSAFE_MODULES or _is_unsafe_name(last) or last == "load"


def _is_unsafe_name(name: str) -> bool:
    return name in _UNSAFE_ATTRIBUTES or name.startswith(_UNSAFE_BEGINNING)


def _is_safe_load(node: ast.Attribute, called: set[int]) -> bool:
    """Whether it is one of those that are safe, called then and there and given no other name."""
    return id(node) in called and ast.unparse(node) in _SAFE_LOADS


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_that_runs_what_a_file_says(path: Path) -> None:
    assert set(_unsafe_parts(_tree(path))) == _SAFE_HERE.get(_name(path), set())


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "import joblib.numpy_pickle as plain",
        "from dill import loads",
        "import builtins",
        "eval(text)",
        "run = exec",
        "__builtins__['eval'](text)",
        "ast.literal_eval(text)",
        "from ast import literal_eval as parse",
        "tf.keras.models.load_model(path)",
        "from keras.models import load_model",
        "model.load_weights(path)",
        "tf.keras.layers.deserialize(config)",
        "tf.keras.utils.deserialize_keras_object(config)",
        "JointModel.from_config(config)",
        "pandas.read_pickle(path)",
        "Unpickler = tools.Unpickler",
        "gensim.utils.unpickle(path)",
        "KeyedVectors.load(path)",
        "from numpy import load as read",
        "read = np.load",
        "xp.load(path, allow_pickle=False)",
    ],
)
def test_the_scan_finds(line: str) -> None:
    assert set(_unsafe_parts(ast.parse(line))) != set()


@pytest.mark.parametrize(
    "line",
    [
        "np.load(path, allow_pickle=False)",
        "json.load(file)",
        "tf.saved_model.load(path)",
        "re.compile(pattern)",
        "from multihead_at.training.weights import load_weights",
        "load_weights(path, model)",
    ],
)
def test_the_scan_passes_over(line: str) -> None:
    assert set(_unsafe_parts(ast.parse(line))) == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_numpy_is_told_to_load_no_objects(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.load", "numpy.load"):
            given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            assert given.get("allow_pickle") == "False", f"line {node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_one_public_class_a_file_and_the_file_is_named_like_it(path: Path) -> None:
    classes = [node.name for node in _tree(path).body if isinstance(node, ast.ClassDef)]
    public = [name for name in classes if not name.startswith("_")]
    if _NAMED_OTHERWISE.get(_name(path)) in public:
        assert len(public) == 1
    elif public:
        assert [name.lower() for name in public] == [path.stem.replace("_", "")]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if _NOT_OURS.fullmatch(path.name) or path.is_symlink():
            continue
        if path.is_dir():
            # Corpora that a user has fetched are none of ours.
            if path.parent != _CHECKOUT / "data" or path.name == "sample":
                yield from _files(path)
        elif path.parent != _CHECKOUT / "data" or path.suffix == ".py":
            yield path


def test_no_file_has_a_name_that_says_nothing() -> None:
    vague = [path for path in _files(_CHECKOUT) if _VAGUE_NAMES & set(path.stem.lower().split("_"))]
    assert vague == []


def test_no_file_knows_a_path_of_somebodys_machine() -> None:
    found = []
    for path in _files(_CHECKOUT):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match.group()}" for match in _MACHINE_PATH.finditer(text)]
    assert found == []
