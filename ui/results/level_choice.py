"""The choice of a level: one under the other, each with shape, word and key; the derived one can't be set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.notebook.wrapping import line_height, paint_lines, text_width
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.buttons import pressed_by_enter
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from app.rubric.structure import Rubric
    from ui.theme.fonts import Weight

_HIGH = 26
_SHAPE = 12.0
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LevelChoice(QWidget):
    """Offers a rubric's levels, the highest on top; digits choose from the lowest, 1, upwards."""

    chosen = Signal(str)  # a level's id; chosen again where it was already

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Level to set")
        self._levels: tuple[str, ...] = ()
        self._buttons: dict[str, _LevelButton] = {}
        self._value = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_levels(self, rubric: Rubric, derived: str | None) -> None:
        """Offer a rubric's levels; `derived` is the one that the answers give, None for none."""
        for button in self._buttons.values():
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._levels = tuple(level.id for level in rubric.levels)
        self._buttons = {}
        for rank, level in reversed(list(enumerate(rubric.levels))):
            button = _LevelButton(level.name, rank, len(rubric.levels), is_derived=level.id == derived, parent=self)
            button.clicked.connect(lambda _checked=False, key=level.id: self._choose(key))
            self._buttons[level.id] = button
            self._column.addWidget(button)
        self.set_value("")

    def value(self) -> str:
        """Give the id of the level chosen; "" for none."""
        return self._value

    def set_value(self, level: str) -> None:
        """Mark a level; "" marks none."""
        self._value = level
        for key, button in self._buttons.items():
            button.setChecked(key == level)
        stop = level or next((key for key, button in self._buttons.items() if button.isEnabled()), "")
        for key, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus)
        if stop:
            self.setFocusProxy(self._buttons[stop])

    def button(self, level: str) -> QToolButton:
        """Give one level's button."""
        return self._buttons[level]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit, go along with the arrow keys."""
        if step := _STEPS.get(Qt.Key(event.key())):
            self._step(step)
        elif event.text().isdecimal() and (level := self._by_digit(int(event.text()))):
            self._choose(level)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        free = [key for key, button in self._buttons.items() if button.isEnabled()]
        at = free.index(self._value) + step if self._value in free else 0
        self.set_value(free[min(max(at, 0), len(free) - 1)])
        self._buttons[self._value].setFocus(Qt.FocusReason.TabFocusReason)

    def _by_digit(self, digit: int) -> str:
        """Name the level that a digit chooses; "" for none, and for the derived one."""
        place = (digit or 10) - 1
        level = self._levels[place] if place < len(self._levels) else ""
        return level if level and self._buttons[level].isEnabled() else ""

    def _choose(self, level: str) -> None:
        self.set_value(level)
        self.chosen.emit(level)


class _LevelButton(QToolButton):
    """One level; its own click does not mark it, `LevelChoice` does."""

    def __init__(self, name: str, rank: int, of: int, *, is_derived: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._rank, self._of = name, rank, of
        self._said = "derived" if is_derived else str((rank + 1) % 10)
        self.setCheckable(True)
        self.setEnabled(not is_derived)
        self.setAccessibleName(f"Set to {name}" if not is_derived else f"{name}, the derived level")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As wide as shape, word and key."""
        return QSize(round(_SHAPE + text_width(self._name, BODY, "semibold")) + 80, _HIGH)

    def nextCheckState(self) -> None:
        """Leave the mark to the whole choice."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter, and leave arrows to the whole choice."""
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        elif not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint shape, word, and the key or that it is the derived one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(self.rect()).adjusted(0.5, 1, -0.5, -1)
        ground = "accent_soft" if self.isChecked() else "hover" if self.underMouse() and self.isEnabled() else "surface"
        painter.setPen(QPen(theme().colour("focus"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(ground))
        painter.drawRoundedRect(where, 4, 4)
        ink = theme().colour("text" if self.isEnabled() else "text_muted")
        left, middle = where.left() + SPACE[1], where.center().y()
        level_shape(painter, QRectF(left, middle - _SHAPE / 2, _SHAPE, _SHAPE), self._rank, self._of, ink)
        painter.setPen(ink)
        weight: Weight = "semibold" if self.isChecked() else "regular"
        paint_lines(painter, (self._name,), left + _SHAPE + SPACE[1], middle - line_height(BODY) / 2, BODY, weight)
        painter.setPen(theme().colour("text_muted"))
        at = where.right() - SPACE[1] - text_width(self._said, SMALL)
        paint_lines(painter, (self._said,), at, middle - line_height(SMALL) / 2, SMALL, "regular")
        painter.end()
