"""How far assessors agreed in their independent answers: Krippendorff's alpha, ordinal, per principle and overall.

The units are the criteria, each for each case. The values are the places of the answers on the rubric's scale, lowest
first, an ordinal variable (Krippendorff, *Content Analysis*, chapter on reliability). Only answers that say how far can
be compared: unknown, withheld and not applicable count as missing values, as does no answer at all. Missing, too, is an
answer given or changed after the answers of its case were revealed: it is not independent any more. What the team
agreed on afterwards makes no difference.

Where levels are picked the values are the levels' places among the rubric's, so that principles can be taken together;
levels that are alike on a principle are one value.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.agreement import RELIABLE, TENTATIVE
from app.analysis.alpha import alpha
from app.analysis.ballots import ballots_in
from app.analysis.todo import count
from app.scoring.offered import answers
from app.scoring.scale import Verdict, rank_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from app.analysis.assessment import Assessment, JudgedCase
    from app.model.assessment import Answer
    from app.model.document import StudyDocument
    from app.rubric.structure import Principle, Rubric

OVERALL = "Overall"
NO_PAIRS = "No two assessors have said of the same criterion how far."
ALL_ALIKE = "Everybody gave the same answer everywhere: where nothing varies, alpha says nothing."
_Unit = tuple[int | None, ...]  # by assessor, the place of the answer; None where it is missing
FEW = 10  # pairs of answers, below which a high figure may well be chance


class AnswerMeasure(Struct, frozen=True):
    """How far assessors agreed on some criteria; `alpha` is None where it is undefined, and `why` says so.

    `units` are the criteria, each for each case, that two or more said of how far; `pairs` counts the pairs of answers
    compared, and `same` those that are alike.
    """

    units: int
    pairs: int
    same: int
    alpha: float | None
    why: str = ""

    @property
    def words(self) -> str:
        """What it says, in a sentence."""
        compared = f"{count(self.pairs, 'pair of answers', 'pairs of answers')}, {self.same or 'none'} of them alike"
        return (
            f"{self.why} {compared}."
            if self.pairs and self.why
            else self.why or f"{_meaning(self.alpha, self.pairs)}: {compared}."
        )


class PrincipleAgreement(Struct, frozen=True):
    """How far assessors agreed on one principle; `principle` is "" for all of them together."""

    principle: str
    name: str
    measure: AnswerMeasure


class AnswerAgreement(Struct, frozen=True):
    """How far assessors agreed against one rubric in one round.

    `late` counts the answers left out because they were given or changed after those of their case were revealed.
    """

    assessors: tuple[str, ...]
    overall: PrincipleAgreement
    principles: tuple[PrincipleAgreement, ...]
    late: int


def answer_agreement(
    document: StudyDocument, assessment: Assessment, cases: Collection[str] | None = None
) -> AnswerAgreement:
    """Measure how far assessors agreed in the round and against the rubric of an assessment.

    Args:
        document: the study, as who asks may see it.
        assessment: of the same document.
        cases: keys of those to look at; all by default.
    """
    within = [each for each in assessment.cases if cases is None or each.case.key in cases]
    gathered = _Gathered(document, assessment.rubric)
    ballots = ballots_in(document, assessment.rubric.id, assessment.round.key if assessment.round else "")
    for case in within:
        ballot = ballots.get(case.case.key)
        gathered.add(case, ballot.revealed_at if ballot else None)
    units = gathered.units()
    measures = [measure(found) for found in (list(chain.from_iterable(units)), *units)]
    names = (("", OVERALL), *((principle.id, principle.short) for principle in assessment.rubric.principles))
    overall, *principles = (
        PrincipleAgreement(key, name, found) for (key, name), found in zip(names, measures, strict=True)
    )
    return AnswerAgreement(gathered.people, overall, tuple(principles), gathered.late)


class _Gathered:
    """Answers by principle, as units: for each criterion and case, the place of everybody's answer on the scale."""

    def __init__(self, document: StudyDocument, rubric: Rubric) -> None:
        self._order = [each.key for each in document.assessors]
        self._places = [_places(rubric, principle) for principle in rubric.principles]
        self._found: list[list[dict[str, int]]] = [[] for _ in rubric.principles]
        self._people: set[str] = set()
        self.late = 0

    @property
    def people(self) -> tuple[str, ...]:
        """Keys of those who have answered, in the study's order."""
        return tuple(key for key in self._order if key in self._people)

    def add(self, case: JudgedCase, revealed: datetime | None) -> None:
        """Take the answers for a case; those given or changed after they were revealed are only counted."""
        for number, principle in enumerate(case.principles):
            for judged in principle.criteria:
                given = [each for each in judged.answers if each.verdict is not None]
                kept = [each for each in given if not (revealed and each.answered_at and each.answered_at > revealed)]
                self._people.update([each.assessor for each in given])
                self.late += len(given) - len(kept)
                self._keep(number, kept)

    def _keep(self, number: int, kept: Iterable[Answer]) -> None:
        places = self._places[number]
        values = {each.assessor: places[each.verdict] for each in kept if each.verdict in places}
        if len(values) > 1:  # else there is nobody to compare with
            self._found[number].append(values)

    def units(self) -> list[list[_Unit]]:
        """List the units of each principle that two or more have said of how far."""
        people = self.people
        return [[tuple(map(values.get, people)) for values in found] for found in self._found]


def measure(units: Sequence[_Unit]) -> AnswerMeasure:
    """Measure agreement over units: for each, the place of every assessor's answer on the scale, None where missing."""
    alike = Counter(tuple(value for value in unit if value is not None) for unit in units)
    compared = {values: times for values, times in alike.items() if len(values) > 1}
    pairs = sum(times * len(list(combinations(values, 2))) for values, times in compared.items())
    same = sum(times for values, times in compared.items() for one, other in combinations(values, 2) if one == other)
    highest = max(chain.from_iterable(compared), default=0)
    found = alpha(list(zip(*units, strict=True)), range(highest + 1)) if compared else None
    why = "" if found is not None else ALL_ALIKE if pairs else NO_PAIRS
    return AnswerMeasure(sum(compared.values()), pairs, same, found, why)


def _places(rubric: Rubric, principle: Principle) -> dict[Verdict, int]:
    """Give the place on the scale of each answer that says how far."""
    scale = answers(rubric, principle)
    found: dict[Verdict, int] = {}
    for verdict in Verdict:
        rank = scale.rank(verdict)
        if rank is not None:
            level = rank_of(scale.step(verdict).verdict)
            found[verdict] = rank if level is None else level
    return found


def _meaning(found: float | None, pairs: int) -> str:
    """Say what an alpha says; see `app.analysis.agreement` for where the bounds come from."""
    if found is None or found < TENTATIVE:
        low = "no better than chance" if found is not None and found <= 0 else "too low to build on"
        return f"Agreement is {low}"
    if pairs < FEW:
        return "Too few to build on"
    return "Agreement is reliable" if found >= RELIABLE else "Agreement allows tentative conclusions"


def rounds_answered(document: StudyDocument) -> Iterator[tuple[str, str]]:
    """Name each rubric and round, in the study's order, in which two or more assessors have answered."""
    people: dict[tuple[str, str], set[str]] = {}
    for each in document.answers:
        if each.verdict is not None:
            people.setdefault((each.rubric, each.round), set()).add(each.assessor)
    pairs = ((rubric.key, each.key) for rubric in document.rubrics for each in document.rounds)
    return (pair for pair in pairs if len(people.get(pair, ())) > 1)
