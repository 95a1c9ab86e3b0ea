"""What the list of gaps shows, row by row: a principle with its levels and target, and the criteria it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.analysis.roadmap import PROGRESS
from app.analysis.todo import count
from app.scoring.explain import figure_text
from app.scoring.offered import Answers, answers
from app.scoring.scale import Verdict, is_achievement
from ui.widgets.text import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.analysis.assessment import JudgedCase
    from app.analysis.gaps import Gap, Need
    from app.rubric.structure import Rubric
    from app.scoring.result import CaseScore


@dataclass(frozen=True)
class Mark:
    """A level as it is painted: its word, and its rank of `of` levels; None is not rated."""

    word: str
    rank: int | None
    of: int


@dataclass(frozen=True)
class GoalRow:
    """A principle: its level now, as it would be with what is ticked, and its target; None where there is none."""

    key: str
    principle: str
    name: str
    now: Mark
    then: Mark
    target: Mark | None
    note: str

    @property
    def moved(self) -> bool:
        """Whether what is ticked changes the level."""
        return self.now != self.then

    @property
    def words(self) -> str:
        """All of it, for a screen reader."""
        then = f", as ticked {self.then.word}" if self.moved else ""
        target = f"target {self.target.word}" if self.target else "no target"
        return f"{self.name}: {self.now.word}{then}, {target}. {self.note}"


@dataclass(frozen=True)
class NeedRow:
    """Something a principle lacks, which may be ticked as if it were achieved."""

    key: str
    principle: str
    criterion: str
    becomes: Verdict
    title: str
    text: str
    level: Mark | None
    ticked: bool
    answered: str
    beside: str

    @property
    def words(self) -> str:
        """All of it, for a screen reader."""
        tick = "Ticked" if self.ticked else "Not ticked"
        level = f"for {self.level.word}" if self.level else ""
        parts = (tick, self.title, level, self.answered, self.beside)
        return f"{', '.join(filter(None, parts))}. {self.text}"


Row = GoalRow | NeedRow


def mark(rubric: Rubric, level: str | None) -> Mark:
    """Give a level as it is painted."""
    if level is None:
        return Mark("Not rated", None, len(rubric.levels))
    return Mark(rubric.level(level).name, rubric.rank(level), len(rubric.levels))


def gap_rows(
    judged: JudgedCase, gaps: Sequence[Gap], after: CaseScore, ticks: Mapping[str, Verdict]
) -> tuple[Row, ...]:
    """Give the rows of a case, with the scores as they would be with what is ticked."""
    return tuple(row for gap in gaps for row in _rows(judged, gap, after, ticks))


def goal_key(principle: str) -> str:
    """Name the row of a principle."""
    return f"{principle}/"


def _rows(judged: JudgedCase, gap: Gap, after: CaseScore, ticks: Mapping[str, Verdict]) -> Iterator[Row]:
    principle, rubric = gap.principle, gap.rubric
    yield GoalRow(
        goal_key(principle.id),
        principle.id,
        principle.name,
        mark(rubric, gap.level),
        mark(rubric, after.principle(principle.id).level),
        mark(rubric, gap.target.level) if gap.target else None,
        _note(judged, gap),
    )
    for need in gap.needs:
        yield _need(gap, need, ticked=ticks.get(need.criterion.id) is need.becomes)


def _note(judged: JudgedCase, gap: Gap) -> str:
    """Say how far it is: "2 criteria to High", "Target reached", and what the team has set instead."""
    team = judged.principle(gap.principle.id).in_force
    set_to = f"Set to {gap.rubric.level(team.level).name} by the team" if team else ""
    return " · ".join(filter(None, (_distance(gap), set_to)))


def _distance(gap: Gap) -> str:
    if gap.level is None:
        return "Nothing it asks applies"
    if gap.reached:
        return "Target reached"
    if gap.aim is None:
        return "On the highest level"
    name = gap.rubric.level(gap.aim).name
    if not gap.reachable:
        return f"Not even the best answers reach {name}"
    if gap.rubric.rule == "choice":
        return f"To {name}: one description to come to"
    least = "At least " if gap.rubric.counts_points else ""
    return f"{least}{count(len(gap.needed), 'criterion', 'criteria')} to {name}"


def _need(gap: Gap, need: Need, *, ticked: bool) -> NeedRow:
    rubric, principle = gap.rubric, gap.principle
    offered = answers(rubric, principle)
    picked = rubric.rule == "choice"
    return NeedRow(
        f"{principle.id}/{need.criterion.id}/{need.becomes}",
        principle.id,
        need.criterion.id,
        need.becomes,
        offered.label(need.becomes) if picked else capital(need.criterion.name),
        principle.told(rubric, need.level) if picked else need.criterion.advice,
        mark(rubric, need.level) if need.level and not picked else None,
        ticked,
        _answered(rubric, offered, need.verdict),
        " · ".join(filter(None, (_gain(need), f"Step: {PROGRESS[need.step.progress].lower()}" if need.step else ""))),
    )


def _answered(rubric: Rubric, offered: Answers, verdict: Verdict | None) -> str:
    """Say what is answered in a word or two."""
    if verdict is not None and rubric.rule == "choice" and is_achievement(verdict):
        return f"Now {offered.step(verdict).short}"
    if verdict is None or (verdict is Verdict.NOT_ACHIEVED and not rubric.answers):
        return offered.label(verdict)
    return offered.step(verdict).short


def _gain(need: Need) -> str:
    return f"+{figure_text(need.gain)}" if need.gain is not None else ""
