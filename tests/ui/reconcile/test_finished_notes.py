"""Finished notes reconciled for a reason, as a person does it: asked for once, kept with every line that changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions import session, things
from app.actions.open_study import OpenStudy
from app.actions.reconcile import How
from app.actions.verify import problems
from app.model.source import SourceStatus
from tests.ui.reconcile.conftest import ALIKE, LINES
from tests.ui.test_accessibility import nameless
from ui.desk import Desk
from ui.history import HistoryPanel
from ui.history.changes import LINE

Key = Qt.Key
ADA, BEN = LINES[0][1:]
WHY = "Ben typed his up on the next day"
SAY_WHY = "These notes are finished: say why they are changed."


def source_of(desk):
    return next(each for each in desk.document.sources if each.key == "i2")


def agreed(desk):
    return [entry.text for entry in source_of(desk).entries]


def reasons(desk):
    return [version.reason for version in desk.document.versions if version.source == "i2"]


def hows(view):
    return [row.how for row in view.list.lines.rows]


@pytest.fixture
def view(desk, show_view):
    """Ada finished the notes; Ben's stand beside them."""
    desk.do(session.finish, "i2")
    return show_view(desk)


@pytest.fixture
def press(qtbot, view):
    return lambda key: qtbot.keyClick(view.list, key)


@pytest.fixture
def give(qtbot, view):
    """Write why in the line that asks for it, and press Enter."""

    def given(words=WHY):
        qtbot.waitUntil(view.seal.reason.hasFocus)
        qtbot.keyClicks(view.seal.reason, words)
        qtbot.keyClick(view.seal.reason, Key.Key_Return)

    return given


def click(qtbot, view, how, place=0):
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.spot_point(place, str(how)))


# Asking


def test_it_says_since_when_they_are_finished_and_asks_why_they_are_changed(view):
    assert view.seal.isVisible()
    assert view.seal.height() <= 40, "one slim row"
    told = [label.text() for label in view.seal.findChildren(type(view.head.progress)) if label.text()]
    assert told[0].startswith("Finished ")
    assert told[0].endswith(" by Ada")
    assert view.seal.reason.placeholderText() == "Why change?"
    words = "Say first why finished notes are changed. What Ada and Ben typed is kept."
    assert (view.head.words.text(), view.list.hasFocus()) == (words, True)
    assert nameless(view) == []


def test_looking_at_them_asks_nothing(desk, view, press):
    before = desk.document
    for key in (Key.Key_Down, Key.Key_N, Key.Key_Up, Key.Key_G):
        press(key)
    assert (desk.document is before, view.list.hasFocus(), view.head.words.property("ink")) == (True, True, "muted")


@pytest.mark.parametrize(
    "key",
    [Key.Key_Left, Key.Key_Right, Key.Key_B, Key.Key_E, Key.Key_Return, Key.Key_X, Key.Key_2, Key.Key_0, Key.Key_A],
)
def test_a_key_that_decides_is_refused_and_leads_to_the_reason(qtbot, desk, view, press, key):
    before, failures = desk.document, []
    desk.failed.connect(failures.append)
    press(key)
    qtbot.waitUntil(view.seal.reason.hasFocus)
    assert (desk.document is before, view.list.editor, view.list.currentIndex().row()) == (True, None, 0)
    assert (view.head.words.text(), view.head.words.property("ink")) == (SAY_WHY, "warning")
    assert (view.seal.reason.text(), failures) == ("", []), "it is told once, and the key is not typed"


def test_enter_gives_the_reason_and_leads_back_to_the_rows(qtbot, desk, view, press, give):
    press(Key.Key_Down)
    press(Key.Key_Up)
    press(Key.Key_Right)
    before = desk.document
    give()
    qtbot.waitUntil(view.list.hasFocus)
    assert (desk.document is before, view.seal.isVisible(), view.list.currentIndex().row()) == (True, False, 0)
    assert view.head.words.text() == "Nothing changes until you decide a row. What Ada and Ben typed is kept."


def test_blanks_are_no_reason(qtbot, desk, view, press, give):
    press(Key.Key_Right)
    give("  ")
    assert (view.seal.reason.hasFocus(), view.seal.button.isEnabled()) == (True, False)
    qtbot.keyClick(view.seal.reason, Key.Key_Escape)
    press(Key.Key_Right)
    assert (hows(view)[0], view.head.words.text()) == (None, SAY_WHY)


def test_escape_leads_from_the_reason_to_the_rows_and_only_then_back_to_the_notes(qtbot, view, press):
    press(Key.Key_B)
    qtbot.waitUntil(view.seal.reason.hasFocus)
    with qtbot.assertNotEmitted(view.closed):
        qtbot.keyClick(view.seal.reason, Key.Key_Escape)
    assert (view.list.hasFocus(), view.seal.isVisible()) == (True, True)
    with qtbot.waitSignal(view.closed):
        press(Key.Key_Escape)


# Deciding, once it was said


def test_all_rows_are_decided_for_that_reason_by_keyboard_alone(qtbot, desk, view, press, give):
    press(Key.Key_Right)
    give()
    for key in (Key.Key_Right, Key.Key_1, Key.Key_B, Key.Key_X):
        press(key)
    press(Key.Key_E)
    qtbot.waitUntil(view.list.editor.hasFocus)
    view.list.editor.selectAll()
    qtbot.keyClicks(view.list.editor, "Nobody there can roll back.")
    qtbot.keyClick(view.list.editor, Key.Key_Return)
    press(Key.Key_2)
    assert hows(view) == [How.RIGHT, How.LEFT, How.BOTH, How.NEITHER, How.EDIT, How.RIGHT]
    assert agreed(desk)[0] == BEN
    assert view.head.progress.text() == "All agreed."
    assert source_of(desk).status is SourceStatus.FINISHED
    assert reasons(desk) == [f"Reconciled: {WHY}"] * 5, "taken right, both (the second added), left out, edited, right"
    assert list(problems(desk.study.file.connection)) == []


def test_a_decision_can_be_said_anew_and_taken_back(desk, view, press, give):
    press(Key.Key_X)
    give()
    press(Key.Key_X)
    assert ADA not in agreed(desk)
    view.list.set_current(0)
    press(Key.Key_Left)
    assert (hows(view)[0], agreed(desk)[0]) == (How.LEFT, ADA)
    desk.undo()
    desk.undo()
    assert (hows(view)[0], view.seal.isVisible()) == (None, False)


def test_by_mouse_alone_but_for_the_reason(qtbot, desk, view):
    click(qtbot, view, How.RIGHT)
    qtbot.waitUntil(view.seal.reason.hasFocus)
    assert hows(view)[0] is None
    qtbot.keyClicks(view.seal.reason, WHY)
    qtbot.mouseClick(view.seal.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.list.hasFocus)
    click(qtbot, view, How.RIGHT)
    assert (hows(view)[0], reasons(desk)) == (How.RIGHT, [f"Reconciled: {WHY}"])


def test_all_that_are_alike_wait_for_the_reason_too(qtbot, desk, view, give):
    qtbot.mouseClick(view.head.alike, Qt.MouseButton.LeftButton)
    assert (hows(view), view.head.words.text()) == ([None] * 6, SAY_WHY)
    give()
    qtbot.mouseClick(view.head.alike, Qt.MouseButton.LeftButton)
    assert [number for number, how in enumerate(hows(view)) if how is How.LEFT] == list(ALIKE)


def test_history_shows_the_reason(qtbot, desk, view, press, give, show):
    press(Key.Key_Right)
    give()
    press(Key.Key_Right)
    host = QWidget()
    panel = HistoryPanel(desk, host)
    panel.show_source("i2")
    show(host, 320, 600)
    model = panel.changes.model()
    (line,) = (model.index(place, 0).data(LINE) for place in range(model.rowCount()))
    assert [step.reason for step in line.steps] == [f"Reconciled: {WHY}"]
    assert f"Why: Reconciled: {WHY}" in line.words.splitlines()


# How long it holds


def test_it_holds_until_another_interview_is_shown(view, press, give):
    press(Key.Key_X)
    give()
    view.show_notes("i2", "ben", "ada")
    assert not view.seal.isVisible()
    view.show_notes("i1", "ada", "ben")
    view.show_notes("i2", "ada", "ben")
    assert view.seal.isVisible()
    press(Key.Key_X)
    assert hows(view)[0] is None


def test_words_begun_for_one_interview_are_not_given_for_another(qtbot, view, press):
    press(Key.Key_X)
    qtbot.keyClicks(view.seal.reason, "Half a")
    view.show_notes("i1", "ada", "ben")
    assert view.seal.reason.text() == ""


def test_it_holds_no_longer_than_the_notes_are_finished(desk, view, press, give):
    press(Key.Key_X)
    give()
    desk.undo()
    press(Key.Key_X)
    assert (hows(view)[0], view.seal.isVisible()) == (How.NEITHER, False)
    desk.do(session.finish, "i2")
    assert view.seal.isVisible()
    press(Key.Key_Right)
    assert view.head.words.text() == SAY_WHY


def test_where_they_are_open_again_meanwhile_the_rows_have_the_focus(qtbot, desk, view, press):
    press(Key.Key_X)
    qtbot.waitUntil(view.seal.reason.hasFocus)
    desk.undo()
    qtbot.waitUntil(view.list.hasFocus)
    assert not view.seal.isVisible()


# Beside it


def test_words_being_written_when_they_were_finished_wait_for_the_reason(qtbot, desk, show_view):
    view = show_view(desk)
    qtbot.keyClick(view.list, Key.Key_E)
    qtbot.keyClicks(view.list.editor, " Twice a year.")
    desk.do(session.finish, "i2")
    qtbot.keyClick(view.list.editor, Key.Key_Return)
    qtbot.waitUntil(view.seal.reason.hasFocus)
    assert (hows(view)[0], view.list.editor.text) == (None, f"{ADA} Twice a year.")
    qtbot.keyClicks(view.seal.reason, WHY)
    qtbot.keyClick(view.seal.reason, Key.Key_Return)
    qtbot.waitUntil(view.list.editor.hasFocus)
    qtbot.keyClick(view.list.editor, Key.Key_Return)
    assert (hows(view)[0], agreed(desk)[0]) == (How.EDIT, f"{ADA} Twice a year.")


def test_words_that_waited_are_kept_by_going_to_another_row(qtbot, desk, show_view):
    view = show_view(desk)
    qtbot.keyClick(view.list, Key.Key_E)
    qtbot.keyClicks(view.list.editor, " Twice a year.")
    desk.do(session.finish, "i2")
    elsewhere = view.list.visualRect(view.list.lines.index(4)).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=elsewhere)
    qtbot.waitUntil(view.seal.reason.hasFocus)
    assert (hows(view)[0], view.list.currentIndex().row()) == (None, 0)
    qtbot.keyClicks(view.seal.reason, WHY)
    qtbot.keyClick(view.seal.reason, Key.Key_Return)
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=elsewhere)
    assert (hows(view)[0], agreed(desk)[0]) == (How.EDIT, f"{ADA} Twice a year.")
    assert (view.list.editor, reasons(desk)) == (None, [f"Reconciled: {WHY}"])


def test_an_interview_taken_away_asks_nothing(desk, view):
    desk.do(things.remove, "sources", "i2")
    assert not view.seal.isVisible()


def test_a_study_open_for_reading_only_shows_since_when_and_asks_nothing(qtbot, study_path, passphrase, show_view):
    with OpenStudy.open(study_path, passphrase) as study:
        study.work_as("ada")
        study.do(session.finish, "i2")
    with OpenStudy.open(study_path, passphrase, read_only=True) as study:
        desk = Desk(study)
        view, before = show_view(desk), desk.document
        shown = [part.isVisible() for part in (view.seal, view.seal.reason, view.seal.button)]
        assert shown == [True, False, False]
        assert view.head.words.text() == "This study is open for reading only: nothing can be decided."
        for key in (Key.Key_Left, Key.Key_E, Key.Key_A):
            qtbot.keyClick(view.list, key)
        assert (desk.document is before, view.list.editor, view.list.hasFocus()) == (True, None, True)
        assert not view.head.alike.isVisible()
