"""Make keys for new things: short, readable, free."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING

from app.model.source import SourceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from app.actions.unit import Unit
    from app.model.document import StudyDocument
    from app.model.source import Source

_LETTERS = {
    SourceKind.INTERVIEW: "i",
    SourceKind.MEETING: "m",
    SourceKind.OBSERVATION: "o",
    SourceKind.DOCUMENT: "d",
}
_LONGEST = 48


def slug(name: str) -> str:
    """Turn a name into a key's letters: lower case, accents dropped, words joined by hyphens; "x" if none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "x"


def free_key(wish: str, taken: Collection[str]) -> str:
    """Give `wish`, or `wish` with the first number that makes it free."""
    if wish not in taken:
        return wish
    return next(key for number in range(2, len(taken) + 3) if (key := f"{wish}-{number}") not in taken)


def new_key(document: StudyDocument, table: str, name: str) -> str:
    """Make a free key for a new thing of a kind from its name."""
    return free_key(slug(name), {thing.key for thing in getattr(document, table)})


def new_source_key(document: StudyDocument, kind: SourceKind) -> str:
    """Make a key for a new source: i18 after i17, m3 after m2."""
    return numbered(_LETTERS[kind], "", {source.key for source in document.sources})


def new_entry_key(source: Source, also_taken: Collection[str] = ()) -> str:
    """Make a key for a new entry of a source: i18-7 after i18-6, even if that one has gone."""
    return numbered(source.key, "-", {entry.key for entry in source.entries} | set(also_taken))


def numbered(wish: str, tail: str, taken: Collection[str]) -> str:
    """Give wish and tail with the number after the highest one taken; a long wish is cut so that it stays a key."""
    stem = _stem(wish, tail)
    numbers = [int(rest) for key in taken if key.startswith(stem) and (rest := key[len(stem) :]).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1}"


def next_key(unit: Unit, table: str, wish: str, tail: str) -> str:
    """Make a key for a new thing of a kind as `numbered` does, after those that the study has."""
    return numbered(wish, tail, unit.keys(table, _stem(wish, tail)))


def free_numbers(stem: str, taken: Container[str]) -> Iterator[str]:
    """Give, one after the other, stem with each number that makes it free: for many things at once."""
    return (key for number in itertools.count(1) if (key := f"{stem}{number}") not in taken)


def _stem(wish: str, tail: str) -> str:
    """Give what keys made by `numbered` begin with."""
    return f"{wish[:_LONGEST].rstrip('.-')}{tail}"
