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

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.agreement import RELIABLE, TENTATIVE, alpha
from app.analysis.ballots import ballot_on
from app.analysis.todo import count
from app.scoring.offered import answers
from app.scoring.scale import rank_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from app.analysis.assessment import Assessment, JudgedCase
    from app.model.assessment import Answer, Ballot
    from app.model.document import StudyDocument
    from app.rubric.structure import Principle, Rubric
    from app.scoring.offered import Answers

OVERALL = "Overall"
NO_PAIRS = "No two assessors have said of the same criterion how far."
ALL_ALIKE = "Everybody gave the same answer everywhere: where nothing varies, alpha says nothing."
_Unit = tuple[int | None, ...]  # by assessor, the place of the answer; None where it is missing


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
        compared = f"{count(self.pairs, 'pair of answers', 'pairs of answers')}, {self.same} of them alike"
        return (
            f"{self.why} {compared}." if self.pairs and self.why else self.why or f"{_meaning(self.alpha)}: {compared}."
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
    rubric = assessment.rubric
    within = [each for each in assessment.cases if cases is None or each.case.key in cases]
    given = {case.case.key: [*_told(case)] for case in within}
    ballots = {key: _ballot(document, assessment, key) for key in given}
    kept = [each for key, found in given.items() for each in found if not _is_late(each, ballots[key])]
    answered = {each.assessor for found in given.values() for each in found}
    people = [each.key for each in document.assessors if each.key in answered]
    by_principle = [_units(kept, rubric, principle, people) for principle in rubric.principles]
    return AnswerAgreement(
        tuple(people),
        PrincipleAgreement("", OVERALL, measure(list(chain.from_iterable(by_principle)))),
        tuple(
            PrincipleAgreement(principle.id, principle.short, measure(units))
            for principle, units in zip(rubric.principles, by_principle, strict=True)
        ),
        sum(map(len, given.values())) - len(kept),
    )


def _told(case: JudgedCase) -> Iterator[Answer]:
    """Go through the answers for a case that have a verdict."""
    for principle in case.principles:
        yield from (each for judged in principle.criteria for each in judged.answers if each.verdict is not None)


def measure(units: Sequence[_Unit]) -> AnswerMeasure:
    """Measure agreement over units: for each, the place of every assessor's answer on the scale, None where missing."""
    told = [[value for value in unit if value is not None] for unit in units]
    compared = [values for values in told if len(values) > 1]
    pairs = sum(len(values) * (len(values) - 1) // 2 for values in compared)
    same = sum(one == other for values in compared for at, one in enumerate(values) for other in values[:at])
    highest = max(chain.from_iterable(compared), default=0)
    found = alpha(list(zip(*units, strict=True)), range(highest + 1)) if compared else None
    why = "" if found is not None else ALL_ALIKE if pairs else NO_PAIRS
    return AnswerMeasure(len(compared), pairs, same, found, why)


def _units(kept: Iterable[Answer], rubric: Rubric, principle: Principle, people: Sequence[str]) -> list[_Unit]:
    """List the units of a principle, in the order in which they come up."""
    own, scale = {each.id for each in principle.criteria}, answers(rubric, principle)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for each in kept:
        place = _place(each, scale) if each.criterion in own else None
        if place is not None:
            found.setdefault((each.case, each.criterion), {})[each.assessor] = place
    return [tuple(values.get(person) for person in people) for values in found.values()]


def _place(answer: Answer, scale: Answers) -> int | None:
    """The place of an answer on the scale; None where it does not say how far."""
    rank = scale.rank(answer.verdict)
    if rank is None or answer.verdict is None:
        return None
    level = rank_of(scale.step(answer.verdict).verdict)
    return rank if level is None else level


def _ballot(document: StudyDocument, assessment: Assessment, case: str) -> Ballot | None:
    return ballot_on(document, assessment.rubric.id, case, assessment.round.key if assessment.round else "")


def _is_late(answer: Answer, ballot: Ballot | None) -> bool:
    revealed = ballot.revealed_at if ballot else None
    return bool(revealed and answer.answered_at and answer.answered_at > revealed)


def _meaning(found: float | None) -> str:
    """Say what an alpha says; see `app.analysis.agreement` for where the bounds come from."""
    if found is None or found < TENTATIVE:
        low = "no better than chance" if found is not None and found <= 0 else "too low to build on"
        return f"Agreement is {low}"
    return "Agreement is reliable" if found >= RELIABLE else "Agreement allows tentative conclusions"


def rounds_answered(document: StudyDocument) -> Iterator[tuple[str, str]]:
    """Name each rubric and round, in the study's order, in which two or more assessors have answered."""
    people: dict[tuple[str, str], set[str]] = {}
    for each in document.answers:
        if each.verdict is not None:
            people.setdefault((each.rubric, each.round), set()).add(each.assessor)
    pairs = ((rubric.key, each.key) for rubric in document.rubrics for each in document.rounds)
    return (pair for pair in pairs if len(people.get(pair, ())) > 1)
