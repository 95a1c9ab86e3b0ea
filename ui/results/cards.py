"""Charts side by side, a card each: as many in a row as fit; pyqtgraph is imported when they are first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

LEAST: Final = 224
"""The narrowest card with a few words around its chart, in px."""

_GAP = SPACE[3]
_PAUSE = 30  # ms; lets the page be laid out and painted before pyqtgraph is imported


class CardGrid(QWidget):
    """Cards, each with `draw()` and `is_drawn`; `drawn` says that all of them have their charts."""

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cards: list[Any] = []
        self._across = 0
        self._least = LEAST
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(SPACE[4])
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.draw)

    @property
    def is_drawn(self) -> bool:
        """Whether every card has its chart."""
        return all(card.is_drawn for card in self.cards)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the charts once the page stands."""
        super().showEvent(event)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many beside one another as fit."""
        super().resizeEvent(event)
        self.arrange(self.width())

    def minimumSizeHint(self) -> QSize:
        """One card."""
        return QSize(self._least, super().minimumSizeHint().height())

    def _new_card(self) -> QWidget:
        """Make one more card."""
        raise NotImplementedError

    def _have(self, count: int) -> list[Any]:
        """Keep as many cards as there are things to show, and give them."""
        while len(self.cards) > count:
            card = self.cards.pop()
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._across = 0
        while len(self.cards) < count:
            self.cards.append(self._new_card())
            self._across = 0
        return self.cards

    def _shown(self) -> None:
        """Lay out what is shown now, and draw it soon."""
        self.arrange(self.width())
        if self.isVisible():
            self._soon.start()

    def arrange(self, width: int) -> None:
        """Put as many cards beside one another as fit a width."""
        room = (width + _GAP) // (self._least + _GAP)
        across = max(1, min(room, max(len(self.cards), 3)))
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across, Qt.AlignmentFlag.AlignTop)

    def draw(self) -> None:
        """Draw the charts of all cards now, whether or not they are seen."""
        for card in self.cards:
            card.draw()
        if self.is_drawn:
            self.drawn.emit()
