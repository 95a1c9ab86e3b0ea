"""Covering a window at once: a plain sheet over it, and nothing of its own left open beside or above it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from ui.main_window.overlay import Overlay

_MOST: Final = 20  # menus inside menus


def cover(window: QWidget) -> QWidget:
    """Lay a plain sheet over a window, painted before this returns; gives the sheet."""
    sheet = QWidget(window)
    sheet.setAutoFillBackground(True)
    sheet.setGeometry(window.rect())
    sheet.show()
    sheet.raise_()
    sheet.repaint()
    return sheet


def put_away(window: QWidget) -> None:
    """Close the menus and lists that are open, what is laid over the window itself, and its windows beside it."""
    QToolTip.hideText()
    for _each in range(_MOST):
        popup = QApplication.activePopupWidget()
        if popup is None or not popup.close():
            break
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible() or not _belongs_to(other, window):
            continue
        if isinstance(other, QDialog):
            other.reject()
        other.hide()
    for laid in window.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if laid.isVisible():
            laid.close_up()


def _belongs_to(widget: QWidget, window: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above is not window:
        above = above.parentWidget()
    return above is window
