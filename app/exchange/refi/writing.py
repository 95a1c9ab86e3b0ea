"""Write a study as a project's XML and its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid5

from app.exchange.refi.codes import write_codes
from app.exchange.refi.guids import Guids
from app.exchange.refi.layout import Layout
from app.exchange.refi.names import INSIDE, ORIGIN, PROJECT, SOURCES, clean, continuation, named, stamp
from app.exchange.xml_text import unbroken
from app.model.source import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from lxml.etree import _Element

    from app.model.document import StudyDocument
    from app.model.evidence import Coding, Passage
    from app.model.source import Source


T = TypeVar("T")


class Writing:
    """A project on its way out: `root` is its XML, `texts` what goes beside it, `lost` the codings without words."""

    def __init__(self, document: StudyDocument) -> None:
        from lxml import etree

        self._document = document
        self._guids = Guids(document)
        self._element = etree.SubElement
        self._made = stamp(document.study.created_at)
        self._assessors = {each.key: str(self._guids.of("assessors", each)) for each in document.assessors}
        self._codes = {code.key: code for code in document.codes}
        self._cases: dict[str, list[str]] = {case.key: [] for case in document.cases}  # selections, by case
        self._on = _by(document.codings, "passage")
        self._in = _by(document.passages, "source")
        self._notes: dict[UUID, tuple[UUID, Coding]] = {}  # by the coding's GUID
        self.texts: dict[str, str] = {}
        self.lost = 0
        self.root = etree.Element("Project", {"name": named(document.study.title, "Study"), "origin": ORIGIN})
        self.root.set("xmlns", PROJECT)
        if document.assessors:
            self.root.set("creatingUserGUID", self._assessors[document.assessors[0].key])
        self.root.set("creationDateTime", self._made)
        self._write()

    def _write(self) -> None:
        document = self._document
        if document.assessors:
            users = self._element(self.root, "Users")
            for each in document.assessors:
                self._element(users, "User", guid=self._assessors[each.key], name=named(each.name, each.key))
        if document.codes:
            codes = self._element(self._element(self.root, "CodeBook"), "Codes")
            write_codes(codes, document.codes, lambda code: self._guids.of("codes", code))
        place = len(self.root)
        if document.sources:
            sources = self._element(self.root, "Sources")
            for source in document.sources:
                self._write_source(sources, source)
        if document.cases:
            cases = self._element(self.root, "Cases")
            self.root.insert(place, cases)  # they name selections, and yet stand before them
            self._write_cases(cases)
        if self._notes:
            self._write_notes(self._element(self.root, "Notes"))
        self._write_rounds()

    # Sources

    def _write_source(self, parent: _Element, source: Source) -> None:
        guid = str(self._guids.of("sources", source))
        layout = Layout(source)
        own = self._element(
            parent,
            "TextSource",
            {
                "guid": guid,
                "name": named(source.title, source.key),
                "plainTextPath": self._beside(guid, layout.text),
                **self._by_whom(self._first_of(source), source.started_at),
            },
        )
        if source.remark and clean(source.remark):
            self._element(own, "Description").text = clean(source.remark)
        for passage in self._in.get(source.key, ()):
            self._write_passage(own, source, passage, layout.selections(passage.spans))

    def _beside(self, guid: str, text: str) -> str:
        """Keep a text to be written as a file of its own; gives how the project names it."""
        self.texts[f"{SOURCES}/{guid}.txt"] = text
        return f"{INSIDE}{guid}.txt"

    def _first_of(self, source: Source) -> str | None:
        """Name whoever wrote a source down; where nobody is known to, the study's first assessor."""
        leading = [each.assessor for each in source.assessors if each.part is Part.INTERVIEWER]
        everybody = [*leading, *(each.assessor for each in source.assessors), *self._assessors]
        return everybody[0] if everybody else None

    def _by_whom(self, assessor: str | None, when: datetime | None) -> dict[str, str]:
        who = {"creatingUser": self._assessors[assessor]} if assessor else {}
        return {**who, "creationDateTime": stamp(when) if when else self._made}

    # Passages

    def _write_passage(
        self, parent: _Element, source: Source, passage: Passage, places: Sequence[tuple[int, int]]
    ) -> None:
        """Write a passage: a selection for each of its stretches, and such for each case its codings are about.

        REFI-QDA ties cases to selections, not to codings.
        """
        codings = self._on.get(passage.key, [])
        if not places:
            self.lost += len(codings)
            return
        key = self._guids.of("passages", passage)
        for number, case in enumerate(dict.fromkeys(coding.case for coding in codings) or [None]):
            first = self._guids.free(uuid5(key, f"case {case or ''}")) if number else key
            own = [coding for coding in codings if coding.case == case]
            for stretch, place in enumerate(places, 1):
                guid = first if stretch == 1 else self._guids.free(continuation(first, stretch))
                self._write_selection(parent, source, guid, place, own, stretch)
                if case:
                    self._cases[case].append(str(guid))

    def _write_selection(
        self,
        parent: _Element,
        source: Source,
        guid: UUID,
        place: tuple[int, int],
        codings: Sequence[Coding],
        stretch: int,
    ) -> None:
        first = min((each for each in codings if each.made_at), key=lambda each: str(each.made_at), default=None)
        who = codings[0].assessor if codings else self._first_of(source)
        made = self._element(
            parent,
            "PlainTextSelection",
            {
                "guid": str(guid),
                "startPosition": str(place[0]),
                "endPosition": str(place[1]),
                **self._by_whom(who, first.made_at if first else source.started_at),
            },
        )
        for coding in codings:
            self._write_coding(made, coding, stretch)

    def _write_coding(self, parent: _Element, coding: Coding, stretch: int) -> None:
        guid = self._guids.of("codings", coding)
        own = guid if stretch == 1 else self._guids.free(continuation(guid, stretch))
        made = self._element(parent, "Coding", {"guid": str(own), **self._by_whom(coding.assessor, coding.made_at)})
        code = self._guids.of("codes", self._codes[coding.code])
        self._element(made, "CodeRef", targetGUID=str(code))
        if coding.memo:
            if guid not in self._notes:
                self._notes[guid] = (self._guids.free(uuid5(guid, "memo")), coding)
            self._element(made, "NoteRef", targetGUID=str(self._notes[guid][0]))

    # What refers to sources and selections

    def _write_cases(self, parent: _Element) -> None:
        for case in self._document.cases:
            own = self._element(
                parent, "Case", guid=str(self._guids.of("cases", case)), name=named(case.name, case.key)
            )
            if clean(case.summary):
                self._element(own, "Description").text = clean(case.summary)
            for source in self._document.sources:
                if case.key in source.cases:
                    self._element(own, "SourceRef", targetGUID=str(self._guids.of("sources", source)))
            for guid in self._cases[case.key]:
                self._element(own, "SelectionRef", targetGUID=guid)

    def _write_notes(self, parent: _Element) -> None:
        for guid, coding in self._notes.values():
            name = named(self._codes[coding.code].name, coding.code)
            text = unbroken(coding.memo).lstrip("\ufeff")
            path = self._beside(str(guid), text)
            who = self._by_whom(coding.assessor, coding.made_at)
            self._element(parent, "Note", {"guid": str(guid), "name": name, "plainTextPath": path, **who})

    def _write_rounds(self) -> None:
        """Write rounds as sets of their sources; one without any would be an empty set."""
        members = {wave.key: list(self._sources_of(wave.key)) for wave in self._document.rounds}
        if not any(members.values()):
            return
        sets = self._element(self.root, "Sets")
        for wave in self._document.rounds:
            if members[wave.key]:
                guid = str(self._guids.of("rounds", wave))
                own = self._element(sets, "Set", guid=guid, name=named(wave.name, wave.key))
                for source in members[wave.key]:
                    self._element(own, "MemberSource", targetGUID=source)

    def _sources_of(self, wave: str) -> Iterator[str]:
        return (str(self._guids.of("sources", each)) for each in self._document.sources if each.round == wave)


def _by(things: Sequence[T], field: str) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(getattr(thing, field), []).append(thing)
    return found
