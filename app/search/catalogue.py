"""Everything people wrote in a study, by the ids of its rows, and what one may narrow a search by; pure."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from app.analysis.citations import Citations
from app.analysis.code_tree import lineage
from app.analysis.guide import rubrics_of
from app.model.assessment import Answer, Challenge, Consensus, Dissent, Finding, Override, Review, ReviewItem
from app.model.evidence import Coding
from app.model.source import Entry, EntryKind, FollowUp, Original
from app.search.index import TEXTS, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.model.document import StudyDocument
    from app.model.evidence import Code
    from app.model.source import Source

Keys = frozenset[str]
NONE: Keys = frozenset()
_LINES = ("entries", "originals")
_PARTS = ("review_items", "dissents")
_ORDER = {table: place for place, table in enumerate(TEXTS)}


class Written(Struct, frozen=True):
    """One thing with words: the value, the source or review it is a part of, and its place among its like."""

    table: str
    value: Any
    place: int
    owner: Any = None

    @property
    def text(self) -> str:
        """Its words, as they are indexed."""
        return joined(getattr(self.value, column) for column in TEXTS[self.table])

    @property
    def source(self) -> Source | None:
        """The source whose line it is."""
        found: Source | None = self.owner if self.table in _LINES else None
        return found


class Catalogue:
    """What a document holds that can be found.

    Args:
        document: the study.
        before: the catalogue of it as it was, whose sources are taken over where they are the same.
    """

    def __init__(self, document: StudyDocument, before: Catalogue | None = None) -> None:
        self.document = document
        standing = before.lines if before is not None else {}
        self.lines: dict[str, tuple[Source, dict[str, Written]]] = {}
        self.things: dict[str, Written] = {}
        for source in document.sources:
            kept = standing.get(source.key)
            self.lines[source.key] = kept if kept and kept[0] is source else (source, dict(_lines_of(source)))
            self.things |= self.lines[source.key][1]
        self.things |= _judged(document)

    @cached_property
    def citations(self) -> Citations:
        """How sources, lines and passages are named."""
        return Citations(self.document)

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """What things are called, by kind and key."""
        document = self.document
        named: dict[tuple[str, str], str] = {
            ("participants", each.key): each.pseudonym for each in document.participants
        }
        for table in ("cases", "codes", "factors", "assessors"):
            named |= {(table, each.key): each.name for each in getattr(document, table)}
        for rubric in rubrics_of(document).values():
            for principle in rubric.principles:
                named["principles", principle.id] = principle.short
                named |= {("criteria", each.id): each.name.capitalize() for each in principle.criteria}
        return named

    def order(self, thing: Written) -> tuple[int, int, int]:
        """Sort things as they stand in the study."""
        return _ORDER[thing.table], self._places.get(_named(thing.owner), 0), thing.place

    def scope(self, value: Any) -> str:
        """What stands before the key of a judgement, in a study judged against several rubrics or in several rounds."""
        return f"{value.rubric}|{value.round}|" if self._is_judged_often else ""

    @cached_property
    def _is_judged_often(self) -> bool:
        document = self.document
        judged: list[Answer | Finding | Override] = [*document.answers, *document.findings, *document.overrides]
        return len({(each.rubric, each.round) for each in judged}) > 1

    @cached_property
    def _places(self) -> dict[tuple[str, ...], int]:
        document = self.document
        owners: list[Source | Review | Consensus] = [*document.sources, *document.reviews, *document.consensus]
        return {_named(owner): place for place, owner in enumerate(owners)}

    # What one may narrow a search by

    def cases(self, thing: Written) -> Keys:
        """Which cases it is about; none means the organisation."""
        value = thing.value
        if (own := getattr(_judgement(thing), "case", None)) is not None:
            return frozenset({own})
        if thing.source is not None:
            return frozenset(thing.source.cases)
        if isinstance(value, Challenge):
            return frozenset(value.cases)
        if isinstance(value, Review):
            return frozenset(item.case for item in value.items)
        return self._of_entry(value, self.cases)

    def roles(self, thing: Written) -> Keys:
        """Which roles the people had who said it, or who are asked."""
        value = thing.value
        if thing.source is not None:
            return self._roles([value.speaker] if value.speaker else thing.source.participants)
        if isinstance(value, Coding):
            lines = (self._entries.get(key) for key in self._entries_of.get(value.passage, ()))
            return frozenset(chain.from_iterable(self.roles(line) for line in lines if line))
        if isinstance(value, Review | ReviewItem):
            return self._roles([value.reviewer if isinstance(value, Review) else thing.owner.reviewer])
        if isinstance(value, FollowUp) and value.participant:
            return self._roles([value.participant])
        return self._of_entry(value, self.roles)

    def principles(self, thing: Written) -> Keys:
        """Which principles it is about, or evidence for."""
        value = thing.value
        if isinstance(value, Entry):
            return self._principles_of.get(value.key, NONE)
        if isinstance(value, Coding):
            return self._principle_of_code(value.code)
        if isinstance(value, Review):
            return frozenset(item.principle for item in value.items)
        own = _own_principle(_judgement(thing), self._criteria)
        return frozenset({own}) if own else self._of_entry(value, self.principles)

    def codes(self, thing: Written) -> Keys:
        """Which codes are put on it, with those they stand under."""
        value = thing.value
        if isinstance(value, Coding):
            return self._with_parents(value.code)
        return self._codes_of.get(value.key, NONE) if isinstance(value, Entry) else NONE

    def source_key(self, thing: Written) -> str:
        """Which source it belongs to; empty for none."""
        value = thing.value
        if thing.source is not None:
            return thing.source.key
        if isinstance(value, Coding):
            return self._sources_of_passages.get(value.passage, "")
        if isinstance(value, FollowUp):
            line = self._entries.get(value.entry or "")
            return line.owner.key if line else value.answered_in or ""
        return ""

    def entry_kind(self, thing: Written) -> EntryKind | None:
        """What a line of notes is; None where it is none."""
        return thing.value.kind if isinstance(thing.value, Entry | Original) else None

    # Looking up

    def _of_entry(self, value: Any, of: Any) -> Keys:
        """Ask the line of notes that a follow-up comes from."""
        line = self._entries.get(value.entry or "") if isinstance(value, FollowUp) else None
        found: Keys = of(line) if line else NONE
        return found

    def _roles(self, people: Iterable[str]) -> Keys:
        return frozenset(self._role_of[person] for person in people if person in self._role_of)

    @cached_property
    def _role_of(self) -> dict[str, str]:
        return {person.key: person.role for person in self.document.participants}

    @cached_property
    def _entries(self) -> dict[str, Written]:
        lines = chain.from_iterable(lines.values() for _, lines in self.lines.values())
        return {line.value.key: line for line in lines if line.table == "entries"}

    @cached_property
    def _entries_of(self) -> dict[str, Keys]:
        """The lines that each passage lies in."""
        return {each.key: frozenset(span.entry for span in each.spans) for each in self.document.passages}

    @cached_property
    def _sources_of_passages(self) -> dict[str, str]:
        return {each.key: each.source for each in self.document.passages}

    @cached_property
    def _criteria(self) -> dict[tuple[str, str], str]:
        """The principle of each criterion, by rubric and criterion."""
        return {
            (key, criterion.id): principle.id
            for key, rubric in rubrics_of(self.document).items()
            for principle in rubric.principles
            for criterion in principle.criteria
        }

    @cached_property
    def _codebook(self) -> dict[str, Code]:
        return {code.key: code for code in self.document.codes}

    def _with_parents(self, code: str) -> Keys:
        return frozenset(each.key for each in lineage(self._codebook, code))

    def _principle_of_code(self, code: str) -> Keys:
        return frozenset(each.principle for each in lineage(self._codebook, code) if each.principle)

    @cached_property
    def _codes_of(self) -> dict[str, Keys]:
        """The codes on each line."""
        return self._on_lines((each.passage, self._with_parents(each.code)) for each in self.document.codings)

    @cached_property
    def _principles_of(self) -> dict[str, Keys]:
        """The principles each line says something of: by its codes, and as evidence."""
        document = self.document
        coded = ((each.passage, self._principle_of_code(each.code)) for each in document.codings)
        rests: Iterable[Answer | Finding | Challenge] = chain(document.answers, document.findings, document.challenges)
        resting = (
            (link.passage, frozenset({principle}))
            for judged in rests
            if (principle := _own_principle(judged, self._criteria))
            for link in judged.evidence
        )
        return self._on_lines(chain(coded, resting))

    def _on_lines(self, found: Iterable[tuple[str, Keys]]) -> dict[str, Keys]:
        """Bring what is known of passages to the lines they lie in."""
        lines: dict[str, Keys] = {}
        for passage, keys in found:
            for entry in self._entries_of.get(passage, NONE):
                lines[entry] = lines.get(entry, NONE) | keys
        return lines


def _named(owner: Source | Review | Consensus | None) -> tuple[str, ...]:
    """Tell apart what others are parts of."""
    if isinstance(owner, Consensus):
        return owner.case, owner.round, owner.rubric, owner.criterion
    return () if owner is None else (owner.key,)


def _own_principle(value: Any, criteria: dict[tuple[str, str], str]) -> str | None:
    """Name the principle that a judgement is about."""
    if (criterion := getattr(value, "criterion", None)) is not None:
        return criteria.get((value.rubric, criterion))
    own: str | None = getattr(value, "principle", None)
    return own


def _judgement(thing: Written) -> Any:
    """What a thing says something of a case with: a dissent with what it stands against."""
    return thing.owner if isinstance(thing.value, Dissent) else thing.value


def _lines_of(source: Source) -> Iterator[tuple[str, Written]]:
    for table in _LINES:
        for place, line in enumerate(getattr(source, table)):
            yield str(line.id), Written(table, line, place, source)


def _judged(document: StudyDocument) -> dict[str, Written]:
    """List what is written outside of notes."""
    found = {
        str(value.id): Written(table, value, place)
        for table in TEXTS
        if table not in _LINES and table not in _PARTS
        for place, value in enumerate(getattr(document, table))
    }
    for review in document.reviews:
        for place, item in enumerate(review.items):
            found[str(item.id)] = Written("review_items", item, place, review)
    for agreed in document.consensus:
        for place, dissent in enumerate(agreed.dissents):
            found[str(dissent.id)] = Written("dissents", dissent, place, agreed)
    return found
