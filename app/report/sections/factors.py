"""What facilitates and what inhibits maturity: each factor's influence on each case, and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.factors import BELONGING, STRENGTHS, factor_table, figure
from app.model.assessment import Tendency
from app.report.blocks import Section, captioned, figure_title, lead, nothing, opened, overall_level, subhead
from app.report.evidence import references
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, shares
from app.report.influences import figure_grid, figure_legend, strength_words
from app.report.style import (
    COLUMN,
    GUTTER,
    INK,
    LINE,
    TEXT,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    WASH,
    WIDTH,
)
from app.report.text import Run, Words, paragraph
from app.report.wording import TENDENCIES, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.factors import Column, FactorTable, Place
    from app.report.material import Material
    from app.report.pdf import Flowable

_AT_ONCE = 4


def sections(material: Material) -> list[Section]:
    """Make the section, where the study has factors."""
    return [Section("factors", "Factors", lambda: _flow(material), room=410)] if material.document.factors else []


def _flow(material: Material) -> list[Flowable]:
    table = factor_table(material.document, material.assessment, material.round.key if material.round else "")
    if not table.judged:
        return [nothing("No factor's influence has been judged in this round yet.")]
    return [lead(_opening(material)), *_figure(material, table), *_tables(material, table), *_notes(material, table)]


def _opening(material: Material) -> str:
    groups = {tendency: [f for f in material.document.factors if f.tendency is tendency] for tendency in Tendency}
    verbs = {Tendency.FACILITATES: "facilitate", Tendency.INHIBITS: "inhibit"}
    parts = [
        f"{count(len(found), 'factor')} that {verbs[tendency]}{'s' if len(found) == 1 else ''} maturity"
        for tendency, found in groups.items()
        if found
    ]
    return f"{listed(parts)}, with their influence on each case."


def _figure(material: Material, table: FactorTable) -> list[Flowable]:
    """Draw which factors how many cases show, where there are cases."""
    if len(table.columns) == 1:
        return []
    caption = figure_title(material, "How many cases show each factor, and how")
    return [*opened([caption], figure_grid(figure(table))), figure_legend()]


def _tables(material: Material, table: FactorTable) -> Iterator[Flowable]:
    """Set factors against cases, few cases at a time, so that any number fits the page."""
    first = 0 if any(row[0].influence for row in table.rows) else 1
    for start in range(first, len(table.columns), _AT_ONCE):
        grid = _grid(material, table, range(start, min(start + _AT_ONCE, len(table.columns))))
        more = ", continued" if start > first else ""
        yield from captioned(material, f"Influence of each factor, by case{more}", grid)


def _grid(material: Material, table: FactorTable, shown: range) -> Grid:
    rows = []
    for tendency in Tendency:
        of = [row for row in table.rows if row[0].factor.tendency is tendency]
        if of:
            words = paragraph(TENDENCIES[tendency], style=TEXT_SMALL_STRONG)
            rows.append(Row([Cell([words], span=len(shown) + 1)], tint=WASH, keep=True))
            rows += [_factor_row([row[place] for place in shown]) for row in of]
    heads = [Cell([paragraph("Factor", style=TEXT_LABEL)]), *(_head(material, table.columns[at]) for at in shown)]
    blank = [1.0] * (_AT_ONCE - 1 - len(shown))
    columns = shares(WIDTH, 1.9, *(1.0 for _ in shown), *blank)[: len(heads)]
    head = Row(heads, rule=LINE, rule_colour=INK, above=4, below=3.4)
    return Grid(columns, rows, head=[head], gap=9.0, closed=True)


def _head(material: Material, column: Column) -> Cell:
    """Name a case, with its overall level."""
    name = paragraph(column.name, style=TEXT_LABEL)
    if column.case is None or material.assessment is None:
        return Cell([name])
    case = material.assessment.case(column.case.key)
    return Cell([name, *overall_level(material.assessment.rubric, case, TEXT_NOTE)])


def _factor_row(places: Sequence[Place]) -> Row:
    factor = places[0].factor
    words = (factor.name, Run(f"\n{BELONGING[factor.belongs_to]}", colour=TEXT_NOTE.colour))
    cells = [Cell([strength_words(place.strength)]) for place in places]
    return Row([Cell([paragraph(*words, style=TEXT_SMALL)]), *cells])


def _notes(material: Material, table: FactorTable) -> list[Flowable]:
    rows = []
    for row in table.rows:
        factor = row[0].factor
        notes = [paragraph(*words, style=TEXT_SMALL, after=2) for place in row if (words := _note(material, place))]
        about = [paragraph(factor.definition, style=TEXT_SMALL, after=3)] if factor.definition else []
        if notes or about:
            name = paragraph(factor.name, style=TEXT_SMALL_STRONG)
            rows.append(Row([Cell([name]), Cell([*about, *notes])]))
    if not rows:
        return []
    return opened(subhead("What they rest on"), Grid([COLUMN, TEXT], rows, gap=GUTTER, closed=True))


def _note(material: Material, place: Place) -> list[Words]:
    influence = place.influence
    if influence is None or not (influence.memo or influence.evidence):
        return []
    words: list[Words] = [Run(place.where, Face.SEMIBOLD), f", {STRENGTHS[influence.strength]}"]
    if influence.memo:
        words.append(f": {influence.memo}")
    if influence.evidence:
        words += ["  ", *references(material, influence.evidence)]
    return words
