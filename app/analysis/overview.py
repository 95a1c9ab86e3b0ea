"""What the results are shown with: levels in words, gates of a level, challenges, and a table of it all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.assessment import JudgedCriterion
from app.model.assessment import Challenge, Finding
from app.model.setting import Case
from app.rubric.structure import Criterion, Level, Principle
from app.scoring.offered import answers
from app.scoring.scale import Verdict, passes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric

NOT_RATED = "Not rated"


class TeamLevel(Struct, frozen=True):
    """A level that the team stands by beside the derived one.

    `rank` counts from 0; `brief` says it where there is little room, `words` in full: "set to High by the team". One
    that has `lapsed` no longer counts, because answers under it have changed.
    """

    rank: int
    brief: str
    words: str
    lapsed: bool = False


class Standing(Struct, frozen=True):
    """A level as people read it.

    `rank` and `ceiling` count from 0, the lowest level; None where nothing is rated. `ceiling` is the highest
    level that open answers could still bring, `coverage` the share (0..1) of criteria with an achievement.
    `note` stands beside a level: that the team set another, or which principles hold the case back. `team` is the level
    that the team set or, overall, that follows from those it set.
    """

    rank: int | None
    ceiling: int | None
    name: str
    ceiling_name: str
    coverage: float
    note: str = ""
    team: TeamLevel | None = None

    @property
    def certain(self) -> bool:
        """Whether open answers can no longer change the level."""
        return self.rank == self.ceiling

    @property
    def at_most(self) -> str:
        """Such as "at most High"; empty where the level is certain."""
        return "" if self.certain else f"at most {self.ceiling_name}"

    @property
    def known(self) -> str:
        """Such as "82 % known"; never "100 %" while something is open, nor "0 %" once something is known."""
        return f"{_percent(self.coverage)} % known"

    @property
    def words(self) -> str:
        """The whole of it in a line: "Moderate, at most High, 82 % known"."""
        known = "" if self.rank is None else self.known
        return ", ".join(filter(None, (self.name, self.at_most, known, self.note)))


class Gate(Struct, frozen=True):
    """A level above the lowest, and how the criteria that gate it stand; each in the rubric's order.

    Where criteria are `counted` together, or a level is picked, no level has its own: all stand under the one to come,
    and `blocking` are those that are not answered best.
    """

    level: Level
    reached: bool
    blocking: tuple[JudgedCriterion, ...]
    met: tuple[JudgedCriterion, ...]
    left_out: tuple[JudgedCriterion, ...]
    counted: bool = False

    @property
    def summary(self) -> str:
        """How many of its criteria are met, or stand in the way: "2 of 6 criteria stand in the way"."""
        applicable = len(self.blocking) + len(self.met)
        noun = "criterion" if applicable == 1 else "criteria"
        if self.blocking and self.counted:
            return f"{len(self.blocking)} of {applicable} {noun} could bring more"
        if self.blocking:
            stand = "stands" if len(self.blocking) == 1 else "stand"
            return f"{len(self.blocking)} of {applicable} {noun} {stand} in the way"
        if not applicable:
            return "asks for nothing that applies here"
        if not self.reached:
            return f"{_all(applicable, noun)} met, but a lower level is not reached"
        return f"{_all(applicable, noun)} met"


class Obstacle(Struct, frozen=True):
    """A challenge, and where it showed: "ML-P1 and ML-P2", "across all cases"."""

    challenge: Challenge
    where: str


class Result(Struct, frozen=True):
    """The one-line result for a case."""

    case: Case
    finding: Finding


class PrincipleOverview(Struct, frozen=True):
    """What was found on one principle, across the cases."""

    principle: Principle
    results: tuple[Result, ...]
    obstacles: tuple[Obstacle, ...]


def standing(rubric: Rubric, judged: JudgedPrinciple) -> Standing:
    """Put a principle's score into words."""
    score, team = judged.score, team_level(rubric, judged)
    return _standing(rubric, score.level, score.at_most, score.coverage, team.words if team else "", team)


def team_level(rubric: Rubric, judged: JudgedPrinciple) -> TeamLevel | None:
    """Give the level the team set on a principle, also one that has lapsed; None where it set none."""
    if judged.override is None:
        return None
    name, rank = rubric.level(judged.override.level).name, rubric.rank(judged.override.level)
    if judged.lapsed:
        return TeamLevel(rank, f"team: {name}, lapsed", f"set to {name} by the team, but that has lapsed", lapsed=True)
    return TeamLevel(rank, f"team: {name}", f"set to {name} by the team")


def team_overall(rubric: Rubric, case: JudgedCase) -> TeamLevel | None:
    """Give a case's overall level with what the team set; None where it set nothing that holds, or none is rated."""
    if case.team is None or case.team.level is None or case.team.at_most is None:
        return None
    name, most = rubric.level(case.team.level).name, rubric.level(case.team.at_most).name
    level = name if case.team.certain else f"{name}, at most {most},"
    return TeamLevel(rubric.rank(case.team.level), f"team: {name}", f"{level} with what the team set")


def overall_standing(rubric: Rubric, case: JudgedCase) -> Standing:
    """Put a case's overall level into words, with what holds it back."""
    names = [principle.short for principle in limiting(rubric, case)]
    every = len(names) > 1 and len(names) == sum(score.rated for score in case.score.principles)
    held = f"held back by {joined(names)}" if names else ""
    note = "all principles hold it back alike" if every else held
    overall, team = case.score.overall, team_overall(rubric, case)
    note = ", ".join(filter(None, (team.words if team else "", note)))
    return _standing(rubric, overall.level, overall.at_most, case.score.coverage, note, team)


def limiting(rubric: Rubric, case: JudgedCase) -> tuple[Principle, ...]:
    """List the principles that hold a case back; none where all are on the top level, or nothing is rated."""
    return tuple(rubric.principle(key) for key in case.score.overall.limiting_all)


def gates(rubric: Rubric, judged: JudgedPrinciple) -> tuple[Gate, ...]:
    """Sort a principle's criteria by the level they gate, lowest first; see `Gate` for rules other than staged."""
    if rubric.rule != "staged":
        return (_counted(rubric, judged),)
    reached = rubric.rank(judged.score.level) if judged.score.level else 0
    return tuple(_gate(level, judged, reached=rank <= reached) for rank, level in enumerate(rubric.levels) if rank)


def criteria_by_level(rubric: Rubric, principle: Principle) -> Iterator[tuple[Level | None, tuple[Criterion, ...]]]:
    """Group a principle's criteria by the level they gate, lowest first; all in one, by no level, where none gates."""
    if rubric.rule != "staged":
        yield None, principle.criteria
        return
    for level in rubric.levels[1:]:
        if criteria := principle.criteria_for(level.id):
            yield level, criteria


def answered(assessment: Assessment) -> bool:
    """Whether anything has been answered in the round shown."""
    return any(
        judged.verdict is not None
        for case in assessment.cases
        for principle in case.principles
        for judged in principle.criteria
    )


def still_open(assessment: Assessment) -> str:
    """Count what is still to be found out: "2 criteria unknown, 1 withheld"; empty when nothing is."""
    totals: Counter[str] = Counter()
    for case in assessment.cases:
        for score in case.score.principles:
            totals.update(unknown=score.unknown, withheld=score.withheld, unanswered=score.unanswered)
    counts = [(totals[word], word) for word in ("unknown", "withheld", "unanswered") if totals[word]]
    nouns = ["criterion" if counts and counts[0][0] == 1 else "criteria", *([""] * len(counts))]
    parts = (filter(None, (str(number), noun, word)) for (number, word), noun in zip(counts, nouns, strict=False))
    return ", ".join(" ".join(part) for part in parts)


def by_principle(document: StudyDocument, assessment: Assessment) -> tuple[PrincipleOverview, ...]:
    """Gather findings and challenges of the round shown, principle by principle."""
    return tuple(
        PrincipleOverview(
            principle,
            tuple(_results(assessment, principle)),
            tuple(_obstacles(document, assessment, principle)),
        )
        for principle in assessment.rubric.principles
    )


def table(assessment: Assessment) -> tuple[tuple[str, ...], ...]:
    """Lay the results out as rows of words, the first being the head."""
    rubric = assessment.rubric
    head = ("Case", *(principle.short for principle in rubric.principles), "Overall")
    rows = (
        (
            case.case.name,
            *(standing(rubric, judged).words for judged in case.principles),
            overall_standing(rubric, case).words,
        )
        for case in assessment.cases
    )
    return (head, *rows)


def table_text(assessment: Assessment) -> str:
    """Write the results as lines of tab-separated words, as spreadsheets take them from the clipboard."""
    return "\n".join("\t".join(_one_line(cell) for cell in row) for row in table(assessment)) + "\n"


def where_it_showed(names: Sequence[str], of: int, *, everywhere: bool) -> str:
    """Say in which of a study's cases, by name, a challenge showed: "ML-P1 and ML-P2", "across all cases"."""
    return "across all cases" if everywhere or len(names) == of > 1 else joined(names)


def joined(names: Iterable[str]) -> str:
    """Join names with commas, and "and" before the last."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _standing(
    rubric: Rubric, level: str | None, at_most: str | None, coverage: float, note: str, team: TeamLevel | None
) -> Standing:
    if level is None or at_most is None:
        return Standing(None, None, NOT_RATED, "", coverage, note, team)
    names = (rubric.level(level).name, rubric.level(at_most).name)
    return Standing(rubric.rank(level), rubric.rank(at_most), *names, coverage, note, team)


def _percent(share: float) -> int:
    if 0 < share < 1:
        return min(99, max(1, round(share * 100)))
    return round(share * 100)


def _all(number: int, noun: str) -> str:
    return {1: f"its only {noun}", 2: f"both {noun}"}.get(number, f"all {number} {noun}")


def _gate(level: Level, judged: JudgedPrinciple, *, reached: bool) -> Gate:
    here = [criterion for criterion in judged.criteria if criterion.criterion.level == level.id]
    applicable = [criterion for criterion in here if criterion.verdict is not Verdict.NOT_APPLICABLE]
    return Gate(
        level,
        reached and judged.score.rated,
        tuple(criterion for criterion in applicable if not passes(criterion.verdict)),
        tuple(criterion for criterion in applicable if passes(criterion.verdict)),
        tuple(criterion for criterion in here if criterion.verdict is Verdict.NOT_APPLICABLE),
    )


def _counted(rubric: Rubric, judged: JudgedPrinciple) -> Gate:
    """Gather all criteria of a principle under the level above the one it has, or the top."""
    offered = answers(rubric, judged.principle)
    applicable = [each for each in judged.criteria if each.verdict is not Verdict.NOT_APPLICABLE]
    best = [each for each in applicable if each.verdict and offered.step(each.verdict).verdict is offered.best]
    return Gate(
        rubric.level(judged.score.next_level) if judged.score.next_level else rubric.levels[-1],
        judged.score.level == rubric.levels[-1].id,
        tuple(each for each in applicable if each not in best),
        tuple(best),
        tuple(each for each in judged.criteria if each.verdict is Verdict.NOT_APPLICABLE),
        counted=True,
    )


def _results(assessment: Assessment, principle: Principle) -> Iterator[Result]:
    for case in assessment.cases:
        finding = case.principle(principle.id).finding
        if finding is not None:
            yield Result(case.case, finding)


def _obstacles(document: StudyDocument, assessment: Assessment, principle: Principle) -> Iterator[Obstacle]:
    place = (assessment.rubric.id, principle.id, assessment.round.key if assessment.round else None)
    names = {case.case.key: case.case.name for case in assessment.cases}
    for challenge in document.challenges:
        if (challenge.rubric, challenge.principle, challenge.round) == place:
            where = [names[key] for key in challenge.cases if key in names]
            yield Obstacle(challenge, where_it_showed(where, len(names), everywhere=not where))


def _one_line(text: str) -> str:
    return " ".join(text.split())
