"""Fit what another program's project brings into a study: what is there already is recognised, the rest gets keys.

Things are recognised by their ids, then by their names: assessors, cases and rounds by name, codes by the names from
the top of the codebook down; letters' case does not matter. Sources are recognised by their ids alone: one that
stands there with the same words is not doubled, and only codings that it lacks come to it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from app.actions.errors import RefusedError
from app.actions.keys import free_key, free_numbers, new_source_key, slug
from app.actions.lines import lines_of
from app.model.evidence import Code, Coding, Passage, Span
from app.model.setting import Assessor, Case, Round
from app.model.source import Entry, Source, SourceKind, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from app.actions.arrival import Arrival, ArrivedCoding, ArrivedPassage, ArrivedSource
    from app.actions.lines import Line
    from app.model.document import StudyDocument

_LONGEST = 20_000  # code points of a passage's words
_Place = tuple[tuple[str, int, int], ...]  # where a passage lies: (entry, start, end) of each span


class Additions(Struct, frozen=True):
    """What comes to a study, with the keys it has there; each list in the study's order."""

    rounds: tuple[Round, ...]
    assessors: tuple[Assessor, ...]
    cases: tuple[Case, ...]
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    codings: tuple[Coding, ...]

    def lists(self) -> dict[str, tuple[Any, ...]]:
        """Give the lists by the kind of thing, what is referred to before what refers."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def additions(document: StudyDocument, arrival: Arrival, into_round: str = "") -> Additions:
    """Work out what an arrival adds to a study.

    Args:
        document: the study.
        arrival: what was read.
        into_round: key of the round its sources go into; by default the rounds they came with, and for those without
            one named after the project.

    Raises:
        RefusedError: a source stands in the study, but not with the same words.
    """
    return _Arriving(document, arrival).fitted(into_round)


class _Arriving:
    """The study's keys and ids, filling up with those of what comes."""

    def __init__(self, document: StudyDocument, arrival: Arrival) -> None:
        self._document = document
        self._arrival = arrival
        self._keys: dict[str, dict[str, str]] = {}  # by kind: key in the arrival to key in the study
        self._passages: list[Passage] = []
        self._codings: list[Coding] = []
        self._ids: dict[str, set[UUID | None]] = {
            table: {thing.id for thing in getattr(document, table)}
            for table in ("rounds", "assessors", "cases", "codes", "sources", "passages", "codings")
        }
        self._standing = {source.id: source for source in document.sources if source.id is not None}
        self._taken_passages = {passage.key for passage in document.passages}

    def fitted(self, into_round: str) -> Additions:
        assessors = self._named("assessors", self._arrival.assessors)
        cases = self._named("cases", self._arrival.cases)
        codes = tuple(
            replace(code, parent=self._keys["codes"].get(code.parent or ""))
            for code in self._named("codes", self._arrival.codes)
        )
        rounds = self._rounds(into_round)
        sources = self._sources()
        return Additions(rounds, assessors, cases, codes, sources, tuple(self._passages), tuple(self._codings))

    def _named(self, table: str, arrived: Sequence[Any]) -> Any:
        """Recognise things of a kind, and give those that are new their keys."""
        standing = getattr(self._document, table)
        known = self._keys.setdefault(table, {})
        known |= _recognised(standing, arrived)
        taken = {thing.key for thing in standing}
        new = []
        for thing in arrived:
            if thing.key not in known:
                known[thing.key] = free_key(slug(thing.name), taken)
                taken.add(known[thing.key])
                new.append(replace(thing, key=known[thing.key], id=self._free_id(table, thing.id)))
        return tuple(new)

    def _free_id(self, table: str, wish: UUID | None) -> UUID | None:
        if wish is None or wish in self._ids[table]:
            return None
        self._ids[table].add(wish)
        return wish

    # Sources

    def _rounds(self, into_round: str) -> tuple[Round, ...]:
        """Settle which round each source goes into; "" stands for those that came without."""
        if into_round:
            self._keys["rounds"] = dict.fromkeys(("", *(each.key for each in self._arrival.rounds)), into_round)
            return ()
        wanted = {source.round for source in self._arrival.sources if source.id not in self._standing}
        arrived = [each for each in self._arrival.rounds if each.key in wanted]
        if "" in wanted:
            arrived.append(Round(key="", name=self._arrival.project) if self._arrival.project else _UNNAMED)
        found: tuple[Round, ...] = self._named("rounds", arrived)
        return found

    def _sources(self) -> tuple[Source, ...]:
        taken = {source.key for source in self._document.sources}
        entries = {entry.key for source in self._document.sources for entry in source.entries}
        keys = {kind: self._source_keys(kind, taken) for kind in SourceKind}
        new = []
        for arrived in self._arrival.sources:
            source = self._standing.get(arrived.id) if arrived.id else None
            if source is None:
                source = self._source(arrived, next(keys[arrived.kind]), entries)
                new.append(source)
                self._put_passages(source, arrived, _Homes(source, (), ()))
            else:
                self._put_passages(source, arrived, _Homes(source, *self._standing_in(source)))
        return tuple(new)

    def _standing_in(self, source: Source) -> tuple[list[Passage], list[Coding]]:
        passages = self._passages_by_source.get(source.key, [])
        return passages, [coding for passage in passages for coding in self._codings_by_passage.get(passage.key, ())]

    @functools.cached_property
    def _passages_by_source(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for passage in self._document.passages:
            found.setdefault(passage.source, []).append(passage)
        return found

    @functools.cached_property
    def _codings_by_passage(self) -> dict[str, list[Coding]]:
        found: dict[str, list[Coding]] = {}
        for coding in self._document.codings:
            found.setdefault(coding.passage, []).append(coding)
        return found

    def _source_keys(self, kind: SourceKind, taken: set[str]) -> Iterator[str]:
        """Give free keys for new sources: i18, i19 after i17."""
        first = new_source_key(self._document, kind)
        letter = first.rstrip("0123456789")
        number = int(first.removeprefix(letter))
        return (key for more in range(len(self._arrival.sources)) if (key := f"{letter}{number + more}") not in taken)

    def _source(self, arrived: ArrivedSource, key: str, entries: set[str]) -> Source:
        names = free_numbers(f"{key}-", entries)
        return Source(
            id=self._free_id("sources", arrived.id),
            key=key,
            title=arrived.title,
            kind=arrived.kind,
            round=self._keys["rounds"][arrived.round],
            status=SourceStatus.FINISHED,
            remark=arrived.remark,
            cases=tuple(dict.fromkeys(self._keys["cases"][case] for case in arrived.cases)),
            entries=tuple(Entry(key=next(names), text=line) for line in arrived.lines),
        )

    # Passages and codings

    def _put_passages(self, source: Source, arrived: ArrivedSource, homes: _Homes) -> None:
        lines = list(lines_of(source))
        if not _same_words(lines, arrived.lines):
            raise RefusedError(
                f"The notes of {source.key} say something else than in {self._arrival.file}, so nothing was taken in;"
                " import it as a new study instead."
            )
        names = free_numbers(f"{source.key}-p", self._taken_passages)
        for passage in arrived.passages:
            place = _placed(lines, passage)
            for coding in passage.codings:
                self._put_coding(homes, place, self._coding(coding), passage, names)
            if not passage.codings and place not in homes.at:
                self._new_passage(homes, place, passage, names)

    def _coding(self, arrived: ArrivedCoding) -> Coding:
        """Give a coding the study's keys; its passage is still to be found."""
        return Coding(
            passage="",
            code=self._keys["codes"][arrived.code],
            assessor=self._keys["assessors"][arrived.assessor],
            case=self._keys["cases"][arrived.case] if arrived.case else None,
            memo=arrived.memo,
            made_at=arrived.made_at,
            id=arrived.id,
        )

    def _put_coding(
        self, homes: _Homes, place: _Place, coding: Coding, arrived: ArrivedPassage, names: Iterator[str]
    ) -> None:
        key = homes.room_for(place, coding)
        if key is None:
            return
        key = key or self._new_passage(homes, place, arrived, names)
        made = replace(coding, passage=key, id=self._free_id("codings", coding.id))
        homes.keep(made)
        self._codings.append(made)

    def _new_passage(self, homes: _Homes, place: _Place, arrived: ArrivedPassage, names: Iterator[str]) -> str:
        key = next(names)
        words = "\n".join(homes.texts[entry][start:end] for entry, start, end in place)[:_LONGEST]
        spans = tuple(Span(entry=entry, start=start, end=end) for entry, start, end in place)
        made = Passage(id=self._free_id("passages", arrived.id), key=key, source=homes.source, words=words, spans=spans)
        homes.at.setdefault(place, []).append(key)
        self._passages.append(made)
        return key


class _Homes:
    """The passages of a source by where they lie, and what is on each; at one place there may be several."""

    def __init__(self, source: Source, passages: Iterable[Passage], codings: Iterable[Coding]) -> None:
        self.source = source.key
        self.texts = {entry.key: entry.text for entry in source.entries}
        self.at: dict[_Place, list[str]] = {}
        self._on: dict[tuple[str, str, str], Coding] = {}
        for passage in passages:
            place = tuple(sorted((span.entry, span.start, span.end) for span in passage.spans))
            self.at.setdefault(place, []).append(passage.key)
        for coding in codings:
            self.keep(coding)

    def keep(self, coding: Coding) -> None:
        """Note a coding that is on a passage of the source."""
        self._on[coding.passage, coding.code, coding.assessor] = coding

    def room_for(self, place: _Place, coding: Coding) -> str | None:
        """Find the passage a coding goes on; "" where a new one is needed, None where it is there already."""
        room = ""
        for key in self.at.get(place, ()):
            there = self._on.get((key, coding.code, coding.assessor))
            if there is None:
                room = room or key
            elif there.case == coding.case and coding.memo in {"", there.memo}:
                return None
        return room


_UNNAMED = Round(key="", name="Imported")


def _called(name: str) -> str:
    return " ".join(name.split()).casefold()


def _recognised(standing: Iterable[Any], arrived: Sequence[Any]) -> dict[str, str]:
    """Tell which arrived things stand in the study: by id, then by name, each standing one at most once.

    A code is known by its name among those under the one it is under, so that whole codebooks match from the top.
    """
    by_id = {thing.id: thing.key for thing in standing if thing.id is not None}
    found = {thing.key: by_id[thing.id] for thing in arrived if thing.id in by_id}
    used = set(found.values())
    free: dict[tuple[str | None, str], list[str]] = {}
    for thing in standing:
        if thing.key not in used:
            free.setdefault((getattr(thing, "parent", None), _called(thing.name)), []).append(thing.key)
    for thing in arrived:
        above = getattr(thing, "parent", None)
        place = (found.get(above, "") if above else None, _called(thing.name))
        if thing.key not in found and (left := free.get(place)):
            found[thing.key] = left.pop(0)
    return found


def _same_words(lines: Sequence[Line], arrived: Sequence[str]) -> bool:
    """Whether two texts are the same but for empty lines at their end."""
    ours, theirs = "\n".join(line.text for line in lines), "\n".join(arrived)
    return ours.rstrip("\n") == theirs.rstrip("\n")


def _placed(lines: Sequence[Line], passage: ArrivedPassage) -> _Place:
    """Find where a passage lies in entries; what runs on over a break within an entry is one span."""
    found: list[tuple[str, int, int]] = []
    last = None
    for number, start, end in sorted(passage.spans):
        line = lines[number]
        runs_on = last is not None and found[-1][0] == line.entry and start == 0 and last == number - 1
        if runs_on and found[-1][2] == lines[number - 1].start + len(lines[number - 1].text):
            found[-1] = (line.entry, found[-1][1], line.start + end)
        else:
            found.append((line.entry, line.start + start, line.start + end))
        last = number
    return tuple(sorted(found))
