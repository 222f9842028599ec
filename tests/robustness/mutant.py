"""Mutants: a module with one small mistake put into it."""

from __future__ import annotations

import ast
import copy
import inspect
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

_SWAPPED_OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_SWAPPED_FUNCTIONS = {
    "all": "any",
    "any": "all",
    "ljust": "rjust",
    "max": "min",
    "maximum": "minimum",
    "min": "max",
    "minimum": "maximum",
    "rjust": "ljust",
}
# In what stands behind the colon of a replacement field.
_SWAPPED_FORMAT = str.maketrans("<>0123456789", "><1234567890")
_STATEMENTS_TO_DELETE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.Expr, ast.If, ast.Raise)
_ANNOTATIONS = {"annotation", "returns"}
_ANY_ORDER = {"max", "maximum", "min", "minimum"}
# Characters of a change that are shown on either side of it.
_AROUND = 32


@dataclass(frozen=True)
class Mutant:
    """A module that differs from the one in the file in one place.

    Attributes:
        module: its dotted name.
        path: the file.
        place: the class and function of the mistake, empty outside of all.
        change: the lines without and with it.
        code: the whole module, compiled.
        function: the code of the function at `place`, where the mistake lies within; else None.
    """

    module: str
    path: Path
    place: str
    change: str
    code: CodeType
    function: CodeType | None

    def __str__(self) -> str:
        return f"{self.path.name} {self.place or '-'}: {self.change}"


@dataclass(frozen=True)
class _Slot:
    """Where a node stands: in a field of its parent, or in a list there."""

    parent: ast.AST
    field: str
    index: int | None
    statement: ast.AST
    place: str

    def put(self, node: Any) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants_of(path: Path, module: str) -> list[Mutant]:
    """All mutants of a file that compile to something else than the file itself, in its order.

    Left alone is what says nothing at run time (docstrings, annotations, type aliases) and imports.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    modules = {name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in _bound(node)}
    original = compile(tree, str(path), "exec")
    seen = {original}
    times: Counter[tuple[str, str]] = Counter()
    found = []
    for slot, node in _slots(tree, tree, ""):
        for mistake in _mistakes(node, slot, modules):
            before = ast.unparse(slot.statement)
            statement = mistake if node is slot.statement else slot.statement
            slot.put(mistake)
            after = ast.unparse(statement)
            change = _change(before, after)
            with warnings.catch_warnings():
                # Some mistakes are so plain that the compiler warns of them.
                warnings.simplefilter("ignore", SyntaxWarning)
                code = compile(ast.fix_missing_locations(tree), str(path), "exec")
            slot.put(node)
            # Equal arguments in each other's place compile to other columns, and say the same.
            if code in seen or after == before:
                continue
            seen.add(code)
            times[slot.place, change] += 1
            number = times[slot.place, change]
            change += f" ({number})" * (number > 1)
            function = _code_at(slot.place, code)
            inside = function is not None and function != _code_at(slot.place, original)
            found.append(Mutant(module, path, slot.place, change, code, function if inside else None))
    return found


def _code_at(place: str, code: CodeType) -> CodeType | None:
    """The code of a function, None for a class and for no place at all."""
    found: CodeType | None = code
    for name in place.split("."):
        inner = [one for one in found.co_consts if isinstance(one, CodeType)] if found is not None else []
        found = next((one for one in inner if one.co_name == name), None)
    return found if found is not None and found.co_flags & inspect.CO_OPTIMIZED else None


def _bound(node: ast.Import) -> list[str]:
    return [alias.asname or alias.name.split(".")[0] for alias in node.names]


def _slots(parent: ast.AST, statement: ast.AST, place: str) -> Iterator[tuple[_Slot, ast.AST]]:
    """Yields all nodes that may be mutated with where they stand."""
    for field, value in ast.iter_fields(parent):
        if field in _ANNOTATIONS:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _says_nothing(node, parent):
                continue
            inside = node if isinstance(node, ast.stmt) else statement
            yield _Slot(parent, field, index, inside, place), node
            named = isinstance(node, (ast.ClassDef, ast.FunctionDef))
            deeper = f"{place}.{node.name}".lstrip(".") if named else place  # type: ignore[attr-defined]
            yield from _slots(node, inside, deeper)


def _says_nothing(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign) and isinstance(parent, ast.Module):
        alias = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar"
        return alias or isinstance(node.value, ast.Subscript) or ast.unparse(node.targets[0]) == "__all__"
    return False


def _change(before: str, after: str) -> str:
    """What differs between the lines of a statement, with a little around it."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    one, other = _head(old), _head(new)
    same = _same_start(one, other)
    start = max(0, same - _AROUND)
    rest = _same_start(one[same:][::-1], other[same:][::-1])
    end = max(0, rest - _AROUND)
    return f"{_cut(one, start, end)} -> {_cut(other, start, end)}"


def _same_start(one: str, other: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))


def _head(lines: Sequence[str]) -> str:
    return lines[0].strip() + (" ..." if len(lines) > 1 else "") if lines else "nothing"


def _cut(line: str, start: int, end: int) -> str:
    return f"{'...' * (start > 0)}{line[start : len(line) - end]}{'...' * (end > 0)}"


def _mistakes(node: ast.AST, slot: _Slot, modules: set[str]) -> Iterator[ast.AST]:
    """Yields what may stand in a node's place."""
    if isinstance(node, _STATEMENTS_TO_DELETE) and not (isinstance(node, ast.AnnAssign) and not node.value):
        yield ast.copy_location(ast.Pass(), node)
    if isinstance(node, (ast.operator, ast.cmpop, ast.boolop)):
        yield from (swapped() for swapped in _SWAPPED_OPERATORS.get(type(node), ()))
    elif isinstance(node, ast.BoolOp):
        for index in range(len(node.values)):
            rest = node.values[:index] + node.values[index + 1 :]
            yield rest[0] if len(rest) == 1 else _changed(node, values=rest)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from (_changed(node, value=value) for value in _other_values(node.value, slot))
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield _changed(node, test=_not(node.test))
    elif isinstance(node, ast.comprehension):
        yield _changed(node, iter=_NOTHING)
        for index, condition in enumerate(node.ifs):
            yield _changed(node, ifs=[*node.ifs[:index], _not(condition), *node.ifs[index + 1 :]])
    elif isinstance(node, ast.For):
        yield _changed(node, iter=_NOTHING)
    elif isinstance(node, ast.ExceptHandler):
        yield _changed(node, type=_NOTHING)
    elif isinstance(node, (ast.Return, ast.Yield, ast.Lambda)):
        field = "body" if isinstance(node, ast.Lambda) else "value"
        yield _changed(node, **{field: ast.Constant(None)})
    elif isinstance(node, (ast.Continue, ast.Break)):
        yield ast.copy_location(ast.Break() if isinstance(node, ast.Continue) else ast.Continue(), node)
    elif isinstance(node, ast.Slice):
        for bound in ("lower", "upper", "step"):
            if getattr(node, bound) is not None:
                yield _changed(node, **{bound: None})
    elif isinstance(node, ast.Call):
        yield from _other_calls(node, modules)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        for index in range(len(node.decorator_list)):
            rest = node.decorator_list[:index] + node.decorator_list[index + 1 :]
            yield _changed(node, decorator_list=rest)


_NOTHING = ast.Tuple([], ast.Load())


def _changed(node: ast.AST, **fields: Any) -> Any:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _other_values(value: Any, slot: _Slot) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield from (value + 1, value - 1)
        if isinstance(value, float) and value:
            yield from (value * 2, value / 2)
    elif isinstance(value, str):
        yield value.translate(_SWAPPED_FORMAT) if _is_format(slot) else f"x{value}x"


def _is_format(slot: _Slot) -> bool:
    """Whether a string stands behind the colon of a replacement field."""
    return isinstance(slot.parent, ast.JoinedStr) and any(
        isinstance(node, ast.FormattedValue) and node.format_spec is slot.parent
        for node in ast.walk(slot.statement)
    )


def _other_calls(node: ast.Call, modules: set[str]) -> Iterator[ast.expr]:
    arguments = node.args
    name = ast.unparse(node.func).split(".")[-1]
    for index in range(0 if name in _ANY_ORDER else len(arguments) - 1):
        first, second = arguments[index : index + 2]
        if not isinstance(first, ast.Starred) and not isinstance(second, ast.Starred):
            yield _changed(node, args=[*arguments[:index], second, first, *arguments[index + 2 :]])
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield _changed(node, keywords=node.keywords[:index] + node.keywords[index + 1 :])
    if not name[0].isupper() and name != "cls" and arguments and not isinstance(arguments[0], ast.Starred):
        yield arguments[0]
    if isinstance(node.func, ast.Attribute):
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id in modules):
            yield node.func.value
        if name in _SWAPPED_FUNCTIONS:
            yield _changed(node, func=_changed(node.func, attr=_SWAPPED_FUNCTIONS[name]))
    elif isinstance(node.func, ast.Name) and name in _SWAPPED_FUNCTIONS:
        yield _changed(node, func=_changed(node.func, id=_SWAPPED_FUNCTIONS[name]))
