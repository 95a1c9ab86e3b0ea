"""Check that a document hangs together before any of it is kept: every reference, every span, every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.actions.create import freeze
from app.actions.values import unkept
from app.exchange.contradictions import Problem, contradictions
from app.model.kinds import KINDS, Part, columns, link_table
from app.rubric.errors import RubricError, UnknownRubricError
from app.rubric.load import decode_frozen, decode_rubric, further_key
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from app.model.base import Thing
    from app.model.document import StudyDocument
    from app.model.evidence import Span
    from app.model.kinds import Kind


_WORDS = {kind.table: kind.word for kind in KINDS} | {
    "rubric_criteria": "criterion",
    "rubric_principles": "principle",
    "rubric_levels": "level",
    "entries": "entry",
    "questions": "question",
}


def problems(document: StudyDocument) -> Iterator[Problem]:
    """Find what contradicts itself in a document, in its order; where a rubric can't be used, only that."""
    unusable = list(_unusable_rubrics(document))
    yield from unusable
    if unusable:
        return
    known = _known_keys(document)
    for place in unkept(msgspec.to_builtins(document)):
        yield Problem(place, "it holds a character that can't be kept")
    yield from _repeated(document)
    for kind in KINDS:
        for index, thing in enumerate(getattr(document, kind.table)):
            place = f"$.{kind.table}[{index}]"
            yield from _dangling(thing, place, known)
            for part in kind.parts:
                yield from _dangling_in_part(part, getattr(thing, part.field), f"{place}.{part.field}", known)
    yield from _not_offered(document)
    yield from _misplaced_spans(document)
    yield from _strangers(document)
    yield from contradictions(document)


def _unusable_rubrics(document: StudyDocument) -> Iterator[Problem]:
    if not document.rubrics:
        yield Problem("$.rubrics", "a study needs the rubric it is assessed by")
    for index, frozen in enumerate(document.rubrics):
        place = f"$.rubrics[{index}]"
        try:
            rubric = decode_rubric(freeze(frozen).text, f"{frozen.key}.yaml")
        except UnknownRubricError as problem:
            yield Problem(f"{place}.key", problem.sentence)
        except RubricError as problem:
            yield Problem(f"{place}.text", problem.sentence)
        else:
            if frozen.key not in {rubric.id, further_key(rubric)}:
                yield Problem(f"{place}.key", f'its text is that of the rubric "{rubric.id}"')
            elif frozen.version not in {"", rubric.version}:
                yield Problem(f"{place}.version", f"its text is that of version {rubric.version}")


def _known_keys(document: StudyDocument) -> dict[str, set[str]]:
    known = {kind.table: {thing.key for thing in getattr(document, kind.table)} for kind in KINDS if kind.listed}
    known["entries"] = {entry.key for source in document.sources for entry in source.entries}
    known["questions"] = {question.key for guide in document.guides for question in guide.questions}
    known |= {table: set() for table in ("rubric_levels", "rubric_principles", "rubric_criteria")}
    for frozen in document.rubrics:
        rubric = decode_frozen(freeze(frozen).text, frozen.key)
        for table, parts in (
            ("rubric_levels", rubric.levels),
            ("rubric_principles", rubric.principles),
            ("rubric_criteria", rubric.criteria),
        ):
            known[table] |= {f"{frozen.key}/{part.id}" for part in parts}
    return known


def _dangling(thing: Thing, place: str, known: dict[str, set[str]]) -> Iterator[Problem]:
    rubric = getattr(thing, "rubric", None)
    for column in columns(type(thing)):
        key = getattr(thing, column.field)
        if not column.table or key is None:
            continue
        in_rubric = column.table.startswith("rubric_")
        if in_rubric and rubric is None:
            yield Problem(f"{place}.{column.field}", "it needs the rubric it is a part of beside it")
        elif (f"{rubric}/{key}" if in_rubric else key) not in known[column.table]:
            where = f" in {rubric}" if in_rubric else ""
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
    ids: set[tuple[str, UUID]] = set()
    keys: set[tuple[str, str]] = set()
    for kind in KINDS:
        yield from _repeated_in(kind, getattr(document, kind.table))
        for place, table, value in _rows(kind, document):
            if value.id is not None and (table, value.id) in ids:
                yield Problem(f"{place}.id", "another one has that id already")
            key = getattr(value, "key", None)
            if key is not None and table != kind.table and (table, key) in keys:
                yield Problem(f"{place}.key", f'the key "{key}" is taken already')
            ids |= {(table, value.id)} if value.id else set()
            keys |= {(table, key)} if key else set()


def _rows(kind: Kind, document: StudyDocument) -> Iterator[tuple[str, str, Thing]]:
    """Give every value of a kind that is kept in a row of its own, with its place and its table."""
    for index, thing in enumerate(getattr(document, kind.table)):
        place = f"$.{kind.table}[{index}]"
        yield place, kind.table, thing
        for part in kind.parts:
            if part.type is not None:
                for number, value in enumerate(getattr(thing, part.field)):
                    yield f"{place}.{part.field}[{number}]", part.table, value


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
            elif any(_overlap(span, other) for other in passage.spans[:number]):
                yield Problem(place, "it lies over another span of the passage")


def _not_offered(document: StudyDocument) -> Iterator[Problem]:
    """Answers that the rubric of their criterion does not let one give, such as a level where none is picked."""
    criteria = {
        (frozen.key, criterion.id): answers(rubric, principle)
        for frozen in document.rubrics
        for rubric in (decode_frozen(freeze(frozen).text, frozen.key),)
        for principle in rubric.principles
        for criterion in principle.criteria
    }
    for table in ("answers", "consensus", "next_steps"):
        for index, each in enumerate(getattr(document, table)):
            offered = criteria.get((each.rubric, each.criterion))
            if each.verdict is not None and offered is not None and not offered.offers(each.verdict):
                text = f'the rubric "{each.rubric}" offers no answer "{each.verdict}" here'
                yield Problem(f"$.{table}[{index}].verdict", text)


def _overlap(one: Span, other: Span) -> bool:
    return one.entry == other.entry and one.start < other.end and other.start < one.end


def _strangers(document: StudyDocument) -> Iterator[Problem]:
    for index, source in enumerate(document.sources):
        for field in ("entries", "originals"):
            for number, line in enumerate(getattr(source, field)):
                if line.speaker and line.speaker not in source.participants:
                    place = f"$.sources[{index}].{field}[{number}].speaker"
                    yield Problem(place, f'"{line.speaker}" does not take part in {source.key}')
