"""All tables of a report for a spreadsheet: one workbook, or a folder of plain files; cells hold words, not signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.exchange.tables import Table, csv_content, sheet_titles, xlsx_content
from app.report.pieces import Tabled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.exchange.tables import Cell
    from app.report.pieces import Fields
    from app.report.told import Told

_WHOLE: Final = re.compile(r"\d{1,3}(,\d{3})+|\d{1,15}")
_PART: Final = re.compile(r"\d{1,15}\.\d{1,6}")
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")
_NAMED: Final = 48
REPORT: Final = "Report"
TABLE_FILE: Final = re.compile(r"\d{2,3}-[a-z0-9-]+\.csv")
"""What the files of `csv_files` are called."""


def report_tables(told: Told) -> list[Table]:
    """List the tables of a report that have a caption, and before them one that says what the report is."""
    found = list(_captioned(told))
    named = [Table(f"{table.number} {table.title}", *_cells(table)) for table in found]
    sheets = sheet_titles([Table(REPORT, (), ()), *named])[1:]
    listed = [(f"Table {each.number}", each.title, sheet) for each, sheet in zip(found, sheets, strict=True)]
    about = [(label, words, "") for label, words in _facts(told)]
    return [Table(REPORT, ("What", "Words", "Sheet"), tuple(about + listed)), *named]


def make_xlsx(told: Told) -> bytes:
    """Set the tables as a workbook: the same report gives the same bytes, and no account's name stands in them."""
    metadata = told.metadata
    return xlsx_content(
        "The report",
        report_tables(told),
        title=metadata.title,
        subject=metadata.subject,
        author=metadata.author,
        comments=metadata.creator,
        keywords=metadata.keywords,
    )


def csv_files(told: Told) -> dict[str, bytes]:
    """Set each table as a file of its own, by its name: "03-data-collection.csv", "00-report.csv" for what it is."""
    tables = report_tables(told)
    return {_file_name(number, table): csv_content(table) for number, table in enumerate(tables)}


def _facts(told: Told) -> list[tuple[str, str]]:
    """Say what a report is: its title, what it may show and to whom, its own version and the program's."""
    material = told.material
    setup, study = material.setup, material.document.study
    said = [
        ("Study", study.title),
        ("Organisation", study.organisation.name),
        ("Round", material.round.name if material.round else ""),
        ("Marking", material.document.site_policy.marking),
        ("Profile", material.profile.name),
        ("Status", str(setup.stage).capitalize()),
        ("Version", setup.version),
        ("Date of issue", material.issued),
        ("Copy number", told.metadata.keywords),
        ("For", setup.recipient),
        ("Made with", f"Fieldquill {material.snapshot.version}"),
    ]
    return [(label, words) for label, words in said if words]


def _captioned(told: Told) -> Iterator[Tabled]:
    return (piece for piece in told.pieces() if isinstance(piece, Tabled) and piece.number)


def _cells(table: Tabled) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    across = len(table.widths)
    heads = [_row(fields, across) for fields in table.head] or [[""] * across]
    head = tuple(" ".join(word for word in column if word) for column in zip(*heads, strict=True))
    return head, tuple(tuple(map(as_number, _row(fields, across))) for fields in table.rows)


def _row(fields: Fields, across: int) -> list[str]:
    """Spread a row's words over its columns: what spans several stands in the first."""
    found: list[str] = []
    for field in fields:
        found += [field.text, *([""] * (field.span - 1))]
    return [*found, *([""] * (across - len(found)))]


def as_number(text: str) -> Cell:
    """Give a number where words are nothing but one that stays as it is written; else the words, None for none."""
    if _WHOLE.fullmatch(text):
        number = int(text.replace(",", ""))
        return number if text in (f"{number:,}", str(number)) else text
    if _PART.fullmatch(text) and str(float(text)) == text and not text.endswith(".0"):
        return float(text)
    return text or None


def _file_name(number: int, table: Table) -> str:
    words = _NOT_IN_NAMES.sub("-", table.name.removeprefix(f"{number} ").lower()).strip("-")
    if len(words) > _NAMED:
        words = words[: _NAMED + 1].rpartition("-")[0] or words[:_NAMED]
    return f"{number:02}-{words or 'table'}.csv"
