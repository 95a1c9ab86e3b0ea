"""The report's tables for a spreadsheet: numbers as numbers, formulas as words, one file or sheet each."""

import csv
import io
import re

import msgspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.profiles import find_profile
from app.exchange.tables import plain_text
from app.model.disclosure import ReportSetup, Stage
from app.report.snapshot import take
from app.report.tables import TABLE_FILE, as_number, csv_files, make_xlsx, report_tables
from app.report.told import tell


@pytest.fixture(scope="module")
def book(told):
    return openpyxl.load_workbook(io.BytesIO(make_xlsx(told)))


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_there_is_a_sheet_for_every_caption_and_one_that_lists_them(told, book):
    captions = [each for each in told.pieces() if getattr(each, "number", 0)]
    first = list(book.worksheets[0].values)
    listed = {row[0]: row[1:] for row in first if str(row[0]).startswith("Table ")}
    assert {f"Table {each.number}": each.title for each in captions} == {name: row[0] for name, row in listed.items()}
    assert [row[1] for row in listed.values()] == book.sheetnames[1:]
    assert len(captions) == len(told.material.captions)


def test_names_of_sheets_and_files_end_with_a_word(told, book):
    for table, sheet, file in zip(report_tables(told), book.sheetnames, csv_files(told), strict=True):
        words = sheet.removesuffix("…").split()
        assert table.name.split()[: len(words)] == words
        named = file.removesuffix(".csv").split("-")[1:]
        assert set(named) <= set(re.findall(r"[a-z0-9]+", table.name.lower()))


def test_the_first_sheet_says_what_the_report_is(study):
    setup = ReportSetup(stage=Stage.FINAL, version="2.0", recipient="The board", copies=3)
    told = tell(take(study, setup, version="9.8.7", copy=2))
    facts = {row[0]: row[1] for row in report_tables(told)[0].rows}
    assert facts["Profile"] == find_profile(study, "internal").name
    assert [facts[each] for each in ("Status", "Version", "Copy number")] == ["Final", "2.0", "copy 2 of 3"]
    assert facts["For"] == "The board"
    assert facts["Made with"] == "Fieldquill 9.8.7"
    assert facts["Organisation"] == study.study.organisation.name


@pytest.mark.parametrize(
    ("text", "cell"),
    [("12", 12), ("1,200", 1200), ("0.5", 0.5), ("0", 0), ("", None)]
    + [(text, text) for text in ("007", "1.10", "2.0", "12 %", "-3", "1e5", "1,20", "\u0663", "1234567890123456")],
)
def test_numbers_are_numbers_only_where_they_read_the_same(text, cell):
    assert as_number(text) == cell
    assert type(as_number(text)) is type(cell)


@given(st.one_of(st.text(), st.from_regex(r"[0-9.,]{1,20}", fullmatch=True), st.integers(0, 10**18).map("{:,}".format)))
def test_no_number_reads_otherwise_than_it_was_written(text):
    cell = as_number(text)
    assert text in ([f"{cell}", f"{cell:,}"] if isinstance(cell, int | float) else [cell or ""])


def test_the_minutes_of_sources_are_numbers(book):
    name = next(each for each in book.sheetnames if "Sources" in each)
    heads, *sources = list(book[name].values)
    lines = heads.index("Lines")
    counted = [row[lines] for row in sources if row[lines] is not None]
    assert counted
    assert all(isinstance(each, int) for each in counted)


def test_files_are_named_by_their_table_in_ascii(told):
    files = csv_files(told)
    assert next(iter(files)) == "00-report.csv"
    assert len(files) == len(told.material.captions) + 1
    assert all(TABLE_FILE.fullmatch(name) for name in files)


def test_files_are_rfc_4180_with_a_mark_for_excel(told):
    for content in csv_files(told).values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        found = rows(content)
        assert {len(row) for row in found} == {len(found[0])}


def test_nothing_becomes_a_formula(study):
    nasty = '=HYPERLINK("http://example.test";"a")'
    case = msgspec.structs.replace(study.cases[0], summary=nasty)
    told = tell(take(msgspec.structs.replace(study, cases=(case, *study.cases[1:])), version="1"))
    files = csv_files(told)
    cells = [cell for content in files.values() for row in rows(content) for cell in row]
    assert nasty not in cells
    assert nasty in [plain_text(cell) for cell in cells]
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx(told)))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == nasty]
    assert found
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)


def test_signs_stay_out_of_cells(told):
    cells = [str(cell) for table in report_tables(told) for row in table.rows for cell in row]
    assert not [cell for cell in cells if set("○◔◑◕●▲▼") & set(cell)]


def test_the_workbook_says_what_it_is_and_not_who_made_it(told, book):
    assert book.properties.title == told.metadata.title
    assert book.properties.creator == told.metadata.author
    assert book.properties.lastModifiedBy in (None, told.metadata.author)
    assert make_xlsx(told) == make_xlsx(told)
