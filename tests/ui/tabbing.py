"""Going through a page with Tab: for tests that everything on it which takes the keyboard is reached."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def missed(qtbot, page, first):
    """Press Tab from one widget on until it has come round to it again; names what was never come to."""
    first.setFocus()
    seen = [page.focusWidget()]
    while True:
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        if page.focusWidget() in seen:
            break
        seen.append(page.focusWidget())
    assert page.focusWidget() is seen[0]
    stops = {each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled() and is_stop(each)}
    return [f"{each!r} {each.accessibleName()}" for each in stops - set(seen)]


def is_stop(widget):
    """Whether Tab is to come to a widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
