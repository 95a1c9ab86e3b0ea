"""Reach every text that people wrote in a study, and nothing else: no keys, references, choices, colours or zones."""

from __future__ import annotations

import functools
import typing
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from app.model import assessment, disclosure, source
from app.model.base import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T", bound=Value)

_NO_TEXT: Final = frozenset({"id", "key", "format", "zone"})
_NOT_OF: Final[dict[type, frozenset[str]]] = {
    assessment.FrozenRubric: frozenset({"version", "text"}),
    assessment.FrozenMapping: frozenset({"text"}),
    assessment.RubricDraft: frozenset({"based_on", "text"}),
    assessment.Override: frozenset({"basis"}),
    source.Version: frozenset({"line", "sitting", "below"}),
    disclosure.ReportSetup: frozenset({"profile", "version", "sections"}),
    disclosure.Allowance: frozenset({"profile"}),
}
"""Fields of text that programs read, by the values they are of."""

_NONE: Final[Mapping[type[Value], str]] = MappingProxyType({})


def rewritten(value: T, write: Callable[[str], str], besides: Mapping[type[Value], str] = _NONE) -> T:
    """Write every text in a value, and in the values in it, anew; the very same value where none changes.

    Args:
        value: the value.
        write: gives a text as it is to be.
        besides: by the type of a value, the field whose text stays.
    """
    changes: dict[str, Any] = {}
    for field in text_fields(type(value)):
        old = getattr(value, field)
        if old and field != besides.get(type(value)) and (new := write(old)) != old:
            changes[field] = new
    for field in inner_fields(type(value)):
        inner = getattr(value, field)
        written = _inner(inner, write, besides)
        if written is not inner:
            changes[field] = written
    return msgspec.structs.replace(value, **changes) if changes else value


def _inner(inner: Any, write: Callable[[str], str], besides: Mapping[type[Value], str]) -> Any:
    if isinstance(inner, Value):
        return rewritten(inner, write, besides)
    written = tuple(rewritten(each, write, besides) for each in inner)
    return written if any(new is not old for new, old in zip(written, inner, strict=True)) else inner


@functools.cache
def text_fields(of: type[Value]) -> tuple[str, ...]:
    """Name the fields of a value that hold what people wrote."""
    hints = typing.get_type_hints(of, include_extras=True)
    left_out = _NO_TEXT | _NOT_OF.get(of, frozenset())
    return tuple(name for name, hint in hints.items() if name not in left_out and _is_text(hint))


@functools.cache
def inner_fields(of: type[Value]) -> tuple[str, ...]:
    """Name the fields of a value that hold further values, one or many."""
    return tuple(name for name, hint in typing.get_type_hints(of).items() if _holds_values(hint))


def _holds_values(hint: Any) -> bool:
    of = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
    return isinstance(of, type) and issubclass(of, Value)


def _is_text(hint: Any) -> bool:
    """Whether a field is plain text: any words, and not a reference or of a pattern."""
    bare, *notes = typing.get_args(hint) if typing.get_origin(hint) is typing.Annotated else (hint,)
    metas = [note for note in notes if isinstance(note, msgspec.Meta)]
    return bare is str and not any(meta.pattern or (meta.extra and "table" in meta.extra) for meta in metas)
