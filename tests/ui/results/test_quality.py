"""The Quality part of the results as a person uses it: choose a case and a kind, go where a thing is settled."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from app.actions import assess, coding, session
from app.actions import follow_ups as asking
from app.actions.things import change
from app.analysis.quality import Matter
from app.model.assessment import Ballot, BallotMember, FrozenRubric, Override
from app.rubric import library
from app.scoring.scale import Verdict
from tests.ui.test_accessibility import nameless
from ui.main_window.commands import commands_of
from ui.notebook.cards import CARD
from ui.overview.cases_state import KEY as CASE
from ui.widgets.things import KEY

ENTER, DOWN, UP, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab
LEFT = Qt.MouseButton.LeftButton


def at(criterion, case="paint", assessor="ada"):
    return assess.Place("mlops-maturity", criterion, case, "r1", assessor)


@pytest.fixture
def desk(window):
    return window.workspace.desk


@pytest.fixture
def part(window, qtbot):
    """The part as it is first shown, in the real window."""
    window.workspace.show_page("results", "quality:")
    part = window.workspace.page.parts.part
    part.list.setFocus()
    qtbot.waitUntil(part.list.hasFocus)
    return part


def answer(desk, place, verdict, reason=None):
    """Answer as the assessor of the place, and be Ada again."""
    desk.study.work_as(place.assessor)
    desk.do(assess.answer, place, verdict, reason)
    desk.study.work_as("ada")


def keys(part):
    return [card.key for card in part.list.cards.cards if not card.heading]


def heads(part):
    return [card.head for card in part.list.cards.cards if card.heading]


def kinds(part):
    model = part.kinds.model()
    return {model.index(row).data(): _detail(model.index(row)) for row in range(model.rowCount())}


def _detail(index):
    return int(index.data(KEY + 1).detail)


def choose_kind(part, key):
    model = part.kinds.model()
    row = next(row for row in range(model.rowCount()) if model.index(row).data(KEY) == key)
    part.kinds.setCurrentIndex(model.index(row))


def click(qtbot, view, index):
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def click_card(qtbot, part, key):
    part.list.set_current(key)
    click(qtbot, part.list, part.list.currentIndex())


def test_figures_kinds_and_cards_say_how_much_there_is(part):
    assert part.strip.accessibleName() == (
        "24 of 62 known; 4 unknown; 1 withheld; 33 unanswered; 4 of 26 with evidence; "
        "5 of 5 links, said; 0 of 5 links, shown; 0 of 5 links, documented"
    )
    assert kinds(part) == {
        "Everything": 63,
        "Unanswered": 33,
        "Unknown": 3,
        "Assessors differ": 1,
        "No evidence": 22,
        "Notes not finished": 1,
        "Interview not coded": 1,
        "Question without an answer": 1,
        "Withheld": 1,
    }
    assert len(keys(part)) == 63
    assert heads(part)[:2] == ["Unanswered  33", "Unknown  3"]
    assert part.window().workspace.page.parts.bar.button("quality").isChecked()
    assert part.list.verticalScrollBar().value() == 0, "the first heading is in sight"


def test_the_cases_say_how_they_stand(part):
    model = part.cases.model()
    rows = [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(3)]
    assert rows == [
        ["All cases", "24 of 62", "4", "1", "33", "4 of 26", "63"],
        ["Paint inspection", "21 of 31", "1", "1", "8", "3 of 21", "29"],
        ["Part sorting", "3 of 31", "3", "0", "25", "1 of 5", "34"],
    ]
    told = model.index(1, 5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Paint inspection: 3 of 21 answers with evidence"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Paint inspection"


def test_a_case_that_looks_like_markup_is_told_as_it_is_called(part, desk):
    first = desk.document.cases[0]
    assert desk.do(change, replace(first, name="<b>Bold</b>")) is not None
    model, asks = part.cases.model(), Qt.ItemDataRole.ToolTipRole
    assert model.index(1, 0).data(asks) == "<qt>&lt;b&gt;Bold&lt;/b&gt;</qt>"
    assert model.index(1, 5).data(asks).startswith("<qt>&lt;b&gt;Bold&lt;/b&gt;: 3 of 21")
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "<b>Bold</b>"


def test_a_click_leads_to_the_criterion(qtbot, window, part):
    click_card(qtbot, part, "unanswered/sorting/regular-checks")
    page = window.workspace.page
    assert (page.name, page.case, page.view.current) == ("assess", "sorting", "regular-checks")


def test_enter_leads_there_and_what_was_settled_is_gone_when_one_comes_back(qtbot, window, part, desk):
    first, second, *_ = keys(part)
    assert part.list.current_key() == first
    qtbot.keyClick(part.list, ENTER)
    page = window.workspace.page
    assert (page.case, page.view.current) == ("paint", "representative-test-data")
    desk.do(assess.answer, at("representative-test-data"), Verdict.UNKNOWN)
    window.workspace.show_page("results")
    assert window.workspace.page.parts.part is part
    assert first not in keys(part)
    assert "unknown/paint/representative-test-data" in keys(part)
    assert part.list.current_key() == second, "the next one follows"


def test_a_case_and_a_kind_are_chosen_with_the_keys_alone(qtbot, part):
    part.cases.setFocus()
    qtbot.keyClick(part.cases, DOWN)
    assert part.cases.currentIndex().data(CASE) == "paint"
    assert kinds(part)["Everything"] == 29
    assert kinds(part)["Notes not finished"] == 0, "a kind of another case stays where it was"
    assert all("sorting" not in key for key in keys(part))
    qtbot.keyClick(part.cases, TAB)
    assert part.kinds.hasFocus()
    for _ in range(2):
        qtbot.keyClick(part.kinds, DOWN)
    assert keys(part) == ["unknown/paint/model-rollback"]
    qtbot.keyClick(part.kinds, TAB)
    assert part.list.hasFocus()
    with qtbot.waitSignal(part.go) as led:
        qtbot.keyClick(part.list, ENTER)
    assert led.args == ["assess", "paint/model-rollback"]


def test_keys_go_on_to_the_next_kind_and_case_and_round(qtbot, part):
    qtbot.keyClick(part.list, Qt.Key.Key_F)
    assert part.shown_thing() == "/unanswered"
    for shown in ("paint/unanswered", "sorting/unanswered", "/unanswered"):
        qtbot.keyClick(part.list, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert part.shown_thing() == shown
    qtbot.keyClick(part.list, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert part.shown_thing() == "sorting/unanswered"
    assert part.list.hasFocus()


def test_a_case_and_a_kind_are_chosen_by_click(qtbot, part):
    click(qtbot, part.cases, part.cases.model().index(2, 3))
    assert kinds(part)["Everything"] == 34
    model = part.kinds.model()
    click(qtbot, part.kinds, model.index(list(kinds(part)).index("Assessors differ")))
    assert keys(part) == ["differ/sorting/wrong-output-reports"]
    with qtbot.waitSignal(part.go) as led:
        click_card(qtbot, part, "differ/sorting/wrong-output-reports")
    assert led.args == ["assess", "differences:sorting/wrong-output-reports"]


def test_a_kind_that_the_case_has_none_of_says_so(part):
    part.show_thing("sorting/withheld")
    assert keys(part) == []
    assert part._none.text() == "Nothing of this kind is left for this case."
    assert part._stack.currentWidget() is part._emptied
    part.show_thing("/withheld")
    assert keys(part) == ["withheld/paint/input-validation"]


def test_a_kind_of_which_nothing_is_left_stays_chosen(part, desk):
    choose_kind(part, "differ")
    answer(desk, at("wrong-output-reports", "sorting", "ben"), Verdict.FULLY)
    desk.show()
    assert (keys(part), part.shown_thing(), part._none.text()) == ([], "/differ", "Nothing is left.")
    answer(desk, at("wrong-output-reports", "sorting", "ben"), Verdict.LARGELY)
    desk.show()
    assert keys(part) == ["differ/sorting/wrong-output-reports"]


def test_case_and_kind_are_remembered_and_can_be_gone_back_to(window, part):
    part.show_thing("paint/no_evidence")
    part.list.set_current("no_evidence/assess/paint/tracked-runs")
    assert part.shown_thing() == "paint/no_evidence"
    assert window.workspace.page.shown_thing() == "quality:paint/no_evidence"
    window.workspace.show_page("overview")
    window.workspace.show_page("results")
    assert (part.cases.case, part.list.current_key()) == ("paint", "no_evidence/assess/paint/tracked-runs")
    part.show_thing("gone/nothing")
    assert (part.shown_thing(), len(keys(part))) == ("/", 63)


def test_a_question_leads_to_its_follow_up(qtbot, window, part):
    click_card(qtbot, part, "follow_up/f1")
    page = window.workspace.page
    assert page.name == "interviews"
    assert page._middle.currentWidget() is page._follow_ups
    assert page._follow_ups.list.current_key() == "f1"
    page.show_thing("follow-ups/f1")
    assert page._middle.currentWidget() is page._follow_ups, "led there once more it stays"
    page.show_thing("i2")
    assert page.source.key == "i2"


def test_an_interview_leads_to_its_notes_and_is_gone_once_finished_and_coded(qtbot, window, part, desk):
    click_card(qtbot, part, "unfinished/i2")
    page = window.workspace.page
    assert (page.name, page.source.key) == ("interviews", "i2")
    desk.do(session.finish, "i2")
    desk.do(asking.drop, "f1", "told by mail")
    window.workspace.show_page("results")
    assert "unfinished/i2" not in keys(part)
    assert "follow_up/f1" not in keys(part)
    assert "uncoded/i2" in keys(part)


def test_what_is_told_after_undo_is_as_before(part, desk):
    before = keys(part)
    desk.do(assess.answer, at("regular-checks", "sorting"), Verdict.NOT_ACHIEVED)
    assert "unanswered/sorting/regular-checks" not in keys(part)
    desk.undo()
    assert keys(part) == before


def test_an_override_that_has_lapsed_leads_to_the_level_and_is_gone_once_it_is_set_anew(qtbot, window, part, desk):
    lapsed = Override(
        rubric="mlops-maturity", principle="traceability", case="sorting", round="r1", level="high", assessor="ada",
        reason="we saw it", basis="versioned-code:fully",
    )  # fmt: skip
    desk.do(lambda unit: unit.add(lapsed) and "Set")
    assert "lapsed/sorting/traceability" in keys(part)
    click_card(qtbot, part, "lapsed/sorting/traceability")
    page = window.workspace.page
    assert (page.name, page.parts.shown) == ("results", "levels")
    assert page.heat_map.place == ("sorting", "traceability")
    desk.undo()
    page.parts.show_part("quality")
    assert "lapsed/sorting/traceability" not in keys(part)


def test_answers_that_are_hidden_stay_hidden(part, desk):
    secret = Ballot(
        rubric="mlops-maturity", case="sorting", round="r1",
        members=(BallotMember(assessor="ada"), BallotMember(assessor="ben")), begun_at=datetime(2024, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    desk.do(lambda unit: unit.add(secret) and "Begin")
    assert "differ/sorting/wrong-output-reports" not in keys(part)
    assert "no_evidence/assess/sorting/wrong-output-reports" not in keys(part), "it was Ben's answer alone that lacked"


def test_another_round_and_another_rubric(part, desk):
    desk.show(in_round="r2")
    assert part._about.text().startswith("Round 2 · MLOps maturity")
    assert kinds(part)["Unanswered"] == 62
    assert "Notes not finished" not in kinds(part), "those of another round"
    points = FrozenRubric(key="ml-test-score", version="1.0", text=library.text("ml-test-score"))
    desk.do(lambda unit: unit.add(points) and "Take")
    desk.show(rubric="ml-test-score", in_round="r1")
    assert "ML Test Score" in part._about.text()
    assert kinds(part)["Unanswered"] == 56
    card = part.list.cards.index(1).data(CARD)
    assert card.feet == ("Serious gaps likely depends on it",)


def everything_settled(desk):
    for case in desk.document.cases:
        for criterion in desk.assessment.rubric.criteria:
            desk.do(assess.answer, at(criterion.id, case.key), Verdict.NOT_APPLICABLE, "no need")
            answer(desk, at(criterion.id, case.key, "ben"), None)
    desk.show()
    desk.do(session.finish, "i2")
    desk.do(asking.drop, "f1", "told by mail")


def test_when_nothing_is_left_it_says_so_and_leads_on(qtbot, part, desk):
    everything_settled(desk)
    (left,) = keys(part)
    assert left == "uncoded/i2"
    passage = next(each.key for each in desk.document.passages if each.source == "i2")
    desk.do(coding.put_on, coding.Place("i2", passages=(passage,)), "training")
    assert keys(part) == []
    assert part._stack.currentWidget() is part.nothing
    with qtbot.waitSignal(part.go) as led:
        qtbot.mouseClick(part.nothing.button, LEFT)
    assert led.args == ["report", ""]


def test_what_is_listed_is_the_table_for_a_workbook(part):
    part.show_thing("paint/unknown")
    listed, cases = part.tables()
    assert listed.head == ("Kind", "Cases", "Principle", "Criterion", "What", "Note")
    (row,) = listed.rows
    assert row[:4] == ("Unknown", "Paint inspection", "Training & deployment", "model-rollback")
    assert [row[0] for row in cases.rows] == ["All cases", "Paint inspection", "Part sorting"]
    assert len(cases.head) == len(cases.rows[0])


def test_columns_give_way_where_the_names_of_cases_need_the_room(part, window):
    def shown():
        return [column for column in range(7) if not part.cases.isColumnHidden(column)]

    window.resize(1920, 1000)
    assert shown() == [0, 1, 2, 3, 4, 5, 6]
    window.resize(1000, 800)
    assert {0, 1, 4, 6} <= set(shown()) < {0, 1, 2, 3, 4, 5, 6}


def test_every_control_has_a_name_and_its_keys_are_among_the_commands(part, window):
    assert nameless(window) == []
    words = {command.text for command in commands_of("Results", window.workspace.page)}
    assert {"Go where it is settled", "Next kind of what to look at", "Next case", "Case before"} <= words


def test_coverage_is_counted_once_for_all_who_show_it(part, desk):
    before = desk.coverage
    assert desk.coverage is before
    desk.do(assess.answer, at("regular-checks", "sorting"), Verdict.NOT_ACHIEVED)
    assert desk.coverage.answers == before.answers + 1


def test_every_kind_has_a_name(part):
    assert set(part._found.names) == set(Matter)
    assert part.panel() is None
    assert replace(part._found, concerns=()).of() == ()


def test_it_begins_where_other_parts_begin_however_wide_the_window_is(part):
    part.resize(2000, 800)
    part.layout().activate()
    assert part.layout().itemAt(0).geometry().left() == 0
