"""Guides as somebody preparing interviews makes and edits them."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from app.rubric import library
from ui.widgets.fields import ChoiceField

CTRL, ALT, SHIFT = (Qt.KeyboardModifier[f"{name}Modifier"] for name in ("Control", "Alt", "Shift"))
ENTER, TAB, BACKTAB, ESCAPE = (Qt.Key[f"Key_{name}"] for name in ("Return", "Tab", "Backtab", "Escape"))
UP, DOWN, LEFT, RIGHT = (Qt.Key[f"Key_{name}"] for name in ("Up", "Down", "Left", "Right"))
INSERT, DELETE, F2 = Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_F2
FIRST = "How does a new model get into production?"
SECOND = "How do you notice that it has become worse?"


@pytest.fixture
def facet(page):
    return page.facet("guides")


@pytest.fixture
def grid(facet):
    """The table of the one guide's questions, with the focus on the first."""
    facet.grid.setFocus()
    facet.grid.go_to(0, 0)
    return facet.grid


@pytest.fixture
def questions(document):
    return lambda guide=0: [question.text for question in document().guides[guide].questions]


def shown(grid):
    model = grid.model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def click(qtbot, grid, row, column):
    place = grid.visualRect(grid.model().index(row, column)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def without_guides(window):
    from app.actions.guides import remove_guide

    window.workspace.desk.do(remove_guide, "g1")


def test_the_questions_of_a_guide_are_shown_in_order(facet, grid):
    assert shown(grid) == [
        [FIRST, "Training & deployment", "10"],
        [SECOND, "Monitoring & feedback", "10"],
        ["Add a question", "", ""],
    ]
    assert facet.card.sum.text() == "2 questions, 20 min, in 1 interview"
    assert facet.form.editor("name").text() == "Standard guide"


def test_the_questions_are_reached_by_tab(press, facet):
    facet.form.editor("name").setFocus()
    press(TAB)
    assert facet.grid.hasFocus()
    assert (facet.grid.currentIndex().row(), facet.grid.currentIndex().column()) == (0, 0)
    press(TAB)
    assert not facet.grid.hasFocus()


def test_a_question_is_edited_in_place(press, facet, grid, questions):
    press(ENTER, " And when?", ENTER)
    assert questions() == [f"{FIRST} And when?", SECOND]
    assert (grid.hasFocus(), grid.currentIndex().row()) == (True, 1)
    press(F2, " Never mind.", ESCAPE)
    assert questions() == [f"{FIRST} And when?", SECOND]
    assert grid.hasFocus()


def test_a_question_is_edited_with_the_mouse(qtbot, press, grid, questions):
    click(qtbot, grid, 1, 0)
    assert grid.hasFocus()
    click(qtbot, grid, 1, 0)
    press(" Tell us.")
    click(qtbot, grid, 0, 0)
    assert questions() == [FIRST, f"{SECOND} Tell us."]


def test_a_double_click_opens_a_question_too(qtbot, press, grid, questions):
    place = grid.visualRect(grid.model().index(1, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(" Really?", ENTER)
    assert questions()[1] == f"{SECOND} Really?"


def test_a_question_without_words_comes_back(press, grid, questions):
    press(ENTER)
    QApplication.focusWidget().selectAll()
    press(DELETE, ENTER)
    assert questions() == [FIRST, SECOND]
    assert shown(grid)[0][0] == FIRST


def test_lines_pasted_into_a_question_become_one(press, grid, questions):
    press(ENTER)
    QApplication.focusWidget().insertPlainText("\nand\n how?")
    press(ENTER)
    assert questions()[0] == f"{FIRST} and how?"


def test_questions_are_added_one_after_another_by_keyboard_alone(press, document, facet, grid, questions):
    press(DOWN, DOWN, ENTER, "Who decides?", ENTER, "Who pays?", ENTER, ESCAPE)
    assert questions() == [FIRST, SECOND, "Who decides?", "Who pays?"]
    made = document().guides[0].questions[2:]
    assert [(each.key, each.principle, each.criterion) for each in made] == [
        ("g1-3", "monitoring-feedback", None),
        ("g1-4", "monitoring-feedback", None),
    ]
    assert (grid.hasFocus(), grid.currentIndex().row()) == (True, 4)
    assert facet.card.sum.text().startswith("4 questions, 20 min")


def test_typing_on_the_last_row_begins_a_question(press, grid, questions):
    press(DOWN, DOWN, "Why?", ENTER, ESCAPE)
    assert questions() == [FIRST, SECOND, "Why?"]


def test_typing_on_a_question_does_not_write_over_it(press, grid, questions):
    press("x")
    assert grid.hasFocus()
    assert questions() == [FIRST, SECOND]


def test_a_question_is_put_in_under_the_current_one(press, document, grid, questions):
    press(INSERT, "Between?", ENTER, "Between, too?", ENTER, ESCAPE)
    assert questions() == [FIRST, "Between?", "Between, too?", SECOND]
    assert document().guides[0].questions[1].principle == "training-deployment"
    assert [row[0] for row in shown(grid)] == [FIRST, "Between?", "Between, too?", SECOND, "Add a question"]
    assert grid.currentIndex().row() == 2


@pytest.mark.parametrize("way", ["escape", "enter", "elsewhere", "leave"])
def test_a_question_begun_without_words_is_none(qtbot, window, press, facet, grid, questions, way):
    press(INSERT)
    if way == "elsewhere":
        click(qtbot, grid, 0, 0)
    elif way == "leave":
        window.workspace.show_page("results")
    else:
        press({"escape": ESCAPE, "enter": ENTER}[way])
    assert questions() == [FIRST, SECOND]
    assert [row[0] for row in shown(grid)] == [FIRST, SECOND, "Add a question"]


def test_what_is_being_written_is_kept_when_the_page_is_left(window, press, grid, questions):
    press(INSERT, "Between?")
    window.workspace.show_page("results")
    assert questions() == [FIRST, "Between?", SECOND]
    window.workspace.show_page("overview")
    grid.setFocus()
    press(ENTER, " Now?")
    window.workspace.page.show_facet("cases")
    assert "Between? Now?" in questions()


def test_the_buttons_do_what_the_keys_do(qtbot, press, facet, grid, questions):
    def use(name):
        qtbot.mouseClick(facet.card.buttons[name], Qt.MouseButton.LeftButton)

    use("add")
    press("Between?", ENTER, ESCAPE)
    assert questions() == [FIRST, "Between?", SECOND]
    use("down")
    assert questions() == [FIRST, SECOND, "Between?"]
    assert not facet.card.buttons["down"].isEnabled()
    use("up")
    use("up")
    assert questions() == ["Between?", FIRST, SECOND]
    assert not facet.card.buttons["up"].isEnabled()
    use("remove")
    assert questions() == [FIRST, SECOND]


def test_a_button_keeps_what_is_being_written(qtbot, press, facet, grid, questions):
    press(ENTER, " And when?")
    qtbot.mouseClick(facet.card.buttons["down"], Qt.MouseButton.LeftButton)
    assert questions() == [SECOND, f"{FIRST} And when?"]


def test_questions_are_moved_by_key(press, document, grid, questions):
    press(UP, modifier=ALT)
    assert questions() == [FIRST, SECOND]
    press(DOWN, modifier=ALT)
    assert questions() == [SECOND, FIRST]
    assert [each.key for each in document().guides[0].questions] == ["g1-2", "g1-1"]
    assert grid.currentIndex().row() == 1
    press(DOWN, modifier=ALT)
    assert questions() == [SECOND, FIRST]
    press(UP, modifier=ALT)
    assert questions() == [FIRST, SECOND]


def test_a_removed_question_is_one_undo_away(qtbot, window, press, document, grid, questions):
    before = document()
    press(DELETE)
    assert questions() == [SECOND]
    assert grid.currentIndex().row() == 0
    news = window.workspace.news
    assert news.text.startswith(f"Remove question {FIRST}")
    qtbot.mouseClick(news._button, Qt.MouseButton.LeftButton)
    assert document() == before
    grid.setFocus()
    press(DELETE, DELETE, DELETE)
    assert questions() == []
    press(Qt.Key.Key_Z, Qt.Key.Key_Z, modifier=CTRL)
    assert document() == before


def test_minutes_are_typed_and_summed(press, document, facet, grid):
    press(RIGHT, RIGHT, "25", ENTER, "7", ENTER)
    assert [each.minutes for each in document().guides[0].questions] == [25, 7]
    assert facet.card.sum.text().startswith("2 questions, 32 min")
    press(UP, ENTER)
    QApplication.focusWidget().clear()
    press(ENTER)
    assert [each.minutes for each in document().guides[0].questions] == [25, 0]
    assert shown(grid)[1][2] == ""


def test_minutes_are_few_and_nothing_but_minutes(press, document, facet, grid):
    press(RIGHT, RIGHT, ENTER, "x-9y99", ENTER)
    assert facet.card.problem.text() == "A question can be given 0 to 600 minutes."
    assert facet.card.problem.isVisible()
    press(Qt.Key.Key_Backspace, ENTER)
    assert not facet.card.problem.isVisible()
    assert document().guides[0].questions[0].minutes == 99


def test_a_question_that_is_too_long_stays_where_it_is_written(qtbot, press, facet, grid, questions):
    press(ENTER)
    QApplication.focusWidget().insertPlainText("x" * 200)
    press(ENTER)
    assert facet.card.problem.text() == f"A question has at most 200 characters; this one has {200 + len(FIRST)}."
    assert not grid.hasFocus()
    click(qtbot, grid, 1, 0)
    assert questions() == [FIRST, SECOND]
    assert facet.card.problem.isVisible()
    press(ENTER)
    assert not facet.card.problem.isVisible()


def test_the_principle_is_chosen_by_key(qtbot, press, document, grid):
    press(RIGHT, ENTER)
    listing = grid.findChild(ChoiceField).view()
    assert [listing.model().index(row, 0).data() for row in range(4)] == [
        "None",
        "Training & deployment",
        "Monitoring & feedback",
        "Traceability",
    ]
    qtbot.keyClick(listing, DOWN)
    qtbot.keyClick(listing, DOWN)
    qtbot.keyClick(listing, ENTER)
    assert document().guides[0].questions[0].principle == "traceability"
    assert grid.hasFocus()
    assert grid.currentIndex().row() == 1


def test_the_principle_is_let_go_and_stays_when_nothing_is_chosen(press, document, grid):
    press(ENTER, TAB, ESCAPE)
    assert document().guides[0].questions[0].principle == "training-deployment"
    press(LEFT, ENTER, TAB, UP, TAB)
    first = document().guides[0].questions[0]
    assert (first.rubric, first.principle, first.criterion) == (None, None, None)
    assert shown(grid)[0][1] == ""


def test_tab_goes_through_the_cells_and_back(press, document, grid, questions):
    press(ENTER, "!", TAB, TAB, "3", TAB, "!", BACKTAB)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 2)
    assert questions() == [f"{FIRST}!", f"{SECOND}!"]
    assert document().guides[0].questions[0].minutes == 3
    press(TAB, TAB, TAB, TAB, "Third?", TAB, TAB, "4", ENTER)
    third = document().guides[0].questions[2]
    assert (third.text, third.principle, third.minutes) == ("Third?", "monitoring-feedback", 4)


def test_a_guide_is_made_from_the_rubric(qtbot, press, document, facet):
    qtbot.mouseClick(facet.from_rubric, Qt.MouseButton.LeftButton)
    made = document().guides[1]
    criteria = library.load("mlops-maturity").criteria
    assert [each.criterion for each in made.questions] == [each.id for each in criteria]
    assert facet.card.sum.text() == f"{len(criteria)} questions, 45 min"
    assert facet.list.current == "g2"
    assert facet.form.editor("name").text() == made.name
    note = facet.grid.model().index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert note == f"Training & deployment, {criteria[0].name}"
    press(DELETE)
    assert len(document().guides[1].questions) == len(criteria) - 1


def test_another_principle_lets_the_criterion_go(press, document, facet, grid):
    facet.make_from_rubric()
    press(RIGHT, ENTER)
    QApplication.activePopupWidget().hide()
    press(DOWN, TAB)
    first = document().guides[1].questions[0]
    assert (first.principle, first.criterion) == ("monitoring-feedback", None)


def test_the_first_guide_is_made_with_a_click(qtbot, window, document, facet):
    without_guides(window)
    assert facet.empty.isVisible()
    assert not facet.from_rubric.isVisible()
    qtbot.mouseClick(facet.empty.button, Qt.MouseButton.LeftButton)
    assert len(document().guides[0].questions) == len(library.load("mlops-maturity").criteria)
    assert not facet.empty.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_an_empty_guide_is_begun_and_filled(qtbot, window, press, document, facet, questions, by_key):
    without_guides(window)
    if by_key:
        facet.list.view.setFocus()
        press(INSERT)
    else:
        qtbot.mouseClick(facet.begin_empty, Qt.MouseButton.LeftButton)
    press("Round 3", ENTER, "Who decides?", ENTER, ESCAPE)
    assert (document().guides[0].key, document().guides[0].name) == ("g1", "Round 3")
    assert questions() == ["Who decides?"]
    assert document().guides[0].questions[0].rubric is None


def test_another_empty_guide_gets_questions_of_its_own(press, document, facet, grid, questions):
    facet.list.view.setFocus()
    press(INSERT, "Round 3", ENTER, "Who decides?", ENTER, ESCAPE)
    assert questions(1) == ["Who decides?"]
    assert [each.key for each in document().guides[1].questions] == ["g2-1"]
    facet.list.view.setFocus()
    press(UP)
    assert [row[0] for row in shown(grid)] == [FIRST, SECOND, "Add a question"]


def test_a_guide_is_renamed(qtbot, press, document, facet):
    name = facet.form.editor("name")
    name.setFocus()
    name.selectAll()
    press("Everybody's guide", ENTER)
    assert document().guides[0].name == "Everybody's guide"


def test_removing_a_guide_in_use_says_so_and_is_one_undo_away(qtbot, window, press, document, facet):
    before = document()
    facet.list.view.setFocus()
    press(DELETE)
    assert document().guides == ()
    news = window.workspace.news
    assert news.text == "Remove guide Standard guide, which 1 interview follows"
    qtbot.mouseClick(news._button, Qt.MouseButton.LeftButton)
    assert document() == before


def test_a_guide_not_made_yet_is_dropped_by_del(press, document, facet):
    facet.add()
    facet.list.view.setFocus()
    press(DELETE)
    assert [guide.key for guide in document().guides] == ["g1"]
    assert facet.form.editor("name").text() == "Standard guide"


def test_refused_words_stay_in_the_last_row(window, press, grid, questions, monkeypatch):
    monkeypatch.setattr("ui.overview.guides.new_question_key", lambda _document, _guide: "g1-1")
    press(INSERT, "Twice?", ENTER)
    assert questions() == [FIRST, SECOND]
    assert window.workspace.trouble.isVisible()
    assert shown(grid)[1][0] == "Twice?"


def test_two_rubrics_name_their_principles_with_their_titles():
    from ui.overview.guides import _choices

    rubric = library.load("mlops-maturity")
    words = [words for _value, words in _choices({"a": rubric, "b": replace(rubric, title="Other")})]
    first = rubric.principles[0].short
    assert words[1] == f"{first} ({rubric.title})"
    assert words[1 + len(rubric.principles)] == f"{first} (Other)"


def test_a_screen_reader_is_told_the_cells(grid):
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.text(QAccessible.Text.Name) == "Questions"
    model = grid.model()
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == FIRST
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Add a question"


def test_reading_shows_and_changes_nothing(qtbot, show, press, reading_desk):
    from ui.overview.page import OverviewPage

    page = show(OverviewPage(reading_desk))
    page.refresh()
    before = reading_desk.document
    facet = page.facet("guides")
    assert [row[0] for row in shown(facet.grid)] == [FIRST, SECOND]
    assert not any(button.isVisible() for button in (*facet.card.buttons.values(), facet.from_rubric))
    facet.grid.setFocus()
    press(ENTER, "x", DELETE, INSERT, DOWN, RIGHT, RIGHT, "9")
    press(DOWN, modifier=ALT)
    click(qtbot, facet.grid, 1, 0)
    click(qtbot, facet.grid, 1, 0)
    assert facet.grid.hasFocus()
    assert reading_desk.document == before


def test_the_window_left_and_come_back_to_goes_on_writing(window, press, grid, questions):
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QFocusEvent

    press(ENTER, " And")
    editor = QApplication.focusWidget()
    QCoreApplication.sendEvent(editor, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    assert questions() == [FIRST, SECOND]
    press(" when?", ENTER)
    assert questions()[0] == f"{FIRST} And when?"
