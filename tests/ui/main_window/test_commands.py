"""Commands: what several things of a kind can do is listed once, and done to the one that has the keyboard."""

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.main_window.commands import commands_of
from ui.main_window.palette import CommandPalette
from ui.widgets.actions import bind_key


class Step(QPushButton):
    """A thing of which there are several."""


@pytest.fixture
def done():
    return []


@pytest.fixture
def holder(qtbot, dressed, done):
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for name in ("one", "two"):
        step = Step(name, made)
        bind_key(step, "Remove the step", "Alt+Del", lambda name=name: done.append(name))
        column.addWidget(step)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def offered(qtbot, holder):
    palette = CommandPalette(holder, list)
    palette.ask(list(commands_of("Here", holder)))
    return [row.text for row in palette.rows("remove")]


def test_what_each_of_several_things_can_do_is_listed_once(holder):
    assert [(each.text, each.key, each.which) for each in commands_of("Here", holder)] == [
        ("Remove the step", "Alt+Del", True)
    ]


def test_what_has_no_thing_that_it_would_be_done_to_is_not_offered(qtbot, holder):
    assert offered(qtbot, holder) == []


def test_it_is_done_to_the_one_that_has_the_keyboard(qtbot, holder, done):
    second = holder.findChildren(Step)[1]
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    (found,) = commands_of("Here", holder)
    found.action.trigger()
    assert (found.which, done) == (False, ["two"])
    assert offered(qtbot, holder) == ["Remove the step"]


def test_where_only_one_of_them_can_it_is_that_one(holder, done):
    holder.findChildren(Step)[0].actions()[0].setEnabled(False)
    (found,) = commands_of("Here", holder)
    found.action.trigger()
    assert (found.which, done) == (False, ["two"])


def test_different_things_that_share_words_are_done_to_the_first(holder, done):
    other = QWidget(holder)
    other.show()
    bind_key(other, "Remove the step", "Alt+Del", lambda: done.append("other"))
    (found,) = commands_of("Here", holder)
    found.action.trigger()
    assert (found.which, done) == (False, ["one"])
