"""How factors work on cases of each level: what goes with maturity, and what with the lack of it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.factors import FACILITATING, INHIBITING, Segment
from app.analysis.overview import NOT_RATED, joined
from app.analysis.todo import count
from app.model.assessment import Factor, Strength
from app.model.setting import Case

if TYPE_CHECKING:
    from app.analysis.factors import FactorTable

_ORDER: Final = (*FACILITATING, Strength.NEUTRAL, *reversed(INHIBITING), Strength.NOT_APPLICABLE, Strength.UNKNOWN)


class AtLevel(Struct, frozen=True):
    """The cases whose overall level is one and the same; `rank` is None for those not rated."""

    rank: int | None
    name: str
    cases: tuple[Case, ...]


class FactorRow(Struct, frozen=True):
    """One factor: for each level, the cases that show it, by how it works there; those not judged are left out."""

    factor: Factor
    cells: tuple[tuple[Segment, ...], ...]


class FactorLevels(Struct, frozen=True):
    """Factors by the levels that cases have, lowest first, each `of` the rubric's levels; not rated stands last."""

    levels: tuple[AtLevel, ...]
    rows: tuple[FactorRow, ...]
    of: int

    def words(self, row: int, column: int) -> str:
        """What a cell says: "strongly inhibits 2 (ML-P1 and ML-P2)"; "not judged" where nobody has."""
        segments = self.rows[row].cells[column]
        return ", ".join(f"{segment.words} ({joined(segment.names)})" for segment in segments) or "not judged"


def factor_levels(table: FactorTable) -> FactorLevels:
    """Sort the cases of a table of factors by their overall level, and count how each factor works there."""
    columns = [(column.case, column.standing) for column in table.columns if column.case]
    found: dict[int | None, tuple[str, list[Case]]] = {}
    for case, standing in columns:
        rank, name = (standing.rank, standing.name) if standing else (None, NOT_RATED)
        found.setdefault(rank, (name, []))[1].append(case)
    ranks = sorted(found, key=lambda rank: (rank is None, rank or 0))
    levels = tuple(AtLevel(rank, found[rank][0], tuple(found[rank][1])) for rank in ranks)
    rows = tuple(
        FactorRow(places[0].factor, tuple(_cell(by_case, level) for level in levels))
        for places in table.rows
        for by_case in [{place.case.key: place.strength for place in places if place.case}]
    )
    return FactorLevels(levels, rows, max((column.levels for column in table.columns), default=0))


def level_head(level: AtLevel) -> str:
    """Name a level with how many cases have it: "Moderate, 2 cases"."""
    return f"{level.name}, {count(len(level.cases), 'case', 'cases')}"


def _cell(by_case: dict[str, Strength | None], level: AtLevel) -> tuple[Segment, ...]:
    segments = []
    for strength in _ORDER:
        cases = [case for case in level.cases if by_case[case.key] is strength]
        if cases:
            segments.append(Segment(strength, tuple(case.key for case in cases), tuple(case.name for case in cases)))
    return tuple(segments)
