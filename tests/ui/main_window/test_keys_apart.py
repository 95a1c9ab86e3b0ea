"""A key does one thing wherever the focus is: two actions that share one would cancel each other out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.actions import double_coding
from ui.main_window.pages import PAGES
from ui.main_window.palette import CommandPalette

NAMES = [entry.name for entry in PAGES]
CONTEXT = Qt.ShortcutContext
PARTS = ("passages", "case", "principle", "together", "memos", "agreement")


def bound(window):
    """List whose each key is, as (owner, context, key, action)."""
    for owner in (window, *window.findChildren(QWidget)):
        if isinstance(owner, QMenu) or not owner.isVisible():
            continue
        for action in owner.actions():
            if action.isEnabled():
                for key in action.shortcuts():
                    yield owner, action.shortcutContext(), key.toString(), action


def reaches(owner, context, other):
    """Whether a key of one widget counts while another has the focus."""
    if context == CONTEXT.WindowShortcut:
        return owner.window() is other.window()
    return owner is other or (context == CONTEXT.WidgetWithChildrenShortcut and owner.isAncestorOf(other))


def shared(window):
    """List the keys that two actions claim while one of their widgets has the focus."""
    keys = list(bound(window))
    return sorted(
        {
            f"{key}: {action.text()} / {other.text()}"
            for owner, context, key, action in keys
            for owner_2, _context_2, key_2, other in keys
            if key == key_2 and action is not other and reaches(owner, context, owner_2)
        }
    )


@pytest.mark.parametrize("step", ["show_start", "start_new", "start_opening"])
def test_no_key_is_claimed_twice_before_any_study(bare_window, step):
    getattr(bare_window.start, step)()
    assert shared(bare_window) == []


def test_the_keys_of_the_start_page_are_the_study_s_once_it_is_open(qtbot, bare_window, study_path, passphrase):
    bare_window.open_path(study_path, passphrase)
    assert shared(bare_window) == []
    qtbot.keyClick(bare_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = next(each for each in bare_window.findChildren(CommandPalette) if each.isVisible())
    assert bare_window.workspace.isAncestorOf(palette)


@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_claimed_twice_on_a_page(window, name):
    window.workspace.show_page(name)
    assert shared(window) == []


@pytest.mark.parametrize("part", PARTS)
def test_no_key_is_claimed_twice_in_a_part_of_the_codes_page(window, part):
    window.workspace.show_page("codes")
    window.workspace.page.middle.show_part(part)
    assert shared(window) == []


def test_no_key_is_claimed_twice_from_coding_blind_to_the_differences(window):
    desk = window.workspace.desk
    window.workspace.show_page("codes")
    view = window.workspace.page.middle.part("agreement")
    window.workspace.page.middle.show_part("agreement")
    view.new_double()
    assert shared(window) == []
    double = desk.do(double_coding.begin, "ada", "ben", ("i1",)).key_of("double_codings")
    view.form.cancelled.emit()
    assert view.blind.isVisible()
    assert shared(window) == []
    for coder in ("ada", "ben"):
        window.workspace.top.person_chosen.emit(coder)
        desk.do(double_coding.say_done, double, coder)
    assert view.differences.isVisible()
    assert shared(window) == []
