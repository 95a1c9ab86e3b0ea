"""The rubric sheet, read back: every criterion with its boxes."""

import msgspec
import pytest

from app.actions.create import freeze
from app.model.assessment import FrozenRubric
from app.report.paper import words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.rubric import build_rubric_sheet, build_rubric_sheets
from app.rubric import library
from app.scoring.scale import SCALE

BOXES = "N P L F n/a ? W"


@pytest.fixture(scope="module", params=["a4", "letter"])
def sheet(autocorp, rubric_sheet, request):
    return rubric_sheet(autocorp, case="ml-p1", page=request.param)


def test_every_criterion_has_its_level_its_evidence_and_its_boxes(sheet):
    rubric = library.load("mlops-maturity")
    for criterion in rubric.criteria:
        assert " ".join(criterion.statement.split()) in sheet.flat
        assert f"Evidence: {' '.join(criterion.evidence.split())}" in sheet.flat
    count = len(rubric.criteria)
    assert sheet.flat.count(BOXES) == count
    assert sheet.flat.count("Reason") == count
    assert sheet.flat.count("said shown documented") == count
    for level in rubric.levels:
        assert sheet.flat.count(f"{level.name} ") >= sum(each.level == level.id for each in rubric.criteria)


def test_principles_stand_in_order_and_are_named_again_where_they_go_on(sheet):
    rubric = library.load("mlops-maturity")
    begins = [f"{principle.name} {principle.description.split()[0]}" for principle in rubric.principles]
    places = [sheet.flat.index(begin) for begin in begins]
    assert places == sorted(places)
    for text in sheet.pages[1:]:
        assert ", continued" in text or any(begin in text for begin in begins)


def test_every_page_bears_the_sheet_the_page_and_the_marking_twice(sheet):
    for number, text in enumerate(sheet.pages, 1):
        assert f"Sheet 7 · page {number} of {len(sheet.pages)}" in text
        assert text.count("AutoCorp - confidential") == 2


def test_the_head_says_which_case_and_round_and_what_the_letters_mean(sheet):
    first = sheet.pages[0]
    assert "Rubric sheet" in first
    assert "Case ML-P1 Round Round 2 Assessor Day" in first
    assert "N not achieved" in first
    assert "> 50–85 %" in first  # noqa: RUF001
    assert "W withheld" in first


def test_boxes_are_those_of_the_scale():
    rubric = library.load("mlops-maturity")
    boxes = words.boxes(rubric, rubric.principles[0])
    assert {box.letters for box in boxes} == set(BOXES.split())
    assert len(boxes) == len(SCALE)


@pytest.mark.parametrize("key", library.shipped())
def test_every_rubric_has_its_sheet(study, rubric_sheet, key):
    rubric = library.load(key)
    flat = rubric_sheet(msgspec.structs.replace(study, rubrics=(freeze(FrozenRubric(key=key)),))).flat
    for principle in rubric.principles:
        assert " ".join(principle.name.split()) in flat
        for box in words.boxes(rubric, principle):
            assert box.word in flat
        for level in principle.levels if rubric.rule == "choice" else ():
            assert " ".join(principle.levels[level].split())[:40] in flat
    for criterion in rubric.criteria:
        assert " ".join(criterion.statement.split())[:30] in flat


def test_a_blank_sheet_names_no_case_and_no_round(study, rubric_sheet):
    sheet = rubric_sheet(study)
    assert "Cracks" not in sheet.flat
    assert "Round 2" not in sheet.pages[0]


def test_a_round_can_be_named(study, rubric_sheet):
    assert "Round 1" in rubric_sheet(study, case="c2", round="r1").pages[0]
    assert "Case Scratches Round Round 2 " in rubric_sheet(study, case="c2").pages[0]


def test_a_study_without_rounds_can_be_printed_for(study, rubric_sheet):
    bare = msgspec.structs.replace(study, rounds=(), answers=())
    assert "Cracks" in rubric_sheet(bare, case="c1").pages[0]


@pytest.mark.parametrize(
    ("how", "told"),
    [({"case": "gone"}, 'no case "gone"'), ({"round": "gone"}, 'no round "gone"')],
)
def test_what_the_study_does_not_hold_is_refused(study, how, told):
    with pytest.raises(SheetNotSetError, match=told):
        build_rubric_sheet(study, number=1, version="1", **how)


def test_a_study_without_a_rubric_has_no_rubric_sheet(make_empty):
    with pytest.raises(SheetNotSetError, match="has no rubric"):
        build_rubric_sheet(make_empty(), number=1, version="1")


def test_the_same_sheets_are_the_same_bytes(study):
    one, two = (build_rubric_sheets(study, numbers=[3, 4], version="1") for _ in range(2))
    assert one == two
    assert one != build_rubric_sheet(study, number=3, version="1")


def test_words_stay_on_the_page(sheet):
    width = sheet.size[0]
    assert all(left > 45 and right < width - 45 and bottom > 20 for _, left, bottom, right, _ in sheet.rects())
