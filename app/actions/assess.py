"""Answer criteria for a case, say why, and how sure the assessor is; see `links` for what an answer rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.actions import links
from app.actions.ballots import refuse_for_another
from app.actions.errors import RefusedError
from app.actions.reading import frozen_rubric, point_name
from app.analysis.todo import count
from app.model.assessment import Answer, Confidence
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.actions.unit import Unit
    from app.scoring.offered import Answers


class Place(msgspec.Struct, frozen=True):
    """Which answer is meant: one assessor's, on one criterion, for one case in one round."""

    rubric: str
    criterion: str
    case: str
    round: str
    assessor: str


def answer(unit: Unit, at: Place, verdict: Verdict | None, rationale: str | None = None) -> str:
    """Give a verdict, or take it back with None; a rationale given goes with it.

    A level that is described like others is answered as the highest of them, for which it counts.

    Raises:
        RefusedError: the rubric does not offer the answer, or not applicable was answered and there is no reason.
    """
    standing = _standing(unit, at)
    offered = _offered(unit, at)
    if verdict is not None:
        verdict = _among(offered, verdict)
    why = standing.rationale if rationale is None else rationale
    if verdict is Verdict.NOT_APPLICABLE and not why.strip():
        raise RefusedError("Not applicable needs its reason: write it in the rationale first.")
    if (verdict, why) != (standing.verdict, standing.rationale):
        when = unit.now if verdict else None
        _write(unit, msgspec.structs.replace(standing, verdict=verdict, rationale=why, answered_at=when))
    return f"Answer {_words(unit, at)}: {offered.label(verdict).lower()}"


class Accepted(msgspec.Struct, frozen=True):
    """A proposal that is taken over.

    `why` becomes the rationale. `rubric` and `because` name the criteria whose answers it rests on, in another rubric:
    the same assessor's answers to these for the same case and round hand on their evidence.
    """

    at: Place
    verdict: Verdict
    why: str
    rubric: str
    because: tuple[str, ...]


def accept_proposal(unit: Unit, accepted: Accepted) -> str:
    """Answer as is proposed, with where it comes from and the evidence that the own answers there rest on.

    Raises:
        RefusedError: the criterion is answered already, or the rubric does not offer the answer.
    """
    at = accepted.at
    standing = _standing(unit, at)
    if standing.verdict is not None:
        raise RefusedError(
            "That criterion is answered already: take the answer back first, then accept what is proposed."
        )
    why = "\n".join(filter(None, (standing.rationale, accepted.why)))
    answer(unit, at, accepted.verdict, why)
    for each in accepted.because:
        source = msgspec.structs.replace(at, rubric=accepted.rubric, criterion=each)
        links.hand_on(unit, owner(source), owner(at))
    return f"Accept what is proposed for {_words(unit, at)}"


def accept_proposals(unit: Unit, accepted: Sequence[Accepted], case: str) -> str:
    """Answer a case as is proposed, all at once; see `accept_proposal`.

    Args:
        unit: the work.
        accepted: what is taken over.
        case: the name of the case.

    Raises:
        RefusedError: one of the criteria is answered already, or the rubric does not offer an answer.
    """
    for each in accepted:
        accept_proposal(unit, each)
    return f"Accept {count(len(accepted), 'proposed answer', 'proposed answers')} for {case[:60]}"


def explain(unit: Unit, at: Place, rationale: str) -> str:
    """Say why.

    Raises:
        RefusedError: the reason was taken away from a criterion that is not applicable.
    """
    standing = _standing(unit, at)
    if standing.verdict is Verdict.NOT_APPLICABLE and not rationale.strip():
        raise RefusedError("Not applicable needs its reason: it can't be left without one.")
    _write(unit, msgspec.structs.replace(standing, rationale=rationale))
    unit.merge_key = f"rationale/{'/'.join(msgspec.structs.astuple(at))}"
    return f"Explain {_words(unit, at)}"


def rate_confidence(unit: Unit, at: Place, confidence: Confidence | None) -> str:
    """Say how sure the assessor is."""
    _write(unit, msgspec.structs.replace(_standing(unit, at), confidence=confidence))
    return f"Rate confidence in {_words(unit, at)}"


def owner(at: Place) -> Answer:
    """Give what `app.actions.links` knows an answer by."""
    return Answer(**msgspec.structs.asdict(at))


def _offered(unit: Unit, at: Place) -> Answers:
    """Read which answers the rubric offers."""
    return answers_to(frozen_rubric(unit, at.rubric), at.criterion)


def _among(offered: Answers, verdict: Verdict) -> Verdict:
    if not offered.offers(verdict):
        raise RefusedError("This rubric does not offer that answer: choose one of those shown at the criterion.")
    return offered.step(verdict).verdict


def _standing(unit: Unit, at: Place) -> Answer:
    """Read the answer as it stands, or an empty one; another's is not even read, or a refusal would tell of it."""
    empty = owner(at)
    refuse_for_another(unit, empty)
    row_id = unit.find(empty)
    if row_id is None:
        return empty
    row = unit.row("answers", row_id)
    return msgspec.structs.replace(
        empty,
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        rationale=row["rationale"],
        confidence=Confidence(row["confidence"]) if row["confidence"] else None,
        answered_at=msgspec.convert(row["answered_at"], type(unit.now)) if row["answered_at"] else None,
        evidence=tuple(links.links_of(unit, empty)),
    )


def _write(unit: Unit, answer: Answer) -> None:
    if unit.find(answer) is not None:
        unit.change(answer)
    elif answer.verdict or answer.rationale or answer.confidence:
        unit.add(answer)


def _words(unit: Unit, at: Place) -> str:
    return point_name(unit, at.criterion, at.case)
