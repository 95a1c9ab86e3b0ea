"""The Assess page as a person uses it: by keyboard, and by mouse."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.overrides import Place, set_override
from app.actions.things import change
from app.model.assessment import Confidence
from app.model.evidence import Stance, Weight
from app.scoring.scale import SCALE, Verdict
from app.store.errors import NotWritten
from ui.assess.delegate import HEAD_HIGH
from ui.assess.evidence_panel import LINKED, OFFERED
from ui.assess.rows import CriterionRow, Filter, HeadRow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def answer_of(desk, criterion, case="paint", who="ada"):
    found = (
        each for each in desk.document.answers if (each.criterion, each.case, each.assessor) == (criterion, case, who)
    )
    return next((each for each in found if each.round == "r1"), None)


def head(page, principle):
    return next(row for row in page.view.criteria.rows if isinstance(row, HeadRow) and row.key == principle)


def listed(page):
    return [row.key for row in page.view.criteria.rows if isinstance(row, CriterionRow)]


@pytest.fixture
def press(qtbot, page):
    return lambda key, held=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(page.view, key, held)


@pytest.fixture
def settle(qtbot, page):
    """Wait until the panel follows."""
    return lambda: qtbot.waitUntil(lambda: not page._follow.isActive())


def click_part(qtbot, page, criterion, part):
    page.view.set_current(criterion)
    page.view.scrollTo(page.view.currentIndex())
    point = page.view.part_point(criterion, part)
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def click_spot(qtbot, page, key, spot):
    view = page.evidence.cards
    view.scrollTo(view.cards.index(view.cards.place(key)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.spot_point(key, spot).toPoint())


# Answering


@pytest.mark.parametrize("step", [step for step in SCALE if step.key != "n"], ids=lambda step: step.key)
def test_each_key_of_the_scale_answers_the_criterion_in_focus(qtbot, desk, page, press, step):
    page.view.set_current("integration-tests")
    qtbot.keyClicks(page.view, step.key)
    assert answer_of(desk, "integration-tests").verdict is step.verdict
    assert page.view.row("integration-tests").own is step.verdict


def test_a_case_with_a_long_name_leaves_the_others_in_sight_and_the_keyboard_is_seen(qtbot, desk, page):
    first = desk.document.cases[0]
    assert desk.do(change, replace(first, name="A name " * 25)) is not None
    tabs = page.tabs
    qtbot.waitUntil(lambda: tabs.visualRect(tabs.model().index(1, 0)).right() < tabs.viewport().width())
    page.view.setFocus()
    before = tabs.grab().toImage()
    tabs.setFocus()
    assert tabs.grab().toImage() != before


def test_the_level_changes_as_the_answers_do(desk, page, press):
    assert head(page, "training-deployment").standing.name == "Moderate"
    page.view.set_current("automated-training")
    press(Qt.Key.Key_4)
    assert head(page, "training-deployment").standing.name == "Low"
    assert head(page, "training-deployment").needs == "Moderate needs automated training (not)"
    press(Qt.Key.Key_U)
    assert head(page, "training-deployment").interval == "Low, at most Moderate: 1 criterion unknown"
    press(Qt.Key.Key_2)
    assert head(page, "training-deployment").standing.name == "Moderate"


def test_answering_everything_reaches_the_top_and_the_tab_says_so(desk, page, press):
    page.view.set_current(listed(page)[0])
    for _ in listed(page):
        press(Qt.Key.Key_1)
        press(Qt.Key.Key_J)
    assert [row.standing.name for row in page.view.criteria.rows if isinstance(row, HeadRow)] == ["High"] * 3
    assert page.tabs._model.tabs[0].badge == "High"
    assert len([each for each in desk.document.answers if each.case == "paint" and each.verdict is Verdict.FULLY]) == 31


def test_a_tab_says_what_follows_from_what_the_team_set(desk, page):
    place = Place(rubric="mlops-maturity", principle="traceability", case="paint", round="r1")
    desk.do(set_override, place, "low", "Seen on site.")
    tab = page.tabs._model.tabs[0]
    assert tab.badge == f"{tab.standing.name} · {tab.standing.team.brief}"
    assert tab.standing.team.words in tab.standing.words


def test_arrows_and_letters_move_past_the_heads(page, press):
    order = listed(page)
    assert page.view.current == order[0]
    press(Qt.Key.Key_K)
    assert page.view.current == order[0]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J):
        press(key)
    assert page.view.current == order[4]
    press(Qt.Key.Key_Up)
    assert page.view.current == order[3]


def test_home_and_end_go_to_the_first_and_the_last_criterion(page, press):
    order = listed(page)
    press(Qt.Key.Key_End)
    assert page.view.current == order[-1]
    press(Qt.Key.Key_Home)
    assert page.view.current == order[0]
    page.view.show_rows([])
    assert (page.view.criteria.first(), page.view.criteria.last()) == (-1, -1)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_End)
    assert page.view.current == ""


def test_an_answer_is_taken_back_by_backspace_and_by_a_second_click(qtbot, desk, page, press):
    page.view.set_current("automated-training")
    press(Qt.Key.Key_Backspace)
    assert answer_of(desk, "automated-training").verdict is None
    click_part(qtbot, page, "automated-training", "largely")
    assert answer_of(desk, "automated-training").verdict is Verdict.LARGELY
    click_part(qtbot, page, "automated-training", "largely")
    assert answer_of(desk, "automated-training").verdict is None
    desk.undo()
    assert page.view.row("automated-training").own is Verdict.LARGELY


def test_everything_in_a_row_can_be_clicked(qtbot, desk, page):
    for verdict in ("fully", "partially", "not", "unknown", "withheld"):
        click_part(qtbot, page, "threshold-alarms", verdict)
        assert answer_of(desk, "threshold-alarms").verdict == verdict
    click_part(qtbot, page, "threshold-alarms", "confidence")
    assert answer_of(desk, "threshold-alarms").confidence is Confidence.LOW
    click_part(qtbot, page, "threshold-alarms", "rationale")
    qtbot.waitUntil(page.view.editor.hasFocus)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Escape)
    click_part(qtbot, page, "threshold-alarms", "evidence")
    assert page.evidence.cards.hasFocus()


def test_confidence_goes_round(desk, page, press):
    page.view.set_current("automated-training")
    for wanted in (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH, None):
        press(Qt.Key.Key_C)
        assert answer_of(desk, "automated-training").confidence is wanted


# Reasons


def test_not_applicable_asks_for_its_reason_before_anything_is_saved(qtbot, desk, page, press):
    page.view.set_current("integration-tests")
    before = desk.document
    press(Qt.Key.Key_N)
    editor = page.view.editor
    qtbot.waitUntil(editor.hasFocus)
    assert desk.document is before
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert desk.document is before
    assert page.view.hasFocus()
    press(Qt.Key.Key_N)
    qtbot.keyClicks(page.view.editor, "There is nothing to integrate with")
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    made = answer_of(desk, "integration-tests")
    assert (made.verdict, made.rationale) == (Verdict.NOT_APPLICABLE, "There is nothing to integrate with")
    assert page.view.hasFocus()


def test_not_applicable_by_mistake_is_left_by_escape_whatever_was_written_before(qtbot, desk, page, press):
    page.view.set_current("automated-deployment")
    before = answer_of(desk, "automated-deployment")
    assert before.rationale
    press(Qt.Key.Key_N)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Escape)
    assert answer_of(desk, "automated-deployment") == before
    press(Qt.Key.Key_N)
    page.leave()
    assert answer_of(desk, "automated-deployment") == before
    press(Qt.Key.Key_N)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    assert answer_of(desk, "automated-deployment").verdict is Verdict.NOT_APPLICABLE


def test_a_rationale_is_written_in_place_and_kept_by_enter_escape_and_leaving(qtbot, desk, page, press):
    page.view.set_current("automated-training")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.view.editor.hasFocus)
    qtbot.keyClicks(page.view.editor, "Seen on 14 May")
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(page.view.editor, "and again")
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    assert answer_of(desk, "automated-training").rationale == "Seen on 14 May\nand again"
    for leave in (lambda editor: qtbot.keyClick(editor, Qt.Key.Key_Escape), lambda _editor: page.leave()):
        page.view.setFocus()
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(page.view.editor.hasFocus)
        qtbot.keyClicks(page.view.editor, "!")
        leave(page.view.editor)
        assert page.view.editor is None
    assert answer_of(desk, "automated-training").rationale == "Seen on 14 May\nand again!!"


def test_the_letters_of_the_scale_are_letters_in_a_rationale(qtbot, desk, page, press):
    page.view.set_current("automated-training")
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(page.view.editor, "unknown new wjk 1234")
    page.leave()
    assert answer_of(desk, "automated-training").rationale == "unknown new wjk 1234"
    assert answer_of(desk, "automated-training").verdict is Verdict.FULLY


def test_a_reason_cannot_be_taken_from_what_is_not_applicable(qtbot, desk, page, press):
    failures = []
    desk.failed.connect(failures.append)
    page.view.set_current("integration-tests")
    press(Qt.Key.Key_N)
    qtbot.keyClicks(page.view.editor, "No line controller")
    page.leave()
    page.view.setFocus()
    press(Qt.Key.Key_Return)
    page.view.editor.selectAll()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Delete)
    page.leave()
    assert "needs its reason" in failures[0]
    assert answer_of(desk, "integration-tests").rationale == "No line controller"
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Escape)
    assert page.view.editor is None
    assert len(failures) == 1


def test_a_rationale_that_cannot_be_saved_is_still_there(qtbot, desk, page, press, monkeypatch):
    failures = []
    desk.failed.connect(failures.append)
    page.view.set_current("automated-training")
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(page.view.editor, "Precious words")

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.study), "do", full)
        qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    assert failures == ["The medium is full: the change was not saved."]
    assert page.view.editor.toPlainText() == "Precious words"
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    assert answer_of(desk, "automated-training").rationale == "Precious words"


# Cases and filters


def test_each_case_keeps_its_criterion_in_focus(page, press):
    page.view.set_current("model-rollback")
    press(Qt.Key.Key_Right, CTRL)
    assert page.tabs.current == "sorting"
    page.view.set_current("drift-detection")
    press(Qt.Key.Key_Left, CTRL)
    assert (page.tabs.current, page.view.current) == ("paint", "model-rollback")
    press(Qt.Key.Key_Right, CTRL)
    assert page.view.current == "drift-detection"


def test_filters_count_and_keep_what_was_just_answered_in_sight(qtbot, desk, page, press):
    qtbot.mouseClick(page.filters.button("unanswered"), Qt.MouseButton.LeftButton)
    shown = listed(page)
    assert page.filters.button("unanswered").text() == f"Unanswered {len(shown)}"
    page.view.setFocus()
    page.view.set_current(shown[0])
    press(Qt.Key.Key_1)
    assert listed(page) == shown
    assert page.filters.button("unanswered").text() == f"Unanswered {len(shown) - 1}"
    for _ in Filter:  # past those that let nothing through, where the list is out of sight
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_F)
    assert listed(page) == shown[1:]
    assert page.view.hasFocus()


def test_a_filter_that_leaves_nothing_says_so(desk, page, press):
    page.view.set_current(listed(page)[0])
    for _ in range(31):
        press(Qt.Key.Key_1)
        press(Qt.Key.Key_J)
    press(Qt.Key.Key_F)
    assert page._nothing.isVisible()


def test_the_head_sticks_while_its_criteria_are_in_view(page, press):
    for _ in range(14):
        press(Qt.Key.Key_J)
    sticky = page.view._head
    assert sticky.isVisible()
    assert sticky._row.key in {"training-deployment", "monitoring-feedback"}
    assert page.view.visualRect(page.view.currentIndex()).top() >= HEAD_HIGH - 1
    for _ in range(14):
        press(Qt.Key.Key_K)
    assert page.view.visualRect(page.view.currentIndex()).top() >= HEAD_HIGH - 1


# Evidence


def test_evidence_is_linked_weighed_turned_and_unlinked_by_keyboard(qtbot, desk, page, press, settle):
    page.view.set_current("automated-deployment")
    linked = {link.passage for link in answer_of(desk, "automated-deployment").evidence}
    press(Qt.Key.Key_E, CTRL)
    view = page.evidence.cards
    qtbot.waitUntil(view.hasFocus)
    key = view.current_key().removeprefix(OFFERED)
    assert key not in linked
    qtbot.keyClick(view, Qt.Key.Key_E, CTRL)
    settle()
    assert {link.passage for link in answer_of(desk, "automated-deployment").evidence} == linked | {key}
    view.set_current(f"{LINKED}{key}")
    qtbot.keyClick(view, Qt.Key.Key_W)
    settle()
    qtbot.keyClick(view, Qt.Key.Key_S)
    settle()
    link = next(each for each in answer_of(desk, "automated-deployment").evidence if each.passage == key)
    assert (link.weight, link.stance) == (Weight.SHOWN, Stance.CONTRADICTS)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    settle()
    assert {link.passage for link in answer_of(desk, "automated-deployment").evidence} == linked
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert page.view.hasFocus()


def test_evidence_is_linked_and_unlinked_by_mouse(qtbot, desk, page, settle):
    page.view.set_current("tuned-alarm-sensitivity")
    settle()
    click_spot(qtbot, page, f"{OFFERED}q3", "link")
    settle()
    assert [link.passage for link in answer_of(desk, "tuned-alarm-sensitivity").evidence] == ["q3"]
    assert page.view.row("tuned-alarm-sensitivity").evidence == 1
    click_spot(qtbot, page, f"{LINKED}q3", "weight")
    settle()
    assert answer_of(desk, "tuned-alarm-sensitivity").evidence[0].weight is Weight.SHOWN
    click_spot(qtbot, page, f"{LINKED}q3", "unlink")
    settle()
    assert answer_of(desk, "tuned-alarm-sensitivity").evidence == ()


def test_evidence_leads_to_the_notes(qtbot, page, settle):
    page.view.set_current("drift-detection")
    settle()
    with qtbot.waitSignal(page.go) as went:
        click_spot(qtbot, page, f"{LINKED}q3", "jump")
    assert went.args == ["interviews", "q3"]


def test_guidance_and_passages_follow_the_criterion_in_focus(qtbot, page, settle):
    page.view.set_current("drift-detection")
    settle()
    cards = page.evidence.cards.cards.cards
    assert cards[0].head == "Linked 1"
    assert cards[1].text == "No alarm when the input drifts"
    criterion = page.desk.assessment.rubric.criterion("drift-detection")
    assert page.evidence._guidance._pieces["Ask"].text() == criterion.question
    page.evidence.filter.setText("deployment")
    settle()
    assert [card.key for card in page.evidence.cards.cards.cards if card.key.startswith(OFFERED)] == [f"{OFFERED}q2"]


# Whose answers


def test_the_evidence_of_another_criterion_is_seen_from_its_head_on(qtbot, page, settle):
    cards = page.evidence.cards
    cards.setFixedHeight(120)
    page.view.set_current("drift-detection")
    settle()
    cards.set_current(next(card.key for card in reversed(cards.cards.cards) if not card.heading))
    bar = cards.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.view.step(1)
    settle()
    assert bar.value() == 0


def test_nobody_s_answers_are_asked_for_by_name(qtbot, study, desk, show_page):
    study.work_as("")
    page = show_page(desk)
    assert page.who.isVisible()
    before = desk.document
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_Return):  # before anything is typed that would be lost
        page.view.setFocus()
        qtbot.keyClick(page.view, key)
        assert page.view.editor is None
        assert page.who.button(0).hasFocus()
    assert desk.document is before
    for part in (page.who.button(1), page.who.name):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert part.hasFocus()
    qtbot.mouseClick(page.who.button(1), Qt.MouseButton.LeftButton)
    assert study.who == "ben"
    assert not page.who.isVisible()
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_1)
    assert answer_of(desk, page.view.current, who="ben").verdict is Verdict.FULLY


def test_a_new_assessor_is_added_where_the_question_is_put(qtbot, study, desk, show_page):
    study.work_as("")
    page = show_page(desk)
    page.who.name.setFocus()
    qtbot.keyClicks(page.who.name, "Cleo")
    qtbot.keyClick(page.who.name, Qt.Key.Key_Return)
    assert study.who == "cleo"
    assert desk.document.assessors[-1].name == "Cleo"


def test_my_answers_and_what_counts_are_told_apart(qtbot, study, desk, show_page):
    study.work_as("ben")
    page = show_page(desk)
    page.view.set_current("automated-training")
    assert page.view.row("automated-training").note == "Ada: Fully"
    qtbot.keyClick(page.view, Qt.Key.Key_3)
    assert page.view.row("automated-training").note == "Assessors differ: counts as unknown"
    assert answer_of(desk, "automated-training").verdict is Verdict.FULLY
    assert answer_of(desk, "automated-training", who="ben").verdict is Verdict.PARTIALLY


# Empty, led here, reading only


def test_without_cases_the_page_says_what_it_is_for_and_leads_on(qtbot, desk, page):
    from app.actions.things import remove

    for case in desk.document.cases:
        desk.do(remove, "cases", case.key)
    assert page._no_cases.isVisible()
    with qtbot.waitSignal(page.go) as went:
        qtbot.mouseClick(page._no_cases.button, Qt.MouseButton.LeftButton)
    assert went.args == ["overview", ""]


@pytest.mark.parametrize(
    ("thing", "criterion"),
    [("sorting/drift-detection", "drift-detection"), ("sorting/traceability", "versioned-code"), ("sorting", None)],
)
def test_others_can_lead_here(page, thing, criterion):
    page.show_thing(thing)
    assert page.tabs.current == "sorting"
    if criterion:
        assert page.view.current == criterion


def test_in_a_study_open_for_reading_nothing_can_be_answered_and_it_says_so(qtbot, reading_desk, show_page):
    page = show_page(reading_desk)
    told, failures, before = [], [], reading_desk.document
    reading_desk.told.connect(told.append)
    reading_desk.failed.connect(failures.append)
    page.view.set_current("automated-training")
    for key in (Qt.Key.Key_4, Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        qtbot.keyClick(page.view, key)
    click_part(qtbot, page, "automated-training", "not")
    qtbot.keyClick(page.view, Qt.Key.Key_E, CTRL)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_W, Qt.Key.Key_S):
        qtbot.keyClick(page.evidence.cards, key)
    assert page.view.editor is None
    assert reading_desk.document is before
    assert failures == []
    assert told
    assert "Reading only" in page._about.text()
    assert not page.who.isVisible()


@pytest.mark.parametrize(("opened", "written"), [("desk", True), ("reading_desk", False)])
def test_keys_stand_under_the_buttons_only_where_they_answer(request, qtbot, show_page, monkeypatch, opened, written):
    rows = []
    monkeypatch.setattr("ui.assess.delegate._paint_keys", lambda _painter, row, _parts: rows.append(row.key))
    view = show_page(request.getfixturevalue(opened)).view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.grab()
    assert (view.current in rows) is written


def test_in_the_window_an_answer_leads_to_its_evidence_and_back(qtbot, window):
    workspace = window.workspace
    workspace.show_page("assess")
    page = workspace.page
    page.view.set_current("drift-detection")
    qtbot.waitUntil(lambda: not page._follow.isActive())
    page.evidence.jump_asked.emit("q3")
    assert workspace.page.name == "interviews"
    assert workspace.page.notebook.editor.passage_at_cursor() == "q3"
    workspace.show_page("assess")
    assert page.view.current == "drift-detection"


def test_in_the_window_the_first_key_pressed_answers(qtbot, window):
    workspace = window.workspace
    workspace.show_page("assess")
    qtbot.waitUntil(workspace.page.view.hasFocus)
    here = workspace.page.view.current
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4)
    given = (each for each in workspace.desk.document.answers if (each.case, each.criterion) == ("paint", here))
    assert next(given).verdict is Verdict.NOT_ACHIEVED
    workspace.page.tabs.setFocus()
    workspace.show_page("results")
    workspace.show_page("assess")
    assert workspace.page.tabs.hasFocus()
