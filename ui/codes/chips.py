"""The codes that are looked for, as chips: each must be there, may be there, or must not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.codes.colours import SWATCH, paint_swatch
from ui.notebook.wrapping import text_width
from ui.theme import SMALL, SPACE, theme
from ui.widgets import TextLabel
from ui.widgets.text import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

Sign = Literal["any", "all", "none"]
SIGNS: Final[dict[Sign, str]] = {"any": "any of", "all": "and", "none": "not"}
_NEXT: Final[dict[Sign, Sign]] = {"any": "all", "all": "none", "none": "any"}
_KEYS: Final[dict[Qt.Key, Sign]] = {
    Qt.Key.Key_Plus: "all",
    Qt.Key.Key_Equal: "all",
    Qt.Key.Key_Minus: "none",
    Qt.Key.Key_O: "any",
}
_HIGH, _WIDEST, _NARROWEST = 24, 220, 64
_MOST = 4


@dataclass(frozen=True)
class Term:
    """One code that is looked for; it is `kept` where it stays when another code is chosen in the tree."""

    code: str
    name: str
    colour: str
    sign: Sign = "any"
    kept: bool = False


class Chip(QAbstractButton):
    """One term. A click or Space changes its sign; plus, minus and O set it, Del takes it away."""

    signed = Signal(str, str)  # code, sign
    dropped = Signal(str)  # code

    def __init__(self, term: Term, parent: QWidget) -> None:
        super().__init__(parent)
        self.term = term
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(term.name)
        self.setAccessibleName(f"{SIGNS[term.sign]} {term.name}")
        told = f"{term.name}\nMust be there (+), may be there (O), must not be there (-); Del takes it away"
        self.setToolTip(tip(told))
        self.clicked.connect(lambda: self.signed.emit(term.code, _NEXT[term.sign]))

    def sizeHint(self) -> QSize:
        """As wide as its words, within reason."""
        wide = text_width(self._sign, SMALL) + text_width(self.term.name, SMALL, "medium") + SWATCH + 6 * SPACE[0] + 4
        return QSize(min(round(wide), _WIDEST), _HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set the sign, or take the term away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit(self.term.code)
        elif (sign := _KEYS.get(Qt.Key(event.key()))) is not None:
            self.signed.emit(self.term.code, sign)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign, colour and name; filled where the term stays."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = palette.hover if self.underMouse() else palette.accent_soft if self.term.kept else palette.surface
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(palette.focus if self.hasFocus() else palette.line_strong)))
        painter.drawRoundedRect(frame, 4, 4)
        left = float(SPACE[1])
        painter.setFont(theme().font(SMALL))
        painter.setPen(QColor(palette.text_muted))
        if self._sign:
            painter.drawText(QRectF(left, 0, self.width(), self.height()), _MIDDLE, self._sign)
            left += text_width(self._sign, SMALL) + SPACE[0]
        paint_swatch(painter, self.term.colour, QRectF(left, (self.height() - SWATCH) / 2, SWATCH, SWATCH))
        left += SWATCH + SPACE[0]
        painter.setFont(theme().font(SMALL, "medium"))
        painter.setPen(QColor(palette.text))
        room = self.width() - left - SPACE[1]
        name = QFontMetricsF(painter.font()).elidedText(self.term.name, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(QRectF(left, 0, room + 1, self.height()), _MIDDLE, name)
        painter.end()

    @property
    def _sign(self) -> str:
        return "" if self.term.sign == "any" and not self.term.kept else SIGNS[self.term.sign]


class ChipRow(QWidget):
    """Chips side by side; a few at most, the rest by number."""

    signed = Signal(str, str)  # code, sign
    dropped = Signal(str)  # code

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self._more = TextLabel("", SMALL, ink="faint", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[0])
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.setMinimumHeight(_HIGH)

    def show_terms(self, terms: Sequence[Term]) -> None:
        """Show other terms; the focus stays on the code it is on."""
        shown = list(terms[:_MOST])
        if [chip.term for chip in self.chips] == shown:
            return
        focused = next((chip.term.code for chip in self.chips if chip.hasFocus()), "")
        before, self.chips = self.chips, [self._made(term) for term in shown]
        for place, chip in enumerate(self.chips):
            self._row.insertWidget(place, chip)
            chip.show()
            if chip.term.code == focused:
                chip.setFocus()
        for chip in before:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        rest = len(terms) - len(shown)
        self._more.setText(f"and {rest} more" if rest else "")
        self._more.setVisible(bool(rest))

    def _made(self, term: Term) -> Chip:
        chip = Chip(term, self)
        chip.signed.connect(self.signed)
        chip.dropped.connect(self.dropped)
        return chip


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
