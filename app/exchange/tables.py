"""Tables for spreadsheets: as XLSX and as CSV, where nothing that a person wrote can become a formula.

XLSX is written here and not by a library: those put every sheet, unencrypted, into the system's folder for temporary
files first. Source: ECMA-376, part 1, SpreadsheetML; RFC 4180.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from app.exchange.errors import ExportError
from app.exchange.files import write_export

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Cell = str | int | float | None
LONGEST_CELL: Final = 32_767  # UTF-16 units, Excel's limit; what is longer Excel calls damaged
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_LONGEST_TITLE: Final = 31
_FORMULA = re.compile("^'*[=+\\-@\t\r]")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDTHS = (6, 60)  # characters
_DATE = (1980, 1, 1, 0, 0, 0)  # the first a zip can hold: the same table is the same file


class Table(Struct, frozen=True):
    """Rows under a head; what is None is empty."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


# CSV


def write_csv(path: Path, table: Table) -> None:
    """Write a table as CSV, whole or not at all.

    Commas, CRLF and quotation marks as RFC 4180 has them. In UTF-8 with a byte order mark: without it Excel takes the
    file for the system's old code page and garbles every umlaut. Text that a spreadsheet would take for a formula gets
    an apostrophe before it, text that looks so already one more; `plain_text` takes it off again.

    Raises:
        ExportError: it can't be written; what stood there still stands.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    for row in (table.head, *table.rows):
        writer.writerow([_harmless(cell) for cell in row])
    write_export(path, lines.getvalue().encode("utf-8-sig"))


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

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# The looks of a cell, by their places: plain or head, and each for text that would be a formula were it typed.
_PLAIN, _HEAD, _QUOTED = 0, 2, 1
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4">'
    + "".join(
        f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0"{more} applyFont="1" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf>'
        for font in (0, 1)
        for more in ("", ' quotePrefix="1"')
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_xlsx(path: Path, tables: Sequence[Table]) -> None:
    """Write tables, one at least, as the sheets of a workbook, whole or not at all; the same tables are the same bytes.

    The head is bold and stays in sight. Texts are kept as texts whatever they begin with; characters that XML does not
    know are left out, and a text too long for a cell is cut and says by how much.

    Raises:
        ExportError: it can't be written, or a table is larger than a sheet can be; what stood there still stands.
    """
    for table in tables:
        if len(table.rows) >= MOST_ROWS or len(table.head) > MOST_COLUMNS:
            raise ExportError(f"{path.name} was not written: {table.name} is larger than a sheet can be; narrow it.")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(tables):
            place = zipfile.ZipInfo(name, _DATE)
            place.create_system = 0  # else it would say which system it was made on
            archive.writestr(place, text.encode(), zipfile.ZIP_DEFLATED)
    write_export(path, content.getvalue())


def _parts(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Give the files of the workbook, by their names."""
    numbers = range(1, len(tables) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    yield "xl/workbook.xml", _workbook(_titles(tables))
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    for number, table in zip(numbers, tables, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", "".join(_sheet(table))


def _content_types(numbers: Iterable[int]) -> str:
    parts = {"workbook.xml": "sheet.main", "styles.xml": "styles"}
    parts |= {f"worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    overrides = (f'<Override PartName="/xl/{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in parts.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{''.join(overrides)}</Types>"
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    links = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _workbook(titles: Iterable[str]) -> str:
    sheets = (
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(titles, 1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{''.join(sheets)}</sheets></workbook>"
    )


def _titles(tables: Iterable[Table]) -> list[str]:
    """Name the sheets as Excel allows: 31 characters, some not, no two alike whatever their case."""
    titles: dict[str, str] = {}
    for table in tables:
        clean = _text(_NOT_IN_TITLES.sub(" ", table.name)).strip(" '")[:_LONGEST_TITLE].rstrip(" '") or "Table"
        title, number = clean, 2
        while title.casefold() in titles:
            title = f"{clean[: _LONGEST_TITLE - len(str(number)) - 1].rstrip()} {number}"
            number += 1
        titles[title.casefold()] = title
    return list(titles.values())


def _sheet(table: Table) -> Iterator[str]:
    names = [_column(number) for number in range(len(table.head))]
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for number, width in enumerate(_widths(table), 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, names, table.head, _HEAD)
    for number, row in enumerate(table.rows, 2):
        yield _row(number, names, row, _PLAIN)
    yield "</sheetData></worksheet>"


def _widths(table: Table) -> Iterator[int]:
    low, high = _WIDTHS
    for column in zip(table.head, *table.rows, strict=True):
        longest = max(len("" if cell is None else str(cell)) for cell in column)
        yield min(max(longest + 2, low), high)


def _row(number: int, names: Sequence[str], row: Sequence[Cell], style: int) -> str:
    cells = (_cell(f"{name}{number}", cell, style) for name, cell in zip(names, row, strict=True))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, cell: Cell, style: int) -> str:
    if cell == "":
        return ""
    if not isinstance(cell, str):
        return f'<c r="{place}" s="{style}"><v>{cell!r}</v></c>' if _is_there(cell) else ""
    look = style + _QUOTED if _FORMULA.match(cell) else style
    text = escape(_LOOKS_ESCAPED.sub("_x005F_", _cut(_text(cell))))
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _text(cell: str) -> str:
    """Give what XML can hold of a text, its lines ended in the one way XML keeps."""
    return _ILLEGAL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))


def _cut(text: str) -> str:
    """Give what a cell can hold, with a note on what it can't."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    room = LONGEST_CELL - 40  # for the note
    kept = units[: 2 * room].decode("utf-16-le", "ignore")  # half a pair goes
    return f"{kept} [… {len(text) - len(kept):,} more characters]"


def _column(number: int) -> str:
    """Name a column, from 0: A to Z, then AA."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
