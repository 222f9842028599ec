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
    "documents",
    "datasets",
    "config",
    "encoding",
    "corpus_check",
    "model",
    "prediction",
    "scoring",
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
    "corpus_check": {"errors", "documents", "datasets", "encoding"},
    "scoring": {"errors", "documents"},
    # Reads what a run has left behind; no model is loaded.
    "pictures": {"errors", "documents", "datasets", "config", "encoding", "scoring"},
    # A training is a process of its own: neither running many nor reporting on them loads TensorFlow.
    "experiments": {"errors", "documents", "datasets", "config"},
    "reports": {"errors", "documents", "datasets", "config", "scoring", "experiments"},
}
_WITHOUT_TENSORFLOW = (
    "errors",
    "documents",
    "datasets",
    "config",
    "encoding",
    "corpus_check",
    "scoring",
    "pictures",
    "experiments",
    "reports",
)
_TENSORFLOW_ROOMS = {"model", "prediction", "training", "extraction", "export", "bulk"}
_TENSORFLOW = {"tensorflow", "tensorflow_addons", "keras"}

_UNSAFE_MODULES = {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
_UNSAFE_FUNCTIONS = {"eval", "exec", "compile", "__import__"}
_UNSAFE_ATTRIBUTES = {"literal_eval", "import_module", "load_model", "model_from_json", "model_from_config"}

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


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_that_runs_what_a_file_says(path: Path) -> None:
    nodes = list(ast.walk(_tree(path)))
    imports = list(_imports(iter(nodes)))
    found = {name for name in imports if name.split(".")[0] in _UNSAFE_MODULES}
    found |= {name for name in imports if name.split(".")[-1] in _UNSAFE_ATTRIBUTES}
    found |= {node.id for node in nodes if isinstance(node, ast.Name) and node.id in _UNSAFE_FUNCTIONS}
    found |= {
        node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr in _UNSAFE_ATTRIBUTES
    }
    assert found == set()


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
