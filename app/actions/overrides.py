"""Set a level against the derived one, for a reason; it rests on the answers as they stand, and lapses with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.actions.ballots import is_secret
from app.actions.errors import NotFoundError, RefusedError
from app.actions.reading import case_name, frozen_rubric
from app.analysis.overrides import basis
from app.model.assessment import Override
from app.scoring.effective import effective_verdict
from app.scoring.scale import Verdict
from app.scoring.score import score_principle

if TYPE_CHECKING:
    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.rubric.structure import Rubric


class Place(msgspec.Struct, frozen=True):
    """Which level is meant: that of one principle, for one case in one round."""

    rubric: str
    principle: str
    case: str
    round: str


def set_override(unit: Unit, at: Place, level: str, reason: str) -> str:
    """Set a level against the derived one; whoever is working enters it for the team.

    Raises:
        NotFoundError: there is no such principle, case, round or level.
        RefusedError: the team has set one there already, there is no reason, nobody has said who is working, the
            answers give that level by themselves, or are still hidden from one another.
    """
    if _row(unit, at) is not None:
        raise RefusedError("The team has set a level there already: change that one.")
    return f"Set {_write(unit, at, level, reason)}"


def change_override(unit: Unit, at: Place, level: str, reason: str) -> str:
    """Set another level, or give another reason; it then rests on the answers as they are now.

    Raises:
        NotFoundError: the team has set none there, or there is no such level.
        RefusedError: as for `set_override`.
    """
    _standing(unit, at)
    return f"Set anew: {_write(unit, at, level, reason)}"


def confirm_override(unit: Unit, at: Place, reason: str) -> str:
    """Say that a level still stands although answers under it have changed, and why.

    Raises:
        NotFoundError: the team has set none there.
        RefusedError: nothing under it has changed, or as for `set_override`.
    """
    standing = _standing(unit, at)
    _refuse_hidden(unit, at)
    if standing["basis"] == _Grounds(unit, at).basis:
        raise RefusedError("No answer under that level has changed since it was set: it stands.")
    level = str(unit.row("rubric_levels", standing["level_id"])["key"])
    return f"Confirm {_write(unit, at, level, reason)}"


def take_back(unit: Unit, at: Place) -> str:
    """Let the derived level stand alone again.

    Raises:
        NotFoundError: the team has set none there.
    """
    standing = _standing(unit, at)
    rubric = frozen_rubric(unit, at.rubric)
    level = rubric.level(str(unit.row("rubric_levels", standing["level_id"])["key"])).name
    unit.delete("overrides", standing["id"])
    return f"Take back {_words(unit, rubric, at, level)}"


class _Grounds:
    """What a level rests on: the answers that count on its principle's criteria, read as they stand."""

    def __init__(self, unit: Unit, at: Place) -> None:
        self.rubric = frozen_rubric(unit, at.rubric)
        self.principle = self.rubric.principle(at.principle)
        criteria = [criterion.id for criterion in self.principle.criteria]
        self.verdicts = _counting(unit, at, frozenset(criteria))
        self.basis = basis(criteria, self.verdicts)

    @property
    def level(self) -> str | None:
        """The level that they give."""
        return score_principle(self.rubric, self.principle, self.verdicts).level


def _write(unit: Unit, at: Place, level: str, reason: str) -> str:
    """Write an override, or what is new of it, and say which."""
    unit.id_of("rubric_levels", level, at.rubric)
    grounds = _Grounds(unit, at)
    name = grounds.rubric.level(level).name
    why = reason.strip()
    if not unit.who:
        raise RefusedError("Say first who is working: a level that the team sets tells who entered it.")
    if not why:
        raise RefusedError("Say why the team sets another level than the answers give.")
    _refuse_hidden(unit, at)
    if grounds.level == level:
        raise RefusedError(f"The answers give {name} by themselves: there is nothing to set against it.")
    made = Override(
        **msgspec.structs.asdict(at), level=level, assessor=unit.who, reason=why, set_at=unit.now, basis=grounds.basis
    )
    standing = _row(unit, at)
    if standing is None:
        unit.add(made)
    elif any(standing[field] != value for field, value in unit.row_of(made).items() if field in _TOLD):
        unit.change(made)
    return _words(unit, grounds.rubric, at, name)


_TOLD = frozenset({"level_id", "reason", "basis"})  # where none of it is new, nothing is


def _counting(unit: Unit, at: Place, criteria: frozenset[str]) -> dict[str, Verdict]:
    """Read the verdicts that count on some criteria; unanswered ones are left out."""
    keys = {row["id"]: row["key"] for row in unit.rows("rubric_criteria", rubric_id=unit.id_of("rubrics", at.rubric))}
    agreed = {keys[row["criterion_id"]]: Verdict(row["verdict"]) for row in _here(unit, "consensus", at)}
    given: dict[str, dict[str, Verdict]] = {}
    for row in _here(unit, "answers", at):
        if row["verdict"]:
            given.setdefault(keys[row["criterion_id"]], {})[row["assessor_id"]] = Verdict(row["verdict"])
    counting = {each: effective_verdict(given.get(each, {}), agreed.get(each)).verdict for each in criteria}
    return {criterion: verdict for criterion, verdict in counting.items() if verdict is not None}


def _refuse_hidden(unit: Unit, at: Place) -> None:
    """Refuse to judge what not all of the team may see yet."""
    if is_secret(unit, at.rubric, at.case, at.round):
        raise RefusedError("The answers on that case are still hidden from one another: reveal them first.")


def _here(unit: Unit, table: str, at: Place) -> list[Row]:
    rubric, case, in_round = (
        unit.id_of(kind, key) for kind, key in (("rubrics", at.rubric), ("cases", at.case), ("rounds", at.round))
    )
    return unit.rows(table, rubric_id=rubric, case_id=case, round_id=in_round)


def _row(unit: Unit, at: Place) -> Row | None:
    principle = unit.id_of("rubric_principles", at.principle, at.rubric)
    return next((row for row in _here(unit, "overrides", at) if row["principle_id"] == principle), None)


def _standing(unit: Unit, at: Place) -> Row:
    row = _row(unit, at)
    if row is None:
        raise NotFoundError("The team has set no level there.")
    return row


def _words(unit: Unit, rubric: Rubric, at: Place, level: str) -> str:
    return f"{level} for {rubric.principle(at.principle).short} of {case_name(unit, at.case)}"
