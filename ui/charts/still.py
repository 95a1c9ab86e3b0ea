"""A chart that is looked at: nothing in it is dragged or zoomed, and the page keeps the wheel and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyqtgraph
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsView, QSizePolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from ui.theme import Palette

MARK: Final = 13
"""Width of the sign of a level, in px."""


class Still(pyqtgraph.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """The ground of a chart; `_box` holds what is drawn.

    The table of the same levels stands beside it on the page, so it takes no focus; its name and description
    say the same in words.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAntialiasing(True)
        self.setStyleSheet("background: transparent; border: 0;")
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # else it keeps the ground of the other theme
        self._box = pyqtgraph.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self.setCentralItem(self._box)

    def close(self) -> bool:
        """Close as every widget does: pyqtgraph would take the viewport away, which crashes Qt."""
        return QGraphicsView.close(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take only the left button; pyqtgraph would make menus and drags of the others."""
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a click on a level be told."""
        super().mouseReleaseEvent(event)
        event.accept()


def level_marks(place: tuple[float, float], rank: int | None, of: int, palette: Palette) -> Iterator[Any]:
    """Make a level's sign: an empty circle, filled up to the level; fainter where nothing is rated."""
    rim = pen(palette.text_faint if rank is None else palette.accent, 1.6)
    yield sign(place, "o", rim, palette.surface)
    if rank:
        yield sign(place, _pie(rank / (of - 1)), None, palette.accent)


def sign(place: tuple[float, float], symbol: object, rim: QPen | None, brush: str) -> Any:
    """Make a sign of one of pyqtgraph's symbols, or of a path of diameter 1."""
    look = {"size": MARK, "symbol": symbol, "pen": rim, "brush": QColor(brush)}
    look |= {"useCache": False, "antialias": True}  # else it is drawn from pixels, in files too
    return pyqtgraph.ScatterPlotItem(pos=[place], **look)


def ideal_width(label: Any) -> float:
    """Tell how wide a label's longest line is, unbroken."""
    label.textItem.setTextWidth(-1)
    return float(label.textItem.document().idealWidth()) + 1


def pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Make a pen that is as wide at every scale."""
    made = QPen(QColor(colour), width, style)
    made.setCosmetic(True)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def tinted(colour: str, alpha: int) -> QColor:
    """Give a colour that lets the ground through; `alpha` is 0 to 255."""
    made = QColor(colour)
    made.setAlpha(alpha)
    return made


def _pie(share: float) -> QPainterPath:
    """Cut a piece out of a circle of diameter 1, from the top and clockwise."""
    path = QPainterPath(QPointF(0, 0))
    path.arcTo(-0.5, -0.5, 1.0, 1.0, 90, -360 * share)
    path.closeSubpath()
    return path
