"""Levels then and now as an item model: cases by principles, and the overall level in the last column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.analysis.overview import Standing
from app.analysis.standing import Change
from app.scoring.explain import points_text
from ui.results.model import Cell, HeatMapModel
from ui.widgets.text import capital

if TYPE_CHECKING:
    from app.analysis.compare import ComparedCase, Comparison, Move
    from app.analysis.standing import Stand
    from app.rubric.structure import Rubric

STILL: Final = (Change.SAME, Change.NEITHER)
"""What is no change."""

_SHORT: Final = {
    Change.KNOWN: "known",
    Change.UNKNOWN: "uncertain",
    Change.SAME: "same",
    Change.GONE: "gone",
    Change.NEITHER: "none",
}


@dataclass(frozen=True)
class ChangeCell(Cell):
    """One level then and now; `standing` is how it stands now."""

    then: str = ""
    told: str = ""
    then_rank: int | None = None
    change: Change = Change.NEITHER
    points: str = ""

    @property
    def words(self) -> str:
        """What it shows, as one sentence."""
        return self.told

    @property
    def remarks(self) -> tuple[str, ...]:
        """What became of it and whether the team set the level: in full, and shorter for where that does not fit."""
        more = (self.points, self.standing.note)
        full = " \N{MIDDLE DOT} ".join(filter(None, (str(self.change), *more)))
        return (full, str(self.change), _SHORT.get(self.change, str(self.change)))


class ChangesModel(HeatMapModel):
    """Follows a comparison."""

    def show_comparison(self, rubric: Rubric, found: Comparison) -> None:
        """Show a comparison told in terms of a rubric."""
        self._show(rubric, [each.case for each in found.cases], [_row(rubric, case) for case in found.cases])


def _row(rubric: Rubric, case: ComparedCase) -> tuple[ChangeCell, ...]:
    return tuple(_cell(rubric, move) for move in case.moves)


def _cell(rubric: Rubric, move: Move) -> ChangeCell:
    then, now = (_told(rubric, stand) for stand in (move.then, move.now))
    return ChangeCell(
        (move.case, move.part),
        _standing(rubric, move.now),
        len(rubric.levels),
        then=move.then.words(rubric),
        told=f"{then} \N{RIGHTWARDS ARROW} {now}, {move.change}",
        then_rank=move.then.low if move.then.assessed else None,
        change=move.change,
        points=_points(rubric, move),
    )


def _standing(rubric: Rubric, stand: Stand) -> Standing:
    note = "set by the team" if stand.overridden else ""
    if not stand.assessed or stand.low is None or stand.high is None:
        return Standing(None, None, capital(stand.words(rubric)), "", 1.0, note)
    names = (rubric.levels[stand.low].name, rubric.levels[stand.high].name)
    return Standing(stand.low, stand.high, *names, 1.0, note)


def _told(rubric: Rubric, stand: Stand) -> str:
    """Name a level with its points, and the derived one where the team set another."""
    notes = [points_text(rubric, stand.points)] if stand.assessed else []
    if stand.overridden:
        notes.append(f"set by the team, derived: {stand.derived_words(rubric)}")
    told = "; ".join(filter(None, notes))
    return f"{stand.words(rubric)} ({told})" if told else stand.words(rubric)


def _points(rubric: Rubric, move: Move) -> str:
    """Give the points where they moved though the level did not."""
    if move.change not in STILL or move.then.points == move.now.points:
        return ""
    return points_text(rubric, move.now.points)
