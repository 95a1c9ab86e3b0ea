"""The passages of a project's texts: selections, what belongs together of them, and the codes on them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, Protocol

from msgspec.structs import replace

from app.actions.arrival import ArrivedCoding, ArrivedPassage
from app.exchange.refi.names import continuation, identity, time_of, uuid_of
from app.exchange.refi.positions import Counting

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from lxml.etree import _Element

    from app.exchange.refi.names import ExchangeFileError
    from app.exchange.refi.notes import Notes
    from app.exchange.refi.positions import Rule, Text
    from app.exchange.refi.texts import Lines

_MOST_SPANS: Final = 1_000_000
_Spans = tuple[tuple[int, int, int], ...]


class Project(Protocol):
    """What is asked of the project that is read."""

    carried: Counter[str]

    def wrong(self, element: _Element, problem: str) -> ExchangeFileError:
        """Make the error for an element that is wrong."""

    def coder(self, *elements: _Element) -> str:
        """Name whoever put a code on."""


class Passages:
    """Reads the passages of one source after the other.

    Args:
        project: that they are of.
        codes: the codes' keys by their GUIDs.
        notes: the project's.
        cases_of: keys of the cases that selections belong to, by their GUIDs.
    """

    def __init__(self, project: Project, codes: dict[str, str], notes: Notes, cases_of: dict[str, list[str]]) -> None:
        self._project = project
        self._codes = codes
        self._notes = notes
        self._cases_of = cases_of
        self._left = _MOST_SPANS

    def of(self, outer: _Element, inner: _Element, text: Text, lines: Lines, rule: Rule) -> Iterator[ArrivedPassage]:
        """Give the passages of a source.

        Args:
            outer: the source.
            inner: the element its text stands in, often the same.
            text: as it was exchanged, with the positions of the selections.
            lines: the text's.
            rule: by which its positions are counted.

        Raises:
            ExchangeFileError: a selection lies outside the text, or a coding refers to no code.
        """
        counting = Counting(text, rule)
        elements = list(inner.iterfind("PlainTextSelection"))
        spans = [
            self._spans(element, lines, counting.place(*place))
            for element, place in zip(elements, text.selections, strict=True)
        ]
        for group in _groups(elements):
            together = [each for number in group for each in spans[number]]
            if together:
                self._carry(elements[number] for number in group)
                yield self._passage(elements[group[0]], outer, tuple(together), counting.text)
        on_all = [coding for each in dict.fromkeys((outer, inner)) for coding in each.iterfind("Coding")]
        whole = tuple(lines.spans(0, len(counting.text)))
        if on_all and whole:
            made = (self._coding(coding, "", outer, coding) for coding in on_all)
            yield ArrivedPassage(spans=whole, codings=tuple(made))

    def _spans(self, element: _Element, lines: Lines, place: tuple[int, int] | None) -> _Spans:
        if place is None:
            raise self._project.wrong(element, "a selection lies outside its text")
        found = tuple(lines.spans(*place))
        self._left -= len(found)
        if self._left < 0:
            raise self._project.wrong(element, "the project marks more lines than any study")
        return found

    def _carry(self, elements: Iterable[_Element]) -> None:
        """Count the further selections of one passage: what is on them is on the first."""
        _, *others = elements
        self._project.carried["PlainTextSelection"] += 1 + len(others)
        for element in others:
            self._project.carried["Coding"] += len(element.findall("Coding"))
            self._project.carried["NoteRef"] += len(element.findall("Coding/NoteRef"))
            self._case_of(element)

    def _passage(self, element: _Element, source: _Element, spans: _Spans, text: str) -> ArrivedPassage:
        codings = element.findall("Coding")
        case = self._case_of(element)
        made = [self._coding(coding, case, coding, element, source) for coding in codings]
        if made and (remark := self._remark(element, text)):
            memo = "\n\n".join(filter(None, (made[0].memo, remark)))
            made[0] = replace(made[0], memo=memo)
        return ArrivedPassage(id=uuid_of(element.get("guid")), spans=spans, codings=tuple(made))

    def _coding(self, element: _Element, case: str, *by: _Element) -> ArrivedCoding:
        reference = element.find("CodeRef")
        code = self._codes.get(identity(reference.get("targetGUID"))) if reference is not None else None
        if code is None:
            raise self._project.wrong(element, "a coding refers to a code that the project does not have")
        self._project.carried["Coding"] += 1
        return ArrivedCoding(
            id=uuid_of(element.get("guid")),
            code=code,
            assessor=self._project.coder(*by),
            case=case or None,
            memo=self._notes.of(element),
            made_at=time_of(element.get("creationDateTime")),
        )

    def _case_of(self, element: _Element) -> str:
        """Give the one case a selection is about; where it belongs to several, none can be told for its codings."""
        found = self._cases_of.get(identity(element.get("guid")), [])
        if len(found) != 1:
            return ""
        self._project.carried["SelectionRef"] += 1
        return found[0]

    def _remark(self, element: _Element, text: str) -> str:
        """Give what is said of a selection: its description, unless that only repeats its words, and its notes."""
        description = element.findtext("Description")
        self._project.carried["Description"] += description is not None
        said = (description or "").strip()
        return "\n\n".join(filter(None, ("" if said and said in text else said, self._notes.of(element))))


def _groups(elements: list[_Element]) -> Iterator[list[int]]:
    """Put selections together that we wrote for one passage and that still carry the same codes."""
    numbers: dict[UUID, int] = {}
    for number, element in enumerate(elements):
        if (guid := uuid_of(element.get("guid"))) is not None:
            numbers.setdefault(guid, number)
    groups = {number: [number] for number in range(len(elements))}
    for guid, number in numbers.items():
        for stretch in count(2):
            other = numbers.get(continuation(guid, stretch))
            if other is None:
                break
            if other in groups and _signature(elements[other]) == _signature(elements[number]):
                groups[number].append(other)
                del groups[other]
    yield from groups.values()


def _signature(element: _Element) -> list[tuple[str, str]]:
    return sorted(
        (identity(coding.get("creatingUser")), identity(reference.get("targetGUID")))
        for coding in element.iterfind("Coding")
        for reference in coding.iterfind("CodeRef")
    )
