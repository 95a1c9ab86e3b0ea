"""Agree on what counts where assessors differ, with the reason and who dissents; nobody's own answer is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.actions.ballots import is_secret
from app.actions.errors import NotFoundError, RefusedError
from app.actions.reading import frozen_rubric, point_name
from app.model.assessment import Consensus, Dissent
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.actions.unit import Unit
    from app.scoring.offered import Answers


class Point(msgspec.Struct, frozen=True):
    """What is agreed on: one criterion, for one case in one round."""

    rubric: str
    criterion: str
    case: str
    round: str


def agree(unit: Unit, at: Point, verdict: Verdict, reason: str, dissents: Iterable[Dissent] = ()) -> str:
    """Set what counts for the team; agreeing again replaces what was agreed before.

    Args:
        unit: the work.
        at: what is agreed on.
        verdict: one of the answers that the rubric offers there.
        reason: why.
        dissents: who stands by their own answer all the same, each with the reason.

    Raises:
        NotFoundError: there is no such criterion, case, round or assessor.
        RefusedError: answers are not revealed yet, nothing was agreed on there and nobody differs, the rubric offers no
            such answer, there is no reason, or somebody dissents who gave no answer or the very one that is agreed.
    """
    offered = _offered(unit, at)
    _refuse_secret(unit, at)
    given = _given(unit, at)
    standing = unit.find(_empty(at))
    if standing is None and len(set(given.values())) < 2:
        raise RefusedError("The assessors do not differ there, so there is nothing to agree on.")
    if not offered.offers(verdict):
        raise RefusedError("The rubric has no such answer to this criterion.")
    if not reason.strip():
        raise RefusedError("Say why: the reason is kept with what was agreed.")
    kept = tuple(_dissent(unit, each, given, offered, verdict) for each in dissents)
    counts = offered.step(verdict).verdict  # of levels that are described alike, the highest
    agreed = Consensus(
        **msgspec.structs.asdict(at), verdict=counts, reason=reason.strip(), agreed_at=unit.now, dissents=kept
    )
    if standing is None:
        unit.add(agreed)
    else:
        unit.change(agreed)
    return f"Agree on {_words(unit, at)}: {offered.label(verdict).lower()}"


def reopen(unit: Unit, at: Point) -> str:
    """Take back what was agreed on, dissent and all.

    Raises:
        NotFoundError: there is no such criterion, case or round, or nothing was agreed on there.
    """
    row_id = unit.find(_empty(at))
    if row_id is None:
        raise NotFoundError("Nothing was agreed on there.")
    unit.delete("consensus", row_id)
    return f"Open again what was agreed on {_words(unit, at)}"


def _empty(at: Point) -> Consensus:
    """Give what a consensus is found by."""
    return Consensus(**msgspec.structs.asdict(at), verdict=Verdict.UNKNOWN, reason="-")


def _offered(unit: Unit, at: Point) -> Answers:
    """Give the answers that the study's rubric offers on a criterion."""
    unit.id_of("rubric_criteria", at.criterion, at.rubric)
    return answers_to(frozen_rubric(unit, at.rubric), at.criterion)


def _refuse_secret(unit: Unit, at: Point) -> None:
    if is_secret(unit, at.rubric, at.case, at.round):
        raise RefusedError("The answers for that case are not revealed yet: agree once everybody sees them.")


def _given(unit: Unit, at: Point) -> Mapping[str, Verdict]:
    """Read who answered what there, by ids of assessors."""
    rows = unit.rows(
        "answers",
        case_id=unit.id_of("cases", at.case),
        round_id=unit.id_of("rounds", at.round),
        criterion_id=unit.id_of("rubric_criteria", at.criterion, at.rubric),
    )
    return {row["assessor_id"]: Verdict(row["verdict"]) for row in rows if row["verdict"]}


def _dissent(unit: Unit, dissent: Dissent, given: Mapping[str, Verdict], offered: Answers, verdict: Verdict) -> Dissent:
    """Give a dissent as it is kept; refuse one of somebody who has nothing to stand by."""
    row = unit.row("assessors", unit.id_of("assessors", dissent.assessor))
    own = given.get(row["id"])
    if own is None:
        raise RefusedError(f"{row['name']} gave no answer there to stand by.")
    if offered.step(own) == offered.step(verdict):
        raise RefusedError(f"{row['name']} answered just what is agreed, so there is nothing to dissent from.")
    if not dissent.reason.strip():
        raise RefusedError(f"Say why {row['name']} dissents: it is printed with what was agreed.")
    return msgspec.structs.replace(dissent, reason=dissent.reason.strip())


def _words(unit: Unit, at: Point) -> str:
    return point_name(unit, at.criterion, at.case)
