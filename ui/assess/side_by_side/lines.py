"""The lines of the matrix: each principle, level and criterion with its rows of all cases; pure values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ui.assess.rows import CriterionRow, Filter, case_rows, counts, matches, under_heads

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from app.analysis.assessment import Assessment, JudgedCase
    from app.analysis.proposals import Proposed
    from ui.assess.rows import Row


@dataclass(frozen=True)
class Line:
    """One line: its key, what it is called, what it says in full, and a row for each case.

    All rows of a line are of a kind: heads of a principle, heads of a level, or a criterion's answers.
    """

    key: str
    name: str
    statement: str
    rows: tuple[Row, ...]

    @property
    def answers(self) -> tuple[CriterionRow, ...]:
        """The answers to a criterion, case by case; empty for a head."""
        return tuple(row for row in self.rows if isinstance(row, CriterionRow))


class LineMaker:
    """Makes lines again and again; those rows of cases of which nothing has changed are handed on as they were."""

    def __init__(self) -> None:
        self._known: dict[str, _Made] = {}
        self.counted: Counter[Filter] = Counter()  # how many answers, of all cases, each filter lets through

    def lines(
        self,
        assessment: Assessment,
        who: str,
        names: Mapping[str, str],
        again: Mapping[str, frozenset[str]],
        proposed: Mapping[str, Mapping[str, Proposed]],
    ) -> list[Line]:
        """List a rubric's principles, levels and criteria, each with the rows of all cases.

        Args:
            assessment: every case scored.
            who: key of the assessor whose answers are shown; "" shows what counts.
            names: of the assessors, by key.
            again: by case the criteria to be checked again.
            proposed: by case and criterion what is proposed.
        """
        made = []
        for case in assessment.cases:
            key = case.case.key
            made.append(self._made(_Given(case, who, names, again.get(key, frozenset()), proposed.get(key, {}))))
        self._known = {case.case.key: each for case, each in zip(assessment.cases, made, strict=True)}
        self.counted = Counter({only: sum(each.counted[only] for each in made) for only in Filter})
        called = {each.id: each.name for each in assessment.rubric.criteria}
        return [_line(called, rows) for rows in zip(*(each.rows for each in made), strict=True)]

    def _made(self, given: _Given) -> _Made:
        known = self._known.get(given.case.case.key)
        if known is not None and known.given.case is given.case and known.given[1:] == given[1:]:
            return known
        rows = case_rows(
            given.case.rubric, given.case, given.who, given.names, again=given.again, proposed=given.proposed
        )
        return _Made(given, rows, counts(rows))


class _Given(NamedTuple):
    """What the rows of a case are made of."""

    case: JudgedCase
    who: str
    names: Mapping[str, str]
    again: frozenset[str]
    proposed: Mapping[str, Proposed]


class _Made(NamedTuple):
    """The rows of a case, and how many of them each filter lets through."""

    given: _Given
    rows: list[Row]
    counted: Counter[Filter]


def shown_lines(lines: Sequence[Line], only: Filter, keep: Collection[str] = ()) -> list[Line]:
    """List the lines of criteria with a case that a filter lets through and those to keep, under their heads."""
    if only is Filter.ALL:
        return list(lines)
    wanted = {line.key for line in lines if line.key in keep or any(matches(row, only) for row in line.answers)}
    return under_heads(lines, lambda line: line.rows[0], wanted)


def _line(called: Mapping[str, str], rows: tuple[Row, ...]) -> Line:
    row = rows[0]
    if isinstance(row, CriterionRow):
        return Line(row.key, called[row.key], row.statement, rows)
    return Line(row.key, row.name, row.name, rows)
