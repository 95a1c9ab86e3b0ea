"""Buttons: an icon with a name, words with a weight of their own, and one choice of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import BODY, theme
from ui.widgets.text import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_GAP = 4
_ROOMY, _TIGHT = 24, 13  # px of a segment beside its words
Look = Literal["plain", "primary", "quiet", "link", "leader"]


def with_key(name: str, key: str) -> str:
    """Write a tooltip: the name, and the key that does the same, as this system writes it."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if key else ""
    return f"{name} ({shown})" if shown else name


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button on Enter, as Space does; Qt leaves that to dialogs. Gives whether it was Enter."""
    if (
        event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class IconButton(QToolButton):
    """A button that is an icon; its name is in the tooltip and for screen readers, `key` is shown beside it.

    `key` only tells; the page that owns the action binds it.
    """

    def __init__(self, icon: str, name: str, key: str = "", parent: QWidget | None = None, *, side: int = 28) -> None:
        super().__init__(parent)
        self._icon = icon
        self._key = key
        self.setFixedSize(QSize(side, side))
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_name(name)
        self._draw()
        theme().changed.connect(self._draw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_name(self, name: str) -> None:
        """Say what it does now, such as what would be undone."""
        self.setAccessibleName(name)
        self.setToolTip(tip(with_key(name, self._key)))

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._draw()

    def _draw(self) -> None:
        self.setIcon(theme().icon(self._icon))


class TextButton(QPushButton):
    """A button with words; `look` is its weight on the page, `icon` stands before the words."""

    def __init__(
        self, text: str, look: Look = "plain", icon: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if key:
            self.setToolTip(with_key(text, key))
        self._draw()
        theme().changed.connect(self._draw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_icon(self, icon: str) -> None:
        """Show another icon before the words."""
        if self._icon != icon:
            self._icon = icon
            self._draw()

    def set_look(self, look: Look) -> None:
        """Give it another weight on the page."""
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw()

    def _draw(self) -> None:
        if self._icon:
            palette = theme().palette
            inks = {"primary": palette.accent_text, "link": palette.accent}
            self.setIcon(theme().icon(self._icon, inks.get(self.property("look"), palette.text_muted), gap=_GAP))
            self.setIconSize(QSize(16 + _GAP, 16))


class SegmentedControl(QWidget):
    """One choice of a few, side by side; arrow keys go along it, and it is one stop for Tab.

    `chosen` is emitted when a person chose, not when `set_value` did.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *, tight: bool = False
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (key, words) in enumerate(options):
            button = _Segment(words, _end(place, len(options)), _TIGHT if tight else _ROOMY, self)
            button.setAccessibleName(f"{name}: {words}")
            button.clicked.connect(lambda _checked=False, key=key: self._click(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self._value: str | None = None
        self.set_value(None)

    def value(self) -> str | None:
        """Give what is chosen; None for nothing."""
        return self._value

    def set_value(self, key: str | None) -> None:
        """Show what is chosen."""
        self._value = key
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)
        self._set_tab_stop()

    def button(self, key: str) -> QToolButton:
        """Give one segment, for a tooltip of its own or for a test to click."""
        return self._buttons[key]

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Let people look, or choose."""
        for button in self._buttons.values():
            button.setEnabled(not read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along with the arrow keys."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        keys = list(self._buttons)
        if step is None:
            super().keyPressEvent(event)
            return
        at = keys.index(self._value) if self._value in keys else (-1 if step > 0 else len(keys))
        to = min(max(at + step, 0), len(keys) - 1)
        self._buttons[keys[to]].setFocus(Qt.FocusReason.TabFocusReason)
        self._click(keys[to])

    def _click(self, key: str) -> None:
        if key == self._value:
            return
        self.set_value(key)
        self.chosen.emit(key)

    def _set_tab_stop(self) -> None:
        keys = list(self._buttons)
        stop = self._value if self._value in self._buttons else keys[0] if keys else None
        for key, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


class _Segment(QToolButton):
    def __init__(self, words: str, end: str, room: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = room
        if room != _ROOMY:
            self.setStyleSheet("padding: 0 4px;")
        self.setText(words)
        self.setCheckable(True)
        self.setFont(theme().font(BODY))
        self.setProperty("look", "segment")
        self.setProperty("end", end)

    def sizeHint(self) -> QSize:
        """As wide as its words in the weight they get when chosen, so that nothing moves then."""
        strong = theme().font(BODY, "semibold")
        from PySide6.QtGui import QFontMetrics

        return QSize(QFontMetrics(strong).horizontalAdvance(self.text()) + self._room, 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the whole control."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _end(place: int, of: int) -> str:
    if of == 1:
        return "only"
    return {0: "first", of - 1: "last"}.get(place, "middle")
