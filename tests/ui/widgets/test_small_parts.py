"""Badges, bars, labels, buttons, the panel: what they say and when."""

from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ui.widgets import (
    Bar,
    ContextPanel,
    ElidedLabel,
    EmptyState,
    IconButton,
    LevelBadge,
    SavedIndicator,
    TextButton,
    TextLabel,
    level_shape,
)
from ui.widgets.stacks import turn_to
from ui.widgets.text import tip

WRAP = int(Qt.TextFlag.TextWordWrap)


def inked(rank, of):
    """Count how much of a level's shape is filled, 0 to 1."""
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    level_shape(painter, QRectF(0, 0, 40, 40), rank, of, QColor("black"))
    painter.end()
    inside = [(x, y) for x in range(40) for y in range(40) if (x - 19.5) ** 2 + (y - 19.5) ** 2 < 12**2]
    return sum(image.pixelColor(x, y).lightness() < 128 for x, y in inside) / len(inside)


@pytest.mark.parametrize(
    ("rank", "of", "share"), [(0, 5, 0), (1, 5, 0.25), (2, 5, 0.5), (3, 5, 0.75), (4, 5, 1), (1, 3, 0.5)]
)
def test_the_shape_fills_with_the_level(dressed, rank, of, share):
    assert inked(rank, of) == pytest.approx(share, abs=0.04)


def test_one_level_of_one_is_empty(dressed):
    assert inked(0, 1) == 0


def test_not_rated_is_a_dash(dressed):
    assert 0 < inked(None, 3) < 0.25


def test_a_badge_says_its_words(show):
    badge = show(LevelBadge("Moderate", 1, 3, "High"), 300, 40)
    assert badge.text == badge.accessibleName() == "Moderate, at most High"
    badge.set_level("Not rated", None, 3)
    assert badge.accessibleName() == "Not rated"
    assert not badge.grab().isNull()


def test_a_bar_stays_until_closed(qtbot, show):
    window = QWidget()
    bar = Bar(window)
    show(window, 500, 60)
    assert bar.isHidden()
    bar.tell("The disk is full; nothing was lost.", "error")
    assert (bar.isVisible(), bar.text, bar.accessibleName()) == (True, bar.text, "The disk is full; nothing was lost.")
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_bar_s_button_does_what_it_says(qtbot, show):
    window = QWidget()
    bar = Bar(window)
    show(window, 500, 60)
    done = []
    bar.tell("Removed.", "info", "Undo", lambda: done.append(1))
    qtbot.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert bar.isHidden()


def test_an_empty_state_offers_the_next_step(qtbot, show):
    state = show(EmptyState("quote", "No evidence yet", "Link a passage.", "Link", "Ctrl+E"), 400, 300)
    with qtbot.waitSignal(state.asked):
        qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert "Ctrl+E" in state.button.toolTip()


def test_an_icon_button_tells_name_and_key(show):
    button = show(IconButton("lock", "Lock", "Ctrl+L"), 28, 28)
    assert button.accessibleName() == "Lock"
    assert button.toolTip() == "Lock (Ctrl+L)"


def test_saved_or_not(show):
    indicator = show(SavedIndicator(), 200, 30)
    said = []
    for say in (
        lambda: indicator.saved(datetime(2026, 11, 23, 14, 32)),  # noqa: DTZ001
        indicator.saving,
        indicator.not_saved,
        indicator.reading,
    ):
        say()
        said.append(indicator.text)
    assert said == ["Saved 14:32", "Saving…", "Not saved", "Reading only"]
    assert indicator.accessibleName() == "Reading only"


def test_words_are_never_read_as_markup(dressed, qtbot):
    for label in (TextLabel("<b>a</b> & b"), ElidedLabel("<img src='/etc/passwd'>")):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_wrapped_words_get_the_height_of_the_width_they_take(show):
    window = QWidget()
    label = TextLabel("words " * 20, wrap=True)
    holder = QWidget(window)
    QVBoxLayout(holder).addWidget(label)
    column = QVBoxLayout(window)
    column.addWidget(holder)
    column.addWidget(QWidget(window), 1)
    show(window, 1600, 200)
    assert label.width() < 700
    assert label.height() >= label.fontMetrics().boundingRect(label.rect(), WRAP, label.text()).height()


@pytest.mark.parametrize("look", ["quiet", "primary", "link", "leader", "pick", ""])
def test_a_button_that_has_the_keyboard_shows_it_by_its_frame_alone(qtbot, show, look):
    window = QWidget()
    column = QVBoxLayout(window)
    buttons = [TextButton("Save", look, parent=window) for _each in range(2)]
    for button in buttons:
        column.addWidget(button)
    show(window, 200, 120)
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    qtbot.waitUntil(buttons[1].hasFocus)
    inside = [button.grab(button.rect().adjusted(4, 4, -4, -4)).toImage() for button in buttons]
    frame = [button.grab().toImage() for button in buttons]
    assert frame[0] != frame[1]
    if look == "pick":  # it is a field then, on a field's ground
        assert inside[1].pixelColor(2, 2) == inside[1].pixelColor(inside[1].width() - 3, 2)
    else:
        assert inside[0] == inside[1]


def test_a_cut_label_tells_all_in_its_tooltip(show):
    label = show(ElidedLabel("a rather long line of words"), 60, 20)
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_the_panel_shows_one_thing_at_a_time(qtbot, show):
    panel = show(ContextPanel("Why"), 320, 400)
    one, two = QLabel("one"), QLabel("two")
    qtbot.addWidget(one)
    qtbot.addWidget(two)
    panel.set_content(one)
    panel.set_content(two)
    assert (one.isVisible(), two.isVisible()) == (False, True)
    panel.set_content(one)
    assert (one.isVisible(), two.isVisible()) == (True, False)


@pytest.mark.parametrize("make", [lambda: TextButton("Go"), lambda: IconButton("plus", "Add")])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_enter_as_by_space(qtbot, show, make, key):
    button = make()
    pressed = []
    button.clicked.connect(lambda: pressed.append(key))
    show(button, 80, 32)
    button.setFocus()
    qtbot.keyClick(button, key)
    assert len(pressed) == 1
    kind, ctrl = QEvent.Type.KeyPress, Qt.KeyboardModifier.ControlModifier
    for key_, modifiers, again in ((Qt.Key.Key_Return, ctrl, False), (Qt.Key.Key_Return, Qt.KeyboardModifier(0), True)):
        QApplication.sendEvent(button, QKeyEvent(kind, key_, modifiers, "", again))
    assert len(pressed) == 1  # Ctrl+Enter is for others, and a key held down presses once


def test_the_focus_goes_along_to_another_part_of_a_stack_and_is_taken_from_nobody_else(qtbot, dressed):
    host = QWidget()
    qtbot.addWidget(host)
    stack, beside = QStackedLayout(), TextButton("Beside", parent=host)
    first, second = TextButton("One", parent=host), TextButton("Two", parent=host)
    column = QVBoxLayout(host)
    column.addLayout(stack)
    column.addWidget(beside)
    stack.addWidget(first)
    stack.addWidget(second)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    turn_to(stack, second, second)
    assert stack.currentWidget() is second
    assert second.hasFocus()
    beside.setFocus()
    turn_to(stack, first, first)
    assert stack.currentWidget() is first
    assert beside.hasFocus()


def test_words_that_look_like_markup_are_told_as_they_were_written(show):
    assert tip("plain\nwords & more") == "plain\nwords & more"
    assert tip("<b>bold</b>\nwords") == "<qt>&lt;b&gt;bold&lt;/b&gt;<br>words</qt>"
    button = show(IconButton("undo-2", "Undo: Rename case <b>bold</b>", "Ctrl+Z"), 28, 28)
    assert button.toolTip() == "<qt>Undo: Rename case &lt;b&gt;bold&lt;/b&gt; (Ctrl+Z)</qt>"
    assert button.accessibleName() == "Undo: Rename case <b>bold</b>"
