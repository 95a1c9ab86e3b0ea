"""Where assessors' answers differ, the worst first, with what was agreed on and whether answers have changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.ballots import ballots_in, is_secret
from app.model.assessment import Answer, Consensus
from app.rubric.structure import Criterion, Principle
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.assessment import Assessment, JudgedCase, JudgedCriterion
    from app.model.document import StudyDocument
    from app.scoring.offered import Answers
    from app.scoring.scale import Verdict


class Differing(Struct, frozen=True):
    """A criterion of a case on which assessors differ, or on which the team has agreed.

    `answers` are those with a verdict, in the study's order; `distance` is how many places of the rubric's scale lie
    between the lowest and the highest, 0 where fewer than two say how far. `changed` are the answers given or changed
    after it was agreed on.
    """

    case: str
    principle: Principle
    criterion: Criterion
    answers: tuple[Answer, ...]
    distance: int
    achieved: int
    consensus: Consensus | None
    changed: tuple[Answer, ...] = ()

    @property
    def key(self) -> str:
        """Tell it from the others of its round."""
        return f"{self.case}/{self.criterion.id}"

    @property
    def is_open(self) -> bool:
        """Whether nothing is agreed on yet."""
        return self.consensus is None

    @property
    def differs(self) -> bool:
        """Whether the answers, as they stand, are not all the same."""
        return len({each.verdict for each in self.answers}) > 1


def differences(document: StudyDocument, assessment: Assessment) -> tuple[Differing, ...]:
    """List where assessors differ, or have agreed, in the round and against the rubric of an assessment.

    The worst come first: what lies farthest apart on the rubric's scale, then who says how far against who can't say
    (unknown, withheld, not applicable), then the rest; alike ones in the order of principles, criteria and cases. Cases
    whose answers are not revealed have none.

    Args:
        document: the study, as who asks may see it.
        assessment: the team's, of the same document.
    """
    ballots = ballots_in(document, assessment.rubric.id, assessment.round.key if assessment.round else "")
    secret = {key for key, ballot in ballots.items() if is_secret(ballot)}
    found = [each for case in assessment.cases if case.case.key not in secret for each in _of_case(assessment, case)]
    places = {criterion.id: place for place, criterion in enumerate(assessment.rubric.criteria)}
    return tuple(sorted(found, key=lambda each: (*_gravity(each), places[each.criterion.id])))


def _of_case(assessment: Assessment, case: JudgedCase) -> Iterator[Differing]:
    for judged in case.principles:
        scale = answers(assessment.rubric, judged.principle)
        for each in judged.criteria:
            if each.effective.assessors_differ or each.consensus is not None:
                yield _differing(case.case.key, judged.principle, each, scale)


def _differing(case: str, principle: Principle, judged: JudgedCriterion, scale: Answers) -> Differing:
    given = tuple(each for each in judged.answers if each.verdict is not None)
    ranks = [rank for each in given if (rank := scale.rank(each.verdict)) is not None]
    distance = max(ranks) - min(ranks) if ranks else 0
    changed = changed_since(judged.consensus, given)
    return Differing(case, principle, judged.criterion, given, distance, len(ranks), judged.consensus, changed)


def changed_since(consensus: Consensus | None, given: Iterable[Answer]) -> tuple[Answer, ...]:
    """Name the answers given or changed after the team agreed; none where either time is not known."""
    agreed = consensus.agreed_at if consensus else None
    return tuple(each for each in given if agreed and each.answered_at and each.answered_at > agreed)


def may_dissent(differing: Differing, verdict: Verdict, scale: Answers) -> tuple[Answer, ...]:
    """Name the answers that are others than a verdict: who gave them may stand by them."""
    agreed = scale.step(verdict)
    return tuple(each for each in differing.answers if each.verdict and scale.step(each.verdict) != agreed)


def _gravity(each: Differing) -> tuple[int, bool]:
    mixed = 0 < each.achieved < len(each.answers)
    return -each.distance, not mixed
