"""What is coded in the notes of one source, as whoever is working may see it: codes by passage, tags by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.analysis.blind import hidden_passages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.document import StudyDocument
    from app.model.evidence import Code, Coding
    from ui.desk import Desk
    from ui.notebook.sheet import Sheet


@dataclass(frozen=True)
class Sign:
    """A code on a passage: its name, its own colour or that of what it stands under ("" for none), and who put it on.

    `told` says all of it, a line for each who put it on.
    """

    passage: str
    code: str
    name: str
    colour: str
    told: tuple[str, ...]


class Coded:
    """Knows the codings of one source; learned anew when the study changes, never while a key is pressed."""

    def __init__(self, sheet: Sheet) -> None:
        self.version = 0  # another number each time something was learned
        self.hidden: frozenset[str] = frozenset()  # passages that are not to be painted
        self._sheet = sheet
        self._cases: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._signs: dict[str, tuple[Sign, ...]] = {}

    def learn(self, desk: Desk, source: str) -> None:
        """Read them anew."""
        document = desk.seen
        self.version += 1
        self.hidden = hidden_passages(desk.document, desk.study.who)
        self._cases = {case.key: case.name for case in document.cases}
        self._names = {code.key: code.name for code in document.codes}
        self._signs = signs(document, source)

    def __bool__(self) -> bool:
        """Whether anything is coded."""
        return bool(self._signs)

    def on(self, passage: str) -> tuple[Sign, ...]:
        """List the codes on a passage."""
        return self._signs.get(passage, ())

    def case(self, place: int) -> str:
        """Name the case that the row at `place` is about; "" for none."""
        return self._cases.get(self._sheet.line(place).case or "", "")

    def of(self, place: int) -> str:
        """Write the tags of the row at `place`, its case and the codes on all of it; "" for none."""
        codes = dict.fromkeys(self._sheet.line(place).codes)
        for mark in self._sheet.marks_of(place):
            if mark.whole:
                codes.update(dict.fromkeys(sign.code for sign in self.on(mark.passage)))
        words = [f"#{self._names[code]}" for code in codes if code in self._names]
        case = self.case(place)
        return " · ".join([f"@{case}", *words] if case else words)


def signs(document: StudyDocument, source: str) -> dict[str, tuple[Sign, ...]]:
    """List the codes on each passage of a source, in the order of the codebook."""
    own = {passage.key for passage in document.passages if passage.source == source}
    codes = {code.key: code for code in document.codes}
    order = {key: place for place, key in enumerate(codes)}
    names = {case.key: case.name for case in document.cases}
    people = {each.key: each.name for each in document.assessors}
    found: dict[str, dict[str, list[Coding]]] = {}
    for coding in document.codings:
        if coding.passage in own:
            found.setdefault(coding.passage, {}).setdefault(coding.code, []).append(coding)
    return {
        passage: tuple(
            Sign(
                passage,
                key,
                codes[key].name,
                colour_of(key, codes),
                tuple(_told(each, people, names) for each in on[key]),
            )
            for key in sorted(on, key=order.__getitem__)
        )
        for passage, on in found.items()
    }


def lineage(key: str, codes: Mapping[str, Code]) -> tuple[Code, ...]:
    """List a code and the codes it stands under, itself first."""
    found: dict[str, Code] = {}
    above: str | None = key
    while above is not None and above in codes and above not in found:
        found[above] = codes[above]
        above = codes[above].parent
    return tuple(found.values())


def colour_of(key: str, codes: Mapping[str, Code]) -> str:
    """Give a code's colour, else that of the nearest code above it that has one; "" for none."""
    return next((code.colour for code in lineage(key, codes) if code.colour), "")


def _told(coding: Coding, people: Mapping[str, str], cases: Mapping[str, str]) -> str:
    about = cases[coding.case] if coding.case else "the organisation"
    memo = f": {coding.memo}" if coding.memo else ""
    return f"{people[coding.assessor]}, about {about}{memo}"
