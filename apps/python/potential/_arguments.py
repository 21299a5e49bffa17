"""Errors that name the argument that is wrong, in place of the C++ signature of pybind11."""

import ast
import functools
import inspect
import os
import re
from collections.abc import Mapping
from typing import Any, Callable, Iterable, Iterator

from . import _core

_KINDS: dict[str, Any] = {"str": str, "bool": object, "PathLike": (str, os.PathLike), "None": type(None)}


def _parts(text: str) -> Iterator[str]:
    """What commas outside brackets and quotes divide."""
    depth, part, quote = 0, "", ""
    for c in text:
        if c in "'\"" and quote in ("", c):
            quote = "" if quote else c
        if not quote:
            depth += {"[": 1, "(": 1, "{": 1, "]": -1, ")": -1, "}": -1}.get(c, 0)
        if c == "," and depth == 0 and not quote:
            yield part.strip()
            part = ""
        else:
            part += c
    if part.strip():
        yield part.strip()


def _split(kind: ast.expr) -> tuple[str, list[ast.expr]]:
    """`Optional[int]` as its name and what is inside."""
    if not isinstance(kind, ast.Subscript):
        return ast.unparse(kind).split(".")[-1], []
    inner = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
    return ast.unparse(kind.value).split(".")[-1].lower(), inner


def _fits(value: Any, kind: ast.expr) -> bool:
    """Whether pybind11 takes a value where a signature says this; True when in doubt."""
    name, inner = _split(kind)
    if name in ("optional", "union"):
        return (name == "optional" and value is None) or any(_fits(value, one) for one in inner)
    if name in ("list", "sequence"):
        return (not isinstance(value, (str, bytes, Mapping)) and hasattr(value, "__getitem__")
                and all(_fits(one, inner[0]) for one in value))
    if name == "dict":
        return isinstance(value, Mapping) and all(
            _fits(key, inner[0]) and _fits(one, inner[1]) for key, one in value.items())
    if name in ("int", "float"):
        return hasattr(value, "__index__") or (name == "float" and hasattr(value, "__float__"))
    cls = getattr(_core, name, object)
    return isinstance(value, _KINDS.get(name, cls if isinstance(cls, type) else object))


def _words(kind: ast.expr, plural: bool = False) -> str:
    name, inner = _split(kind)
    if name in ("optional", "union"):
        return " or ".join([_words(one, plural) for one in inner] + ["None"] * (name == "optional"))
    if name in ("list", "sequence"):
        return ("lists" if plural else "a list") + f" of {_words(inner[0], True)}"
    if name == "dict":
        return f"a dict of {_words(inner[0], True)} to {_words(inner[1], True)}"
    name = {"PathLike": "path"}.get(name, name)
    return name + "s" if plural else ("an " if name[0] in "aeiou" else "a ") + name


def _type_of(value: Any) -> str:
    name = type(value).__name__
    if isinstance(value, (list, tuple)) and value:
        name += " of " + ", ".join(sorted({type(one).__name__ for one in value}))
    return name


def _complaint(name: str, signature: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """What is wrong with a call, in one line."""
    parameters: dict[str, ast.expr] = {}
    needed, positional, keyword_only = [], [], False
    for part in _parts(signature[signature.index("(") + 1:signature.rindex(") ->")]):
        if part.startswith("*"):
            keyword_only = True
            continue
        parameter, _, rest = part.partition(":")
        kind, _, default = rest.partition(" = ")
        parameters[parameter] = ast.parse(re.sub(r"<[^>]*>", "object", kind.strip()), mode="eval").body
        if not default:
            needed.append(parameter)
        if not keyword_only:
            positional.append(parameter)
    if len(args) > len(positional):
        return (f"{name}() takes {len(positional)} arguments without a name "
                f"({', '.join(positional)}), {len(args)} were given")
    for parameter in kwargs:
        if parameter not in parameters:
            return f"{name}() got an unexpected keyword argument '{parameter}'"
    given = {**dict(zip(positional, args)), **kwargs}
    for parameter in needed:
        if parameter not in given:
            return f"{name}() needs the argument '{parameter}'"
    for parameter, value in given.items():
        if not _fits(value, parameters[parameter]):
            return f"{parameter}: give {_words(parameters[parameter])}, not {_type_of(value)}"
    return f"{name}() does not take these arguments; see help(potential.{name})"


def _named(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except TypeError as error:
            if not str(error).startswith(f"{function.__name__}(): incompatible function arguments"):
                raise
        signature = (function.__doc__ or "").split("\n", 1)[0]
        raise TypeError(_complaint(function.__name__, signature, args, kwargs)) from None
    return call


def name_wrong_ones(module: dict[str, Any], names: Iterable[str]) -> None:
    """Lets the functions of a module say which argument is wrong."""
    for name in names:
        if inspect.isbuiltin(module[name]):
            module[name] = _named(module[name])
