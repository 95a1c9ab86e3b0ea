"""How far two coders agreed, as plain tables: the figures by code, and what they differed on with what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.analysis.agreement import agreement

if TYPE_CHECKING:
    from app.analysis.agreement import Agreement, Measure
    from app.model.document import StudyDocument
    from app.model.evidence import DoubleCoding, Resolution

Cell = str | int | float | None
OVERALL = "All codes"


class AgreementTable(NamedTuple):
    """A table to be written: its name, its heads, and its rows; numbers are numbers, None is an empty cell."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def agreement_tables(document: StudyDocument, double: DoubleCoding) -> tuple[AgreementTable, ...]:
    """Give the figures and the differences of a double coding as two tables.

    Raises:
        ValueError: a coder is not done.
    """
    found = agreement(document, double)
    names = {assessor.key: assessor.name for assessor in document.assessors}
    first, second = names[double.first], names[double.second]
    head = ("Code", "Alpha", "Percent agreement", "Both", f"Only {first}", f"Only {second}", "Neither", "Remark")
    rows = [(OVERALL, *_cells(found.overall)), *((each.name, *_cells(each.measure)) for each in found.codes)]
    return (AgreementTable("Agreement", head, tuple(rows)), _differences(found, names))


def _cells(measure: Measure) -> tuple[Cell, ...]:
    return (
        measure.alpha,
        measure.percent,
        measure.both,
        measure.first,
        measure.second,
        measure.neither,
        measure.why,
    )


def _differences(found: Agreement, names: dict[str, str]) -> AgreementTable:
    head = ("Where", "Words", "Code", "Put on by", "Agreed", "Reason", "Agreed by", "Agreed at")
    rows = (
        (each.citation, each.words, each.name, names[each.coder], *_agreed(each.resolution, names))
        for each in found.differences
    )
    return AgreementTable("Differences", head, tuple(rows))


def _agreed(resolution: Resolution | None, names: dict[str, str]) -> tuple[Cell, ...]:
    if resolution is None:
        return (None, None, None, None)
    applies = "applies" if resolution.applies else "does not apply"
    when = resolution.decided_at.isoformat(timespec="minutes") if resolution.decided_at else None
    return (applies, resolution.reason, names.get(resolution.by or "", ""), when)
