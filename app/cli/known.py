"""What a command is asked about by its key: that a study has it, or which it has instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.overview import joined
from app.errors import FieldquillError

if TYPE_CHECKING:
    from app.model.document import StudyDocument

_NOUNS: Final = {
    "rubrics": "rubric",
    "rounds": "round",
    "assessors": "assessor",
    "cases": "case",
    "participants": "participant",
}


class UnknownKeyError(FieldquillError):
    """A study, or a rubric of it, has nothing of that key."""

    code = "command.unknown-key"


def require(document: StudyDocument, table: str, key: str | None, undone: str) -> None:
    """Refuse a key that a study's rubrics, rounds, assessors, cases or participants don't have; None is no matter.

    Args:
        document: the study.
        table: which of them.
        key: what was asked for.
        undone: what is not done then, such as "Nothing was scored".

    Raises:
        UnknownKeyError: there is none of that key.
    """
    keys = [thing.key for thing in getattr(document, table)]
    if key is not None and key not in keys:
        known = joined(keys) if keys else "none"
        raise UnknownKeyError(f'{undone}: the study has no {_NOUNS[table]} "{key}"; its {table}: {known}.')


def require_rubric(document: StudyDocument, undone: str) -> None:
    """Refuse a study without a rubric.

    Raises:
        UnknownKeyError: there is none.
    """
    if not document.rubrics:
        raise UnknownKeyError(f"{undone}: the study has no rubric to judge its cases by.")
