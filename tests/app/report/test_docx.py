"""The report as a Word document: all the PDF's words, in Word's own styles, and nothing of whoever made it."""

import getpass
import io
import os
import re
import subprocess
import sys
import zipfile

import docx
import msgspec
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.model.disclosure import Paper, ReportSetup, Stage
from app.report.build import make_report
from app.report.docx import make_docx
from app.report.docx_body import legible
from app.report.pieces import Tabled
from app.report.scripts import runs_left
from app.report.snapshot import take
from app.report.told import tell

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FURNITURE = re.compile(r"\d+( of \d+)?")


def flat(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def content(told):
    return make_docx(told)


@pytest.fixture(scope="module")
def document(content):
    return docx.Document(io.BytesIO(content))


LEGENDS = {"Each block is a case:", "Rings, from the inside: Low, Moderate, High."}
"""What explains drawings, in whose place a table stands."""


def words(content):
    """Every paragraph of the body, line ends as spaces."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        root = etree.fromstring(packed.read("word/document.xml"))
    for paragraph in root.iter(f"{W}p"):
        parts = (each.text or "" if each.tag == f"{W}t" else "\n" for each in paragraph.iter(f"{W}t", f"{W}br"))
        yield flat("".join(parts))


def test_every_paragraph_of_the_pdf_is_in_it(snapshot, told, content):
    there = "\n".join(words(content))
    running = {f"{each.text}" for each in make_report(snapshot).printed if each.page == 0}
    said = {flat(each.text) for each in make_report(snapshot).printed if each.page > 0}
    said = {text for text in said if not FURNITURE.fullmatch(text) and text not in running}
    missing = sorted(text for text in said if text not in there)
    assert len(said) > 1000
    margins = {f"{snapshot.document.study.organisation.name} · {snapshot.document.study.title}"}
    figures = {" ".join(field.text for field in row[:2]) for table in uncaptioned(told) for row in table.rows}
    assert set(missing) <= margins | figures | LEGENDS


def uncaptioned(told):
    return [each for each in told.pieces() if isinstance(each, Tabled) and not each.number]


def test_headings_are_words_own(told, document):
    heads = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert {name for name, _ in heads} == {"Heading 1", "Heading 2", "Heading 3"}
    assert [text for name, text in heads if name == "Heading 1"] == [piece[0].text for _, piece in told.sections]
    assert document.paragraphs[0].style.name == "Title"


def test_tables_repeat_their_heads_and_have_captions(told, document):
    with_head = [each for each in told.pieces() if getattr(each, "head", ())]
    repeated = [table for table in document.tables if table._tbl.tr_lst[0].find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(repeated) == len(with_head) > 10
    every = [each for each in document.paragraphs if each.style.name == "Caption"]
    captions = [each.text for each in every if not each.text.startswith("Figure")]
    figures = [each for each in every if each.text.startswith("Figure")]
    assert [each.text[:8] for each in figures] == ["Figure 1", "Figure 2", "Figure 3"]
    assert all(each._p.pPr.keepNext is not None for each in every)
    assert captions == [each.caption for each in told.pieces() if getattr(each, "number", 0)]


def test_numbers_stand_against_the_right_edge(document):
    counted = next(each for each in document.tables if each.rows[0].cells[-1].text == "Sources")
    for row in counted.rows:
        sides = [cell.paragraphs[0].paragraph_format.alignment for cell in row.cells]
        assert sides == [None, None, None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]


def test_rows_fill_their_tables(document):
    for table in document.tables:
        across = len(table._tbl.tblGrid.gridCol_lst)
        for row in table._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == across


def test_the_facts_of_a_case_are_a_line_each_below_its_name(document):
    told = [each.text for each in document.paragraphs]
    at = told.index("Case 1 of 3")
    assert (told[at - 1], document.paragraphs[at - 1].style.name) == ("ML-P1", "Heading 2")
    assert told[at + 1] == "What it does  Finds cracks in formed parts at the end of the line"


def test_what_a_bar_counts_is_told_once_and_no_column_is_empty(document):
    head = ["Principle", "Speaks for", "Speaks against"]
    weighed = [each for each in document.tables if [cell.text for cell in each.rows[0].cells] == head]
    assert [each.rows[1].cells[1].text for each in weighed][:1] == ["14 said, 3 shown, 1 documented"]
    assert "reached" not in [each.text for each in document.paragraphs]


def test_levels_are_sign_and_word(document):
    cells = {cell.text for row in document.tables[0].rows for cell in row.cells}
    assert any(text.startswith("◑ Moderate") for text in cells)
    assert "● High" in cells


def test_lists_are_lists(document):
    items = [each for each in document.paragraphs if each.style.name == "List Bullet"]
    assert len(items) > 20


def test_links_lead_to_places_that_are_there_and_name_nothing(content, autocorp):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        root = etree.fromstring(packed.read("word/document.xml"))
    places = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    asked = {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")}
    assert len(places) == len(set(places)) > 50
    assert asked <= set(places)
    assert all(re.fullmatch(r"place\d+", name) for name in places)


def test_marking_draft_copy_and_numbers_stand_on_every_page(autocorp):
    setup = ReportSetup(stage=Stage.DRAFT, version="1.2", recipient="The board", copies=5, watermark="Not yet")
    made = make_docx(tell(take(autocorp, setup, version="1", copy=2)))
    section = docx.Document(io.BytesIO(made)).sections[0]
    marking = autocorp.site_policy.marking
    assert section.header.paragraphs[0].text == f"{marking} · Not yet"
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith(
        f"{marking} · AutoCorp · MLOps maturity at AutoCorp · Copy 2 of 5 · The board · Draft 1.2"
    )
    assert [each.get(f"{W}instr") for each in foot._p.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("paper", "millimetres"), [(Paper.A4, (210, 297)), (Paper.LETTER, (215.9, 279.4))])
def test_the_paper_is_the_one_asked_for(study, paper, millimetres):
    made = make_docx(tell(take(study, ReportSetup(paper=paper, stage=Stage.FINAL), version="1")))
    section = docx.Document(io.BytesIO(made)).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(millimetres, abs=0.2)
    assert section.page_width.mm - section.left_margin.mm - section.right_margin.mm == pytest.approx(170, abs=0.3)


def test_it_says_what_it_is_and_not_who_made_it(told, document, content):
    core = document.core_properties
    assert (core.title, core.language) == (told.metadata.title, "en")
    assert (core.author, core.subject) == (told.metadata.author, told.metadata.subject)
    assert core.last_modified_by == ""
    assert core.created is None
    assert core.modified is None
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names, parts = packed.namelist(), [packed.read(name) for name in packed.namelist()]
    login = getpass.getuser().encode()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert not any(b"python-docx" in part or b"Macintosh" in part for part in parts)
    assert not any(b">" + login + b"<" in part for part in parts)


def test_markup_and_controls_are_words(study):
    nasty = "<w:t>&amp; \x01\x02 ]]> <b>bold</b>"
    changed = msgspec.structs.replace(study.study, title=nasty, about=nasty)
    made = make_docx(tell(take(msgspec.structs.replace(study, study=changed), version="1")))
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "<w:t>&amp; ]]> <b>bold</b>"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_held(text):
    held = etree.fromstring(f"<w>{legible(text)}</w>").text or ""
    assert set(held) <= set(text) | {"\n"}
    assert legible("a<b>&amp;\x00c") == "a&lt;b&gt;&amp;amp;c"


def test_what_runs_from_right_to_left_is_set_so(study):
    changed = msgspec.structs.replace(study.findings[0], text="שלום (hello) עולם")
    findings = (changed, *study.findings[1:])
    made = make_docx(tell(take(msgspec.structs.replace(study, findings=findings), version="1")))
    cells = docx.Document(io.BytesIO(made)).element.body.iter(f"{W}tc")
    paragraphs = [each for cell in cells for each in cell.p_lst if "שלום" in "".join(each.itertext())]
    assert paragraphs
    assert all(each.find(f"{W}pPr/{W}bidi") is not None for each in paragraphs)
    assert all(each.find(f"{W}r/{W}rPr/{W}rtl") is not None for each in paragraphs)
    assert [runs_left(text) for text in ("", "abc", "1 é", "12 שלום", "a שלום")] == [False] * 3 + [True, False]


MAKE = """
import hashlib, msgspec, sys
from pathlib import Path
from app.model.document import StudyDocument
from app.report.docx import make_docx
from app.report.release import release
from app.report.snapshot import take
study = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=StudyDocument)
out = Path(sys.argv[2])
for name in ("r.pdf", "r.docx", "r.xlsx", "r.csv"):
    for path in release(study, None, out / name, version="1"):
        print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_all_formats_are_the_same_bytes_in_every_process(study, tmp_path):
    path = tmp_path / "study.json"
    path.write_bytes(msgspec.json.encode(study))
    told = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "USER": f"user{seed}"}
        run = [sys.executable, "-c", MAKE, str(path), str(folder)]
        told.add(subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(told) == 1
    assert len(told.pop().splitlines()) > 10
