"""Whose answers somebody may see: those of a ballot's members stay hidden from one another until they are revealed.

Assessors who answer independently must not lead each other. Until a ballot is revealed, everybody sees only their own
answers on its case, those of members and of others alike: what somebody answered before who does not take part, or no
longer does, would lead as well. Whoever has not said who they are sees nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.assessment import Answer, Ballot
    from app.model.document import StudyDocument

Hidden = frozenset[tuple[str, str, str, str]]
"""Case, round, rubric and assessor of answers that must not be seen."""


def is_secret(ballot: Ballot) -> bool:
    """Whether its answers are not revealed yet."""
    return ballot.revealed_at is None


def hidden_answers(document: StudyDocument, who: str) -> Hidden:
    """Name whose answers on which cases somebody must not see.

    Args:
        document: the study.
        who: key of the assessor working; "" for somebody who has not said who they are.
    """
    others = [assessor.key for assessor in document.assessors if assessor.key != who]
    return frozenset(
        (ballot.case, ballot.round, ballot.rubric, other)
        for ballot in document.ballots
        if is_secret(ballot)
        for other in others
    )


def is_hidden(answer: Answer, hidden: Hidden) -> bool:
    """Whether an answer is among those that must not be seen."""
    return (answer.case, answer.round, answer.rubric, answer.assessor) in hidden


def ballot_on(document: StudyDocument, rubric: str, case: str, in_round: str) -> Ballot | None:
    """Find the ballot on a case in a round; None where answers are open from the start."""
    place = (rubric, case, in_round)
    return next((each for each in document.ballots if (each.rubric, each.case, each.round) == place), None)


def ballots_in(document: StudyDocument, rubric: str, in_round: str) -> dict[str, Ballot]:
    """Give the ballots on the cases in a round, by the cases' keys."""
    return {each.case: each for each in document.ballots if (each.rubric, each.round) == (rubric, in_round)}


def standing_text(ballot: Ballot, who: str, names: Mapping[str, str]) -> str:
    """Say who is done, such as "Ada done, Ben not yet, you not yet"; one's own standing comes last.

    Args:
        ballot: one that is not revealed.
        who: key of the assessor working, "" for nobody.
        names: of assessors, by key.
    """
    members = sorted(ballot.members, key=lambda each: each.assessor == who)
    told = (
        f"{'you' if each.assessor == who else names[each.assessor]} {'done' if each.done_at else 'not yet'}"
        for each in members
    )
    return ", ".join(told)


def missing(ballot: Ballot) -> tuple[str, ...]:
    """Name the members who are not done."""
    return tuple(each.assessor for each in ballot.members if each.done_at is None)


def is_own(ballot: Ballot, who: str) -> bool:
    """Whether an assessor is one of its members."""
    return any(each.assessor == who for each in ballot.members)
