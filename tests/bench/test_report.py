"""What a report costs: whole processes, and the same table against fpdf2 and typst; printed, and never failed on."""

import io
import re
import statistics
import subprocess
import sys
import time

import pytest

from app.model.disclosure import Paper
from app.paths import RESOURCES
from app.report.fonts import Face
from app.report.grid import Cell, Row, shares, table
from app.report.sheet import Metadata, Sheets, write_pdf
from app.report.style import PAGES, SMALL, TEXT_SMALL, WIDTH
from app.report.text import paragraph

TIMES = 5
ROWS = 1_500
HEAD = ("Number", "Statement", "Answer", "Why", "Evidence")
PARTS = (10, 45, 15, 70, 30)
SENTENCES = (
    "Training runs by hand once a month, and nobody but the engineer who built it knows which data it was made with.",
    "Every new line brings something nobody thought of: lamps, oil film, another supplier's sheet.",
    "Largely",
    "A report is mailed on Mondays; it is read when something has already gone wrong.",
)
BEGUN = """
import resource, sys, time
def told(pages):
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"pages={pages} memory_kb={kilobytes} processor={used.ru_utime + used.ru_stime}")
"""
AUTOCORP = """
from app.exchange.demo import demo_document
from app.report.build import make_report
from app.report.snapshot import take
told(len(make_report(take(demo_document(), version="1")).pages))
"""
STRESS = """
from app.report.build import make_report
from app.report.snapshot import take
from tests.stress import stress_study
cases, interviews, passages = map(int, sys.argv[1:])
document = stress_study(cases=cases, interviews=interviews, passages=passages)
told(len(make_report(take(document, version="1")).pages))
"""


def whole(program, *words):
    """Run a program; give its seconds, its processor's seconds, its most memory in MB, and its pages."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", BEGUN + program, *words], stdout=subprocess.PIPE, text=True, check=True
    )
    seconds = time.perf_counter() - begun
    pages, kilobytes, processor = re.search(r"pages=(\d+) memory_kb=(\d+) processor=([\d.]+)", done.stdout).groups()
    return seconds, float(processor), int(kilobytes) / 1024, int(pages)


@pytest.mark.parametrize(
    ("name", "program", "words", "most"),
    [
        ("AutoCorp, internal", AUTOCORP, (), "at most 1.0 s"),
        ("a study of a hundred pages", STRESS, ("4", "40", "300"), "100 pages at most 3 s"),
        ("a study as large as any", STRESS, ("12", "300", "5000"), "500 pages at most 12 s and 600 MB"),
    ],
)
def test_a_whole_report(name, program, words, most):
    whole(program, *words)  # warms the disk's cache
    seconds, processor, memory, pages = whole(program, *words)
    print(f"\n{name} ({most}), program and imports included: {pages} pages, {memory:.0f} MB")
    for what, took in (("by the clock", seconds), ("this program's work alone", processor)):
        print(
            f"  {what:26} {took:6.2f} s; for 100 pages {100 * took / pages:5.2f} s, for 500 {500 * took / pages:5.2f} s"
        )


def cells():
    """Give the words of a table."""
    whys = [f"{SENTENCES[(number + 1) % 4]} {SENTENCES[number % 3]}" for number in range(ROWS)]
    return [
        (str(number), SENTENCES[number % 4], SENTENCES[2], why, f"I{number % 40} line {number}, shown")
        for number, why in enumerate(whys)
    ]


def ours(rows):
    """Set the table as the report sets one."""
    made = [Row([Cell([paragraph(words, style=TEXT_SMALL)]) for words in row]) for row in rows]
    grid = table(shares(WIDTH, *PARTS), HEAD, made)
    return write_pdf([grid], Sheets("Table", ""), Metadata("Table", "", "", ""))


def with_fpdf(rows):
    """Set the table with fpdf2."""
    from fpdf import FPDF

    page = PAGES[Paper.A4]
    pdf = FPDF(unit="pt", format=(page.width, page.height))
    pdf.set_margins(page.margin, 73)
    pdf.set_auto_page_break(auto=True, margin=68)
    pdf.add_font("Plex", fname=RESOURCES / "fonts" / f"{Face.REGULAR.value}.ttf")
    pdf.set_font("Plex", size=SMALL)
    pdf.add_page()
    with pdf.table(
        width=WIDTH, col_widths=PARTS, line_height=11.2, text_align="LEFT", first_row_as_headings=False
    ) as made:
        for row in (HEAD, *rows):
            made.row(row)
    return bytes(pdf.output())


def with_typst(rows):
    """Set the table with typst, which is compiled."""
    import typst

    quoted = ", ".join(
        "[" + re.sub(r"([\\#$*_@<>\[\]`~])", r"\\\1", words) + "]" for row in (HEAD, *rows) for words in row
    )
    parts = ", ".join(f"{part}fr" for part in PARTS)
    text = (
        "#set page(width: 595pt, height: 842pt, margin: (x: 56.7pt, top: 73pt, bottom: 68pt))\n"
        f'#set text(font: "IBM Plex Sans", size: {SMALL}pt)\n#table(columns: ({parts}), {quoted})'
    )
    return typst.compile(text.encode(), font_paths=[str(RESOURCES / "fonts")], ignore_system_fonts=True)


def test_the_same_table_as_others_set_it():
    import pypdfium2

    rows = cells()
    found = {}
    for name, make in {"Fieldquill": ours, "fpdf2": with_fpdf, "typst": with_typst}.items():
        make(rows[:20])
        times, content = [], b""
        for _ in range(TIMES if name != "fpdf2" else 2):
            begun = time.process_time()
            content = make(rows)
            times.append(time.process_time() - begun)
        found[name] = (statistics.median(times), len(pypdfium2.PdfDocument(io.BytesIO(content))), len(content))
    print(f"\na table of {ROWS:,} rows and 5 columns")
    per_page = {name: seconds / pages for name, (seconds, pages, _) in found.items()}
    for name, (seconds, pages, size) in found.items():
        told = f"{seconds:6.2f} s, {pages:4} pages, {1000 * per_page[name]:6.2f} ms a page, {size / 1024:5.0f} kB"
        print(f"  {name:12} {told}; a page of ours takes {per_page['Fieldquill'] / per_page[name]:.2f} times as long")
