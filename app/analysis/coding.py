"""What is coded: the codebook as a tree, the passages under each code, and how to find them again; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.citations import Citations
from app.analysis.code_tree import from_the_top, lineage
from app.analysis.words import Words
from app.model.evidence import Coding
from app.search.matching import matches
from app.search.query import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from app.model.document import StudyDocument
    from app.model.evidence import Code, Passage, Span
    from app.model.setting import Participant
    from app.model.source import Source

    Codes = Mapping[str, frozenset[str]]  # by passage

Keys = frozenset[str]
NONE: Keys = frozenset()
_LONGEST_LINE = 1 << 20  # more than the 20,000 characters a line of notes can have


class Found(Struct, frozen=True):
    """A passage as it is shown: its words as they stand, what stands round them, and all codings on it.

    `before` and `after` are the rest of its first and of its last line, `above` and `below` the lines next to these;
    all are empty for an orphaned passage, whose words are those it was marked for. `speaker` names who spoke, empty
    where the notes don't say; then `roles` are those of the people interviewed.
    """

    passage: str
    source: str
    citation: str
    title: str
    words: str
    before: str = ""
    after: str = ""
    above: str = ""
    below: str = ""
    speaker: str = ""
    roles: tuple[str, ...] = ()
    codings: tuple[Coding, ...] = ()
    orphaned: bool = False


class Query(Struct, frozen=True):
    """Which passages to find; what is empty narrows nothing.

    A passage carries a code when it, or a passage that overlaps it in the notes, has it. Found is what has one of the
    codes asked for itself, and carries all of `all_of`, one of `any_of` and none of `none_of`; where no code is asked
    for, whatever is coded. Only codings by `assessors` and about `cases` count ("" is the organisation); the rest
    narrows the passages. `roles` are of who spoke, else of the people interviewed. `words` is read as a search is.
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    below: bool = True
    cases: Keys = NONE
    rounds: Keys = NONE
    roles: Keys = NONE
    assessors: Keys = NONE
    words: str = ""


class CodingIndex:
    """What a study has coded, for looking it up again and again.

    Args:
        document: the study, as who asks may see it (`app.analysis.blind.seen_by`).
    """

    def __init__(self, document: StudyDocument) -> None:
        self.document = document
        self.codes: Mapping[str, Code] = {code.key: code for code in document.codes}
        self._children: dict[str, list[Code]] = {}
        for code in document.codes:
            self._children.setdefault(code.parent or "", []).append(code)
        self._passages: Mapping[str, Passage] = {passage.key: passage for passage in document.passages}
        self._under: dict[str, Keys] = {}
        self._found: dict[str, Found] = {}

    # The codebook

    def children(self, code: str = "") -> tuple[Code, ...]:
        """The codes directly under one, in the study's order; "" for those at the top."""
        return tuple(self._children.get(code, ()))

    @cached_property
    def tree(self) -> tuple[str, ...]:
        """The keys of all codes as the codebook shows them: each followed by those under it."""
        return tuple(code.key for code in from_the_top(self.document.codes))

    def lineage(self, code: str) -> tuple[str, ...]:
        """The keys of a code and of those it stands under, itself first."""
        return tuple(each.key for each in lineage(self.codes, code))

    def path(self, code: str) -> tuple[str, ...]:
        """The names from the top of the codebook down to a code."""
        return tuple(each.name for each in reversed(lineage(self.codes, code)))

    def colour(self, code: str) -> str:
        """A code's colour, else that of the nearest code above it that has one; "" for none."""
        return next((each.colour for each in lineage(self.codes, code) if each.colour), "")

    def under(self, code: str) -> Keys:
        """A code and all below it, by their keys."""
        if code not in self._under:
            found, still = {code}, [code]
            while still:
                still = [child.key for above in still for child in self.children(above) if child.key not in found]
                found.update(still)
            self._under[code] = frozenset(found)
        return self._under[code]

    # What is under a code

    def passages(self, code: str, *, below: bool = True) -> tuple[str, ...]:
        """The passages a code is on, in the study's order, each once; with `below` those of codes under it too."""
        return self.in_order(self._on(code, below=below))

    def count(self, code: str, *, below: bool = True) -> int:
        """How many passages a code is on."""
        return len(self._on(code, below=below))

    def codings_of(self, passage: str) -> tuple[Coding, ...]:
        """The codings on a passage, in the order of the codebook."""
        found = self._codings.of(passage)
        return tuple(sorted(found, key=lambda each: self._places[each.code]) if len(found) > 1 else found)

    @cached_property
    def coded(self) -> tuple[str, ...]:
        """All passages with a code on them, as they stand in the study."""
        return self.in_order(self._codings.passages)

    def in_order(self, passages: Iterable[str]) -> tuple[str, ...]:
        """Sort passages as they stand in the study, each once."""
        return tuple(sorted(set(passages), key=self._place))

    def _on(self, code: str, *, below: bool) -> Keys:
        codes = self.under(code) if below else (code,)
        sets = [self.by_code[key] for key in codes if key in self.by_code]
        return sets[0] if len(sets) == 1 else NONE.union(*sets)

    @cached_property
    def by_code(self) -> Mapping[str, Keys]:
        """The passages that each code itself is on."""
        return passages_by_code(self.document.codings)

    @cached_property
    def carried(self) -> Codes:
        """The codes each coded passage carries: its own, and those of passages that overlap it in the notes."""
        return self.carried_by(self.document.codings)

    def carried_by(self, codings: Iterable[Coding]) -> Codes:
        """The same, were these the only codings."""
        alone = {code: frozenset({code}) for code in self.codes}  # most passages have one code: they share these
        own: dict[str, Keys] = {}
        for coding in codings:
            before = own.get(coding.passage)
            own[coding.passage] = alone[coding.code] if before is None else before | alone[coding.code]
        return _carried(own, {passage: self._passages[passage].spans for passage in own})

    # Where they are

    def in_source(self, source: str) -> tuple[Passage, ...]:
        """The passages of a source, in the order in which they were marked."""
        return tuple(self._by_source.get(source, ()))

    @cached_property
    def _by_source(self) -> Mapping[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for passage in self.document.passages:
            found.setdefault(passage.source, []).append(passage)
        return found

    def has(self, passage: str) -> bool:
        """Whether there is such a passage."""
        return passage in self._passages

    @cached_property
    def citations(self) -> Citations:
        """How sources, lines and passages are named."""
        return Citations(self.document)

    def source_of(self, passage: str) -> Source:
        """Give the source a passage is of."""
        return self._sources[self._passages[passage].source]

    def words(self, passage: str) -> str:
        """What a passage says as the notes stand; what it was marked for, where its words are gone."""
        return self._words.shown(passage)

    def roles(self, passage: str) -> tuple[str, ...]:
        """The roles of who spoke, else of the people interviewed, each once."""
        people = self._speakers(passage) or self.source_of(passage).participants
        return tuple(dict.fromkeys(self._people[person].role for person in people))

    def found(self, passage: str) -> Found:
        """Show a passage."""
        if passage not in self._found:
            self._found[passage] = self._shown(self._passages[passage])
        return self._found[passage]

    def _shown(self, passage: Passage) -> Found:
        source = self._sources[passage.source]
        before, after, above, below = self._around(source, passage.spans)
        return Found(
            passage.key,
            source.key,
            self.citations.passage(passage.key),
            source.title,
            self.words(passage.key),
            before,
            after,
            above,
            below,
            ", ".join(self._people[person].pseudonym for person in self._speakers(passage.key)),
            self.roles(passage.key),
            self.codings_of(passage.key),
            not passage.spans,
        )

    def _around(self, source: Source, spans: tuple[Span, ...]) -> tuple[str, str, str, str]:
        """Give what stands before and after the spans in their lines, and the lines above and below."""
        if not spans:
            return "", "", "", ""
        numbers = self._words.lines(source.key)
        places = [(numbers[span.entry][0], span.start, span.end) for span in spans]
        (first, start, _), (last, _, end) = min(places), max(places, key=lambda place: (place[0], place[2]))
        lines = source.entries
        above = lines[first - 1].text if first else ""
        below = lines[last + 1].text if last + 1 < len(lines) else ""
        return lines[first].text[:start], lines[last].text[end:], above, below

    def _speakers(self, passage: str) -> tuple[str, ...]:
        spoke = (entry.speaker for entry in self._words.entries(passage))
        return tuple(dict.fromkeys(person for person in spoke if person))

    @cached_property
    def _place(self) -> Callable[[str], int]:
        """Number passages by the line they begin on, their first character there, and then by when they were marked."""
        passages, (sources, lines) = self._passages, self._numbers
        marked = {key: place for place, key in enumerate(passages)}
        many = len(marked)

        def place(key: str) -> int:
            passage = passages[key]
            starts = [lines[span.entry] + span.start for span in passage.spans]
            return (min(starts) if starts else sources[passage.source]) * many + marked[key]

        return place

    @property
    def _numbers(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Number sources and lines as they stand, so far apart that a character's place fits between."""
        sources: dict[str, int] = {}
        lines: dict[str, int] = {}
        for source in self.document.sources:
            first = sources[source.key] = (len(sources) + len(lines)) * _LONGEST_LINE
            lines.update({entry.key: first + n * _LONGEST_LINE for n, entry in enumerate(source.entries, 1)})
        return sources, lines

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {key: place for place, key in enumerate(self.codes)}

    @cached_property
    def _codings(self) -> CodingsByPassage:
        return CodingsByPassage(self.document.codings)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.key: source for source in self.document.sources}

    @cached_property
    def _words(self) -> Words:
        return Words(self.document)

    @cached_property
    def _people(self) -> Mapping[str, Participant]:
        return {person.key: person for person in self.document.participants}


class CodingsByPassage:
    """Codings, to be asked for by their passages; those of one passage stand as they stood.

    It makes no list for each passage: ten thousand of them cost more than to look for what is asked.
    """

    def __init__(self, codings: Iterable[Coding]) -> None:
        self._every = sorted(codings, key=attrgetter("passage"))  # as good as free where they are in the study's order
        backwards = zip(range(len(self._every) - 1, -1, -1), reversed(self._every), strict=True)
        self._first = {coding.passage: place for place, coding in backwards}

    @property
    def passages(self) -> Iterable[str]:
        """The passages that have any."""
        return self._first

    def of(self, passage: str) -> tuple[Coding, ...]:
        """Give the codings of a passage."""
        first = last = self._first.get(passage, len(self._every))
        while last < len(self._every) and self._every[last].passage == passage:
            last += 1
        return tuple(self._every[first:last])


def passages_by_code(codings: Iterable[Coding]) -> Mapping[str, Keys]:
    """Give the passages that each code is on."""
    found: dict[str, set[str]] = {}
    for coding in codings:
        found.setdefault(coding.code, set()).add(coding.passage)
    return {code: frozenset(passages) for code, passages in found.items()}


# Finding


def chosen(index: CodingIndex, query: Query) -> tuple[str, ...]:
    """Name the passages that a query asks for, as they stand in the study."""
    found = _asked(index, query)
    wanted = parse(query.words, typing=True)
    if query.rounds:
        found = (passage for passage in found if index.source_of(passage).round in query.rounds)
    if query.roles:
        found = (passage for passage in found if not query.roles.isdisjoint(index.roles(passage)))
    if wanted.terms or wanted.excluded:
        found = (passage for passage in found if matches(wanted, index.words(passage)))
    return index.in_order(found)


def retrieve(index: CodingIndex, query: Query) -> list[Found]:
    """Give the passages that a query asks for, with what stands round them."""
    return [index.found(passage) for passage in chosen(index, query)]


def _asked(index: CodingIndex, query: Query) -> Iterable[str]:
    """Give the passages that answer to the codes, by the codings that count."""
    counting = _counting(index, query)
    own = index.by_code if counting is None else passages_by_code(counting)
    spread = index.under if query.below else lambda code: frozenset({code})
    needed = [spread(code) for code in query.all_of]
    if query.any_of:
        needed.append(frozenset().union(*map(spread, query.any_of)))
    refused = frozenset().union(*map(spread, query.none_of))
    codes: Iterable[str] = frozenset().union(*needed) if needed else own
    found = set(chain.from_iterable(own.get(code, ()) for code in codes))
    if len(needed) < 2 and not refused:
        return found
    carried = index.carried if counting is None else index.carried_by(counting)
    return (
        passage
        for passage in found
        if refused.isdisjoint(carried[passage]) and not any(term.isdisjoint(carried[passage]) for term in needed)
    )


def _counting(index: CodingIndex, query: Query) -> list[Coding] | None:
    """Give the codings by whom, and about what, is asked for; None where that is all of them."""
    if not query.cases and not query.assessors:
        return None
    return [
        coding
        for coding in index.document.codings
        if (not query.assessors or coding.assessor in query.assessors)
        and (not query.cases or (coding.case or "") in query.cases)
    ]


class Memo(Struct, frozen=True):
    """What an assessor wrote beside a code on a passage."""

    coding: Coding
    citation: str
    code: str
    assessor: str
    text: str


def memos(index: CodingIndex, words: str = "") -> list[Memo]:
    """List the memos of codings, as their passages stand in the study; with `words` those that a search finds."""
    names = {assessor.key: assessor.name for assessor in index.document.assessors}
    wanted = parse(words, typing=True)
    searched = bool(wanted.terms or wanted.excluded)
    return [
        Memo(
            coding,
            index.citations.passage(passage),
            index.codes[coding.code].name,
            names[coding.assessor],
            coding.memo,
        )
        for passage in index.coded
        for coding in index.codings_of(passage)
        if coding.memo.strip() and (not searched or matches(wanted, coding.memo))
    ]


# Overlaps

_Stretch = tuple[int, int, str]  # start, end, passage


def _carried(own: Codes, spans: Mapping[str, tuple[Span, ...]]) -> Codes:
    """Give each passage the codes of those it overlaps."""
    crowded = Counter(span.entry for passage in own for span in spans[passage])
    lines: dict[str, list[_Stretch]] = {}
    for passage in own:
        for span in spans[passage]:
            if crowded[span.entry] > 1:
                lines.setdefault(span.entry, []).append((span.start, span.end, passage))
    carried = dict(own)
    for line in lines.values():
        for passage, code in _met(sorted(line), own):
            carried[passage] |= {code}
    return carried


def _met(line: list[_Stretch], own: Codes) -> Iterator[tuple[str, str]]:
    """Name the codes that each passage of a line meets there: by code, so that a crowded line costs no more."""
    covered: dict[str, tuple[list[int], list[int]]] = {}
    for start, end, passage in line:
        for code in own[passage]:
            _cover(covered.setdefault(code, ([], [])), start, end)
    for code, (starts, ends) in covered.items():
        for start, end, passage in line:
            at = bisect_right(ends, start)
            if at < len(starts) and starts[at] < end:
                yield passage, code


def _cover(stretches: tuple[list[int], list[int]], start: int, end: int) -> None:
    """Add a stretch to those before it, none over another; they come by their starts."""
    starts, ends = stretches
    if ends and start < ends[-1]:
        ends[-1] = max(ends[-1], end)
    else:
        starts.append(start)
        ends.append(end)
