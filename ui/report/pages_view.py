"""Shows the pages of a PDF on a sunken ground; asks for pictures of those that can be seen, and keeps some."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ui.report.marks import Marks
from ui.report.page_layout import PageLayout, fitting, lay_out, step
from ui.theme import BODY, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from ui.report.marks import Mark
    from ui.report.page_layout import Box
    from ui.report.renderer import Painted, Preview

KEPT: Final = 64 * 1024 * 1024  # bytes of pictures kept, besides those that can be seen
_FIT_MOST: Final = 1.35  # on wide screens, lines would get too long to read
_SHADOW: Final = ((6, 7), (4, 9), (2, 14), (1, 22))  # px around the page, and how dark (0..255)
_LINE: Final = 48  # px for an arrow key
_READ: Final = 140  # px below the top of the view, where a heading counts as being read


class PagesView(QAbstractScrollArea):
    """A document's pages below one another.

    `wanted` asks for pictures of pages (most wanted first, width in the screen's pixels); `take` hands one over.
    Until then an older picture stands in, or white paper. The place is kept when the document is replaced, and
    when the zoom or the window changes. Arrow and page keys scroll, Ctrl and the wheel zoom. `mark_used` tells by
    its key which mark in the margin was clicked, and on which page.
    """

    wanted = Signal(object, int)
    page_changed = Signal(int)
    moved = Signal()
    zoom_changed = Signal(float)
    mark_used = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setSingleStep(_LINE)
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._layout = PageLayout((), 0, 0)
        self._pictures: dict[int, tuple[bool, QImage]] = {}  # by page: whether of this document, and the picture
        self._digests: tuple[str, ...] = ()
        self._marks = Marks()
        self._fits = True
        self._zoom = 1.0
        self._page = 0
        self._by_key = False
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._want)
        self._name()
        self.viewport().setMouseTracking(True)
        theme().changed.connect(self.viewport().update)

    # What is shown

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """Which page is read, from 0: the one a third down the view."""
        return self._page

    @property
    def place(self) -> tuple[int, float]:
        """What is read just now: the page, and how far down it; at the very end, its end."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum() > 0
        return self._layout.anchor(bar.value() + (self.viewport().height() if at_end else _READ))

    @property
    def zoom(self) -> float:
        """1 is 100 %."""
        return self._zoom

    @property
    def fits(self) -> bool:
        """Whether the zoom follows the width of the view."""
        return self._fits

    def show_preview(self, preview: Preview, digests: Sequence[str] = ()) -> None:
        """Show another document, where the one before was read.

        A page whose digest one of the pages before had keeps the picture of that one, wherever it stood.
        """
        self._sizes = preview.sizes
        before = {page: image for page, (fresh, image) in self._pictures.items() if fresh and page < len(self._digests)}
        known = {self._digests[page]: image for page, image in before.items()}
        self._digests = tuple(digests)
        same = {page: (True, known[digest]) for page, digest in enumerate(self._digests) if digest in known}
        older = {page: (False, image) for page, (_, image) in self._pictures.items() if page < len(self._sizes)}
        self._pictures = {**older, **same}
        self._arrange()

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Show other marks in the margins."""
        self._marks.show(marks)
        self.viewport().update()

    def point_out(self, key: str) -> None:
        """Mark more strongly what is called `key`, and nothing else."""
        self._marks.current = key
        self.viewport().update()

    def mark_place(self, key: str, page: int) -> float:
        """Tell how far down a page a mark stands (0..1)."""
        mark = self._marks.find(key, page)
        return mark.down if mark is not None else 0.0

    def mark_point(self, key: str, page: int) -> QPoint:
        """Give the middle of a mark in the viewport, for whoever wants to click it."""
        where = next(where for mark, where in self._marks.places(self._layout, page) if mark.key == key)
        return (where.center() - self._corner()).toPoint()

    def take(self, painted: Painted) -> None:
        """Show a page's picture."""
        if painted.page >= len(self._sizes):
            return
        self._pictures[painted.page] = (True, painted.image)
        self._forget()
        self._update_page(painted.page)

    def has_picture(self, page: int) -> bool:
        """Whether a page is shown as it is in this document, and sharp."""
        fresh, image = self._pictures.get(page, (False, QImage()))
        return fresh and image.width() == self._target_width(page)

    # Going about

    def go_to(self, page: int, down: float = 0.0) -> None:
        """Bring a page to the top, or a place so far down it (0..1)."""
        if self._sizes:
            page = min(max(page, 0), len(self._sizes) - 1)
            above = 24 if down else 16
            self.verticalScrollBar().setValue(self._layout.height_of((page, down)) - above)

    def zoom_by(self, way: int) -> None:
        """Zoom a step in (1) or out (-1)."""
        self.set_zoom(step(self._zoom, way))

    def set_zoom(self, zoom: float) -> None:
        """Zoom so far; what is a third down the view stays there."""
        self._fits = False
        self._zoom = zoom
        self._arrange()

    def fit_width(self) -> None:
        """Let pages be as wide as the view, and follow it."""
        self._fits = True
        self._arrange()

    # Events

    def sizeHint(self) -> QSize:
        """A page and its margin."""
        return QSize(860, 900)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place."""
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Paint again, and ask for what can be seen now."""
        self._scrolled()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring of the focus only to those who came here by keyboard."""
        self._by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._by_key = False
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with arrows, Space, Home and End; page by page with Page Up and Page Down."""
        bar = self.verticalScrollBar()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        screen = self.viewport().height() - _LINE
        moves = {
            Qt.Key.Key_Down: bar.value() + _LINE,
            Qt.Key.Key_Up: bar.value() - _LINE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Space: bar.value() + (-screen if back else screen),
        }
        key = Qt.Key(event.key())
        if key in moves:
            bar.setValue(moves[key])
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to(self._page + (1 if key == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Use the mark that was clicked."""
        super().mouseReleaseEvent(event)
        mark = self._mark_at(event.position())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.mark_used.emit(mark.key, mark.page)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that marks can be clicked."""
        super().mouseMoveEvent(event)
        over = self._mark_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a mark stands for."""
        if event.type() == QEvent.Type.ToolTip:
            self._tell_mark(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the pages on it that can be seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("sunken"))
        top = self.verticalScrollBar().value()
        for page in self._layout.between(top, top + self.viewport().height()):
            self._paint_page(painter, page)
        if not self._sizes:
            _paint_blank(painter, self.viewport().rect())
        if self._by_key:
            painter.setPen(QPen(theme().colour("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    # Inside

    def _paint_page(self, painter: QPainter, page: int) -> None:
        where = self._where(page)
        _paint_sheet(painter, where)
        _fresh, image = self._pictures.get(page, (False, None))
        if image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() != self._target_width(page))
        painter.drawImage(where, image)
        painter.save()
        painter.translate(-self._corner())
        self._marks.paint(painter, self._layout, page)
        painter.restore()

    def _corner(self) -> QPointF:
        """Which point of the layout is at the view's top left."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _mark_at(self, point: QPointF) -> Mark | None:
        inside = point + self._corner()
        return self._marks.at(self._layout, self._layout.page_at(inside.y()), inside)

    def _tell_mark(self, event: QHelpEvent) -> None:
        mark = self._mark_at(event.pos().toPointF())
        QToolTip.showText(event.globalPos(), f"<qt>{html.escape(mark.words)}</qt>" if mark else "", self)

    def _where(self, page: int) -> QRect:
        box: Box = self._layout.boxes[page]
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRect(box.left - left, box.top - top, box.width, box.height)

    def _update_page(self, page: int) -> None:
        self.viewport().update(self._where(page))

    def _target_width(self, page: int) -> int:
        return round(self._layout.boxes[page].width * self.devicePixelRatioF())

    def _arrange(self) -> None:
        """Lay the pages out anew, and stay at the same place of the same page."""
        view, bar = self.viewport(), self.verticalScrollBar()
        third = view.height() // 3
        anchor = self._layout.anchor(bar.value() + third) if bar.value() else None
        if self._fits:
            self._zoom = min(fitting(self._sizes, view.width()), _FIT_MOST)
        self._layout = lay_out(self._sizes, self._zoom, view.width())
        bar.setRange(0, max(self._layout.height - view.height(), 0))
        bar.setPageStep(view.height())
        across = self.horizontalScrollBar()
        across.setRange(0, max(self._layout.width - view.width(), 0))
        across.setPageStep(view.width())
        across.setValue(across.maximum() // 2)
        if anchor is not None:
            bar.setValue(self._layout.height_of(anchor) - third)
        self.zoom_changed.emit(self._zoom)
        self._scrolled()
        view.update()

    def _scrolled(self) -> None:
        self._ask.start()
        page = self._layout.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self._name()
        self.moved.emit()

    def _name(self) -> None:
        where = f", page {self._page + 1} of {len(self._sizes)}" if self._sizes else ""
        self.setAccessibleName(f"Preview of the report{where}")

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.between(top, top + self.viewport().height())

    def _want(self) -> None:
        """Ask for the pictures missing of what can be seen, then of the pages next to it."""
        if not self._sizes or not self.isVisible():
            return
        seen = self._visible()
        beside = [page for page in (seen.stop, seen.start - 1) if 0 <= page < len(self._sizes)]
        missing = [page for page in (*seen, *beside) if not self.has_picture(page)]
        if missing:
            self.wanted.emit(missing, self._target_width(missing[0]))

    def _forget(self) -> None:
        """Let go of the pictures farthest away, as long as there are too many."""
        seen = self._visible()
        middle = (seen.start + seen.stop) / 2
        spare = sorted((page for page in self._pictures if page not in seen), key=lambda page: abs(page - middle))
        kept = 0
        for page in spare:
            kept += self._pictures[page][1].sizeInBytes()
            if kept > KEPT:
                del self._pictures[page]


def _paint_sheet(painter: QPainter, where: QRect) -> None:
    """Paint white paper with a soft edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, dark in _SHADOW:
        painter.setBrush(QColor(0, 0, 0, dark if not theme().dark else dark * 3))
        edge = QRectF(where).adjusted(-spread, -spread + 2, spread, spread + 2)
        painter.drawRoundedRect(edge, spread + 1, spread + 1)
    painter.restore()
    painter.fillRect(where, QColor("#ffffff"))


def _paint_blank(painter: QPainter, room: QRect) -> None:
    """Paint one empty sheet while there is no document yet."""
    box = lay_out(((595.0, 842.0),), min(fitting(((595.0, 842.0),), room.width()), _FIT_MOST), room.width()).boxes[0]
    where = QRect(box.left, box.top, box.width, box.height)
    _paint_sheet(painter, where)
    painter.setFont(theme().font(BODY))
    painter.setPen(QColor("#5e646c"))
    painter.drawText(
        where.adjusted(0, 160, 0, 0), int(Qt.AlignmentFlag.AlignHCenter), "The first pages are on their way."
    )
