"""A list of things asks for what its keys and buttons say, and keeps its place."""

import pytest
from PySide6.QtCore import Qt

from ui.widgets import Row, ThingList

ROWS = [Row("a", "Alpha", "first"), Row("b", "Beta"), Row("c", "Gamma")]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def things(show):
    made = ThingList("Cases", "case")
    made.show_things(ROWS)
    show(made, 320, 240)
    made.view.setFocus()
    return made


def test_the_first_is_current(things):
    assert things.current == "a"


def test_arrows_change_the_current(qtbot, things):
    with qtbot.waitSignal(things.current_changed) as told:
        qtbot.keyClick(things.view, Qt.Key.Key_Down)
    assert told.args == ["b"]


@pytest.mark.parametrize(
    ("key", "modifier", "signal", "arguments"),
    [
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier, "add_asked", []),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "remove_asked", ["b"]),
        (Qt.Key.Key_Up, ALT, "move_asked", ["b", 0]),
        (Qt.Key.Key_Down, ALT, "move_asked", ["b", 2]),
    ],
)
def test_keys_ask(qtbot, things, key, modifier, signal, arguments):
    things.set_current("b")
    with qtbot.waitSignal(getattr(things, signal)) as asked:
        qtbot.keyClick(things.view, key, modifier)
    assert asked.args == arguments


def test_buttons_ask_the_same(qtbot, things):
    things.set_current("b")
    for name, signal, arguments in (
        ("up", things.move_asked, ["b", 0]),
        ("down", things.move_asked, ["b", 2]),
        ("remove", things.remove_asked, ["b"]),
        ("add", things.add_asked, []),
    ):
        with qtbot.waitSignal(signal) as asked:
            qtbot.mouseClick(things._buttons[name], Qt.MouseButton.LeftButton)
        assert asked.args == arguments


def test_nothing_moves_off_the_ends(qtbot, things):
    with qtbot.assertNotEmitted(things.move_asked):
        qtbot.keyClick(things.view, Qt.Key.Key_Up, ALT)
    assert not things._buttons["up"].isEnabled()


def test_the_current_stays_when_others_change(things):
    things.set_current("b")
    things.show_things([Row("x", "New"), *ROWS])
    assert things.current == "b"
    assert things.view.currentIndex().row() == 2


def test_the_neighbour_follows_one_that_went(things):
    things.set_current("b")
    things.show_things([ROWS[0], ROWS[2]])
    assert things.current == "c"
    things.show_things([ROWS[0]])
    assert things.current == "a"
    things.show_things([])
    assert things.current == ""


def test_reading_alone_takes_no_keys(qtbot, things):
    things.set_read_only(True)
    with qtbot.assertNotEmitted(things.remove_asked):
        qtbot.keyClick(things.view, Qt.Key.Key_Delete)
    assert not things._buttons["add"].isVisible()


def test_rows_are_28_px_and_tell_screen_readers_all(things):
    index = things.view.model().index(0)
    assert things.view.visualRect(index).height() == 28
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Alpha, first"
