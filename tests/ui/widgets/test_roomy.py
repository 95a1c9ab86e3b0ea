"""A thing gets all the room there is, and never less than it needs."""

import pytest
from PySide6.QtCore import SIGNAL, QSize
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.widgets.roomy import Roomy


class Thing(QWidget):
    def __init__(self, wide, high):
        super().__init__()
        self.least = QSize(wide, high)

    def minimumSizeHint(self):  # noqa: N802 - Qt's name
        return self.least

    def sizeHint(self):  # noqa: N802
        return self.least * 2


@pytest.mark.parametrize("size", [(300, 200), (500, 100), (120, 400), (80, 60)])
def test_a_thing_is_as_large_as_the_area_or_as_it_needs(show, size):
    area, thing = Roomy(), Thing(200, 150)
    area.set_thing(thing)
    show(area, *size)
    assert thing.width() >= 200
    assert thing.height() >= 150
    room = area.viewport().size()
    assert thing.size() == room.expandedTo(QSize(200, 150))
    assert (area.horizontalScrollBar().maximum() > 0) == (room.width() < 200)
    assert (area.verticalScrollBar().maximum() > 0) == (room.height() < 150)
    assert area.sizeHint() == QSize(400, 300)


def test_a_thing_that_needs_more_later_gets_it(qtbot, show):
    area, thing = Roomy(), Thing(50, 50)
    area.set_thing(thing)
    show(area, 100, 100)
    assert area.verticalScrollBar().maximum() == 0
    thing.least = QSize(50, 300)
    thing.updateGeometry()
    qtbot.waitUntil(lambda: thing.height() == 300)
    assert area.verticalScrollBar().maximum() > 0


def test_of_a_stack_only_the_part_that_is_shown_counts(show):
    stack = QStackedWidget()
    small, large = Thing(50, 50), Thing(50, 500)
    stack.addWidget(small)
    stack.addWidget(large)
    area = Roomy()
    area.set_thing(stack)
    show(area, 100, 100)
    assert stack.height() == area.viewport().height()
    stack.setCurrentWidget(large)
    QApplication.processEvents()
    assert stack.height() == 500
    stack.setCurrentWidget(small)
    QApplication.processEvents()
    assert stack.height() == area.viewport().height()


def test_a_stack_is_listened_to_once_and_only_while_it_is_shown():
    area, stack, other = Roomy(), QStackedWidget(), Thing(10, 10)
    area.set_thing(stack)
    area.set_thing(stack)
    assert stack.receivers(SIGNAL("currentChanged(int)")) == 1
    area.set_thing(other)
    assert stack.receivers(SIGNAL("currentChanged(int)")) == 0
    area.set_thing(stack)
    assert stack.receivers(SIGNAL("currentChanged(int)")) == 1


def test_the_thing_before_is_hidden_and_not_deleted(show):
    area, first, second = Roomy(), Thing(10, 10), Thing(20, 20)
    area.set_thing(first)
    show(area, 100, 100)
    area.set_thing(second)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    area.set_thing(second)
    assert second.isVisible()
    area.set_thing(None)
    assert not second.isVisible()
    assert area.least == QSize()
    area.set_thing(first)
    assert first.isVisible()


def test_the_corner_between_the_scroll_bars_is_the_ground(show):
    area, thing = Roomy(), Thing(500, 500)
    area.set_thing(thing)
    show(area, 120, 120)
    bar = area.verticalScrollBar().width()
    assert area.horizontalScrollBar().isVisible()
    drawn = area.grab().toImage()
    inks = {drawn.pixelColor(x, y).name() for x in range(120 - bar, 120) for y in range(120 - bar, 120)}
    assert inks == {area.palette().window().color().name()}
