"""Which sentences the program may say of a user's mistakes, read from its source: each place that is computed is a hole.

What is said is followed to where it is written: through names, conditions, sums, tables of texts, functions and their arguments.
What another library words, and what a file of data holds, is not seen here.
"""

from __future__ import annotations

import ast
import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

#: What stands for a computed place.
HOLE = "\ue000"

#: What takes a sentence and a hint, by name: the places of both among its arguments.
TAKERS = {
    "Problem": (2, 3),
    "UnitError": (1, 2),
    "Unusable": (1, 2),
    "refuse": (1, 2),
    "wrong": (0, 1),
    "Broken": (0,),
    "Unreadable": (0,),
}
#: Where a `ValueError` is a user's mistake, told as the message of a problem.
VALUE_ERRORS = {"spreads.py", "uncertainty.py", "bounds.py", "commented_blocks.py"}
NAMED = ("message", "hint")

#: More texts than that from one expression are not told apart.
MOST = 2000

Function = ast.FunctionDef
Texts = frozenset[str]
Value = ast.expr | tuple[ast.expr, int]  # an expression, or one item of what it gives

UNKNOWN: Texts = frozenset({HOLE})
_PROPERTIES = frozenset({"property", "cached_property"})
_ON_TEXTS = frozenset({"removesuffix", "removeprefix", "rstrip", "lstrip", "strip", "replace"})


class Source:
    """The modules of the package, with what each name of them stands for."""

    def __init__(self, folder: Path) -> None:
        self.modules = {path: ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
        self.module: dict[ast.AST, Path] = {}
        self.function: dict[ast.AST, Function | None] = {}
        self.owner: dict[Function, str] = {}
        self.functions: dict[str, list[Function]] = defaultdict(list)
        self.calls: dict[str, list[ast.Call]] = defaultdict(list)
        self.names: dict[ast.AST | Path, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self.constants: dict[str, list[Value]] = defaultdict(list)
        self.returned: dict[Function, list[ast.expr]] = defaultdict(list)
        self.imported: dict[tuple[Path, str], Path] = {}
        for path, tree in self.modules.items():
            self._read(tree, path, None, "")

    def _read(self, node: ast.AST, path: Path, function: Function | None, owner: str) -> None:
        self.module[node], self.function[node] = path, function
        inner, owned = function, owner
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            origin = Path(*node.module.split("."))
            self.imported |= {(path, alias.asname or alias.name): origin for alias in node.names}
        if isinstance(node, Function):
            if not any(getattr(one, "id", getattr(one, "attr", "")) in _PROPERTIES for one in node.decorator_list):
                self.functions[node.name].append(node)
            self.owner[node] = owner
            inner, owned = node, ""
        elif isinstance(node, ast.ClassDef):
            owned = node.name
        elif isinstance(node, ast.Call):
            self.calls[called(node)].append(node)
        elif isinstance(node, ast.Return | ast.Yield) and node.value is not None and function is not None:
            self.returned[function].append(node.value)
        for name, value in assigned(node):
            self.names[function or path][name].append(value)
            if function is None:
                self.constants[name].append(value)
        for child in ast.iter_child_nodes(node):
            self._read(child, path, inner, owned)

    def meant(self, call: ast.Call) -> list[Function]:
        """Return the functions that a call may mean: those of its own module, else what is imported or a method of any class."""
        name, is_method = called(call), isinstance(call.func, ast.Attribute)
        known = [one for one in self.functions[name] if bool(self.owner[one]) == is_method]
        here = [one for one in known if self.module[one] == self.module[call]]
        if here or is_method:
            return here or [one for one in known if not self.owner[one].startswith("_")]
        origin = self.imported.get((self.module[call], name), Path("nowhere"))
        return [one for one in known if self.module[one].with_suffix("").match(origin.as_posix())]

    @functools.cache  # noqa: B019  one source lives as long as the tests
    def callers(self, function: Function) -> list[ast.Call]:
        """Return the calls that may mean a function."""
        return [call for call in self.calls[function.name] if function in self.meant(call)]


def called(call: ast.Call) -> str:
    """Return the name of what is called."""
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def assigned(node: ast.AST) -> Iterator[tuple[str, Value]]:
    """Yield the names that a statement gives a value, with that value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _paired(target, node.value)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield from _paired(node.target, node.value)
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield node.target.id, ast.BinOp(ast.Name(node.target.id), node.op, node.value)
    elif isinstance(node, ast.For | ast.comprehension):
        yield from _paired(node.target, ast.Starred(node.iter))


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, Value]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, own in zip(target.elts, value.elts, strict=True):
            yield from _paired(one, own)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        yield from _paired(target, value.body)
        yield from _paired(target, value.orelse)
    elif isinstance(target, ast.Tuple):
        yield from ((one.id, (value, place)) for place, one in enumerate(target.elts) if isinstance(one, ast.Name))


class Reader:
    """Follows expressions to the texts that they may give."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._open: set[tuple[int, int]] = set()
        self._filled: set[str] = set()

    def sentences(self) -> dict[str, str]:
        """Return every sentence and hint, with a place where it is said."""
        found: dict[str, str] = {}
        for call in list(itertools.chain.from_iterable(self.source.calls.values())):  # looking a name up may add one
            for expression in self._said(call):
                for text in self.texts(expression, call):
                    found.setdefault(text, self._place(call))
        return found

    def _said(self, call: ast.Call) -> Iterator[Value]:
        """Yield the expressions of a call that give a sentence or a hint."""
        name = called(call)
        yield from (word.value for word in call.keywords if word.arg in NAMED and name in {*TAKERS, "replace"})
        is_told = name == "ValueError" and self.source.module[call].name in VALUE_ERRORS
        for place in (0,) if is_told else TAKERS.get(name, ()):
            value = _argument(call, place)
            if value is not None:
                yield value

    def texts(self, value: Value, at: ast.AST) -> Texts:
        """Return what an expression may give, computed places as holes; `at` is a node of the function that it stands in."""
        expression, item = value if isinstance(value, tuple) else (value, -1)
        key = (id(expression), item)
        if key in self._open:
            return frozenset()
        self._open.add(key)
        try:
            found = self._item(expression, item, at) if item >= 0 else self._of(expression, at)
        finally:
            self._open.discard(key)
        return found if len(found) <= MOST else UNKNOWN

    def _all(self, values: Iterable[Value], at: ast.AST) -> Texts:
        return frozenset().union(*(self.texts(value, at) for value in values))

    def _of(self, expression: ast.expr, at: ast.AST) -> Texts:
        match expression:
            case ast.Constant(value=str(text)):
                return frozenset({text})
            case ast.Constant(value=None):
                return frozenset()
            case ast.JoinedStr(values=values):
                return self._joined(values, at)
            case ast.IfExp(test=ast.Name(id=name), body=body, orelse=orelse):
                return self._where_filled(name, body, at) | self.texts(orelse, at)
            case ast.IfExp(body=body, orelse=orelse):
                return self._all((body, orelse), at)
            case ast.BoolOp(op=ast.And(), values=values):
                return self.texts(values[-1], at)
            case ast.BoolOp(values=values):
                return self._all(values, at)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                both = (self.texts(left, at) or UNKNOWN, self.texts(right, at) or UNKNOWN)
                return frozenset("".join(pair) for pair in itertools.product(*both))
            case ast.NamedExpr(value=inner) | ast.Starred(value=inner):
                return self.texts(inner, at)
            case ast.Tuple() | ast.List() | ast.GeneratorExp() | ast.ListComp() | ast.Dict():
                return self._all(_inside(expression), at)
            case ast.Name(id=name):
                return self._named(name, at)
            case ast.Subscript(value=value, slice=ast.Constant(value=int(place))):
                return self.texts((value, place), at)
            case ast.Subscript(value=ast.Name(id=name)):
                return self._named(name, at)
            case ast.Call():
                return self._called(expression, at)
        return UNKNOWN

    def _where_filled(self, name: str, value: ast.expr, at: ast.AST) -> Texts:
        """Return what an expression may give where a name stands for no empty text."""
        self._filled.add(name)
        try:
            return self.texts(value, at)
        finally:
            self._filled.discard(name)

    def _joined(self, values: list[ast.expr], at: ast.AST) -> Texts:
        """Return what an f-string may give, with each choice of the texts in it; a user's own words are a hole."""
        pieces: list[Texts] = []
        for index, value in enumerate(values):
            if isinstance(value, ast.FormattedValue):
                is_own = value.format_spec is not None or _ends_with_backtick(values[index - 1] if index else None)
                pieces.append(UNKNOWN if is_own else self.texts(value.value, at) or UNKNOWN)
            else:
                pieces.append(self.texts(value, at))
        if math.prod(map(len, pieces)) > MOST:
            pieces = [piece if len(piece) == 1 else UNKNOWN for piece in pieces]
        return frozenset("".join(choice) for choice in itertools.product(*pieces))

    def _named(self, name: str, at: ast.AST) -> Texts:
        function = at if isinstance(at, Function) else self.source.function[at]
        while function is not None:
            values = self.source.names[function][name]
            if values:
                return self._all(values, function) - ({""} if name in self._filled else set())
            if name in (arguments := [one.arg for one in function.args.args]):
                return self._given(function, arguments.index(name), name)
            function = self.source.function[function]
        module = self.source.module[at]
        values = self.source.names[module][name] or self.source.constants[name]
        tops = [next(iter(self.source.modules[module].body))] if values else []
        return self._all(values, tops[0]) if tops else UNKNOWN

    def _given(self, function: Function, place: int, name: str) -> Texts:
        """Return what the calls of a function give as one of its arguments."""
        found: set[str] = set()
        for call in self.source.callers(function):
            shift = 1 if self.source.owner[function] and isinstance(call.func, ast.Attribute) else 0
            value = _argument(call, place - shift)
            named = [word.value for word in call.keywords if word.arg == name]
            for each in [value] if value is not None else named:
                found |= self.texts(each, call)
        return frozenset(found) or UNKNOWN

    def _called(self, call: ast.Call, at: ast.AST) -> Texts:
        name = called(call)
        if isinstance(call.func, ast.Attribute) and name in _ON_TEXTS:
            base = self.texts(call.func.value, at)
            return base | _replaced(base, call) if name == "replace" else base
        if isinstance(call.func, ast.Attribute) and name == "get":
            return self.texts(call.func.value, at) | self._all(call.args[1:], at)
        if isinstance(call.func, ast.Attribute) and name == "join":
            return self._listed(call, at)
        return self._returned(call, -1)

    def _listed(self, call: ast.Call, at: ast.AST) -> Texts:
        """Return a list of one and of two, where what is listed is written; of a table, its keys."""
        listed, tables = call.args[0], []
        if isinstance(listed, ast.Name):
            tables = [value for value in self.source.constants[listed.id] if isinstance(value, ast.Dict)]
        keys = [key for table in tables for key in table.keys if key is not None]
        between, each = self.texts(_of(call), at), (self._all(keys, at) if keys else self.texts(listed, at)) or UNKNOWN
        return each | {f"{one}{sign}{one}" for one in each for sign in between if sign}

    def _returned(self, call: ast.Call, item: int) -> Texts:
        found: set[str] = set()
        for function in self.source.meant(call):
            for value in self.source.returned[function]:
                found |= self.texts(value if item < 0 else (value, item), function)
        return frozenset(found) or UNKNOWN

    def _item(self, expression: ast.expr, item: int, at: ast.AST) -> Texts:
        """Return what one item of what an expression gives may be."""
        match expression:
            case ast.Tuple(elts=elements) if item < len(elements):
                return self.texts(elements[item], at)
            case ast.IfExp(body=body, orelse=orelse):
                return self._all(((body, item), (orelse, item)), at)
            case ast.Call():
                return self._returned(expression, item)
            case ast.Starred(value=ast.Tuple(elts=elements)):
                return self._all([(element, item) for element in elements], at)
            case ast.Starred(value=ast.Call(func=ast.Attribute(value=table, attr="items"))):
                return self._of_table(table, item, at)
            case ast.Name(id=name):
                return self._item_of_name(name, item, at)
        return UNKNOWN

    def _item_of_name(self, name: str, item: int, at: ast.AST) -> Texts:
        function = at if isinstance(at, Function) else self.source.function[at]
        if function is None:
            return UNKNOWN
        values = [one for one in self.source.names[function][name] if not isinstance(one, tuple)]
        found = set(self._all([(value, item) for value in values], function))
        arguments = [one.arg for one in function.args.args]
        for call in self.source.callers(function) if not values and name in arguments else ():
            given = _argument(call, arguments.index(name))
            found |= self.texts((given, item), call) if isinstance(given, ast.expr) else set()
        return frozenset(found) or UNKNOWN

    def _of_table(self, table: ast.expr, item: int, at: ast.AST) -> Texts:
        values = [table] if isinstance(table, ast.Dict) else []
        if isinstance(table, ast.Name):
            values = [v for v in self.source.names[self.source.module[at]][table.id] if isinstance(v, ast.Dict)]
        inner = [one for value in values for one in (value.keys if item == 0 else value.values) if one is not None]
        return self._all(inner, at) or UNKNOWN

    def _place(self, at: ast.AST) -> str:
        return f"{self.source.module[at].name}:{getattr(at, 'lineno', 0)}"


def _argument(call: ast.Call, place: int) -> Value | None:
    """Return what a call gives at a place; of a starred one the item that comes to stand there."""
    for index, argument in enumerate(call.args):
        if isinstance(argument, ast.Starred):
            return (argument.value, place - index) if place >= index else None
        if index == place:
            return argument
    return None


def _replaced(base: Texts, call: ast.Call) -> set[str]:
    """Return texts in which a word was replaced by another, where both are written in the call."""
    words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return {text.replace(words[0], words[1]) for text in base} if len(words) == 2 else set()


def _inside(expression: ast.expr) -> list[ast.expr]:
    """Return what a list or a table holds."""
    match expression:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return elements
        case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
            return [element]
        case ast.Dict(values=values):
            return values
    return []


def _of(call: ast.Call) -> ast.expr:
    """Return what a method is called of."""
    assert isinstance(call.func, ast.Attribute)
    return call.func.value


def _ends_with_backtick(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.endswith("`")
