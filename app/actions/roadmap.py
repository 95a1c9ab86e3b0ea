"""Keep next steps: put criteria on the roadmap, say who does what by when, move, tick off and remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec.structs import replace

from app.actions import things
from app.actions.errors import RefusedError
from app.actions.keys import next_key
from app.actions.reading import case_name, point_name
from app.analysis.todo import count
from app.model.assessment import NextStep, Progress

if TYPE_CHECKING:
    from app.actions.unit import Unit
    from app.scoring.whatif import Improvements

Field = Literal["text", "owner", "effort", "horizon", "progress"]
_TYPED: Final = ("text", "owner")
TABLE: Final = "next_steps"


def keep_steps(unit: Unit, rubric: str, case: str, wanted: Improvements) -> str:
    """Put criteria on a case's roadmap, at its end, in the order given.

    What is on it already stays as it is; a step that was dropped is planned again.

    Raises:
        NotFoundError: the study has no such case or criterion.
        RefusedError: all of them are on it.
    """
    standing = {(each.criterion, each.verdict): each for each in _steps(unit, rubric, case)}
    number = 0
    for criterion, verdict in wanted:
        there = standing.get((criterion, verdict))
        if there is None:
            key = next_key(unit, TABLE, "step", "-")
            unit.add(NextStep(key=key, rubric=rubric, criterion=criterion, case=case, verdict=verdict))
        elif there.progress is Progress.DROPPED:
            unit.update(TABLE, unit.id_of(TABLE, there.key), {"progress": Progress.PLANNED.value})
        else:
            continue
        number += 1
    if not number:
        raise RefusedError("All of these are next steps already.")
    return f"Keep {count(number, 'next step', 'next steps')} for {case_name(unit, case)}"


def change_step(unit: Unit, key: str, field: Field, value: object) -> str:
    """Bring one field of a next step to a value; what is typed into a text in one go is one step to undo.

    Raises:
        NotFoundError: the study no longer has it.
        RefusedError: the value can't be kept.
    """
    standing = _step(unit, key)
    unit.change(replace(standing, **{field: value}))
    if field in _TYPED:
        unit.merge_key = f"{TABLE}/{key}/{field}"
    said = f": {str(value).replace('_', ' ')}" if field == "progress" else ""
    return f"Change the {field} of {_words(unit, standing)}{said}"


def move_step(unit: Unit, key: str, beside: str) -> str:
    """Move a next step to where another stands in the study's order; the others make room.

    Raises:
        NotFoundError: the study no longer has one of them.
    """
    order = [row["key"] for row in unit.rows(TABLE)]
    standing, _ = _step(unit, key), _step(unit, beside)
    things.move(unit, TABLE, key, order.index(beside))
    return f"Move next step {_words(unit, standing)}"


def remove_step(unit: Unit, key: str) -> str:
    """Take a next step off the roadmap.

    Raises:
        NotFoundError: the study no longer has it.
    """
    standing = _step(unit, key)
    unit.delete(TABLE, unit.id_of(TABLE, key))
    return f"Remove next step {_words(unit, standing)}"


def _step(unit: Unit, key: str) -> NextStep:
    return unit.value_of(NextStep, unit.row(TABLE, unit.id_of(TABLE, key)))


def _steps(unit: Unit, rubric: str, case: str) -> list[NextStep]:
    where = {"rubric_id": unit.id_of("rubrics", rubric), "case_id": unit.id_of("cases", case)}
    return [unit.value_of(NextStep, row) for row in unit.rows(TABLE, **where)]


def _words(unit: Unit, step: NextStep) -> str:
    return point_name(unit, step.criterion, step.case)
