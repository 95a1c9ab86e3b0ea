"""The choice of a strength: seven buttons with sign, word and key, the chosen one marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.analysis.factors import STRENGTHS
from ui.factors.signs import KEYS, WIDTH, paint_sign
from ui.notebook.wrapping import line_height, paint_lines, text_width
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.buttons import with_key

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.model.assessment import Strength
    from ui.theme.fonts import Weight

_HIGH = 24


class StrengthChoice(QWidget):
    """Offers the strengths; choosing the one that stands already changes nothing."""

    chosen = Signal(object)  # Strength

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Strength, _Choice] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strength in KEYS:
            column.addWidget(self._make(strength))

    def show_strength(self, strength: Strength | None) -> None:
        """Mark what stands; None marks nothing."""
        for each, button in self._buttons.items():
            button.setChecked(each is strength)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let people look, or choose."""
        for button in self._buttons.values():
            button.setEnabled(not read_only)

    def button(self, strength: Strength) -> QToolButton:
        """Give one button."""
        return self._buttons[strength]

    def _make(self, strength: Strength) -> QToolButton:
        button = _Choice(strength, self)
        button.clicked.connect(lambda: self.chosen.emit(strength))
        self._buttons[strength] = button
        return button


class _Choice(QToolButton):
    """One strength; its own click does not mark it, whoever shows what stands does."""

    def __init__(self, strength: Strength, parent: QWidget) -> None:
        super().__init__(parent)
        self._strength = strength
        self.setCheckable(True)
        self.setAccessibleName(f"Judge it: {STRENGTHS[strength]}")
        self.setToolTip(with_key(STRENGTHS[strength].capitalize(), KEYS[strength]))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As wide as sign, words and key."""
        return QSize(round(WIDTH + text_width(STRENGTHS[self._strength], BODY, "semibold")) + 48, _HIGH)

    def nextCheckState(self) -> None:
        """Leave the mark to `show_strength`."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign, words and key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(self.rect()).adjusted(0.5, 1, -0.5, -1)
        chosen = self.isChecked()
        ground = "accent_soft" if chosen else "hover" if self.underMouse() and self.isEnabled() else "surface"
        painter.setPen(QPen(theme().colour("focus"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(ground))
        painter.drawRoundedRect(where, 4, 4)
        left = where.left() + SPACE[1]
        paint_sign(painter, QRectF(left, where.top(), WIDTH, where.height()), self._strength)
        painter.setPen(theme().colour("text" if self.isEnabled() else "text_muted"))
        weight: Weight = "semibold" if chosen else "regular"
        top = where.center().y() - line_height(BODY) / 2
        paint_lines(painter, (STRENGTHS[self._strength],), left + WIDTH + SPACE[1], top, BODY, weight)
        painter.setPen(theme().colour("text_faint"))
        key = KEYS[self._strength]
        at = where.right() - SPACE[1] - text_width(key, SMALL)
        paint_lines(painter, (key,), at, where.center().y() - line_height(SMALL) / 2, SMALL, "regular")
        painter.end()
