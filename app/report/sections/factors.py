"""What facilitates and what inhibits maturity: each factor's influence on each case, and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.assessment import Tendency
from app.report.blocks import Section, captioned, lead, nothing, opened, subhead
from app.report.evidence import references
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.marks import Marked, StrengthMark
from app.report.style import (
    COLUMN,
    GUTTER,
    SMALL,
    TEXT,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    WASH,
    WIDTH,
)
from app.report.text import Run, Words, paragraph
from app.report.wording import BELONGING, STRENGTHS, TENDENCIES, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.model.assessment import Factor, Influence
    from app.report.material import Material
    from app.report.pdf import Flowable

_AT_ONCE = 4


def sections(material: Material) -> list[Section]:
    """Make the section, where the study has factors."""
    return [Section("factors", "Factors", lambda: _flow(material), room=410)] if material.document.factors else []


def _flow(material: Material) -> list[Flowable]:
    influences = {(each.factor, each.case): each for each in material.influences()}
    if not influences:
        return [nothing("No factor's influence has been judged in this round yet.")]
    return [lead(_opening(material)), *_tables(material, influences), *_notes(material, influences)]


def _opening(material: Material) -> str:
    groups = {tendency: [f for f in material.document.factors if f.tendency is tendency] for tendency in Tendency}
    verbs = {Tendency.FACILITATES: "facilitate", Tendency.INHIBITS: "inhibit"}
    parts = [
        f"{count(len(found), 'factor')} that {verbs[tendency]}{'s' if len(found) == 1 else ''} maturity"
        for tendency, found in groups.items()
        if found
    ]
    return f"{listed(parts)}, with their influence on each case."


def _tables(material: Material, influences: dict[tuple[str, str | None], Influence]) -> Iterator[Flowable]:
    """Set factors against cases, few cases at a time, so that any number fits the page."""
    seen = {case for _, case in influences}
    places: list[str | None] = [None] if None in seen else []
    places += [case.key for case in material.document.cases]
    for start in range(0, len(places), _AT_ONCE):
        grid = _table(material, influences, places[start : start + _AT_ONCE])
        yield from captioned(material, f"Influence of each factor, by case{', continued' if start else ''}", grid)


def _table(
    material: Material, influences: dict[tuple[str, str | None], Influence], places: Sequence[str | None]
) -> Grid:
    rows = []
    for tendency in Tendency:
        factors = [each for each in material.document.factors if each.tendency is tendency]
        if factors:
            words = paragraph(TENDENCIES[tendency], style=TEXT_SMALL_STRONG)
            rows.append(Row([Cell([words], span=len(places) + 1)], tint=WASH, keep=True))
            rows += [_factor_row(each, influences, places) for each in factors]
    head = ["Factor", *(material.cases[each].name if each else "Organisation" for each in places)]
    blank = [1.0] * (3 - len(places))
    return table(shares(WIDTH, 1.9, *(1.0 for _ in places), *blank)[: len(head)], head, rows)


def _factor_row(
    factor: Factor, influences: dict[tuple[str, str | None], Influence], places: Sequence[str | None]
) -> Row:
    words = (factor.name, Run(f"\n{BELONGING[factor.belongs_to]}", colour=TEXT_NOTE.colour))
    cells = [Cell([_strength(influences.get((factor.key, place)))]) for place in places]
    return Row([Cell([paragraph(*words, style=TEXT_SMALL)]), *cells])


def _strength(influence: Influence | None) -> Flowable:
    if influence is None:
        return paragraph("not judged", style=TEXT_NOTE)
    words = paragraph(STRENGTHS[influence.strength], style=TEXT_SMALL)
    return Marked(StrengthMark(influence.strength), words, size=SMALL)


def _notes(material: Material, influences: dict[tuple[str, str | None], Influence]) -> list[Flowable]:
    rows = []
    for factor in material.document.factors:
        notes = [
            paragraph(*words, style=TEXT_SMALL, after=2)
            for influence in influences.values()
            if influence.factor == factor.key and (words := _note(material, influence))
        ]
        about = [paragraph(factor.definition, style=TEXT_SMALL, after=3)] if factor.definition else []
        if notes or about:
            name = paragraph(factor.name, style=TEXT_SMALL_STRONG)
            rows.append(Row([Cell([name]), Cell([*about, *notes])]))
    if not rows:
        return []
    return opened(subhead("What they rest on"), Grid([COLUMN, TEXT], rows, gap=GUTTER, closed=True))


def _note(material: Material, influence: Influence) -> list[Words]:
    if not influence.memo and not influence.evidence:
        return []
    where = material.cases[influence.case].name if influence.case else "Organisation"
    words: list[Words] = [Run(where, Face.SEMIBOLD), f", {STRENGTHS[influence.strength]}"]
    if influence.memo:
        words.append(f": {influence.memo}")
    if influence.evidence:
        words += ["  ", *references(material, influence.evidence)]
    return words
