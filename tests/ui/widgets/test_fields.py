"""Editors in place: when they commit, when they go back, and whose undo it is."""

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionComboBox, QToolTip, QVBoxLayout, QWidget

from ui.widgets import ChoiceField, DateField, Field, Form, LineField, SegmentField, TextField
from ui.widgets.fields import read_day
from ui.widgets.roomy import Roomy

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def beside(show):
    """Show a field with another to go to."""

    def shown(field):
        window = QWidget()
        column = QVBoxLayout(window)
        column.addWidget(field)
        column.addWidget(QLineEdit(window))
        show(window, 300, 200)
        field.setFocus()
        return field

    return shown


def committed(field):
    values = []
    field.committed.connect(values.append)
    return values


def other(field):
    return field.window().findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_a_line_commits_once_on_enter(qtbot, beside):
    field = beside(LineField("Name"))
    field.set_value("Old")
    values = committed(field)
    qtbot.keyClicks(field, " and new ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert len(values) == 1
    assert "and new" in values[0]
    assert values[0] == values[0].strip()


def test_a_line_commits_when_left(qtbot, beside):
    field = beside(LineField("Name"))
    values = committed(field)
    qtbot.keyClicks(field, "word")
    assert values == []
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert values == ["word"]


def test_escape_goes_back(qtbot, beside):
    field = beside(LineField("Name"))
    field.set_value("Old")
    values = committed(field)
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert (field.text(), values) == ("Old", [])


def test_what_must_stand_is_not_emptied(qtbot, beside):
    field = beside(LineField("Name", required=True))
    field.set_value("Old")
    values = committed(field)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert (field.text(), values) == ("Old", [])


def test_a_refresh_does_not_eat_what_is_being_typed(qtbot, beside):
    field = beside(LineField("Name"))
    field.set_value("Old")
    qtbot.keyClicks(field, "x")
    field.set_value("Old")
    assert "x" in field.text()
    field.set_value("Somebody else's")
    assert field.text() == "Somebody else's"


@pytest.mark.parametrize("make", [LineField, TextField])
def test_undo_is_the_field_s_only_while_something_is_pending(qtbot, beside, make):
    field = beside(make("Name"))
    field.set_value("Old")

    def takes_undo():
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
        event.ignore()
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not takes_undo()
    qtbot.keyClicks(field, "x")
    assert takes_undo()
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    field.commit()
    assert not takes_undo()


def test_text_commits_when_left_and_on_ctrl_enter(qtbot, beside):
    field = beside(TextField("Purpose"))
    values = committed(field)
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "two")
    assert values == []
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert values == ["one\ntwo"]
    qtbot.keyClicks(field, "!")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert values == ["one\ntwo", "one\ntwo!"]
    assert not field.hasFocus()


def test_text_that_came_back_to_what_it_was_commits_nothing(qtbot, beside):
    field = beside(TextField("Purpose"))
    field.set_value("word")
    values = committed(field)
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert values == []


def test_text_of_one_line_commits_on_enter_and_grows_on_shift_enter(qtbot, beside):
    field = beside(TextField("Status", lines=1))
    values = committed(field)
    low = field.height()
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field, "two")
    qtbot.waitUntil(lambda: field.height() > low)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert values == ["one\ntwo"]


def test_escape_takes_text_back(qtbot, beside):
    field = beside(TextField("Purpose"))
    field.set_value("Old")
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.toPlainText() == "Old"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-10-03", dt.date(2022, 10, 3)),
        (" 3.10.2022 ", dt.date(2022, 10, 3)),
        ("03.10.22", dt.date(2022, 10, 3)),
        ("2022-13-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert read_day(text) == day


def test_a_day_is_committed_as_a_date(qtbot, beside):
    field = beside(DateField("Starts"))
    values = committed(field)
    qtbot.keyClicks(field, "3.10.2022")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert values == [dt.date(2022, 10, 3)]


def test_what_is_no_day_is_marked_and_goes_back(qtbot, beside):
    field = beside(DateField("Starts"))
    field.set_value(dt.date(2022, 10, 3))
    values = committed(field)
    field.selectAll()
    qtbot.keyClicks(field, "soon")
    assert field.property("state") == "error"
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert (field.text(), field.property("state"), values) == ("2022-10-03", "", [])


def test_an_emptied_day_is_none(qtbot, beside):
    field = beside(DateField("Ends"))
    field.set_value(dt.date(2022, 10, 3))
    values = committed(field)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert values == [None]


def test_a_choice_commits_by_key(qtbot, beside):
    field = beside(ChoiceField("Kind", (("a", "Interview"), ("b", "Meeting"))))
    field.set_value("a")
    values = committed(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert values == ["b"]


def turn_wheel(widget):
    down, nothing = QPoint(0, -120), Qt.MouseButton.NoButton
    at, keys, phase = QPointF(5, 5), Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, at, QPoint(), down, nothing, keys, phase, False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_text_that_is_all_shown_leaves_the_wheel_to_the_page(qtbot, beside):
    field = beside(TextField("About", lines=1, most=3))
    field.set_value("one\ntwo")
    assert not turn_wheel(field.viewport())
    assert field.verticalScrollBar().value() == 0
    field.set_value("one\ntwo\nthree\nfour\nfive")
    assert turn_wheel(field.viewport())
    assert field.verticalScrollBar().value() > 0


def test_lines_that_all_fit_keep_no_scroll_bar(qtbot, beside):
    field = beside(TextField("About", lines=1, most=3))
    bar = field.verticalScrollBar()
    for letters in range(60, 160):  # at one of these lengths the last word fits only without a bar
        field.set_value("word " * (letters // 5) + "x" * (letters % 5))
        shown = round(field.document().size().height()), bar.isVisible()
        field.set_value("word " * 90)
        assert bar.isVisible()
        field.set_value("word " * (letters // 5) + "x" * (letters % 5))
        assert (round(field.document().size().height()), bar.isVisible()) == shown, letters


def test_a_long_text_stays_where_it_was_scrolled_to_while_its_lines_change(qtbot, beside):
    field = beside(TextField("About", lines=1, most=3))
    field.set_value("\n".join(f"line {number}" for number in range(20)))
    cursor = field.textCursor()
    cursor.setPosition(field.document().findBlockByNumber(10).position())
    field.setTextCursor(cursor)
    at = field.verticalScrollBar().value()
    assert at > 0
    qtbot.keyClicks(field, "word " * 30)
    assert field.document().findBlockByNumber(10).lineCount() > 1
    assert abs(field.verticalScrollBar().value() - at) <= field.document().findBlockByNumber(10).lineCount()
    assert field.verticalScrollBar().isVisible()


def test_a_choice_leaves_the_wheel_to_the_page(qtbot, beside):
    field = beside(ChoiceField("Kind", (("a", "Interview"), ("b", "Meeting"))))
    field.set_value("a")
    field.clearFocus()
    turn_wheel(field)
    assert field.value() == "a"


def test_segments_go_by_arrow_keys_and_commit(qtbot, beside):
    field = SegmentField("Recording", (("a", "Allowed"), ("f", "Forbidden"), ("n", "Not asked")))
    beside(field)
    field.set_value("a")
    values = committed(field)
    field.button("a").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert values == ["f", "n"]
    assert field.button("n").hasFocus()
    qtbot.mouseClick(field.button("a"), Qt.MouseButton.LeftButton)
    assert values == ["f", "n", "a"]


def test_a_form_says_which_field_was_edited(qtbot, show):
    form = show(Form([Field("name", "Name"), Field("why", "Why", "text")]), 400, 200)
    form.show_values({"name": "A", "why": "B"})
    edits = []
    form.edited.connect(lambda name, value: edits.append((name, value)))
    qtbot.keyClicks(form.editor("why"), "x")
    form.commit()
    assert len(edits) == 1
    assert edits[0][0] == "why"


def test_a_form_for_reading_takes_no_keys(qtbot, show):
    form = show(Form([Field("name", "Name"), Field("why", "Why", "text")]), 400, 200)
    form.show_values({"name": "A", "why": "B"})
    form.set_read_only(True)
    qtbot.keyClicks(form.editor("name"), "x")
    qtbot.keyClicks(form.editor("why"), "x")
    assert form.values() == {"name": "A", "why": "B"}


def test_a_choice_that_is_too_long_ends_in_an_ellipsis(show):
    long = "The first round of interviews in the plant"
    field = ChoiceField("Round", [("a", long)])
    field.set_value("a")
    show(field, 120, 32)
    cut = field.grab().toImage()
    metrics = field.fontMetrics()
    alike = []
    for room in range(40, 110):
        words = metrics.elidedText(long, Qt.TextElideMode.ElideRight, room)
        field.set_choices([("a", words)])
        alike += [words] if field.grab().toImage() == cut else []
    option, part = QStyleOptionComboBox(), QStyle.SubControl.SC_ComboBoxEditField
    field.initStyleOption(option)
    whole = field.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, field).width()
    assert metrics.horizontalAdvance(alike[0]) <= whole  # the ellipsis is seen


def test_a_choice_that_is_told_apart_at_its_end_is_cut_before(show):
    field = ChoiceField("Rubric", [("a", "Maturity of a machine-learning project 1.0")])
    field.cut = Qt.TextElideMode.ElideMiddle
    field.set_value("a")
    show(field, 120, 32)
    first = field.grab().toImage()
    field.set_choices([("a", "Maturity of a machine-learning project 2.7")])
    assert field.grab().toImage() != first


def test_a_choice_that_is_too_long_pushes_nothing_beside_it_out_of_sight(show):
    holder = QWidget()
    column = QVBoxLayout(holder)
    field = ChoiceField("Principle", [("a", "Continuous training, integration and deployment, in the plant")])
    field.set_value("a")
    column.addWidget(field)
    area = Roomy()
    area.set_thing(holder)
    show(area, 260, 80)
    assert field.sizeHint().width() > 260
    assert area.horizontalScrollBar().maximum() == 0
    assert field.width() < 260


def test_a_choice_is_shown_whole_in_the_room_it_asks_for(show):
    holder = QWidget()
    column = QVBoxLayout(holder)
    field = ChoiceField("Round", [("a", "Round 2")])
    field.set_value("a")
    column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
    show(holder, 300, 60)
    whole = field.grab().toImage()
    field.setMinimumWidth(field.width() + 40)
    field.resize(field.width() + 40, field.height())
    wider = field.grab().toImage()
    words = range(field.fontMetrics().horizontalAdvance("Round 2") + 8)
    assert all(whole.pixelColor(x, y) == wider.pixelColor(x, y) for x in words for y in range(4, whole.height() - 4))


def test_a_line_that_is_too_long_ends_in_an_ellipsis_until_somebody_is_in_it(qtbot, beside, monkeypatch):
    field = beside(LineField("Title"))
    field.set_value("W" * 80)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    shown = field.grab().toImage()
    monkeypatch.setattr(QFontMetrics, "elidedText", lambda _self, text, *_args: text)
    assert field.grab().toImage() != shown


def test_a_line_that_is_cut_short_tells_all_of_it_and_takes_nothing_for_markup(qtbot, beside):
    field = beside(LineField("Title"))
    field.set_value("short")
    field.setToolTip("")

    def told():
        QToolTip.hideText()
        place = field.rect().center()
        QApplication.sendEvent(field, QHelpEvent(QEvent.Type.ToolTip, place, field.mapToGlobal(place)))
        return QToolTip.text()

    assert told() == ""
    field.set_value("<b>bold</b> " + "W" * 80)
    assert told().startswith("<qt>&lt;b&gt;bold&lt;/b&gt; WWW")
    QToolTip.hideText()
