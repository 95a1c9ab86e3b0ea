"""All the words that a window shows, page by page and hit by hit: for tests that something is told nowhere."""

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.main_window.pages import PAGES
from ui.part import Parts

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def told(window):
    """Give all words on screen: of labels, fields, buttons, lists and tables, with what they tell when pointed at."""
    words = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            words.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            words.append(widget.toPlainText())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            words += in_model(widget.model())
    return "\n".join(words)


def in_model(model, *parent):
    """Give all words of a list, table or tree."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(*parent)
    for row in range(model.rowCount(*parent)):
        for column in range(columns):
            yield from (str(model.index(row, column, *parent).data(role) or "") for role in ROLES)
        if not isinstance(model, QAbstractListModel | QAbstractTableModel):
            yield from in_model(model, model.index(row, 0, *parent))


def on_page(qtbot, window, name):
    """Visit a page, and each of its parts, and wait for what it shows a little later; gives all words on it."""
    window.workspace.show_page(name, "i1" if name == "interviews" else "")
    page = window.workspace.page
    settle(qtbot, page)
    words = [told(window)]
    parts = getattr(page, "parts", None)
    if isinstance(parts, Parts):
        for part in parts.bar._titles:
            parts.show_part(part)
            settle(qtbot, page)
            words.append(told(window))
        parts.show_part(parts.own)
    return "\n".join(words)


def settle(qtbot, page):
    """Wait until a page, and its panel, have shown what they show a little later."""
    shown = filter(None, (page, page.context_panel()))
    soon = [timer for widget in shown for timer in widget.findChildren(QTimer) if timer.isSingleShot()]
    qtbot.waitUntil(lambda: not any(timer.isActive() and timer.interval() < 1000 for timer in soon))


def everywhere(qtbot, window, *besides):
    """Visit every page, besides some; gives all words on them."""
    return "\n".join(on_page(qtbot, window, entry.name) for entry in PAGES if entry.name not in besides)


def find(qtbot, window, typed):
    """Look for words in the whole study; gives the hits."""
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL | SHIFT)
    overlay = window.workspace._finding
    qtbot.waitUntil(lambda: not overlay.indexing.busy)
    overlay.line.setText(typed)
    overlay._search()
    hits = [overlay._model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(overlay._model.rowCount())]
    overlay.close_up()
    return hits
