"""How factors work on the cases of a study in a round: the table, the figure drawn from it, what could be evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.chain import likeliness
from app.analysis.code_tree import lineage
from app.analysis.coding import CodingsByPassage
from app.analysis.overview import Standing, joined, overall_standing
from app.analysis.todo import count
from app.model.assessment import BelongsTo, Factor, Influence, Strength
from app.model.setting import Case, Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.analysis.assessment import Assessment
    from app.model.document import StudyDocument

STRENGTHS: Final = {strength: strength.value.replace("_", " ") for strength in Strength}
"""How a strength is called, on screen and in print: "somewhat facilitates"."""

BELONGING: Final = {
    BelongsTo.ORGANISATION: "organisation",
    BelongsTo.MARKET: "market of tools",
    BelongsTo.CASE: "case",
}
"""How it is called where a factor has its root."""

WEIGHTS: Final = {
    Strength.STRONGLY_FACILITATES: 2,
    Strength.SOMEWHAT_FACILITATES: 1,
    Strength.NEUTRAL: 0,
    Strength.SOMEWHAT_INHIBITS: -1,
    Strength.STRONGLY_INHIBITS: -2,
}
"""Which way and how far a strength pulls; what is not applicable or unknown pulls nowhere, and is not in it."""

FACILITATING: Final = (Strength.STRONGLY_FACILITATES, Strength.SOMEWHAT_FACILITATES)
INHIBITING: Final = (Strength.STRONGLY_INHIBITS, Strength.SOMEWHAT_INHIBITS)
STRONG: Final = (Strength.STRONGLY_FACILITATES, Strength.STRONGLY_INHIBITS)
NOT_JUDGED: Final = "not judged"
ORGANISATION: Final = "Organisation"
_ELSE: Final = (Strength.NEUTRAL, Strength.NOT_APPLICABLE, Strength.UNKNOWN, None)


class Before(Struct, frozen=True):
    """How a factor was judged the last time before, and in which round."""

    round: Round
    strength: Strength


class Place(Struct, frozen=True):
    """One cell of the table: a factor for a case, or for the organisation where `case` is None."""

    factor: Factor
    case: Case | None
    influence: Influence | None
    before: Before | None

    @property
    def strength(self) -> Strength | None:
        """How the factor works there; None where nobody has judged it."""
        return self.influence.strength if self.influence else None

    @property
    def where(self) -> str:
        """Name the case, or the organisation."""
        return self.case.name if self.case else ORGANISATION

    @property
    def changed(self) -> bool:
        """Whether it was judged otherwise before."""
        return self.before is not None and self.before.strength is not self.strength


class Column(Struct, frozen=True):
    """The organisation (`case` is None) or a case with its overall level, one of `levels`; None without a rubric."""

    case: Case | None
    standing: Standing | None = None
    levels: int = 0

    @property
    def name(self) -> str:
        """Name the case, or the organisation."""
        return self.case.name if self.case else ORGANISATION


class FactorTable(Struct, frozen=True):
    """Factors by the organisation and the cases, in the study's order; a row has a place for each column."""

    round: Round | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Place, ...], ...]

    @property
    def judged(self) -> bool:
        """Whether anything has been judged."""
        return any(place.influence for row in self.rows for place in row)

    @property
    def open(self) -> int:
        """How many places of factors and cases nobody has judged; the organisation's are not counted."""
        return sum(place.influence is None for row in self.rows for place in row if place.case)


class Segment(Struct, frozen=True):
    """The cases, by key and name, that show a factor in one strength; None is not judged."""

    strength: Strength | None
    cases: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """Such as "strongly inhibits 2"."""
        return f"{STRENGTHS[self.strength] if self.strength else NOT_JUDGED} {len(self.cases)}"


class Bar(Struct, frozen=True):
    """One factor of the figure: which cases show it how, each in one segment; the organisation stands apart.

    `facilitating` and `inhibiting` begin with the strong ones, which stand next to the axis; `others` are neutral,
    not applicable, unknown and not judged. Segments without a case are left out.
    """

    factor: Factor
    facilitating: tuple[Segment, ...]
    inhibiting: tuple[Segment, ...]
    others: tuple[Segment, ...]
    organisation: Strength | None

    @property
    def weight(self) -> int:
        """How far the cases pull together: twice for strongly, facilitating above 0, inhibiting below."""
        pulling = (*self.facilitating, *self.inhibiting)
        return sum(WEIGHTS[each.strength] * len(each.cases) for each in pulling if each.strength)

    @property
    def judged(self) -> bool:
        """Whether it was judged for any case or for the organisation."""
        return self.organisation is not None or any(
            segment.strength for segment in (*self.facilitating, *self.inhibiting, *self.others)
        )

    @property
    def aside(self) -> str:
        """What is said beside the bar: "neutral 1, not judged 2"; empty where every case pulls."""
        return ", ".join(segment.words for segment in self.others)

    @property
    def words(self) -> str:
        """All of it in one line, for whoever can't see the bar."""
        segments = (*self.facilitating, *self.inhibiting, *self.others)
        cases = ", ".join(f"{segment.words} ({joined(segment.names)})" for segment in segments) or "no cases"
        organisation = f"; organisation: {STRENGTHS[self.organisation]}" if self.organisation else ""
        return f"{self.factor.name}: {cases}{organisation}"


class Figure(Struct, frozen=True):
    """Facilitating on one side, inhibiting on the other, as wide as cases show it; the order is `figure`'s."""

    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """How many cases the widest side of a bar has; 1 at least, so that it can be divided by."""
        sides = (side for bar in self.bars for side in (bar.facilitating, bar.inhibiting))
        return max((cases_in(side) for side in sides), default=0) or 1

    @property
    def words(self) -> str:
        """All of it as lines, for whoever can't see it."""
        return "\n".join(bar.words for bar in self.bars)


def cases_in(segments: Iterable[Segment]) -> int:
    """Count the cases of segments."""
    return sum(len(segment.cases) for segment in segments)


def factor_table(document: StudyDocument, assessment: Assessment | None, round_key: str = "") -> FactorTable:
    """Set a study's factors against the organisation and its cases.

    Args:
        document: the study.
        assessment: of the round, for the cases' levels; None leaves them out.
        round_key: of the round to show; the assessment's where it is left out.
    """
    shown = round_key or (assessment.round.key if assessment and assessment.round else "")
    here = {(each.factor, each.case): each for each in document.influences if each.round == shown}
    earlier = _earlier(document, shown)
    columns = (Column(None), *_cases(document, assessment))
    return FactorTable(
        next((each for each in document.rounds if each.key == shown), None),
        columns,
        tuple(tuple(_place(factor, column.case, here, earlier) for column in columns) for factor in document.factors),
    )


def figure(table: FactorTable) -> Figure:
    """Count which cases show each factor, and order the factors by how far the cases pull together.

    What facilitates most comes first and what inhibits most last; what nobody has judged stands below all. Factors
    that pull alike stand in the study's order.
    """
    bars = [_bar(row) for row in table.rows]
    return Figure(tuple(sorted(bars, key=lambda bar: (not bar.judged, -bar.weight))))


def consequences(document: StudyDocument, factor: str) -> str:
    """Say in a sentence what goes with a factor that is removed; empty where nothing does."""
    judged = [each for each in document.influences if each.factor == factor]
    links = sum(len(each.evidence) for each in judged)
    tied = sum(code.factor == factor for code in document.codes)
    parts = [count(len(judged), "influence", "influences")] if judged else []
    parts += [count(links, "link to a passage", "links to passages")] if links else []
    went = f"{joined(parts)} {'go' if len(judged) + links > 1 else 'goes'} with it" if parts else ""
    stay = f"{count(tied, 'code is', 'codes are')} no longer tied to it" if tied else ""
    return f"{'; '.join(filter(None, (went, stay)))}." if went or stay else ""


class Offers:
    """Which passages could be evidence for an influence; made once from what somebody may see of a study.

    Args:
        document: as `app.analysis.blind.seen_by` gives it.
        hidden: passages that must not be shown.
    """

    def __init__(self, document: StudyDocument, hidden: frozenset[str] = frozenset()) -> None:
        self._about = {source.key: frozenset(source.cases) for source in document.sources}
        self._sources = {passage.key: passage.source for passage in document.passages}
        self._hidden = hidden
        self._codings = CodingsByPassage(document.codings)
        codes = {code.key: code for code in document.codes}
        self._tied = {key: frozenset(each.factor for each in lineage(codes, key) if each.factor) for key in codes}

    def rank(self, passage: str, factor: str, case: str | None) -> int | None:
        """How likely a passage is evidence, as `app.analysis.chain.likeliness` has it; None is not at all.

        A code is tied to the factor that it names, or that a code above it names.
        """
        if passage in self._hidden:
            return None
        codings = self._codings.of(passage)
        tied = any(factor in self._tied[each.code] for each in codings)
        about = self._about[self._sources[passage]]
        return likeliness(case, tied=tied, coded_for={each.case for each in codings}, about=about)


def _cases(document: StudyDocument, assessment: Assessment | None) -> Iterator[Column]:
    if assessment is None:
        yield from (Column(case) for case in document.cases)
        return
    rubric = assessment.rubric
    for judged in assessment.cases:
        yield Column(judged.case, overall_standing(rubric, judged), len(rubric.levels))


def _place(
    factor: Factor,
    case: Case | None,
    here: Mapping[tuple[str, str | None], Influence],
    earlier: Mapping[tuple[str, str | None], Before],
) -> Place:
    at = (factor.key, case.key if case else None)
    return Place(factor, case, here.get(at), earlier.get(at))


def _earlier(document: StudyDocument, round_key: str) -> dict[tuple[str, str | None], Before]:
    """Find for each factor and case how it was judged the last time before a round."""
    order = {each.key: place for place, each in enumerate(document.rounds)}
    until = order.get(round_key, 0)
    before = (each for each in document.influences if order[each.round] < until)
    return {
        (each.factor, each.case): Before(document.rounds[order[each.round]], each.strength)
        for each in sorted(before, key=lambda each: order[each.round])
    }


def _bar(row: Sequence[Place]) -> Bar:
    cases = [place for place in row if place.case]
    organisation = next((place.strength for place in row if place.case is None), None)
    pulling, against, others = (tuple(_segments(cases, of)) for of in (FACILITATING, INHIBITING, _ELSE))
    return Bar(row[0].factor, pulling, against, others, organisation)


def _segments(places: Sequence[Place], strengths: Iterable[Strength | None]) -> Iterator[Segment]:
    for strength in strengths:
        cases = [place.case for place in places if place.case and place.strength is strength]
        if cases:
            yield Segment(strength, tuple(case.key for case in cases), tuple(case.name for case in cases))
