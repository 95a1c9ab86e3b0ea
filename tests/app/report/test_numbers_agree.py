"""One snapshot, four formats: every cell of every table says the same in each, and levels are those that are scored."""

import csv
import io
import json
import re

import docx
import openpyxl
import pytest

from app.cli.score import as_text, scored
from app.exchange.tables import plain_text
from app.report.build import make_report
from app.report.docx import make_docx
from app.report.pieces import Tabled
from app.report.tables import csv_files, make_xlsx
from app.rubric import library

SHORT = 60
SIGNS = re.compile("^[○◔◑◕●▲▼◆◇=+\N{EN DASH}]+ ", re.MULTILINE)


def flat(text):
    return " ".join(text.split())


def unbroken(text):
    """A text without what setting lines adds or takes: spaces, and hyphens at their ends."""
    return re.sub(r"[\s\u00ad\ufffe-]", "", text)


@pytest.fixture(scope="module")
def tabled(told):
    return [each for each in told.pieces() if isinstance(each, Tabled) and each.number]


def spread(row, across):
    cells = [cell for field in row for cell in (field.text, *[""] * (field.span - 1))]
    return [*map(flat, cells), *[""] * (across - len(cells))]


@pytest.fixture(scope="module")
def expected(tabled):
    return [[spread(row, len(table.widths)) for row in (*table.head, *table.rows)] for table in tabled]


def as_written(value):
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and value > 999 else str(value)


def without_blank_head(rows):
    return rows if any(rows[0]) else rows[1:]


def test_the_workbook_agrees(told, expected):
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx(told)))
    for sheet, table in zip(book.worksheets[1:], expected, strict=True):
        found = without_blank_head([[flat(as_written(cell)) for cell in row] for row in sheet.values])
        assert [row[: len(table[0])] for row in found] == table


def test_the_plain_files_agree(told, expected):
    _report, *files = csv_files(told).values()
    for content, table in zip(files, expected, strict=True):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        found = without_blank_head([[flat(plain_text(cell)) for cell in row] for row in rows])
        assert [[cell.replace(",", "") for cell in row] for row in found] == [
            [cell.replace(",", "") for cell in row] for row in table
        ]


def test_the_word_document_agrees(told, tabled, expected):
    document = docx.Document(io.BytesIO(make_docx(told)))
    captions = {each.caption for each in tabled}
    found, last = [], ""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            if last in captions:
                found.append(block)
            last = ""
        else:
            last = block.text
    assert len(found) == len(expected)
    for block, table in zip(found, expected, strict=True):
        rows = [[flat(SIGNS.sub("", cell_text(tc))) for tc in row.tc_lst] for row in block._tbl.tr_lst]
        assert [[cell for cell in row if cell] for row in rows] == [[cell for cell in row if cell] for row in table]


def cell_text(tc):
    from docx.text.paragraph import Paragraph

    return "\n".join(Paragraph(each, None).text for each in tc.p_lst)


def test_the_pdf_agrees(snapshot, tabled):
    from tests.app.report.conftest import Printed

    report = make_report(snapshot)
    said = {flat(each.text) for each in report.printed}
    read = unbroken(Printed(report.content).text)
    cells = [
        flat(lines.text) for table in tabled for row in (*table.head, *table.rows) for f in row for lines in f.lines
    ]
    assert len(cells) > 500
    assert [cell for cell in cells if cell and cell not in said] == []
    assert [cell for cell in cells if len(cell) <= SHORT and unbroken(cell) not in read] == []


def test_levels_are_those_that_are_scored(autocorp, tabled):
    rubric = library.load("mlops-maturity")
    heat = next(each for each in tabled if each.title.startswith("Level of each case"))
    told = {row[0].lines[0].text: [field.lines[0].text for field in row[1:]] for row in heat.rows}
    scores = json.loads(as_text(scored(autocorp, None, None, None)))
    names = {case.key: case.name for case in autocorp.cases}
    for case in scores["cases"]:
        levels = [each["level"] for each in (*case["principles"], case["overall"])]
        assert told[names[case["case"]]] == [rubric.level(level).name for level in levels]
