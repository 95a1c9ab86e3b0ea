"""Which verdict counts where several assessors have answered the same criterion."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.scoring.scale import Verdict


class Reason(StrEnum):
    """Why a verdict is the effective one."""

    UNANSWERED = "unanswered"
    SINGLE = "single"
    AGREED = "agreed"
    DIFFER = "differ"
    CONSENSUS = "consensus"


class Effective(Struct, frozen=True):
    """The verdict that counts, why, and whether the assessors' own verdicts differ.

    `verdict` is None where nobody has answered. `assessors_differ` stays true under a consensus.
    """

    verdict: Verdict | None
    reason: Reason
    assessors_differ: bool


def effective_verdict(verdicts_by_assessor: Mapping[str, Verdict], consensus: Verdict | None) -> Effective:
    """The verdict that counts: the consensus, else what all assessors say, else unknown.

    Assessors who differ without a consensus do not know as a team, so that the score becomes an interval
    instead of following one of them.
    """
    given = set(verdicts_by_assessor.values())
    differ = len(given) > 1
    if consensus is not None:
        return Effective(consensus, Reason.CONSENSUS, differ)
    if differ:
        return Effective(Verdict.UNKNOWN, Reason.DIFFER, differ)
    if not given:
        return Effective(None, Reason.UNANSWERED, differ)
    reason = Reason.AGREED if len(verdicts_by_assessor) > 1 else Reason.SINGLE
    return Effective(given.pop(), reason, differ)
