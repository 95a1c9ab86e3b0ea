"""The parts of a draft in their order: which there are, what is said of each, and where one more goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.analysis.todo import count
from app.rubric.document import nearest
from app.rubric.draft import check, steps_of, value_at
from app.rubric.lint import lint
from ui.widgets.things import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from app.rubric import Rubric
    from app.rubric.write import Plain

WHOLE: Final = "$"
WORDS: Final = {
    "levels": "level",
    "answers": "answer",
    "sources": "source",
    "principles": "principle",
    "criteria": "criterion",
}
_ICONS: Final = {"levels": "chart-column", "answers": "check", "sources": "book-open", "principles": "scale"}


@dataclass(frozen=True)
class Said:
    """What is said of a place: wrong, or only worth a look."""

    sentence: str
    wrong: bool = False


def kind_of(path: str) -> str:
    """Name the list that a part stands in; "" for the rubric itself."""
    steps = steps_of(path)
    return str(steps[-2]) if steps else ""


def place_of(path: str) -> int:
    """Give a part's place in its list."""
    return int(steps_of(path)[-1])


def list_of(path: str) -> str:
    """Give the path of the list that a part stands in."""
    return path[: path.rindex("[")]


def room_for(plain: Plain, kind: str, current: str) -> tuple[str, int]:
    """Say where one more part goes: behind the current one of its kind, or at the end; "" where there is no room."""
    if kind_of(current) == kind:
        return list_of(current), place_of(current) + 1
    if kind != "criteria":
        return f"$.{kind}", len(plain[kind])
    if not plain["principles"]:
        return "", 0
    holder = current if kind_of(current) == "principles" else f"$.principles[{len(plain['principles']) - 1}]"
    return f"{holder}.criteria", len(value_at(plain, f"{holder}.criteria"))


def parts(plain: Plain) -> Iterator[str]:
    """Give the paths of all parts, in the order in which they are listed."""
    yield WHOLE
    for kind in ("levels", "answers", "principles"):
        for place, thing in enumerate(plain[kind]):
            yield f"$.{kind}[{place}]"
            for number in range(len(thing.get("criteria", ()))):
                yield f"$.{kind}[{place}].criteria[{number}]"
    yield from (f"$.sources[{place}]" for place in range(len(plain["sources"])))


def rows(plain: Plain, said: Mapping[str, list[Said]]) -> list[Row]:
    """Make a row for each part, with how much is wrong with it."""
    known = frozenset(parts(plain))
    wrong: dict[str, int] = {}
    for path, found in said.items():
        owner = nearest(path, known)
        wrong[owner] = wrong.get(owner, 0) + sum(each.wrong for each in found)
    return [_row(plain, path, wrong.get(path, 0)) for path in parts(plain)]


def _row(plain: Plain, path: str, wrong: int) -> Row:
    thing, kind = value_at(plain, path), kind_of(path)
    detail = f"{wrong} wrong" if wrong else ""
    if not kind:
        return Row(path, "The rubric itself", detail, "file-text")
    if kind == "criteria":
        return Row(path, f"          {_name(thing, 'id').replace('-', ' ')}", detail)
    return Row(path, _name(thing, "short", "name", "title", "id"), detail, _ICONS[kind])


def _name(thing: dict[str, Any], *fields: str) -> str:
    return next((" ".join(str(thing[field]).split()) for field in fields if thing.get(field)), "Unnamed")


def looked_at(plain: Plain, asked: Collection[str]) -> tuple[Rubric | None, dict[str, list[Said]]]:
    """Look through a draft: the rubric where it is sound, and what is to be said of its places."""
    checked = check(plain)
    said = {path: [Said(sentence, wrong=True)] for path, sentence in checked.problems.items()}
    if checked.rubric is not None:
        for remark in lint(checked.rubric, asked):
            said.setdefault(remark.path, []).append(Said(remark.sentence))
    return checked.rubric, said


def summary(said: Mapping[str, list[Said]]) -> str:
    """Say in a few words how a draft stands."""
    wrong = sum(each.wrong for found in said.values() for each in found)
    looks = sum(map(len, said.values())) - wrong
    if wrong:
        return f"{count(wrong, 'thing', 'things')} wrong"
    return f"Sound, {count(looks, 'remark', 'remarks')}" if looks else "Sound"
