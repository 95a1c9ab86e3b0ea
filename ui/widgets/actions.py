"""Keys of a widget, as actions: listed among the commands, shown by the key help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


def bind_key(
    owner: QWidget, text: str, keys: str | Sequence[str], then: Callable[[], object], *, within: bool = False
) -> QAction:
    """Give a widget an action with one key or more.

    Args:
        owner: the widget.
        text: what the action does.
        keys: such as "Ctrl+N"; any of several does.
        then: does it.
        within: whether the keys count while a part of the widget has the focus too, not only the widget itself.
    """
    contexts = Qt.ShortcutContext
    context = contexts.WidgetWithChildrenShortcut if within else contexts.WidgetShortcut
    return _bound(owner, text, [keys] if isinstance(keys, str) else keys, then, context)


def bind_in_window(owner: QWidget, text: str, key: str, then: Callable[[], object]) -> QAction:
    """Give a widget an action whose key, if it has one, counts wherever in its window the focus is."""
    return _bound(owner, text, [key] if key else [], then, Qt.ShortcutContext.WindowShortcut)


def _bound(
    owner: QWidget, text: str, keys: Sequence[str], then: Callable[[], object], context: Qt.ShortcutContext
) -> QAction:
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(context)
    action.triggered.connect(lambda _checked=False: then())
    owner.addAction(action)
    return action
