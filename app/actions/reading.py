"""Read what several actions need alike: the rubric that is judged by, and names for labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.clusters import cut_at_word
from app.rubric.load import decode_frozen

if TYPE_CHECKING:
    from app.actions.unit import Unit
    from app.rubric.structure import Rubric

_NAME = 40  # characters of a name in a label


def frozen_rubric(unit: Unit, key: str) -> Rubric:
    """Read a rubric as the study has frozen it; NotFoundError where there is none such."""
    return decode_frozen(unit.row("rubrics", unit.id_of("rubrics", key))["text"], key)


def called(unit: Unit, table: str, key: str, column: str = "name") -> str:
    """Name a thing in a label; NotFoundError where there is none such."""
    return shortened(unit.row(table, unit.id_of(table, key))[column])


def shortened(name: str) -> str:
    """Write a name as it stands in a label."""
    return cut_at_word(name, _NAME)


def case_name(unit: Unit, case: str) -> str:
    """Name a case in a label; NotFoundError where there is none such."""
    return called(unit, "cases", case)


def point_name(unit: Unit, criterion: str, case: str) -> str:
    """Name a criterion, as it is answered for a case, in a label; NotFoundError where there is no such case."""
    return f"{criterion.replace('-', ' ')} of {case_name(unit, case)}"
