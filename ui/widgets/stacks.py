"""Showing one part of several in the same place, without losing the focus with the part that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedLayout, QWidget


def turn_to(stack: QStackedLayout, part: QWidget, wanted: QWidget) -> None:
    """Show a part of a stack; where the focus was in the part before, it goes along to `wanted`, which is in this."""
    before, focused = stack.currentWidget(), QApplication.focusWidget()
    had = before is not None and focused is not None and (focused is before or before.isAncestorOf(focused))
    stack.setCurrentWidget(part)
    if had and part is not before:
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
