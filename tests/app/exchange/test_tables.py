"""Tables for spreadsheets: what is in them can be read again, is no formula, and lies nowhere else in the clear."""

import csv
import io
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.coding import CodingIndex, Query, memos, retrieve
from app.analysis.matrices import by_case, co_occurrence
from app.exchange import tables
from app.exchange.coding_tables import matrix_table, memos_table, passages_table
from app.exchange.demo import demo_document
from app.exchange.errors import ExportError
from app.exchange.tables import LONGEST_CELL, Table, plain_text, write_csv, write_xlsx

FORMULAS = (
    '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)",
)  # fmt: skip
NASTY = (*FORMULAS, "'=1", "''=1", "'", "a,b;c", 'say "so"', "two\r\nlines", "\n", " padded ", "é\U0001f424", "_x0041_")
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
)
CELLS = st.one_of(TEXTS, st.integers(-(10**9), 10**9), st.floats(-1e300, 1e300), st.none())


def table(*rows, name="Some", head=("one", "two")):
    return Table(name, head, tuple(rows))


def sheets(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def shown(cell):
    """What a spreadsheet shows of a cell; an empty text is an empty cell."""
    if isinstance(cell, float):
        return pytest.approx(cell, rel=1e-14)  # a spreadsheet has fifteen digits
    if not isinstance(cell, str):
        return cell
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff")) or None


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_xlsx_is_read_by_others(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("xlsx") / "table.xlsx"
    write_xlsx(path, [table(*((*row, 1) for row in rows), head=("one", "two", "three"))])
    head, *found = sheets(path)["Some"]
    assert head == ["one", "two", "three"]
    assert found == [[*map(shown, row), 1] for row in rows]


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_csv_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    write_csv(path, table(*rows))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfone,two\r\n")
    found = list(csv.reader(io.StringIO(_text(path), newline="")))[1:]
    assert [[plain_text(cell) for cell in row] for row in found] == [
        ["" if cell is None else str(cell) for cell in row] for row in rows
    ]


def _text(path):
    return path.read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_typed_is_a_formula(tmp_path, text):
    written = table((text, 1), name=text, head=(text, "two"))
    write_csv(tmp_path / "t.csv", written)
    for row in csv.reader(io.StringIO(_text(tmp_path / "t.csv"), newline="")):
        assert row[0] == f"'{text}"
    write_xlsx(tmp_path / "t.xlsx", [written])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for row in book.worksheets[0].iter_rows():
        assert (row[0].data_type, row[0].quotePrefix) == ("s", True)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert not [
            node for node in ET.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter() if node.tag[-2:] == "}f"
        ]


def test_numbers_are_numbers(tmp_path):
    written = table((-5, 0.1), (None, float("nan")), (float("inf"), 10**15))
    write_xlsx(tmp_path / "t.xlsx", [written])
    assert sheets(tmp_path / "t.xlsx")["Some"][1:] == [[-5, 0.1], [None, None], [None, 10**15]]
    write_csv(tmp_path / "t.csv", written)
    assert _text(tmp_path / "t.csv") == "one,two\r\n-5,0.1\r\n,\r\n,1000000000000000\r\n"


def test_the_head_stands_out_and_stays(tmp_path):
    write_xlsx(tmp_path / "t.xlsx", [table(("short", "long " * 40), ("", 7), head=("1", "=2"))])
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.b for cell in sheet[1]] == [True, True]
    assert [cell.font.b for cell in sheet[2]] == [False, False]
    assert [int(sheet.column_dimensions[letter].width) for letter in "AB"] == [7, 60]


def test_what_is_too_long_is_cut_with_a_note(tmp_path):
    fits, long, wide = "x" * LONGEST_CELL, "x" * 40_000, "\U0001f424" * 20_000
    write_xlsx(tmp_path / "t.xlsx", [table((fits, long), (wide, "")), table()])
    (_, one, two), (head,) = sheets(tmp_path / "t.xlsx").values()
    assert head == ["one", "two"]
    assert one[0] == fits
    for cell, text in ((one[1], long), (two[0], wide)):
        assert len(cell.encode("utf-16-le")) <= 2 * LONGEST_CELL
        kept = cell.partition(" [")[0]
        assert cell == f"{kept} [… {len(text) - len(kept):,} more characters]"
        assert text.startswith(kept)


def test_names_of_sheets(tmp_path):
    names = [
        "Codes: by [case]?",
        "codes  by  case",
        "x" * 40,
        "x" * 31,
        "X" * 35,
        "",
        "'",
        "\ud7ff/\\*",
        "a\0b",
        "Some",
    ]
    write_xlsx(tmp_path / "t.xlsx", [table(name=name) for name in names])
    titles = list(sheets(tmp_path / "t.xlsx"))
    assert len({title.casefold() for title in titles}) == len(names)
    assert all(1 <= len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    assert titles[2:7] == [f"{'x' * 30}…", "x" * 31, f"{'X' * 28}… 2", "Table", "Table 2"]


def test_a_long_name_of_a_sheet_is_cut_at_a_word(tmp_path):
    names = ["12 Levels of each case by principle, and overall", "12 Levels of each case by principle"]
    write_xlsx(tmp_path / "t.xlsx", [table(name=name) for name in names])
    assert list(sheets(tmp_path / "t.xlsx")) == ["12 Levels of each case by…", "12 Levels of each case by… 2"]


def test_columns_after_z(tmp_path):
    head = tuple(f"c{number}" for number in range(800))
    write_xlsx(tmp_path / "t.xlsx", [table(tuple(range(800)), head=head)])
    assert sheets(tmp_path / "t.xlsx")["Some"] == [list(head), list(range(800))]


def test_the_same_table_is_the_same_file(tmp_path, monkeypatch):
    written = [table(("a", 1)), table(name="Other")]
    write_xlsx(tmp_path / "one.xlsx", written)
    monkeypatch.setattr("time.time", lambda: 1.9e9)
    write_xlsx(tmp_path / "two.xlsx", written)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


@pytest.mark.parametrize("write", [lambda path: write_csv(path, table()), lambda path: write_xlsx(path, [table()])])
def test_what_can_t_be_written(tmp_path, write):
    with pytest.raises(ExportError, match=r"^gone\.x can't be written \(No such file or directory\); choose another"):
        write(tmp_path / "none" / "gone.x")
    (tmp_path / "there").mkdir()
    with pytest.raises(ExportError):
        write(tmp_path / "there")
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_what_is_larger_than_a_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    write_xlsx(tmp_path / "t.xlsx", [table(("", 1), ("", 2))])
    before = (tmp_path / "t.xlsx").read_bytes()
    sentence = r"^t\.xlsx was not written: Some is larger than a sheet can be; narrow it\.$"
    with pytest.raises(ExportError, match=sentence):
        write_xlsx(tmp_path / "t.xlsx", [table(), table(*[("", 1)] * 3)])
    monkeypatch.setattr(tables, "MOST_COLUMNS", 1)
    with pytest.raises(ExportError, match=sentence):
        write_xlsx(tmp_path / "t.xlsx", [table()])
    assert (tmp_path / "t.xlsx").read_bytes() == before


def test_nothing_is_written_elsewhere(tmp_path, monkeypatch):
    """Not even for a moment: what is written into the system's folder for temporary files can be found again."""

    def no(*_args, **_named):
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, no)
    opened = []
    usual = Path.open

    def watched(self, *args, **named):
        opened.append(self.parent)
        return usual(self, *args, **named)

    monkeypatch.setattr(Path, "open", watched)
    write_xlsx(tmp_path / "t.xlsx", [table(("canary", 1))])
    write_csv(tmp_path / "t.csv", table(("canary", 1)))
    assert set(opened) == {tmp_path}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv", "t.xlsx"]


# What is set out


def test_what_is_coded_as_tables(tmp_path):
    document = demo_document()
    index = CodingIndex(document)
    passages = passages_table(index, retrieve(index, Query(any_of=("ctx-site", "tool-inhouse"))))
    assert all(len(row) == len(passages.head) for row in passages.rows)
    row = dict(zip(passages.head, passages.rows[0], strict=True))
    assert row["Code"] == "Tools > Built in-house"
    assert row["Place"].startswith("I")
    assert (row["Round"], row["Coded on"][:4], row["Lost its words"]) == ("Round 2", "2022", "")
    assert row["About"] in {case.name for case in document.cases}
    matrix = matrix_table(index, by_case(index))
    assert matrix.head == ("Code", "ML-P1", "ML-P2", "ML-P3", "Organisation")
    assert matrix.rows[1] == ("Procedures > Training and retraining", 6, 2, 4, 1)
    meeting = matrix_table(index, co_occurrence(index))
    assert meeting.head[1:] == tuple(row[0] for row in meeting.rows)
    noted = memos_table(index, memos(index))
    assert len(noted.rows) == len(memos(index))
    assert noted.rows[0][5:] == ("Assessor B", "2021 state; the same sentence fits ML-P2 in 2022.", "2021-09-15")
    write_xlsx(tmp_path / "all.xlsx", [passages, matrix, meeting, noted])
    assert [len(rows) for rows in sheets(tmp_path / "all.xlsx").values()] == [
        len(each.rows) + 1 for each in (passages, matrix, meeting, noted)
    ]


def test_a_passage_without_words_or_codings():
    import msgspec

    document = demo_document()
    orphan = msgspec.structs.replace(document.passages[0], spans=())
    bare = msgspec.structs.replace(document, passages=(orphan,), codings=(), sources=document.sources)
    index = CodingIndex(bare)
    (row,) = passages_table(index, [index.found(orphan.key)]).rows
    assert row[6] == orphan.words
    assert row[8:] == ("", "", "", "", "", "yes")


def test_rows_are_as_high_as_their_lines_and_sheets_as_wide_as_the_page(tmp_path):
    rows = (("one", "a\nb"), ("short", "word " * 40), ("none", None), ("far too long", "x\n" * 100))
    write_xlsx(tmp_path / "t.xlsx", [Table("Lines", ("Name", "Text"), rows)])
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    heights = [sheet.row_dimensions[at].height for at in range(1, 6)]
    assert heights == [None, 30, 60, None, 408.75]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"
