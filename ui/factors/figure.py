"""The figure: what facilitates on one side, what inhibits on the other, a block for each case that shows it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.analysis.factors import NOT_JUDGED, ORGANISATION, STRENGTHS, STRONG, Figure, cases_in
from app.analysis.overview import joined
from app.model.assessment import Strength
from ui.factors.signs import WIDTH, paint_sign, side_colour
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import SMALL, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent

    from app.analysis.factors import Bar, Segment

ROW: Final = 34
HEAD: Final = 26
FOOT: Final = 26
_BLOCK: Final = 14.0
_WIDEST: Final = 40.0  # of a block
_NUMBER: Final = 24.0  # room for the number beside a bar
_SHARES: Final = (0.29, 0.34, 0.19, 0.18)  # of names, bars, other cases, the organisation


class Block(NamedTuple):
    """One case in a bar, and where it is."""

    where: QRectF
    factor: str
    case: str
    words: str
    strong: bool
    up: bool


class InfluenceFigure(QWidget):
    """Draws a `Figure`; `picked` is the factor and the case whose block was clicked, "" for the factor itself."""

    picked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = Figure(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("How many cases show each factor")
        theme().changed.connect(self.update)

    @property
    def figure(self) -> Figure:
        """What is drawn."""
        return self._figure

    def show_figure(self, figure: Figure) -> None:
        """Draw another figure."""
        if figure == self._figure:
            return
        self._figure = figure
        self.setAccessibleDescription(figure.words)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each factor, a head and a line that explains the blocks."""
        return QSize(640, HEAD + ROW * len(self._figure.bars) + FOOT)

    def blocks(self) -> Iterator[Block]:
        """Tell where each case of each bar is drawn."""
        _, left, right, _, _ = self._edges()
        middle = (left + right) / 2
        unit = min((middle - left - _NUMBER) / self._figure.most, _WIDEST)
        for row, bar in enumerate(self._figure.bars):
            top = HEAD + ROW * row + (ROW - _BLOCK) / 2
            yield from _side(bar, bar.inhibiting, QPointF(middle, top), -unit)
            yield from _side(bar, bar.facilitating, QPointF(middle, top), unit)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint head, bars and foot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        for row, bar in enumerate(self._figure.bars):
            self._paint_words(painter, bar, HEAD + ROW * row)
        for block in self.blocks():
            paint_block(painter, block.where, strong=block.strong, up=block.up)
        self._paint_numbers(painter)
        self._paint_axis(painter)
        self._paint_foot(painter)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        _, left, right, aside, organisation = self._edges()
        middle = (left + right) / 2
        top = (HEAD - line_height(SMALL)) / 2
        wide = text_width("Inhibits", SMALL, "semibold")
        sides = (
            (Strength.STRONGLY_INHIBITS, "Inhibits", middle - SPACE[1] - wide - WIDTH - 6),
            (Strength.STRONGLY_FACILITATES, "Facilitates", middle + SPACE[1]),
        )
        for strength, word, at in sides:
            paint_sign(painter, QRectF(at, top, WIDTH, line_height(SMALL)), strength)
            painter.setPen(theme().colour("text"))
            paint_lines(painter, (word,), at + WIDTH + 6, top, SMALL, "semibold")
        painter.setPen(theme().colour("text_muted"))
        for word, at in (("Other cases", aside), (ORGANISATION, organisation)):
            paint_lines(painter, (word,), at, top, SMALL, "semibold")

    def _paint_words(self, painter: QPainter, bar: Bar, top: float) -> None:
        names, left, _, aside, organisation = self._edges()
        painter.setPen(QPen(theme().colour("line")))
        painter.drawLine(QPointF(names, top), QPointF(self.width(), top))
        painter.setPen(theme().colour("text"))
        self._paint_text(painter, bar.factor.name, names, top, left - names - SPACE[1])
        painter.setPen(theme().colour("text_muted"))
        self._paint_text(painter, bar.aside, aside, top, organisation - aside - SPACE[2])
        paint_sign(painter, QRectF(organisation, top, WIDTH, ROW), bar.organisation)
        words = STRENGTHS[bar.organisation] if bar.organisation else NOT_JUDGED
        beyond = WIDTH + 6 if bar.organisation else 0
        painter.setPen(theme().colour("text" if bar.organisation else "text_faint"))
        self._paint_text(painter, words, organisation + beyond, top, self.width() - organisation - beyond)

    def _paint_numbers(self, painter: QPainter) -> None:
        """Write at the end of each side how many cases it has."""
        places: dict[tuple[str, bool], QRectF] = {}
        for block in self.blocks():
            side = (block.factor, block.up)
            places[side] = places.get(side, block.where).united(block.where)
        painter.setPen(theme().colour("text"))
        for bar in self._figure.bars:
            for segments, up in ((bar.inhibiting, False), (bar.facilitating, True)):
                if segments:
                    where = places[bar.factor.key, up]
                    words = str(cases_in(segments))
                    at = where.right() + 5 if up else where.left() - 5 - text_width(words, SMALL, "medium")
                    top = where.center().y() - line_height(SMALL) / 2
                    paint_lines(painter, (words,), at, top, SMALL, "medium")

    def _paint_axis(self, painter: QPainter) -> None:
        _, left, right, _, organisation = self._edges()
        bottom = HEAD + ROW * len(self._figure.bars)
        painter.setPen(QPen(theme().colour("text_muted"), 1.4))
        painter.drawLine(QPointF((left + right) / 2, HEAD), QPointF((left + right) / 2, bottom))
        painter.setPen(QPen(theme().colour("line_strong")))
        painter.drawLine(QPointF(organisation - SPACE[1], 4), QPointF(organisation - SPACE[1], bottom))

    def _paint_foot(self, painter: QPainter) -> None:
        """Say what the blocks mean."""
        _, left, _, _, _ = self._edges()
        top = HEAD + ROW * len(self._figure.bars) + 6
        at = left
        for words, strong in (("Each block is a case:", None), ("strongly", True), ("somewhat", False)):
            if strong is not None:
                paint_block(painter, QRectF(at, top + 2, 16, 11), strong=strong, up=False)
                at += 16 + 5
            painter.setPen(theme().colour("text_muted"))
            paint_lines(painter, (words,), at, top, SMALL, "regular")
            at += text_width(words, SMALL) + SPACE[2]

    @staticmethod
    def _paint_text(painter: QPainter, text: str, left: float, top: float, room: float) -> None:
        """Paint up to two lines, in the middle of a row."""
        lines = wrapped(text, SMALL, "regular", round(room), 2)
        high = line_height(SMALL) * len(lines)
        paint_lines(painter, lines, left, top + (ROW - high) / 2, SMALL, "regular")

    def _edges(self) -> tuple[float, float, float, float, float]:
        """Give where names and bars begin, where bars end, and where the two columns beside them begin."""
        at, edges = 0.0, [0.0]
        for share in _SHARES:
            at += share * self.width()
            edges.append(at)
        names, bars, aside, organisation, _ = edges
        return names, bars, aside - SPACE[2], aside, organisation

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the case, or else the factor, that was clicked."""
        if event.button() == Qt.MouseButton.LeftButton and (found := self._at(event.position())):
            self.picked.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that rows can be clicked."""
        over = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tell which case a block is, and a row's names in full."""
        if event.type() == QEvent.Type.ToolTip:
            self._tell(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        point = event.pos().toPointF()
        block = self._block_at(point)
        bar = self._bar_at(point)
        words = block.words if block else bar.words if bar else ""
        QToolTip.showText(event.globalPos(), f"<qt>{html.escape(words)}</qt>" if words else "", self)

    def _at(self, point: QPointF) -> tuple[str, str] | None:
        block, bar = self._block_at(point), self._bar_at(point)
        if block is not None:
            return block.factor, block.case
        return (bar.factor.key, "") if bar else None

    def _block_at(self, point: QPointF) -> Block | None:
        return next((each for each in self.blocks() if each.where.adjusted(-1, -5, 1, 5).contains(point)), None)

    def _bar_at(self, point: QPointF) -> Bar | None:
        row = int((point.y() - HEAD) // ROW)
        return self._figure.bars[row] if 0 <= row < len(self._figure.bars) else None


def paint_block(painter: QPainter, where: QRectF, *, strong: bool, up: bool) -> None:
    """Paint one case: filled where a factor works strongly, hatched where it works somewhat."""
    colour = side_colour(up=up)
    painter.save()
    painter.setPen(QPen(colour, 1.0))
    painter.setBrush(colour if strong else QBrush(colour, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(where)
    painter.restore()


def _side(bar: Bar, segments: Sequence[Segment], at: QPointF, unit: float) -> Iterator[Block]:
    """Put a side's cases away from the axis; `unit` is the width of one, below 0 to the left."""
    wide = max(abs(unit) - 2, abs(unit) / 2)
    left = at.x() + 2 if unit > 0 else at.x() - 2 - wide
    for segment in segments:
        if segment.strength is None:
            continue
        words = f"{bar.factor.name}: {STRENGTHS[segment.strength]}, {joined(segment.names)}"
        for case in segment.cases:
            where = QRectF(left, at.y(), wide, _BLOCK)
            yield Block(where, bar.factor.key, case, words, segment.strength in STRONG, unit > 0)
            left += unit
