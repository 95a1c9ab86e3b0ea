"""A rubric while it is being written: plain values changed place by place, sound or not, and all that is wrong there.

A place is a path such as `$.principles[0].criteria[2].level`; places of sentences and of fields are the same.
"""

import math
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, Final

import msgspec
from msgspec import Struct

from app.rubric.checks import problems
from app.rubric.document import Document, path_of, read_document
from app.rubric.load import decode_rubric
from app.rubric.structure import Criterion, Principle, Rubric
from app.rubric.wording import RUBRIC, explain
from app.rubric.write import LISTS, Plain

_STEP: Final = re.compile(r"\.([\w-]+)|\.'([^']*)'|\[(\d+)\]")
_FRAME: Final = re.compile(r"\$\.(rule|levels|principles)$|\.levels\[\d+\]\.id$|\.criteria$")
"""Places that decide what may stand elsewhere: while one is wrong, nothing is said of what follows from it."""
_PLACEHOLDERS: Final[dict[str, Any]] = {
    "version": "1",
    "year": 2000,
    "url": "https://example.org",
    "rule": "staged",
    "overall": "median",
    "language": "en",
    "verdict": "not",
    "points": 0,
    "sources": [],
}
_MOST: Final = 500  # places that are looked at


class Checked(Struct, frozen=True):
    """What is wrong with a rubric, by place, and the rubric itself where nothing is."""

    problems: dict[str, str]
    rubric: Rubric | None


def read_draft(text: str, name: str) -> Plain:
    """The plain values of a rubric's YAML, with an empty field for each that it lacks.

    RubricError where it is no YAML, or not made of the parts of a rubric, so that no form could show it.
    """
    value = read_document(text, name).value
    if not (isinstance(value, dict) and _is_shaped(value, Rubric)):
        decode_rubric(text, name)  # says what is wrong: nothing of another shape is a rubric
    return _completed(value, Rubric)


def _is_shaped(value: Plain, of: type[Struct]) -> bool:
    """Whether only fields of a rubric are there, with lists of things where those belong."""
    return all(name in of.__struct_fields__ and _fits(of, name, inner) for name, inner in value.items())


def _fits(of: type[Struct], name: str, value: Any) -> bool:
    if _holds_things(of, name):
        thing = LISTS[name]
        return isinstance(value, list) and all(isinstance(each, dict) and _is_shaped(each, thing) for each in value)
    if (of, name) == (Principle, "levels"):
        return isinstance(value, dict) and all(map(_is_one, value.values()))
    if (of, name) == (Criterion, "sources"):
        return isinstance(value, list) and all(map(_is_one, value))
    return _is_one(value)


def _is_one(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _holds_things(of: type[Struct], name: str) -> bool:
    return name in LISTS and (of is Rubric or name == "criteria")


def _completed(value: Plain, of: type[Struct]) -> Plain:
    whole = dict(value)
    for field in msgspec.structs.fields(of):
        if _holds_things(of, field.name):
            things = value.get(field.name, ())
            whole[field.name] = [_completed(each, LISTS[field.name]) for each in things]
        elif field.required and field.name not in value:
            whole[field.name] = 0 if field.name == "points" else ""
    if of is Principle:
        whole["levels"] = dict(value.get("levels", {}))
    return whole


def blank() -> Plain:
    """A rubric to be written from nothing: three levels, and a principle with a criterion for each; no words yet."""
    begun = {"id": "own-rubric", "version": "1.0", "rule": "staged", "overall": "median", "language": "en"}
    plain = _completed(begun, Rubric)
    for kind in ("levels", "levels", "levels", "principles"):
        plain[kind].append(new_thing(plain, kind))
    names = [level["id"] for level in plain["levels"]]
    plain["principles"][0]["levels"] = dict.fromkeys(names, "")
    for name in names[1:]:
        plain["principles"][0]["criteria"].append({**new_thing(plain, "criteria"), "level": name})
    return plain


def new_thing(plain: Plain, kind: str) -> Plain:
    """An empty level, principle, criterion, source or answer (the name of its list), with an id that is free."""
    of = LISTS[kind]
    made = _completed({}, of)
    if "id" in made:
        taken = {each.get("id") for each in _things(plain, kind)}
        stem = kind.removesuffix("s") if kind != "criteria" else "criterion"
        made["id"] = next(wish for number in range(1, len(taken) + 2) if (wish := f"{stem}-{number}") not in taken)
    return made


def _things(plain: Plain, kind: str) -> list[Plain]:
    if kind != "criteria":
        return list(plain[kind])
    return [criterion for principle in plain["principles"] for criterion in principle["criteria"]]


def steps_of(path: str) -> tuple[str | int, ...]:
    """The names and numbers that lead to a place."""
    return tuple(int(found[3]) if found[3] else found[1] or found[2] for found in _STEP.finditer(path))


def value_at(plain: Plain, path: str) -> Any:
    """What stands in a place; None where nothing does."""
    found: Any = plain
    for step in steps_of(path):
        try:
            found = found[step]
        except (KeyError, IndexError):
            return None
    return found


def with_value(plain: Plain, path: str, value: Any) -> Plain:
    """The rubric with another value in a place; None takes the field away.

    Where the id of a level or a source changes, all that refers to it follows.
    """
    *_, last = steps_of(path)
    was = value_at(plain, path)

    def put(parent: Any) -> None:
        if value is None:
            parent.pop(last, None)
        else:
            parent[last] = value

    made = _changed(plain, path, put)
    if re.fullmatch(r"\$\.(levels|sources)\[\d+\]\.id", path) and was and isinstance(value, str):
        _rename(made, str(steps_of(path)[0]), was, value)
    return made


def with_thing(plain: Plain, path: str, at: int, thing: Plain) -> Plain:
    """The rubric with one more thing in the list at a path."""
    return _changed(plain, f"{path}[{at}]", lambda things: things.insert(at, deepcopy(thing)))


def without_thing(plain: Plain, path: str) -> Plain:
    """The rubric without the thing at a path."""
    return _changed(plain, path, lambda things: things.pop(steps_of(path)[-1]))


def with_moved(plain: Plain, path: str, to: int) -> Plain:
    """The rubric with the thing at a path in another place of its list."""
    return _changed(plain, path, lambda things: things.insert(to, things.pop(steps_of(path)[-1])))


def _changed(plain: Plain, path: str, change: Callable[[Any], Any]) -> Plain:
    """A copy in which what holds the place was changed."""
    made = deepcopy(plain)
    parent: Any = made
    for step in steps_of(path)[:-1]:
        parent = parent[step]
    change(parent)
    return made


def _rename(plain: Plain, kind: str, was: str, now: str) -> None:
    if any(each.get("id") == was for each in plain[kind]):  # another has it still
        return
    for principle in plain["principles"]:
        if kind == "levels":
            described = principle["levels"].items()
            principle["levels"] = {now if key == was else key: text for key, text in described}
        for criterion in principle["criteria"]:
            if kind == "levels" and criterion.get("level") == was:
                criterion["level"] = now
            if kind == "sources":
                criterion["sources"] = [now if each == was else each for each in criterion.get("sources", ())]


def check(plain: Plain) -> Checked:
    """All that is wrong with a rubric, each with its place: what the fields hold first, then how they fit together."""
    scratch, found = deepcopy(_completed(plain, Rubric)), dict[str, str]()
    rubric = None
    for _ in range(_MOST):
        document = Document(scratch, dict(_walked(scratch, "$")), {})
        try:
            rubric = msgspec.convert(scratch, Rubric)
            break
        except msgspec.ValidationError as error:
            path, sentence = explain(str(error), document, RUBRIC)
            found[path] = sentence
            _mend(scratch, path, len(found))
    if rubric is not None and not any(map(_FRAME.search, found)):
        for path, sentence in problems(rubric):
            found.setdefault(path, sentence)
    return Checked(found, None if found else rubric)


def _walked(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walked(inner, path_of(path, str(name)))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _walked(inner, f"{path}[{place}]")


def _mend(scratch: Plain, path: str, number: int) -> None:
    """Put something into a place that would be right there, so that what else is wrong can be found."""
    *above, last = steps_of(path)
    parent: Any = scratch
    for step in above:
        parent = parent[step]
    if last in ("above", "at_least"):
        parent.pop(last)
    elif last in ("levels", "principles", "criteria"):
        of = LISTS[str(last)]
        parent[last] = [*parent[last], *(_filled(of, number + place) for place in range(2))]
    else:
        parent[last] = deepcopy(_PLACEHOLDERS.get(str(last), f"x-{number}"))


def _filled(of: type[Struct], number: int) -> Plain:
    made = {name: _PLACEHOLDERS.get(name, f"x{number}") for name in of.__struct_fields__ if name in _completed({}, of)}
    if of is Principle:
        made |= {"levels": {}, "criteria": [_filled(Criterion, number)]}
    return made


NUMBERS: Final = frozenset({"year", "points", "above", "at_least"})
_OPTIONAL: Final = frozenset({"year", "url", "note", "licence_note", "level", "language", "above", "at_least"})


def from_text(path: str, text: str) -> Any:
    """What a field holds when that was typed: numbers as numbers where they are, None to leave it out."""
    *above, name = steps_of(path)
    text = text.strip()
    if above and above[-1] == "levels":
        return text or None
    if name == "sources":
        return [each for part in text.split(",") if (each := part.strip())]
    if not text and name in _OPTIONAL:
        return None
    return _number(text) if name in NUMBERS else text


def _number(text: str) -> float | str:
    """A number where it is one that can be written down."""
    for of in (int, float):
        try:
            number = of(text)
        except ValueError:
            continue
        return number if math.isfinite(number) else text
    return text


def as_text(value: Any) -> str:
    """What a field shows of its value."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
