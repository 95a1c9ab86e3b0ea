"""The interview sheet, read back: every question, who and when, numbers on every page."""

import hashlib
import io
import os
import re
import subprocess
import sys
from itertools import pairwise

import msgspec
import pikepdf
import pytest

from app.errors import FieldquillError
from app.model.source import Guide, Question, Source
from app.report.paper import words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.flow import PITCH
from app.report.paper.interview import build_interview_sheet, build_interview_sheets
from app.report.paper.pen import FOOT, SIDE

PAGES = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}
BUILD = """
import hashlib
from app.exchange.demo import demo_document
from app.report.paper.interview import build_interview_sheet
content = build_interview_sheet(demo_document(), number=7, source="i12", version="1")
print(hashlib.sha256(content).hexdigest())
"""


@pytest.fixture(scope="module", params=["a4", "letter"])
def page(request):
    return request.param


@pytest.fixture(scope="module")
def sheet(autocorp, interview_sheet, page):
    return interview_sheet(autocorp, source="i12", page=page)


def guide_of(document, key):
    return next(guide for guide in document.guides if guide.key == key)


def test_every_page_bears_the_sheet_the_page_and_the_marking_twice(sheet, page):
    assert sheet.size == PAGES[page]
    total = len(sheet.pages)
    assert total > 3
    for number, text in enumerate(sheet.pages, 1):
        assert f"Sheet 7 · page {number} of {total}" in text
        assert text.count("AutoCorp - confidential") == 2
        assert "AutoCorp · MLOps maturity at AutoCorp" in text


def test_every_question_is_there_in_order_with_its_number_and_time(autocorp, sheet):
    places = []
    for number, question in enumerate(guide_of(autocorp, "g2").questions, 1):
        text = re.escape(question.text).replace(r"\ ", " ")
        first = question.text.split()[0]
        assert re.search(text, sheet.flat), question.text
        assert re.search(rf"\b{number} {first}\b", sheet.flat)
        places.append(sheet.flat.index(question.text))
    assert places == sorted(places)
    assert sheet.flat.count("asked") == sheet.flat.count("answered") == len(places)
    assert sheet.flat.count("4 min") == 4


def test_questions_stand_under_their_principles_which_are_named_again_on_the_next_page(sheet):
    assert "Continuous training, integration and deployment 17 min" in sheet.flat
    assert "Traceability and reproducibility" in sheet.flat
    assert "General 3 min" in sheet.flat
    for text in sheet.pages[1:-3]:
        assert ", continued" in text


def test_no_question_stands_at_the_foot_of_a_page(autocorp, sheet):
    starts = {question.text.split()[0] for question in guide_of(autocorp, "g2").questions}
    assert starts
    for number in range(len(sheet.pages)):
        bottom = min(bottom for page, _, bottom, *_ in sheet.rects() if page == number and bottom > FOOT - 2)
        rules = [bounds for bounds in sheet.paths(number) if bounds[3] - bounds[1] < 2]
        assert min(rule[1] for rule in rules) <= bottom, "lines end a page, not words"


def test_pages_are_filled_to_the_foot(sheet):
    for number in range(len(sheet.pages)):
        lowest = min(bounds[1] for bounds in sheet.paths(number))
        assert FOOT - 2 <= lowest < FOOT + 2


def test_lines_are_eight_millimetres_apart_and_numbered_through(sheet):
    numbers = [int(number) for text in sheet.pages[-2:] for number in re.findall(r"\d+", text.split("Notes")[1])]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    heights = sorted({round(bounds[1], 1) for bounds in sheet.paths(len(sheet.pages) - 1) if bounds[3] - bounds[1] < 1})
    gaps = [upper - lower for lower, upper in pairwise(heights)]
    assert len(gaps) > 20
    assert all(gap == pytest.approx(PITCH, abs=0.3) for gap in gaps[:-1])


def test_what_is_known_of_the_interview_is_filled_in(sheet):
    first = sheet.pages[0]
    for text in (
        "Interview sheet",
        "MLOps maturity at AutoCorp",
        "13 Oct 2022",
        "10:00",
        "10:45",
        "Team room beside line 2",
        "Assessor A",
        "Assessor B",
        "ML engineer C",
        "ML-P1",
        "Round 2",
        "Oral, before the start: notes only, reported by role, no recording",
        "What the site allowed (restricted: laptops; forbidden: recording, photographs, removable media)",
        *(f"{sign} {word}" for sign, word in words.MARKERS),
    ):
        assert text in first, text


def test_no_identity_gets_onto_paper(study, interview_sheet):
    sheet = interview_sheet(study, source="i2")
    assert study.identities
    assert "Kilo, ML engineer" in sheet.flat
    assert "Canary" not in sheet.flat
    assert b"Canary" not in sheet.content


def test_a_blank_sheet_has_lines_for_everything(study, interview_sheet):
    sheet = interview_sheet(study, number=31)
    assert "Sheet 31 · page 1 of 3" in sheet.pages[0]
    assert sheet.flat.count("interviewer observer") == 3
    assert "Assessor One" not in sheet.flat
    assert all("Notes" in text for text in sheet.pages)
    assert len(interview_sheet(study, lined_pages=0).pages) == 1
    assert len(interview_sheet(study, lined_pages=5).pages) == 6


def test_an_interview_without_time_or_guide_is_no_obstacle(study, interview_sheet):
    sheet = interview_sheet(study, source="i1")
    assert "First talk" in sheet.pages[0]
    assert "Lima, IT manager" in sheet.pages[0]


def test_the_guide_named_goes_before_the_interviews_own(autocorp, interview_sheet):
    sheet = interview_sheet(autocorp, source="i12", guide="g1")
    assert guide_of(autocorp, "g1").questions[0].text in sheet.flat
    assert guide_of(autocorp, "g2").questions[0].text not in sheet.flat


def test_an_empty_guide_and_questions_without_time_can_be_printed(make_empty, interview_sheet):
    questions = tuple(Question(key=f"g2-{n}", text=f"Why {n}?") for n in range(40))
    guides = (Guide(key="g1", name="None"), Guide(key="g2", name="Many", questions=questions))
    document = make_empty(guides=guides)
    assert len(interview_sheet(document, guide="g1").pages) == 3
    sheet = interview_sheet(document, guide="g2")
    assert all(question.text in sheet.flat for question in questions)
    assert " min" not in sheet.flat


def test_many_people_go_on_on_the_next_page(study, interview_sheet):
    people = tuple(msgspec.structs.replace(study.participants[0], key=f"x{n}", pseudonym=f"P-{n}-P") for n in range(60))
    source = Source(key="i9", title="All", round="r1", participants=tuple(person.key for person in people))
    sheet = interview_sheet(msgspec.structs.replace(study, participants=people, sources=(source,)), source="i9")
    assert all(f"P-{n}-P" in sheet.flat for n in range(60))
    assert all(bottom > 20 for _, _, bottom, *_ in sheet.rects())


def test_several_sheets_each_have_their_number_and_begin_anew(autocorp, read_sheet):
    content = build_interview_sheets(autocorp, numbers=[8, 9], source="i12", version="1")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Interview sheets 8 to 9"
        count = len(pdf.pages)
    read = read_sheet(content)
    assert read.bookmarks == ["Sheet 8", "Sheet 9"]
    assert f"Sheet 9 · page 1 of {count // 2}" in read.pages[count // 2]


@pytest.mark.parametrize(("how", "what"), [({"source": "gone"}, "interview"), ({"guide": "gone"}, "guide")])
def test_what_the_study_does_not_hold_is_refused(autocorp, how, what):
    with pytest.raises(SheetNotSetError, match=f'no {what} "gone"') as refused:
        build_interview_sheet(autocorp, number=1, version="1", **how)
    assert isinstance(refused.value, FieldquillError)


def test_nothing_but_our_own_type_is_set_and_the_file_tells_no_time(sheet):
    with pikepdf.open(io.BytesIO(sheet.content)) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
        info = {name: str(value) for name, value in pdf.docinfo.items()}
    assert fonts
    assert all("IBMPlexSans" in str(font.BaseFont) for font in fonts)
    assert info["/Creator"] == "Fieldquill 9.8.7"
    assert not {"/CreationDate", "/ModDate"} & set(info)


def test_words_stay_within_the_margins(sheet, page):
    for _, left, bottom, right, top in sheet.rects():
        assert left >= SIDE - 1
        assert right <= PAGES[page][0] - SIDE + 1
        assert 20 < bottom < top < PAGES[page][1] - 20


def test_the_same_study_gives_the_same_bytes_in_every_process(autocorp):
    digests = set()
    for seed, more in (("1", {}), ("2", {"SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Tokyo"})):
        environment = {**os.environ, "PYTHONHASHSEED": seed, **more}
        done = subprocess.run(
            [sys.executable, "-c", BUILD], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout.strip())
    here = build_interview_sheet(autocorp, number=7, source="i12", version="1")
    assert digests == {hashlib.sha256(here).hexdigest()}
