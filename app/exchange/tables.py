"""Tables for spreadsheets: as XLSX and as CSV, where nothing that a person wrote can become a formula.

Source: RFC 4180 for CSV.
"""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.exchange.errors import ExportError
from app.exchange.files import write_export
from app.exchange.xml_text import held, unbroken
from app.model.clusters import cut_at_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None
LONGEST_CELL: Final = 32_767  # UTF-16 units, Excel's limit; what is longer Excel calls damaged
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_LONGEST_TITLE: Final = 31
_FORMULA = re.compile("^'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # also in the widths that Japanese is typed in
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDTHS = (6, 60)  # characters
_SLACK = 2  # characters of a line that words leave empty where they are broken
_LINE: Final = 15.0  # points
_HIGHEST: Final = 408.75  # points that a row can have
_A4: Final = 9
_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # of every workbook: the same table is the same file


class Table(Struct, frozen=True):
    """Rows under a head; what is None is empty."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


# CSV


def write_csv(path: Path, table: Table) -> None:
    """Write a table as CSV, whole or not at all.

    Raises:
        ExportError: it can't be written; what stood there still stands.
    """
    write_export(path, csv_content(table))


def csv_content(table: Table) -> bytes:
    """Set a table as CSV.

    Commas, CRLF and quotation marks as RFC 4180 has them. In UTF-8 with a byte order mark: without it Excel takes the
    file for the system's old code page and garbles every umlaut. Text that a spreadsheet would take for a formula gets
    an apostrophe before it, text that looks so already one more; `plain_text` takes it off again.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    for row in (table.head, *table.rows):
        writer.writerow([_harmless(cell) for cell in row])
    return lines.getvalue().encode("utf-8-sig")


def plain_text(cell: str) -> str:
    """Give the text of a cell that `write_csv` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return cell if _is_there(cell) else ""


def _is_there(cell: float | None) -> bool:
    return cell is not None and math.isfinite(cell)


# XLSX


def write_xlsx(path: Path, tables: Sequence[Table]) -> None:
    """Write tables, one at least, as the sheets of a workbook, whole or not at all.

    Raises:
        ExportError: it can't be written, or a table is larger than a sheet can be; what stood there still stands.
    """
    write_export(path, xlsx_content(path.name, tables))


def xlsx_content(name: str, tables: Sequence[Table], **properties: str) -> bytes:
    """Set tables, one at least, as the sheets of a workbook; the same tables are the same bytes.

    The head is bold and stays in sight. Texts are kept as texts whatever they begin with; characters that XML does not
    know are left out, and a text too long for a cell is cut and says by how much. `properties` are what the file says
    of itself, as XlsxWriter names them.

    Raises:
        ExportError: a table is larger than a sheet can be; `name` is the file it was meant for.
    """
    from xlsxwriter import Workbook

    for table in tables:
        if len(table.rows) >= MOST_ROWS or len(table.head) > MOST_COLUMNS:
            raise ExportError(f"{name} was not written: {table.name} is larger than a sheet can be; narrow it.")
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:  # else every sheet is first put, in the clear, into a folder
        book.set_properties({**properties, "created": _DATE})
        looks = _Looks(book)
        for title, table in zip(sheet_titles(tables), tables, strict=True):
            _fill(book.add_worksheet(title), table, looks)
    return content.getvalue()


class _Looks:
    """How cells look: plain or head, and each for text that would be a formula were it typed."""

    def __init__(self, book: Workbook) -> None:
        plain = {"valign": "top", "text_wrap": True}
        self._made = {
            (bold, quoted): book.add_format({**plain, "bold": bold, "quote_prefix": quoted})
            for bold in (False, True)
            for quoted in (False, True)
        }

    def of(self, cell: Cell, *, bold: bool) -> Format:
        """Give the look of a cell."""
        return self._made[bold, isinstance(cell, str) and bool(_FORMULA.match(cell))]


def sheet_titles(tables: Iterable[Table]) -> list[str]:
    """Name the sheets as Excel allows: 31 characters, some not, no two alike whatever their case."""
    titles: dict[str, str] = {}
    for table in tables:
        clean = _text(_NOT_IN_TITLES.sub(" ", table.name)).strip(" '") or "Table"
        title, number = _cut_title(clean, _LONGEST_TITLE), 2
        while title.casefold() in titles:
            title = f"{_cut_title(clean, _LONGEST_TITLE - len(str(number)) - 1)} {number}"
            number += 1
        titles[title.casefold()] = title
    return list(titles.values())


def _cut_title(title: str, room: int) -> str:
    return cut_at_word(title, room).strip(" '")


def _fill(sheet: Worksheet, table: Table, looks: _Looks) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)  # as wide as the page, on as many as it takes
    sheet.repeat_rows(0)
    widths = list(_widths(table))
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    for place, row in enumerate((table.head, *table.rows)):
        if (lines := _lines(row, widths)) > 1:
            sheet.set_row(place, min(lines * _LINE, _HIGHEST))
        for number, cell in enumerate(row):
            look = looks.of(cell, bold=place == 0)
            if isinstance(cell, str) and (text := _cut(_text(cell))):
                sheet.write_string(place, number, text, look)
            elif isinstance(cell, int | float) and math.isfinite(cell):
                sheet.write_number(place, number, cell, look)


def _widths(table: Table) -> Iterator[int]:
    low, high = _WIDTHS
    for column in zip(table.head, *table.rows, strict=True):
        longest = max(len("" if cell is None else str(cell)) for cell in column)
        yield min(max(longest + 2, low), high)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Say how many lines a row takes at these widths of its columns: not every program measures that by itself."""
    return max((_lines_of(cell, width) for cell, width in zip(row, widths, strict=True)), default=1)


def _lines_of(cell: Cell, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(math.ceil(len(line) / (width - _SLACK)), 1) for line in cell.splitlines()) or 1


def _text(cell: str) -> str:
    """Give what XML can hold of a text, its lines ended in the one way XML keeps."""
    return held(unbroken(cell))


def _cut(text: str) -> str:
    """Give what a cell can hold, with a note on what it can't."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    room = LONGEST_CELL - 40  # for the note
    kept = units[: 2 * room].decode("utf-16-le", "ignore")  # half a pair goes
    return f"{kept} [… {len(text) - len(kept):,} more characters]"
