"""The Assess page with rubrics of every rule: levels picked, points counted, answers proposed from elsewhere."""

import pytest
from PySide6.QtCore import Qt

from app.scoring.scale import Verdict
from ui.assess.delegate import keys_under
from ui.assess.keys import answer_keys
from ui.assess.model import ROW
from ui.assess.rows import CriterionRow, Filter, GateRow, HeadRow, counts
from ui.assess.view import part_text
from ui.main_window.commands import commands_of

MICROSOFT, BRECK, NINE = "microsoft-mlops-maturity", "ml-test-score", "mlops-principles"
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def answer_of(desk, criterion, rubric, who="ada", case="paint"):
    here = (rubric, criterion, case, "r1", who)
    found = (each for each in desk.document.answers if each.rubric == rubric)
    return next((a for a in found if (a.rubric, a.criterion, a.case, a.round, a.assessor) == here), None)


def head(page, principle):
    return next(row for row in page.view.criteria.rows if isinstance(row, HeadRow) and row.key == principle)


def click_part(qtbot, page, criterion, part):
    page.view.set_current(criterion)
    page.view.scrollTo(page.view.currentIndex())
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=page.view.part_point(criterion, part))


def commands(page):
    return {command.text: command.key for command in commands_of("Assess", page)}


def test_another_rubric_is_shown_from_its_head_on(several, page_of):
    page = page_of("mlops-maturity")
    page.view.step(20)
    page.view.set_current(page.view.criteria.rows[-1].key)
    page.view.scrollTo(page.view.currentIndex())
    assert page.view.verticalScrollBar().value() > 0
    several.show(rubric=MICROSOFT)
    page.refresh()
    assert page.view.current == "working-together"
    assert page.view.verticalScrollBar().value() == 0


def test_where_levels_have_no_room_in_full_a_plus_says_they_may_be_higher(several, page_of):
    tabs = page_of(MICROSOFT).tabs
    tab = tabs._model.tabs[0]
    tabs.setFixedWidth(900)
    assert tabs._painter.badge(tab) == tab.badge == "Level 0, at most Level 4"
    tabs.setFixedWidth(240)
    assert tabs._painter.badge(tab) == "Level 0 +"
    tabs.setFixedWidth(900)
    assert tabs._painter.badge(tab) == tab.badge


# Levels to pick


def test_a_level_is_picked_by_its_digit_and_alike_levels_are_one_option(qtbot, several, page_of):
    page = page_of(MICROSOFT)
    page.view.set_current("working-together")
    row = page.view.row("working-together")
    assert [option.name for option in row.options] == [
        "Level 0 to Level 1, alike here",
        "Level 2",
        "Level 3",
        "Level 4",
    ]
    assert all(option.text for option in row.options)
    for key, verdict in (
        ("2", Verdict.LEVEL_2),
        ("0", Verdict.LEVEL_1),
        ("4", Verdict.LEVEL_4),
        ("1", Verdict.LEVEL_1),
    ):
        qtbot.keyClicks(page.view, key)
        assert answer_of(several, "working-together", MICROSOFT).verdict is verdict
    assert head(page, "people").standing.name == "Level 1"
    assert head(page, "people").needs == "Level 0 and Level 1 are alike here: it counts as Level 1"
    qtbot.keyClicks(page.view, "9")
    assert answer_of(several, "working-together", MICROSOFT).verdict is Verdict.LEVEL_1
    qtbot.keyClick(page.view, Qt.Key.Key_Backspace)
    assert answer_of(several, "working-together", MICROSOFT).verdict is None


def test_a_description_is_clicked_to_pick_it_and_again_to_take_it_back(qtbot, several, page_of):
    page = page_of(MICROSOFT)
    click_part(qtbot, page, "making-models", "level-3")
    assert answer_of(several, "making-models", MICROSOFT).verdict is Verdict.LEVEL_3
    assert page.view.row("making-models").words.split(". ")[1] == "Level 2 to Level 3, alike here"
    click_part(qtbot, page, "making-models", "level-3")
    assert answer_of(several, "making-models", MICROSOFT).verdict is None
    click_part(qtbot, page, "making-models", "unknown")
    assert answer_of(several, "making-models", MICROSOFT).verdict is Verdict.UNKNOWN


def test_criteria_without_levels_stand_right_under_their_principle(page_of):
    page = page_of(MICROSOFT)
    rows = page.view.criteria.rows
    assert not any(isinstance(row, GateRow) for row in rows)
    assert [type(row) for row in rows] == [HeadRow, CriterionRow] * 4


def test_the_keys_of_the_rubric_shown_are_in_the_palette(several, page_of):
    page = page_of(MICROSOFT)
    assert commands(page)["Pick Level 0"] == "0"
    assert commands(page)["Take the answer back"] == "Backspace"
    assert "Fully achieved, 85-100 %" not in commands(page)
    several.show(rubric=BRECK)
    assert commands(page)["Done by hand, results documented and shared, 0.5 points"] == "2"
    assert "Pick Level 0" not in commands(page)
    several.show(rubric="mlops-maturity")
    assert commands(page)["Largely achieved, > 50-85 %"] == "2"
    assert commands(page)["Go to the evidence"] == "Ctrl+E"


@pytest.mark.parametrize("rubric", ["mlops-maturity", MICROSOFT, BRECK, NINE])
def test_every_key_answers_and_every_tooltip_tells_it(qtbot, several, page_of, rubric):
    page = page_of(rubric)
    criterion = page.view.current
    for key in answer_keys(several.assessment.rubric):
        if key == "n":
            continue
        qtbot.keyClicks(page.view, key)
        row = page.view.row(criterion)
        assert answer_of(several, criterion, rubric).verdict is row.own
        step = row.answers.step(row.own)
        assert part_text(row, str(row.own)).endswith(f"({step.key.upper()})")
        assert part_text(row, str(row.own)).startswith(step.label)


# Points


def test_points_are_counted_over_each_section(qtbot, several, page_of):
    page = page_of(BRECK)
    section = several.assessment.rubric.principles[0]
    for criterion, key in zip(section.criteria, "1212333", strict=True):
        page.view.set_current(criterion.id)
        qtbot.keyClicks(page.view, key)
    shown = head(page, section.id)
    assert shown.interval.endswith("3 of 7 points")
    assert shown.needs.endswith("begins above 3")
    row = page.view.row(section.criteria[1].id)
    assert part_text(row, "partially") == "Done by hand, results documented and shared, 0.5 points (2)"
    qtbot.keyClicks(page.view, "4")  # three answers are offered
    assert answer_of(several, section.criteria[6].id, BRECK).verdict is Verdict.NOT_ACHIEVED


def test_words_stand_on_the_buttons_where_there_is_room_and_points_where_there_is_none(page_of):
    page = page_of(BRECK)
    row = page.view.row(page.view.current)

    def letters():
        index = page.view.currentIndex()
        return [
            segment.letters for segment in page.view.painter.parts(row, page.view.visualRect(index).toRectF()).scale
        ]

    assert letters()[:3] == ["Automated", "Manual", "Not done"]
    page.resize(560, 760)
    assert letters()[:3] == ["1", "0.5", "0"]


@pytest.mark.parametrize("rubric", [MICROSOFT, BRECK, NINE])
@pytest.mark.parametrize("only", list(Filter))
def test_filters_let_through_what_they_count(qtbot, several, page_of, rubric, only):
    page = page_of(rubric)
    qtbot.keyClicks(page.view, "1")
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    qtbot.keyClicks(page.view, "u")
    everything = page._rows(page.judged_case)
    page._choose_filter(str(only))
    shown = [row for row in page.view.criteria.rows if isinstance(row, CriterionRow)]
    assert len(shown) == counts(everything)[only]
    if only in (Filter.UNKNOWN, Filter.NO_EVIDENCE):
        assert len(shown) == 1


# Proposals


@pytest.fixture
def proposing(several, page_of):
    """The page with a rubric that the answers to another one propose answers to."""
    page = page_of(NINE)
    keys = [row.key for row in page.view.criteria.rows if isinstance(row, CriterionRow) and row.proposed]
    assert keys
    page.view.set_current(keys[0])
    return page


def proposed(page):
    return [row.key for row in page.view.criteria.rows if isinstance(row, CriterionRow) and row.proposed]


def test_a_proposal_is_shown_and_accepted_by_its_key(qtbot, several, proposing):
    key = proposing.view.current
    row = proposing.view.row(key)
    assert row.own is None
    qtbot.waitUntil(lambda: not proposing._follow.isActive())
    assert proposing.evidence.proposal.isVisible()
    assert proposing.evidence.proposal.text == row.proposed.words
    assert part_text(row, "rationale").startswith("Proposed: ")
    qtbot.keyClick(proposing.view, Qt.Key.Key_P)
    made = answer_of(several, key, NINE)
    assert made.verdict is row.proposed.verdict
    assert made.rationale == row.proposed.rationale
    source = [a for a in several.document.answers if a.rubric == "mlops-maturity" and a.case == "paint"]
    under = {e.passage for a in source if a.criterion in row.proposed.criteria for e in a.evidence}
    assert {each.passage for each in made.evidence} == under
    assert key not in proposed(proposing)
    qtbot.waitUntil(lambda: not proposing._follow.isActive())
    assert not proposing.evidence.proposal.isVisible()
    several.undo()
    assert key in proposed(proposing)


def test_a_proposal_is_accepted_by_its_button(qtbot, several, proposing):
    key = proposing.view.current
    qtbot.waitUntil(lambda: not proposing._follow.isActive())
    qtbot.mouseClick(proposing.evidence.proposal.accept, LEFT)
    assert answer_of(several, key, NINE).verdict is not None


def test_all_proposals_of_a_case_are_accepted_in_one_step(qtbot, several, proposing):
    keys = proposed(proposing)
    assert proposing.accept_all.text() == f"Accept all {len(keys)}"
    told = []
    several.told.connect(told.append)
    qtbot.keyClick(proposing.view, Qt.Key.Key_P, SHIFT)
    assert all(answer_of(several, key, NINE).verdict is not None for key in keys)
    assert told[0].startswith(f"Accept {len(keys)} proposed answer")
    assert not proposing.accept_all.isVisible()
    several.undo()
    assert proposed(proposing) == keys
    qtbot.mouseClick(proposing.accept_all, LEFT)
    assert proposed(proposing) == []


def test_nothing_is_proposed_to_nobody_nor_in_a_study_of_one_rubric(several, page, proposing):
    assert proposed(page) == []
    assert not page.accept_all.isVisible()
    several.study.work_as("")
    proposing.refresh()
    assert proposed(proposing) == []


def test_passages_coded_to_a_principle_that_proposes_come_first(qtbot, several, page_of):
    page = page_of(NINE)
    rubric, tied = several.assessment.rubric, page._side.proposals.tied
    monitoring = ("mlops-maturity", "monitoring-feedback")
    key = next(each.id for each in rubric.criteria if tied(each.id) == {monitoring})
    page.view.set_current(key)
    qtbot.waitUntil(lambda: not page._follow.isActive())
    offered = [card.key for card in page.evidence.cards.cards.cards if card.key.startswith("offered:")]
    assert offered[0] == "offered:q3"  # it is coded to monitoring; q1 and q2 come before it in the notes


@pytest.mark.parametrize("rubric", [BRECK, MICROSOFT, "mlops-maturity"])
def test_under_the_buttons_of_the_current_criterion_stand_their_keys_while_they_count(qtbot, page_of, rubric):
    view = page_of(rubric).view
    index, row = view.currentIndex(), view.currentIndex().data(ROW)
    parts = view.painter.parts(row, view.visualRect(index).toRectF())
    keys = keys_under(row, parts)
    assert [key for key, _ in keys] == [row.answers.step(each.verdict).key.upper() for each in parts.scale]

    def written():
        picture = view.viewport().grab().toImage()
        return [_inks(picture, where) > 1 for _, where in keys]

    assert all(written())
    assert all(view.visualRect(index).toRectF().contains(where) for _, where in keys)
    view.clearFocus()
    qtbot.waitUntil(lambda: not view.hasFocus())
    assert not any(written())


def _inks(picture, where):
    inside = where.toRect().adjusted(2, 2, -2, -2)
    across, down = range(inside.left(), inside.right()), range(inside.top(), inside.bottom())
    return len({picture.pixel(x, y) for x in across for y in down})
