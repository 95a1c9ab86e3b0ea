"""What may go into a study: a value is checked whole before any of it is written, or it could not be read back."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from app.actions.errors import RefusedError
from app.model.base import Value
from app.model.wording import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

V = TypeVar("V", bound=Value)
_WRITTEN_NUL = rb"\u0000"
_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # a NUL ends a text for SQLite; half a character has no UTF-8


def checked(value: V) -> V:
    """Give the value back if it can be kept; `msgspec.structs.replace` lets anything into one.

    Raises:
        RefusedError: a field is empty, too long, of another type, or holds a character that can't be kept.
    """
    with contextlib.suppress(msgspec.ValidationError, UnicodeEncodeError):
        written = msgspec.json.encode(value)  # many times quicker than looking through each field
        if _WRITTEN_NUL not in written:
            return msgspec.json.decode(written, type=type(value))
    plain = msgspec.to_builtins(value)
    for place in unkept(plain):
        raise RefusedError(f"The {_field(place)} holds a character that can't be kept.")
    try:
        return msgspec.convert(plain, type(value))
    except msgspec.ValidationError as problem:
        place, text = explained(str(problem))
    raise RefusedError(f"The {_field(place)} can't be kept: {text}.")


def unkept(plain: Any, place: str = "$") -> Iterator[str]:
    """Name, as JSON paths, the texts that hold a character no study can keep."""
    if isinstance(plain, str):
        if _UNKEPT.search(plain):
            yield place
    elif isinstance(plain, dict):
        for name, inner in plain.items():
            yield from unkept(inner, f"{place}.{name}")
    elif isinstance(plain, list | tuple):
        for index, inner in enumerate(plain):
            yield from unkept(inner, f"{place}[{index}]")


def cell(value: Any) -> Any:
    """Give what a column keeps of a plain value: enumerations by value, times in UTC."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return msgspec.to_builtins(value)


def _field(place: str) -> str:
    return re.sub(r"\[\d+\]$", "", place).rpartition(".")[2].replace("_", " ").replace("$", "value")
