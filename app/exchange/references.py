"""Check that a document hangs together before any of it is kept: every reference, every span, every key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.actions.create import freeze
from app.model.kinds import KINDS, Part, columns, link_table
from app.rubric.load import decode_rubric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.base import Thing
    from app.model.document import StudyDocument
    from app.model.kinds import Kind


class Problem(NamedTuple):
    """Where in a document something is wrong, as a JSON path, and what."""

    place: str
    text: str


_WORDS = {kind.table: kind.word for kind in KINDS} | {
    "rubric_criteria": "criterion",
    "rubric_principles": "principle",
    "rubric_levels": "level",
    "entries": "entry",
}


def problems(document: StudyDocument) -> Iterator[Problem]:
    """Find what contradicts itself in a document, in its order."""
    known = _known_keys(document)
    yield from _repeated(document)
    for kind in KINDS:
        for index, thing in enumerate(getattr(document, kind.table)):
            place = f"$.{kind.table}[{index}]"
            yield from _dangling(thing, place, known)
            for part in kind.parts:
                yield from _dangling_in_part(part, getattr(thing, part.field), f"{place}.{part.field}", known)
    yield from _misplaced_spans(document)
    yield from _strangers(document)


def _known_keys(document: StudyDocument) -> dict[str, set[str]]:
    known = {kind.table: {thing.key for thing in getattr(document, kind.table)} for kind in KINDS if kind.listed}
    known["entries"] = {entry.key for source in document.sources for entry in source.entries}
    for frozen in document.rubrics:
        whole = freeze(frozen)
        rubric = decode_rubric(whole.text, f"{whole.key}.yaml")
        for table, ids in (
            ("rubric_levels", [level.id for level in rubric.levels]),
            ("rubric_principles", [principle.id for principle in rubric.principles]),
            ("rubric_criteria", [criterion.id for criterion in rubric.criteria]),
        ):
            known.setdefault(table, set()).update(f"{frozen.key}/{key}" for key in ids)
    return known


def _dangling(thing: Thing, place: str, known: dict[str, set[str]]) -> Iterator[Problem]:
    for column in columns(type(thing)):
        key = getattr(thing, column.field)
        if not column.table or key is None:
            continue
        in_rubric = column.table.startswith("rubric_")
        wanted = f"{getattr(thing, 'rubric', None)}/{key}" if in_rubric else key
        if wanted not in known.get(column.table, set()):
            where = f" in {thing.rubric}" if in_rubric else ""  # type: ignore[attr-defined]
            yield Problem(f"{place}.{column.field}", f'there is no {_WORDS[column.table]} "{key}"{where}')


def _dangling_in_part(
    part: Part, values: tuple[Thing | str, ...], place: str, known: dict[str, set[str]]
) -> Iterator[Problem]:
    seen = set()
    for index, value in enumerate(values):
        if isinstance(value, str):
            natural: tuple[object, ...] = (value,)
            if value not in known[link_table(part)]:
                yield Problem(f"{place}[{index}]", f'there is no {_WORDS[link_table(part)]} "{value}"')
        else:
            natural = tuple(getattr(value, field) for field in part.natural)
            yield from _dangling(value, f"{place}[{index}]", known)
        if natural in seen:
            yield Problem(f"{place}[{index}]", f'"{natural[0]}" stands there twice')
        seen.add(natural)


def _repeated(document: StudyDocument) -> Iterator[Problem]:
    for kind in KINDS:
        yield from _repeated_in(kind, getattr(document, kind.table))
    for table, field, key_field in (("sources", "entries", "key"), ("guides", "questions", "key")):
        seen: set[str] = set()
        for index, owner in enumerate(getattr(document, table)):
            for number, value in enumerate(getattr(owner, field)):
                key = getattr(value, key_field)
                if key in seen:
                    yield Problem(f"$.{table}[{index}].{field}[{number}].key", f'the key "{key}" is taken already')
                seen.add(key)


def _repeated_in(kind: Kind, things: tuple[Thing, ...]) -> Iterator[Problem]:
    seen = set()
    for index, thing in enumerate(things):
        natural = tuple(getattr(thing, field) for field in kind.natural)
        if natural in seen:
            yield Problem(f"$.{kind.table}[{index}]", f'there is a {kind.word} like it already ("{natural[0]}")')
        seen.add(natural)


def _misplaced_spans(document: StudyDocument) -> Iterator[Problem]:
    texts = {source.key: {entry.key: entry.text for entry in source.entries} for source in document.sources}
    for index, passage in enumerate(document.passages):
        for number, span in enumerate(passage.spans):
            place = f"$.passages[{index}].spans[{number}]"
            text = texts.get(passage.source, {}).get(span.entry)
            if text is None:
                yield Problem(f"{place}.entry", f'"{span.entry}" is not an entry of {passage.source}')
            elif not span.start < span.end <= len(text):
                yield Problem(place, f"it must lie within the {len(text)} characters of {span.entry}")


def _strangers(document: StudyDocument) -> Iterator[Problem]:
    for index, source in enumerate(document.sources):
        for number, entry in enumerate(source.entries):
            if entry.speaker and entry.speaker not in source.participants:
                place = f"$.sources[{index}].entries[{number}].speaker"
                yield Problem(place, f'"{entry.speaker}" does not take part in {source.key}')
