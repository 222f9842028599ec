"""Looking into what gensim's `save` writes, without running any of it.

The format is a program for a small stack machine, and may name any function and have it called. Here the
standard library's `pickletools.genops` takes the program apart, and a machine of ours carries out the
harmless half of it: numbers, texts, lists and dictionaries are made; a call only leaves a note of what would
have been called. Nothing named in the file is ever imported, and a name that gensim and NumPy do not write is
refused.
"""

from __future__ import annotations

import os
import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, BinaryIO

from multihead_at.encoding.stored_name import StoredName
from multihead_at.encoding.vector_stream import open_vector_file
from multihead_at.errors import InputError

ALLOWED_NAMES = frozenset(
    {
        # gensim 4, and the names gensim 3 used
        "gensim.models.keyedvectors KeyedVectors",
        "gensim.models.keyedvectors Word2VecKeyedVectors",
        "gensim.models.keyedvectors EuclideanKeyedVectors",
        "gensim.models.keyedvectors FastTextKeyedVectors",
        "gensim.models.keyedvectors Vocab",
        "gensim.models.word2vec Word2Vec",
        "gensim.models.word2vec Word2VecVocab",
        "gensim.models.word2vec Word2VecTrainables",
        "gensim.models.fasttext FastText",
        "gensim.models.fasttext FastTextKeyedVectors",
        "gensim.models.fasttext FastTextVocab",
        "gensim.models.fasttext FastTextTrainables",
        "gensim.utils call_on_class_only",
        # NumPy arrays, numbers and random states, under the names of NumPy 1 and 2
        "numpy ndarray",
        "numpy dtype",
        "numpy float32",
        "numpy float64",
        "numpy.core.multiarray _reconstruct",
        "numpy.core.multiarray scalar",
        "numpy.core.numeric _frombuffer",
        "numpy._core.multiarray _reconstruct",
        "numpy._core.multiarray scalar",
        "numpy._core.numeric _frombuffer",
        "numpy.random._pickle __randomstate_ctor",
        "numpy.random._pickle __bit_generator_ctor",
        "numpy.random._mt19937 MT19937",
        "numpy.random __RandomState_ctor",
        # Python's own, as protocols 2 to 5 name them
        "builtins hash",
        "builtins int",
        "builtins object",
        "builtins bytes",
        "builtins frozenset",
        "__builtin__ hash",
        "__builtin__ int",
        "__builtin__ long",
        "__builtin__ object",
        "__builtin__ bytes",
        "__builtin__ frozenset",
        "_codecs encode",
        "collections defaultdict",
        "collections OrderedDict",
        "copyreg _reconstructor",
        "copy_reg _reconstructor",
    }
)
"""What gensim's files of word vectors name, as "module name"."""

_MOST_SHOWN = 100
# Keys and places beyond it could be chosen to have one hash, which makes a dictionary quadratically slow.
_MOST_PLACES = 2**32
_DAMAGED = (
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    MemoryError,
    # Data that hold themselves, or are nested thousands deep.
    RecursionError,
)


@dataclass(eq=False)
class StoredObject:
    """A note of an object that the file would have had made.

    Attributes:
        name: what would have been called, as in `StoredName`.
        arguments: what it would have been called with.
        state: what the object would then have been given, usually its attributes by name.
    """

    name: str
    arguments: tuple[Any, ...]
    state: Any = None


def read_stored_object(path: str | os.PathLike[str]) -> Any:
    """Reads a file of gensim's `save`, plain or gzip, as inert data.

    Args:
        path: the file.

    Returns:
        The object on top: plain Python data, with `StoredObject` and `StoredName` where others stood.

    Raises:
        InputError: the file cannot be read, is damaged, or names something outside `ALLOWED_NAMES`.
    """
    with open_vector_file(path) as file:
        try:
            return _Machine().run(file)
        except InputError as error:
            raise InputError(error.message, path=path) from None
        except _DAMAGED as error:
            message = "damaged or cut short file received, expected one that gensim's save wrote"
            raise InputError(f"{message} ({str(error)[:_MOST_SHOWN]})", path=path) from None


_Operation = Callable[["_Machine", Any], None]


class _Machine:
    """The stack machine, reduced to making data."""

    def __init__(self) -> None:
        self._stack: list[Any] = []
        self._below: list[list[Any]] = []  # stacks set aside by MARK
        self._memo: dict[int, Any] = {}

    def run(self, file: BinaryIO) -> Any:
        # Without a `tell`, which would be asked for before every instruction.
        source: Any = SimpleNamespace(read=file.read, readline=file.readline)
        for opcode, argument, _ in pickletools.genops(source):
            operation = _OPERATIONS.get(opcode.name)
            if operation is None:
                raise InputError(f"instruction {opcode.name} received, which gensim's save does not write")
            operation(self, argument)
        return self._stack.pop()

    def skip(self, _: Any) -> None:
        """PROTO, FRAME and STOP have nothing to do here."""

    def push(self, value: Any) -> None:
        self._stack.append(value)

    def push_none(self, _: Any) -> None:
        self._stack.append(None)

    def push_true(self, _: Any) -> None:
        self._stack.append(True)

    def push_false(self, _: Any) -> None:
        self._stack.append(False)

    def push_list(self, _: Any) -> None:
        self._stack.append([])

    def push_dictionary(self, _: Any) -> None:
        self._stack.append({})

    def push_tuple(self, _: Any) -> None:
        self._stack.append(())

    def mark(self, _: Any) -> None:
        self._below.append(self._stack)
        self._stack = []

    def make_list(self, _: Any) -> None:
        items = self._items()
        self._stack.append(items)

    def make_dictionary(self, _: Any) -> None:
        items = self._items()
        self._stack.append({})
        self._set_items(items)

    def make_tuple(self, _: Any) -> None:
        items = self._items()
        self._stack.append(tuple(items))

    def make_tuple_of_1(self, _: Any) -> None:
        self._stack[-1:] = [(self._stack[-1],)]

    def make_tuple_of_2(self, _: Any) -> None:
        self._stack[-2:] = [(self._stack[-2], self._stack[-1])]

    def make_tuple_of_3(self, _: Any) -> None:
        self._stack[-3:] = [(self._stack[-3], self._stack[-2], self._stack[-1])]

    def append(self, _: Any) -> None:
        self._extend([self._stack.pop()])

    def appends(self, _: Any) -> None:
        self._extend(self._items())

    def set_item(self, _: Any) -> None:
        value = self._stack.pop()
        self._set_items([self._stack.pop(), value])

    def set_items(self, _: Any) -> None:
        self._set_items(self._items())

    def name(self, name: str) -> None:
        if name not in ALLOWED_NAMES:
            shown = name.replace(" ", ".")[:_MOST_SHOWN]
            raise InputError(
                f"refused: the file names {shown!r}, which gensim does not write with word vectors; nothing "
                "of it was run"
            )
        self._stack.append(StoredName(name))

    def name_from_stack(self, _: Any) -> None:
        name = self._stack.pop()
        module = self._stack.pop()
        # To write anything else as text could take forever: a tuple may hold another one twice, and so on.
        if not isinstance(name, str) or not isinstance(module, str):
            raise ValueError("a name that is no text")
        self.name(f"{module} {name}")

    def call(self, _: Any) -> None:
        arguments = self._stack.pop()
        function = self._stack.pop()
        if not isinstance(function, StoredName) or not isinstance(arguments, tuple):
            raise ValueError("a call of what is no function")
        self._stack.append(StoredObject(function.name, arguments))

    def build(self, _: Any) -> None:
        state = self._stack.pop()
        target = self._stack[-1]
        if not isinstance(target, StoredObject):
            raise ValueError("a state for what is no object")
        target.state = state

    def memoize(self, _: Any) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def put(self, place: int) -> None:
        if not 0 <= place < _MOST_PLACES:
            raise ValueError("a place beyond all that there are")
        self._memo[place] = self._stack[-1]

    def get(self, place: int) -> None:
        self._stack.append(self._memo[place])

    def _items(self) -> list[Any]:
        """What was pushed since the last MARK."""
        items = self._stack
        self._stack = self._below.pop()
        return items

    def _extend(self, items: list[Any]) -> None:
        target = self._stack[-1]
        if not isinstance(target, list):
            raise ValueError("items for what is no list")
        target.extend(items)

    def _set_items(self, items: list[Any]) -> None:
        target = self._stack[-1]
        if isinstance(target, StoredObject):
            return  # word counts of a model in training: of no use here
        if not isinstance(target, dict) or len(items) % 2:
            raise ValueError("entries for what is no dictionary")
        for key, value in zip(items[::2], items[1::2]):
            # Plain keys only: hashing deeply nested ones can overrun the interpreter's own stack.
            if not isinstance(key, str) and not (isinstance(key, int) and 0 <= key < _MOST_PLACES):
                raise ValueError("a dictionary key that is no text or number of 32 bits")
            target[key] = value


_OPERATIONS: dict[str, _Operation] = {
    **dict.fromkeys(("PROTO", "FRAME", "STOP"), _Machine.skip),
    **dict.fromkeys(("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4"), _Machine.push),
    **dict.fromkeys(("FLOAT", "BINFLOAT"), _Machine.push),
    **dict.fromkeys(("STRING", "BINSTRING", "SHORT_BINSTRING"), _Machine.push),
    **dict.fromkeys(("UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8"), _Machine.push),
    **dict.fromkeys(("SHORT_BINBYTES", "BINBYTES", "BINBYTES8", "BYTEARRAY8"), _Machine.push),
    "NONE": _Machine.push_none,
    "NEWTRUE": _Machine.push_true,
    "NEWFALSE": _Machine.push_false,
    "EMPTY_LIST": _Machine.push_list,
    "EMPTY_DICT": _Machine.push_dictionary,
    "EMPTY_TUPLE": _Machine.push_tuple,
    "MARK": _Machine.mark,
    "LIST": _Machine.make_list,
    "FROZENSET": _Machine.make_tuple,
    "DICT": _Machine.make_dictionary,
    "TUPLE": _Machine.make_tuple,
    "TUPLE1": _Machine.make_tuple_of_1,
    "TUPLE2": _Machine.make_tuple_of_2,
    "TUPLE3": _Machine.make_tuple_of_3,
    "APPEND": _Machine.append,
    "APPENDS": _Machine.appends,
    "SETITEM": _Machine.set_item,
    "SETITEMS": _Machine.set_items,
    "GLOBAL": _Machine.name,
    "STACK_GLOBAL": _Machine.name_from_stack,
    "REDUCE": _Machine.call,
    "NEWOBJ": _Machine.call,
    "BUILD": _Machine.build,
    "MEMOIZE": _Machine.memoize,
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), _Machine.put),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _Machine.get),
}
