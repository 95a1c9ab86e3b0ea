"""Everything that can have the focus has a name, on every page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QScrollBar, QWidget

from app.actions.things import remove
from ui.main_window.overlay import Overlay
from ui.main_window.pages import PAGES
from ui.overview.page import FACETS

CTRL = Qt.KeyboardModifier.ControlModifier


def nameless(root: QWidget) -> list[str]:
    """Walk what a screen reader sees of a widget; describe what has the focus but no name."""
    found = []
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        here = waiting.pop()
        if here is None or not here.isValid():
            continue
        thing = here.object()
        shown = not isinstance(thing, QWidget) or thing.isVisible()
        if not shown:
            continue
        if isinstance(thing, QWidget) and _takes_focus(thing) and not here.text(QAccessible.Text.Name).strip():
            found.append(f"{type(thing).__module__}.{type(thing).__name__} in {_path(thing)}")
        if here.childCount() < 400:
            waiting.extend(here.child(place) for place in range(here.childCount()))
    return found


def _takes_focus(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or widget.objectName() in {"qt_scrollarea_viewport", "qt_spinbox_lineedit"}:
        return False
    if type(widget).__name__ == "QScrollArea":
        return False  # takes keys only to scroll; what is on it is named
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def _path(widget: QWidget) -> str:
    names = []
    parent = widget.parentWidget()
    while parent is not None:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_every_control_of_a_page_has_a_name(window, name):
    window.workspace.show_page(name)
    assert nameless(window) == []


@pytest.mark.parametrize("facet", [name for name, _title in FACETS])
def test_every_control_of_the_overview_s_parts_has_a_name(window, facet):
    window.workspace.page.show_facet(facet)
    assert nameless(window) == []


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_tab_stops_at_nothing_that_does_not_show_it(window, name):
    window.workspace.show_page(name)
    areas = (each for each in window.findChildren(QScrollArea) if type(each) is QScrollArea and each.isVisible())
    assert not [_path(each) for each in areas if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_an_empty_list_shows_that_it_has_the_keyboard(qtbot, window):
    page = window.workspace.page
    facet = page.facet("cases")
    for case in window.workspace.desk.document.cases:
        window.workspace.desk.do(remove, "cases", case.key)
    page.next.setFocus()
    before = facet.list.view.grab().toImage()
    facet.list.view.setFocus()
    assert facet.list.view.grab().toImage() != before


@pytest.mark.parametrize("step", ["show_start", "start_new", "start_opening"])
def test_every_control_of_the_start_page_has_a_name(bare_window, step):
    getattr(bare_window.start, step)()
    assert nameless(bare_window) == []


def test_every_control_of_the_lock_has_a_name(window):
    window.lock()
    assert nameless(window) == []


def test_every_control_of_the_overlays_has_a_name(qtbot, window):
    for key in (Qt.Key.Key_F1, Qt.Key.Key_K, Qt.Key.Key_Comma):
        bare = key == Qt.Key.Key_F1
        qtbot.keyClick(window, key, Qt.KeyboardModifier.NoModifier if bare else CTRL)
        assert nameless(window) == []


def test_every_control_of_capture_mode_has_a_name(qtbot, window):
    page = _writing(qtbot, window)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: page.capture.on)
    assert nameless(window) == []
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F8)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)  # asks what is to be known
    qtbot.waitUntil(lambda: _overlaid(window))
    assert nameless(window) == []


def test_every_control_of_finding_has_a_name(qtbot, window):
    page = _writing(qtbot, window)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(lambda: window.focusWidget() is not page.notebook.editor)
    assert nameless(window) == []
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: _overlaid(window))
    assert nameless(window) == []


def _writing(qtbot, window):
    window.workspace.show_page("interviews", "i3")
    page = window.workspace.page
    page.notebook.editor.setFocus()
    qtbot.waitUntil(page.notebook.editor.hasFocus)
    return page


def _overlaid(window):
    return any(each.isVisible() for each in window.findChildren(Overlay))


def test_the_walk_finds_what_has_no_name(show):
    from PySide6.QtWidgets import QLineEdit, QVBoxLayout

    window = QWidget()
    line = QLineEdit(window)
    line.setPlaceholderText("A placeholder is no name")
    QVBoxLayout(window).addWidget(line)
    show(window, 200, 100)
    assert len(nameless(window)) == 1


def test_every_list_and_table_has_a_name(window):
    for entry in PAGES:
        window.workspace.show_page(entry.name)
        areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible() and _takes_focus(area)]
        assert [area for area in areas if not area.accessibleName()] == []
