"""Sentences for fields of a rubric, or of a mapping, that hold something other than what the format asks for."""

import re
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct

from app.rubric.document import Document, found, path_of
from app.rubric.mapping import MappingEntry, RubricMapping
from app.rubric.structure import (
    MOST_LEVELS,
    Criterion,
    Given,
    Level,
    Offer,
    OverallRule,
    Principle,
    Rubric,
    Rule,
    Source,
)


def listed(words: tuple[str, ...]) -> str:
    """Words in a row, "one of …" where there are several."""
    return f"one of {', '.join(words)}" if len(words) > 1 else words[0]


def quoted(words: tuple[str, ...]) -> str:
    """Words in a row, each in quotes."""
    return listed(tuple(f'"{word}"' for word in words))


_ID: Final = "an id of lower-case words joined by hyphens (at most 64 characters)"

_VERSION: Final = 'numbers joined by dots, in quotes, such as "1.0",'


class Format(Struct, frozen=True):
    """What belongs where in a kind of file, by path without the places in lists.

    `things` are the groups of fields, `expected` what is neither an id (a field `id`) nor just text.
    """

    things: dict[str, tuple[str, type[Struct]]]
    expected: dict[str, str]

    @property
    def name(self) -> str:
        """What the file as a whole is called."""
        return self.things["$"][0]


RUBRIC: Final = Format(
    things={
        "$": ("rubric", Rubric),
        "$.levels[]": ("level", Level),
        "$.principles[]": ("principle", Principle),
        "$.principles[].criteria[]": ("criterion", Criterion),
        "$.sources[]": ("source", Source),
        "$.answers[]": ("answer", Offer),
    },
    expected={
        "$": "a rubric with its fields",
        "$.levels": f"a list of 2 to {MOST_LEVELS} levels",
        "$.levels[]": "a level with its fields",
        "$.principles": "a list of at least one principle",
        "$.principles[]": "a principle with its fields",
        "$.principles[].levels": "a sentence for each level",
        "$.principles[].criteria": "a list of at least one criterion",
        "$.principles[].criteria[]": "a criterion with its fields",
        "$.principles[].criteria[].sources": "a list of ids of sources",
        "$.sources": "a list of sources",
        "$.sources[]": "a source with its fields",
        "$.sources[].year": "a number from 1900 to 2999",
        "$.sources[].url": "an address beginning with http:// or https://",
        "$.principles[].short": "a name of at most 24 characters",
        "$.levels[].name": "a name of at most 24 characters",
        "$.version": _VERSION,
        "$.language": 'a language tag such as "en"',
        "$.rule": quoted(get_args(Rule)),
        "$.overall": quoted(get_args(OverallRule)),
        "$.licence_note": "text",
        "$.answers": "a list of answers",
        "$.answers[]": "an answer with its fields",
        "$.answers[].verdict": quoted(tuple(Given)),
        "$.answers[].short": "a word of at most 12 characters",
        "$.answers[].label": "text of at most 80 characters",
        "$.answers[].points": "a number from 0 to 1000",
        "$.levels[].above": "a number",
        "$.levels[].at_least": "a number",
        "$.principles[].criteria[].level": "the id of a level",
    },
)

MAPPING: Final = Format(
    things={"$": ("mapping", RubricMapping), "$.entries[]": ("entry", MappingEntry)},
    expected={
        "$": "a mapping with its fields",
        "$.from": _ID,
        "$.to": _ID,
        "$.from_version": _VERSION,
        "$.to_version": _VERSION,
        "$.entries": "a list of at least one entry",
        "$.entries[]": "an entry with its fields",
        "$.entries[].to": _ID,
        "$.entries[].from": "a list of at least one id of a criterion",
        "$.entries[].from[]": _ID,
        "$.entries[].level": "the id of a level",
        "$.entries[].at_least": "the id of a level",
        "$.entries[].best": quoted(tuple(Given)),
    },
)

_WHERE: Final = re.compile(r" - at `([^`]+)`$")
_PLACE: Final = re.compile(r"\[\d+\]")


def explain(message: str, document: Document, kind: Format) -> tuple[str, str]:
    """The path and the sentence for a message of msgspec's about a document.

    Only the path is taken from the message; what is wrong there follows from the document.
    """
    return _unknown_field(document, kind) or _wrong_value(message, document, kind)


def _unknown_field(document: Document, kind: Format) -> tuple[str, str] | None:
    for path, value in document.values.items():
        if _pattern(path) in kind.things and isinstance(value, dict):
            thing, struct = kind.things[_pattern(path)]
            known = struct.__struct_encode_fields__
            for field in (field for field in value if field not in known):
                problem = f"expected {listed(known)} as a field of {_article(thing)}, found {found(field)}"
                return path_of(path, field), problem
    return None


def _article(thing: str) -> str:
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def _wrong_value(message: str, document: Document, kind: Format) -> tuple[str, str]:
    where = _WHERE.search(message)
    path = where.group(1) if where else "$"
    if path.endswith("[...]"):
        path = _first_bad_entry(path.removesuffix("[...]"), document)
    value, pattern = document.values[path], _pattern(path)
    if pattern in kind.things and isinstance(value, dict):
        return path, _missing_field(value, *kind.things[pattern])
    return path, f"expected {_expected(path, kind)}{_as_field(path)}, found {found(value)}"


def _missing_field(value: dict[str, Any], thing: str, struct: type[Struct]) -> str:
    fields = msgspec.structs.fields(struct)
    missing = next(field.encode_name for field in fields if field.required and field.encode_name not in value)
    return f'expected the field "{missing}" in this {thing}, found none'


def _first_bad_entry(path: str, document: Document) -> str:
    """The entry meant where msgspec only says "some entry of this group" (`[...]`)."""
    entries: dict[str, Any] = document.values[path]
    return next(path_of(path, key) for key, value in entries.items() if not _is_text(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _pattern(path: str) -> str:
    return _PLACE.sub("[]", path)


def _expected(path: str, kind: Format) -> str:
    pattern = _pattern(path)
    return kind.expected.get(pattern) or (_ID if pattern.endswith(".id") else "text")


def _as_field(path: str) -> str:
    """The words " as level" for a field, none for an entry of a list or the whole."""
    return "" if path == "$" or path.endswith("]") else f" as {path.rpartition('.')[2]}"
