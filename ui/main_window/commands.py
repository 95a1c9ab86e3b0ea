"""Everything that can be done just now, found in the actions of the window and of the page that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Command:
    """An action under a heading, for the palette and the list of keys.

    `which` is whether there is no telling which of several things of a kind it would be done to: each has that action,
    and none the keyboard.
    """

    heading: str
    text: str
    key: str
    action: QAction
    which: bool = False


def commands_of(heading: str, widget: QWidget) -> Iterator[Command]:
    """List a widget's actions that have words, its own first, then those of what is on it; alike ones once.

    A page's keys are in the palette because the page adds each as a `QAction` with text and shortcut to the widget
    that it is for.
    """
    alike: dict[tuple[str, str], list[tuple[QWidget, QAction]]] = {}
    for owner, action in _actions_on(widget):
        alike.setdefault((action.text().replace("&", ""), key_text(action)), []).append((owner, action))
    for (text, key), found in alike.items():
        able = [each for each in found if each[1].isEnabled()] or found
        focused = [action for owner, action in able if _has_keyboard(owner)]
        things = not focused and len(able) > 1 and len({type(owner) for owner, _ in able}) == 1
        yield Command(heading, text, key, focused[0] if focused else able[0][1], which=things)


def _actions_on(widget: QWidget) -> Iterator[tuple[QWidget, QAction]]:
    """List the actions with words of a widget and of what is on it, each once, with whose it is."""
    seen: set[int] = set()
    for owner in (widget, *widget.findChildren(QWidget)):
        if isinstance(owner, QMenu) or not owner.isVisibleTo(widget):
            continue
        for action in owner.actions():
            if id(action) not in seen and action.text() and action.isVisible():
                seen.add(id(action))
                yield owner, action


def _has_keyboard(owner: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (owner is focused or owner.isAncestorOf(focused))


def key_text(action: QAction) -> str:
    """Write an action's keys as this system does: "Ctrl+K"."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(form) for key in action.shortcuts()[:1])


def matches(words: str, text: str) -> bool:
    """Whether every word typed begins or is inside a word of a text, whatever the case."""
    return all(word in text.casefold() for word in words.casefold().split())
