"""Everything that can be done just now, found in the actions of the window and of the page that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Command:
    """An action under a heading, for the palette and the list of keys."""

    heading: str
    text: str
    key: str
    action: QAction


def commands_of(heading: str, widget: QWidget) -> Iterator[Command]:
    """List a widget's actions that have words, its own first, then those of what is on it.

    A page's keys are in the palette because the page adds each as a `QAction` with text and shortcut to the widget
    that it is for.
    """
    seen: set[int] = set()
    for owner in (widget, *widget.findChildren(QWidget)):
        if isinstance(owner, QMenu) or not owner.isVisibleTo(widget):
            continue
        for action in owner.actions():
            if id(action) not in seen and action.text() and action.isVisible():
                seen.add(id(action))
                yield Command(heading, action.text().replace("&", ""), key_text(action), action)


def key_text(action: QAction) -> str:
    """Write an action's keys as this system does: "Ctrl+K"."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(form) for key in action.shortcuts()[:1])


def matches(words: str, text: str) -> bool:
    """Whether every word typed begins or is inside a word of a text, whatever the case."""
    return all(word in text.casefold() for word in words.casefold().split())
