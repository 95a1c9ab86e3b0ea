"""Let assessors answer independently: begin a ballot, say who is done, reveal the answers or call it off.

Until a ballot is revealed nobody sees another's answers on its case, and nobody writes them for somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.errors import NotFoundError, RefusedError
from app.actions.reading import case_name
from app.analysis.overview import joined
from app.analysis.todo import count
from app.model.assessment import Answer, Ballot, BallotMember

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

_PLACE = ("rubric_id", "case_id", "round_id")


def begin(unit: Unit, rubric: str, cases: Sequence[str], in_round: str, members: Sequence[str]) -> str:
    """Let assessors answer for cases in a round, each without seeing what others answer, until all is revealed.

    What they have answered before counts, and is hidden from the others from now on.

    Args:
        unit: the work.
        rubric: key of the rubric that they answer to.
        cases: keys, one at least.
        in_round: key of the round.
        members: keys of assessors, two at least.

    Raises:
        NotFoundError: there is no such rubric, case, round or assessor.
        RefusedError: there are fewer than two assessors or no case, or a case is agreed on already in part, or is,
            or was, answered so already.
    """
    chosen, people = tuple(dict.fromkeys(cases)), tuple(dict.fromkeys(members))
    if len(people) < 2:
        raise RefusedError("Independent answers take two assessors: choose another one, or add one first.")
    if not chosen:
        raise RefusedError("Choose at least one case to answer for.")
    for case in chosen:
        _refuse_standing(unit, Ballot(rubric=rubric, case=case, round=in_round))
        unit.add(
            Ballot(
                rubric=rubric,
                case=case,
                round=in_round,
                members=tuple(BallotMember(assessor=person) for person in people),
                begun_at=unit.now,
            )
        )
    about = case_name(unit, chosen[0]) if len(chosen) == 1 else count(len(chosen), "case", "cases")
    return f"Let {joined([_name(unit, person) for person in people])} answer for {about} independently"


def done(unit: Unit, rubric: str, case: str, in_round: str) -> str:
    """Say of oneself that one has answered as one sees it.

    Raises:
        NotFoundError: there is no ballot on the case.
        RefusedError: it is revealed, or who works is none of its members or said so before.
    """
    row = _secret(unit, rubric, case, in_round)
    own = _own(unit, row)
    if own["done_at"]:
        raise RefusedError("You have said so already.")
    unit.update("ballot_members", own["id"], {"done_at": unit.now_text})
    return f"{_name(unit, unit.who)} is done answering for {case_name(unit, case)}"


def not_done(unit: Unit, rubric: str, case: str, in_round: str) -> str:
    """Go on answering after all, as long as nothing is revealed.

    Raises:
        NotFoundError: there is no ballot on the case.
        RefusedError: it is revealed, or who works is none of its members or was not done.
    """
    row = _secret(unit, rubric, case, in_round)
    own = _own(unit, row)
    if not own["done_at"]:
        raise RefusedError("You have not said that you are done.")
    unit.update("ballot_members", own["id"], {"done_at": None})
    return f"{_name(unit, unit.who)} goes on answering for {case_name(unit, case)}"


def take_out(unit: Unit, rubric: str, case: str, in_round: str, member: str) -> str:
    """Wait no longer for somebody who is not done; what they answered stays theirs, hidden until all is revealed.

    Raises:
        NotFoundError: there is no ballot on the case, or no such member.
        RefusedError: it is revealed, they are done, or nobody would be left.
    """
    row = _secret(unit, rubric, case, in_round)
    found = _member(unit, row, unit.id_of("assessors", member))
    if found is None:
        raise NotFoundError("They do not answer for that case independently.")
    if found["done_at"]:
        raise RefusedError(f"{_name(unit, member)} is done: their answers count.")
    if len(unit.rows("ballot_members", ballot_id=row["id"])) == 1:
        raise RefusedError("Nobody would be left: say that they are done, or answer openly.")
    unit.delete("ballot_members", found["id"])
    return f"No longer wait for {_name(unit, member)} on {case_name(unit, case)}"


def reveal(unit: Unit, rubric: str, case: str, in_round: str) -> str:
    """Show everybody's answers for a case to everybody.

    Raises:
        NotFoundError: there is no ballot on the case.
        RefusedError: they are revealed already, or somebody is not done.
    """
    row = _secret(unit, rubric, case, in_round)
    missing = [each for each in unit.rows("ballot_members", ballot_id=row["id"]) if not each["done_at"]]
    if missing:
        names = [_name_of(unit, each["assessor_id"]) for each in missing]
        raise RefusedError(f"{joined(names)} {'is' if len(names) == 1 else 'are'} not done: nothing was revealed.")
    unit.update("ballots", row["id"], {"revealed_at": unit.now_text})
    return f"Reveal the answers for {case_name(unit, case)}"


def cancel(unit: Unit, rubric: str, case: str, in_round: str) -> str:
    """Answer for a case openly after all, as long as nobody else has answered it: else that would reveal their answers.

    Raises:
        NotFoundError: there is no ballot on the case.
        RefusedError: it is revealed, or somebody else has answered.
    """
    row = _secret(unit, rubric, case, in_round)
    if _answered(unit, row, besides=_who(unit)):
        raise RefusedError(
            "Somebody else has answered already, and calling it off would show how: "
            "take out who does not go on, and reveal the answers."
        )
    unit.delete("ballots", row["id"])
    return f"Answer for {case_name(unit, case)} openly"


def refuse_for_another(unit: Unit, answer: Answer) -> None:
    """Refuse to write an answer of somebody else than who works.

    A script that says of nobody that they work may write anybody's, but for those that are not revealed.

    Raises:
        RefusedError: the answer is another's.
    """
    if unit.who == answer.assessor:
        return
    if unit.who or is_secret(unit, answer.rubric, answer.case, answer.round):
        raise RefusedError("That answer is another assessor's: each writes only their own.")


def is_secret(unit: Unit, rubric: str, case: str, in_round: str) -> bool:
    """Whether the answers for a case in a round are independent and not revealed yet."""
    row_id = unit.find(Ballot(rubric=rubric, case=case, round=in_round))
    return row_id is not None and not unit.row("ballots", row_id)["revealed_at"]


def unseen_answers(unit: Unit) -> frozenset[str]:
    """Give the ids of the answers that who works must not see."""
    own = _who(unit)
    rows = (row for ballot in unit.rows("ballots") if not ballot["revealed_at"] for row in _answers(unit, ballot))
    return frozenset(str(row["id"]) for row in rows if row["assessor_id"] != own)


# Reading


def _refuse_standing(unit: Unit, ballot: Ballot) -> None:
    """Refuse a ballot where there is one, or where what was agreed would lead who answers."""
    row_id = unit.find(ballot)
    name = case_name(unit, ballot.case)
    if row_id is None:
        if _is_agreed(unit, ballot):
            raise RefusedError(f"Something is agreed for {name} already, and would lead: open that again first.")
        return
    if unit.row("ballots", row_id)["revealed_at"]:
        raise RefusedError(f"The answers for {name} were revealed: they can't be independent again in this round.")
    raise RefusedError(f"{name} is answered independently already.")


def _is_agreed(unit: Unit, ballot: Ballot) -> bool:
    row = unit.row_of(ballot)
    return bool(unit.rows("consensus", **{name: row[name] for name in _PLACE}))


def _secret(unit: Unit, rubric: str, case: str, in_round: str) -> Row:
    """Read a ballot that is not revealed."""
    row_id = unit.find(Ballot(rubric=rubric, case=case, round=in_round))
    if row_id is None:
        raise NotFoundError(f"Nobody answers for {case_name(unit, case)} independently.")
    row = unit.row("ballots", row_id)
    if row["revealed_at"]:
        raise RefusedError(f"The answers for {case_name(unit, case)} are revealed already.")
    return row


def _own(unit: Unit, row: Row) -> Row:
    """Read what the ballot says of who works; only they themselves say that they are done."""
    found = _member(unit, row, _who(unit))
    if found is None:
        raise RefusedError("Only who answers independently can say that they are done: say who is working.")
    return found


def _member(unit: Unit, ballot: Row, assessor_id: str) -> Row | None:
    return next(iter(unit.rows("ballot_members", ballot_id=ballot["id"], assessor_id=assessor_id)), None)


def _who(unit: Unit) -> str:
    """Give the id of who works, "" for nobody."""
    return unit.id_of("assessors", unit.who) if unit.who else ""


def _answers(unit: Unit, ballot: Row) -> Iterable[Row]:
    """Read the answers a ballot is about, whose ever they are."""
    return unit.rows("answers", **{name: ballot[name] for name in _PLACE})


def _answered(unit: Unit, ballot: Row, besides: str) -> bool:
    return any(row["assessor_id"] != besides for row in _answers(unit, ballot))


def _name(unit: Unit, assessor: str) -> str:
    return _name_of(unit, unit.id_of("assessors", assessor))


def _name_of(unit: Unit, row_id: str) -> str:
    return str(unit.row("assessors", row_id)["name"])
