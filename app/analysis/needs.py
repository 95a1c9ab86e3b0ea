"""What a case's criteria still need before the case can be judged, and how soon each would decide a level; pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.lifting import is_on_top, lifting
from app.model.evidence import Weight
from app.scoring.effective import Reason
from app.scoring.scale import Verdict, is_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.analysis.assessment import JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.rubric.structure import Rubric
    from app.scoring.result import PrincipleScore


class Lack(StrEnum):
    """What a criterion lacks for a case; the first decide a level."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    NO_EVIDENCE = "no_evidence"
    SAID_BY_ONE = "said_by_one"
    ONE_SOURCE = "one_source"
    ONLY_SAID = "only_said"
    WITHHELD = "withheld"


OPEN: Final = (Lack.UNANSWERED, Lack.UNKNOWN)
_SETTLED: Final = (Verdict.NOT_APPLICABLE, Verdict.WITHHELD)


class Stake(Struct, frozen=True):
    """What hangs on an open criterion: how many levels up it counts, and the id of the level that waits for it.

    `level` is empty where no answer to it can decide a level any more, and `steps` then is larger than any other.
    """

    steps: int
    level: str = ""


class Need(Struct, frozen=True):
    """What one criterion lacks for one case; `at` is when it was withheld, UTC, where that is known."""

    lack: Lack
    criterion: str
    case: str
    stake: Stake
    at: datetime | None = None


def stakes(rubric: Rubric, score: PrincipleScore) -> Mapping[str, Stake]:
    """Tell what hangs on each open criterion of a principle: the level above the present one first.

    A level above the one at most reached waits for more than answers, so that no open criterion decides it.
    """
    if score.level is None or score.at_most is None:
        return {}
    here, most = rubric.rank(score.level), rubric.rank(score.at_most)
    found: dict[str, Stake] = {}
    for each in score.blocking:
        if is_open(each.verdict):
            rank = rubric.rank(each.level)
            decided = Stake(rank - here + len(rubric.levels))
            found[each.criterion] = Stake(rank - here, each.level) if rank <= most else decided
    return found


def needs(case: JudgedCase, source_of: Callable[[str], str], here: str) -> Iterator[Need]:
    """List what the criteria of a case lack, in the rubric's order.

    What was withheld is told and nothing else. Where assessors differ there is something to agree on before there is
    something to ask, but for what nobody has evidence for. A score on the top level needs a second source, and to be
    shown rather than told; a second source is another one than the interview it would be asked in.

    Args:
        case: the case, scored.
        source_of: gives the key of the source that a passage is of.
        here: key of the interview that it would be asked in.
    """
    nothing = Stake(2 * len(case.rubric.levels))
    for judged in case.principles:
        hanging = stakes(case.rubric, judged.score)
        weak = _weak(judged, source_of, here)
        for each in judged.criteria:
            lack = _lack(each) or weak.get(each.criterion.id)
            if lack is not None:
                at = withheld_at(each) if lack is Lack.WITHHELD else None
                stake = hanging.get(each.criterion.id, nothing) if lack in OPEN else nothing
                yield Need(lack, each.criterion.id, case.case.key, stake, at)


def withheld_at(judged: JudgedCriterion) -> datetime | None:
    """Tell when an answer was withheld last, by an assessor or else by the team, UTC; None where nobody knows."""
    agreed = judged.consensus
    times = [each.answered_at for each in judged.answers if each.verdict is Verdict.WITHHELD and each.answered_at]
    if not times and agreed is not None and agreed.verdict is Verdict.WITHHELD:
        return agreed.agreed_at
    return max(times, default=None)


def _lack(judged: JudgedCriterion) -> Lack | None:
    """Tell what a criterion lacks, whatever its principle's level."""
    if judged.verdict in _SETTLED:
        return Lack.WITHHELD if judged.verdict is Verdict.WITHHELD else None
    if judged.verdict is Verdict.UNKNOWN and judged.effective.reason is not Reason.DIFFER:
        return Lack.UNKNOWN
    if judged.evidence:
        return None
    return Lack.UNANSWERED if judged.verdict is None else Lack.NO_EVIDENCE


def _weak(judged: JudgedPrinciple, source_of: Callable[[str], str], here: str) -> Mapping[str, Lack]:
    """Name the criteria that lift a score to the top level on one source alone, or on *said* alone."""
    support = lifting(judged) if is_on_top(judged) else ()
    said = bool(support) and all(evidence.weight is Weight.SAID for _answer, evidence in support)
    sources = {source_of(evidence.passage) for _answer, evidence in support}
    one = len(sources) == 1 and here not in sources
    if not (said or one):
        return {}
    lack = Lack.SAID_BY_ONE if said and one else Lack.ONLY_SAID if said else Lack.ONE_SOURCE
    return {answer.criterion: lack for answer, _evidence in support}
