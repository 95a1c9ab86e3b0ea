"""Number the sheets that are printed to be written on by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.actions.errors import RefusedError
from app.actions.keys import free_key
from app.model.source import PaperSheet, SheetKind

if TYPE_CHECKING:
    from datetime import datetime

    from app.actions.open_study import OpenStudy
    from app.actions.unit import Unit

MOST_COPIES = 99
_WORDS = {
    SheetKind.INTERVIEW: "interview sheet",
    SheetKind.RUBRIC: "rubric sheet",
    SheetKind.REVIEW: "review pack",
    SheetKind.READ_BACK: "read-back sheet",
}
# A number whose sheet was taken back stays used: the paper may be in somebody's hands.
_NEXT = """
    SELECT 1 + coalesce(max(number), 0) FROM (
        SELECT number FROM sheets
        UNION ALL
        SELECT json_extract(row_after, '$.number') FROM audit_changes WHERE "table" = 'sheets'
    )
"""


def issue_sheet(
    unit: Unit,
    kind: SheetKind,
    source: str | None = None,
    case: str | None = None,
    *,
    participant: str | None = None,
    copies: int = 1,
    printed_at: datetime | None = None,
) -> str:
    """Number a sheet, or several alike, after the highest number there ever was.

    Args:
        unit: the work.
        kind: what is written on it.
        source: key of the interview it is for, if that is known.
        case: key of the case it is for, if that is known.
        participant: key of whom it is printed for, if that is known.
        copies: how many sheets, each with its own number.
        printed_at: by default now.

    Raises:
        NotFoundError: the study no longer has the interview, the case or the participant.
        RefusedError: so many copies are not printed at once.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise RefusedError(f"Print between 1 and {MOST_COPIES} copies at once.")
    first = number_to_come(unit)
    last = first + copies - 1
    when = printed_at or unit.now
    blank = PaperSheet(key="s", number=1, kind=kind, printed_at=when, source=source, case=case, participant=participant)
    for number in range(first, last + 1):
        unit.add(replace(blank, key=free_key(f"s{number}", unit.keys("sheets")), number=number))
    return f"Print {_WORDS[kind]} {first}" if first == last else f"Print {_WORDS[kind]}s {first} to {last}"


def number_to_come(unit: Unit) -> int:
    """Give the number that the next sheet gets, inside an action."""
    return int(unit.connection.exec_driver_sql(_NEXT).scalar() or 1)


def next_number(study: OpenStudy) -> int:
    """Give the number that the next sheet of a study gets."""
    with study.file.reading():
        return int(study.file.connection.execute(_NEXT).fetchone()[0])
