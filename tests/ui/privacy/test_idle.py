"""When nobody sits there any more, by a clock that the test sets."""

import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.privacy.idle import BEAT, IdleWatch, seconds_passed

MINUTES = 5
LIMIT = MINUTES * 60


@pytest.fixture
def told():
    return []


@pytest.fixture
def watch(clock, told, dressed):
    made = IdleWatch(None, clock)
    made.idle.connect(lambda: told.append(clock.now))
    made.watch(MINUTES)
    yield made
    made.stop()


@pytest.fixture
def line(show):
    line = QLineEdit()
    return show(line, 200, 40)


def press_a_key(qtbot, line):
    qtbot.keyClick(line, Qt.Key.Key_A)


def move_the_mouse(qtbot, line):
    qtbot.mouseMove(line, QPoint(3, 3))
    qtbot.mouseMove(line, QPoint(9, 9))


def click(qtbot, line):
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)


def turn_the_wheel(qtbot, line):
    place = QPointF(4, 4)
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    QApplication.sendEvent(line, QWheelEvent(place, place, QPoint(), QPoint(0, 120), *none))


def compose(qtbot, line):
    QApplication.sendEvent(line, QInputMethodEvent("か", []))


def touch(qtbot, line):
    device = QTest.createTouchDevice()
    QTest.touchEvent(line, device).press(0, QPoint(4, 4))
    QTest.touchEvent(line, device).release(0, QPoint(4, 4))


def test_without_a_sign_it_tells_after_its_time_and_once(watch, clock, told):
    clock.now += LIMIT - 1
    watch.look()
    assert told == []
    clock.now += 1
    watch.look()
    watch.look()
    assert told == [1_000 + LIMIT]
    assert not watch.watching


@pytest.mark.parametrize("sign", [press_a_key, move_the_mouse, click, turn_the_wheel, compose, touch])
def test_each_sign_counts(qtbot, watch, clock, told, line, sign):
    clock.now += LIMIT - 1
    sign(qtbot, line)
    clock.now += LIMIT - 1
    watch.look()
    assert told == []
    clock.now += 1 + BEAT / 1000
    watch.look()
    assert len(told) == 1


def test_what_the_program_itself_does_is_no_sign(qtbot, watch, clock, told, line):
    clock.now += LIMIT - 1
    line.setText("changed by the program")
    line.repaint()
    line.resize(300, 50)
    QApplication.processEvents()
    clock.now += 1
    watch.look()
    assert len(told) == 1


def test_after_a_sign_it_filters_no_events_until_the_next_beat(qtbot, clock, told, line):
    watch = IdleWatch(None, clock, 50)
    watch.idle.connect(lambda: told.append(clock.now))
    watch.watch(MINUTES)
    assert watch._filtering
    press_a_key(qtbot, line)
    qtbot.waitUntil(lambda: not watch._filtering)
    qtbot.waitUntil(lambda: watch._filtering)
    clock.now += LIMIT + 1
    qtbot.waitUntil(lambda: told == [clock.now])
    assert not watch._filtering


def test_a_key_that_wakes_the_machine_finds_it_locked(qtbot, watch, clock, told, line):
    clock.now += 8 * 3600
    press_a_key(qtbot, line)
    assert len(told) == 1
    assert line.text() == ""
    press_a_key(qtbot, line)
    assert len(told) == 1
    assert line.text() == "a"


def test_a_shortcut_that_wakes_the_machine_does_nothing_else(qtbot, watch, clock, told, line):
    done = []
    QShortcut(QKeySequence("F5"), line, lambda: done.append(True))
    clock.now += 8 * 3600
    qtbot.keyClick(line, Qt.Key.Key_F5)
    assert len(told) == 1
    assert done == []
    qtbot.keyClick(line, Qt.Key.Key_F5)
    assert done == [True]


def test_sleep_right_after_a_key_counts_too(qtbot, watch, clock, told, line):
    press_a_key(qtbot, line)
    qtbot.waitUntil(lambda: not watch._filtering)
    clock.now += LIMIT
    watch.look()
    assert len(told) == 1


def test_no_minutes_are_for_ever(watch, clock, told):
    watch.watch(0)
    clock.now += 1e9
    watch.look()
    assert told == []
    assert not watch._timer.isActive()
    assert not watch._filtering


def test_watching_again_counts_from_then(watch, clock, told):
    clock.now += LIMIT - 1
    watch.watch(1)
    clock.now += 59
    watch.look()
    assert told == []
    clock.now += 1
    watch.look()
    assert len(told) == 1


def test_the_real_clock_goes_on_and_is_no_date():
    first = seconds_passed()
    time.sleep(0.01)
    assert 0.005 < seconds_passed() - first < 60


@given(gaps=st.lists(st.floats(0.01, LIMIT - 0.5), max_size=40))
@rounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_never_early_and_late_by_a_beat_at_most(dressed, gaps):
    """Play signs and timers in the order of a made-up time, without waiting for any."""
    now = [0.0]
    told = []
    watch = IdleWatch(None, lambda: now[0])
    watch.idle.connect(lambda: told.append(now[0]))
    watch.watch(MINUTES)
    due = now[0] + watch._timer.interval() / 1000
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    last = 0.0
    for sign in [*(sum(gaps[: place + 1]) for place in range(len(gaps))), None]:
        while watch.watching and (sign is None or due < sign):
            now[0] = due
            watch.look()
            due = now[0] + watch._timer.interval() / 1000
        if sign is not None:
            now[0] = last = sign
            if watch._filtering:
                watch.eventFilter(watch, key)
                due = now[0] + watch._timer.interval() / 1000
    assert len(told) == 1
    assert told[0] - last + 1e-6 >= LIMIT
    assert told[0] - last <= LIMIT + BEAT / 1000 + 0.01
