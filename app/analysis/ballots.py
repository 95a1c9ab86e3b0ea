"""Whose answers somebody may see: those of a ballot's members stay hidden from one another until they are revealed.

Assessors who answer independently must not lead each other. Until a ballot is revealed, a member sees only their own
answers on its case; whoever is none of its members, or has not said who they are, sees nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.assessment import Answer, Ballot
    from app.model.document import StudyDocument

Hidden = frozenset[tuple[str, str, str, str]]
"""Case, round, rubric and assessor of answers that must not be seen."""


def is_secret(ballot: Ballot) -> bool:
    """Whether its answers are not revealed yet."""
    return ballot.revealed_at is None


def unseen_members(ballot: Ballot, who: str) -> frozenset[str]:
    """Name the members of a ballot whose answers `who` must not see; nobody's once they are revealed."""
    return frozenset(each.assessor for each in ballot.members) - {who} if is_secret(ballot) else frozenset()


def hidden_answers(document: StudyDocument, who: str) -> Hidden:
    """Name whose answers on which cases somebody must not see.

    Args:
        document: the study.
        who: key of the assessor working; "" for somebody who has not said who they are.
    """
    return frozenset(
        (ballot.case, ballot.round, ballot.rubric, member)
        for ballot in document.ballots
        for member in unseen_members(ballot, who)
    )


def is_hidden(answer: Answer, hidden: Hidden) -> bool:
    """Whether an answer is among those that must not be seen."""
    return (answer.case, answer.round, answer.rubric, answer.assessor) in hidden


def ballot_on(document: StudyDocument, rubric: str, case: str, in_round: str) -> Ballot | None:
    """Find the ballot on a case in a round; None where answers are open from the start."""
    place = (rubric, case, in_round)
    return next((each for each in document.ballots if (each.rubric, each.case, each.round) == place), None)
