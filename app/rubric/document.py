"""YAML read with suspicion: plain values, and the line each of them stands on.

A rubric may come from anybody, so the file is kept small and shallow, and what YAML offers beyond plain
lists, fields and values is refused: anchors and aliases (a few hundred bytes of them can stand for
gigabytes), tags, merge keys and repeated fields.
"""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from app.rubric.errors import RubricError

if TYPE_CHECKING:
    from types import ModuleType

    from yaml.events import Event
    from yaml.nodes import Node

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 20

_PLAIN: Final = re.compile(r"[\w-]+")
_TEXT: Final = "tag:yaml.org,2002:str"


class Document(Struct, frozen=True):
    """A YAML document: its plain value, and by path each value in it and the line (from 1) it stands on.

    Paths are written as msgspec writes them, `$.principles[0].criteria[2].level`; the line of a field is the
    line of its name.
    """

    value: Any
    values: dict[str, Any]
    lines: dict[str, int]

    def line_of(self, path: str) -> int:
        """The line a path stands on; of one that is not there, that of the nearest above it."""
        return self.lines[nearest(path, self.lines)]


def nearest(path: str, known: Collection[str]) -> str:
    """A path where it is known, else the nearest above it that is; the whole, `$`, must be known."""
    while path not in known:
        path = path[: max(path.rfind("."), path.rfind("["))]
    return path


def path_of(path: str, field: str) -> str:
    """The path of a field below a path; a name that could be taken for a path is quoted."""
    return f"{path}.{field}" if _PLAIN.fullmatch(field) else f"{path}.{field!r}"


def read_document(text: str, name: str, thing: str = "rubric") -> Document:
    """The plain value of a YAML text with its lines; RubricError where it is not plain YAML, or holds no `thing`."""
    import yaml

    text = text.removeprefix("\ufeff")
    _refuse_size(text, name)
    _refuse_unprintable(yaml, text, name)
    try:
        _refuse_cleverness(yaml, text, name)
        root = yaml.compose(text, Loader=_loader(yaml))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        says = str(error.problem).removeprefix("but ")
        raise RubricError(name, line, f"expected valid YAML; its parser says: {says}") from None
    if root is None:
        raise RubricError(name, None, f"expected a {thing}, found an empty file")
    reader = _Reader(yaml, name)
    return Document(reader.read(root, "$"), reader.values, reader.lines)


def _loader(yaml: "ModuleType") -> Any:
    """PyYAML's safe loader, the one in C where it was built."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_size(text: str, name: str) -> None:
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        raise too_large(name)


def too_large(name: str) -> RubricError:
    """The error for a file beyond the size a rubric or mapping may have."""
    return RubricError(name, None, "expected a file of at most 1 MB, found a larger one")


def _refuse_unprintable(yaml: "ModuleType", text: str, name: str) -> None:
    """PyYAML's own check, made here because its error knows no line."""
    sign = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if sign:
        line = text.count("\n", 0, sign.start()) + 1
        code = f"U+{ord(sign.group()):04X}"
        raise RubricError(name, line, f"expected text, found the unprintable character {code}")


def _refuse_cleverness(yaml: "ModuleType", text: str, name: str) -> None:
    """Refuse anchors, aliases, tags and deep nesting before anything is built from the text."""
    depth = 0
    for event in yaml.parse(text, Loader=_loader(yaml)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = _cleverness(event, depth)
        if problem:
            raise RubricError(name, event.start_mark.line + 1, problem)


def _cleverness(event: "Event", depth: int) -> str:
    if anchor := getattr(event, "anchor", None):
        return f"expected every value written out, found the anchor or alias {found(anchor)}"
    if tag := getattr(event, "tag", None):
        return f"expected plain YAML without tags, found {found(tag)}"
    return f"expected at most {MAX_DEPTH} levels of nesting, found more" if depth > MAX_DEPTH else ""


class _Reader:
    """Turns nodes into plain values and notes values and lines by path on the way."""

    def __init__(self, yaml: "ModuleType", name: str) -> None:
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self._yaml = yaml
        self._name = name
        self._scalars = yaml.constructor.SafeConstructor()

    def read(self, node: "Node", path: str) -> Any:
        """The value of a node and of all below it."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        self.values[path] = value = self._value(node, path)
        return value

    def _value(self, node: "Node", path: str) -> Any:
        if isinstance(node, self._yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, self._yaml.SequenceNode):
            return [self.read(item, f"{path}[{place}]") for place, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _scalar(self, node: "Node") -> Any:
        try:
            return self._scalars.construct_object(node)
        except (self._yaml.YAMLError, ValueError):
            raise self._error(node, f"expected a plain value, found {found(node.value)}") from None

    def _mapping(self, node: "Node", path: str) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, value in node.value:
            field = self._key(key)
            if field in fields:
                raise self._error(key, f"expected each field once, found {found(field)} again")
            field_path = path_of(path, field)
            self.lines[field_path] = key.start_mark.line + 1
            fields[field] = self.read(value, field_path)
        return fields

    def _key(self, node: "Node") -> str:
        if node.tag != _TEXT:
            raise self._error(node, f"expected the name of a field, found {_found_key(node.value)}")
        return str(node.value)

    def _error(self, node: "Node", problem: str) -> RubricError:
        return RubricError(self._name, node.start_mark.line + 1, problem)


def found(value: Any) -> str:
    """A value as a sentence shows it: on one line, short, and in quotes where it is text."""
    if isinstance(value, str):
        return _found_text(value)
    if value is None or value in ([], {}):
        return "nothing"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "a group of fields" if isinstance(value, dict) else f"{value} without quotes"


def _found_text(value: str) -> str:
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    if not shown:
        return "nothing"
    return f'"{shown}"' if len(shown) <= 60 else f'"{shown[:40].rstrip()}…" ({len(value)} characters)'


def _found_key(value: Any) -> str:
    return found(value) if isinstance(value, str) else "a list or a group of fields"
