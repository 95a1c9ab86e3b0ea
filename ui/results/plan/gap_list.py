"""The list of gaps: principles with what they lack, walked with the arrow keys, ticked with Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from ui.results.plan.gap_delegate import ROW, TEXT, GapDelegate
from ui.results.plan.rows import GoalRow, NeedRow
from ui.theme import SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QResizeEvent

    from ui.results.plan.rows import Row
    from ui.widgets.things import Index


class GapModel(QAbstractListModel):
    """The rows; only those that changed are told to have changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        same = [row.key for row in rows] == [row.key for row in self.rows]
        before, now = self.rows, tuple(rows)
        if not same:
            self.beginResetModel()
        self.rows = now
        if not same:
            self.endResetModel()
            return
        for place, (old, new) in enumerate(zip(before, now, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, key: str) -> int:
        """Find a row by its key; -1 where there is none."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a row."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if isinstance(row, GoalRow) else row.title
        return row.words if role == Qt.ItemDataRole.AccessibleTextRole else None


class GapList(QListView):
    """As high as its rows: the page scrolls, not the list. The current row stays current by its key."""

    ticked = Signal(object)  # NeedRow
    target_asked = Signal(str, QPoint)  # a principle's id, and where to offer levels

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gaps = GapModel(self)
        self._delegate = GapDelegate(self)
        self.setModel(self.gaps)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("What each principle lacks")
        self.setAccessibleDescription("Arrow keys move; Space ticks a criterion as if it were achieved.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QListView { background: transparent; border: 0; }")
        theme().changed.connect(self.viewport().update)

    @property
    def row(self) -> Row | None:
        """The current row."""
        index = self.currentIndex()
        return self.gaps.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: Sequence[Row], wanted: str = "") -> None:
        """Show other rows; the row `wanted` becomes current, else the current one stays, else the first is."""
        here = wanted or (self.row.key if self.row else "")
        self.gaps.show_rows(rows)
        if rows and (wanted or self.row is None or self.row.key != here):
            self.set_current(here)
        self._fit()

    def set_current(self, key: str) -> None:
        """Make a row current: the one named, else the principle it belonged to, else the first."""
        place = self.gaps.place_of(key)
        if place < 0:
            place = max(self.gaps.place_of(f"{key.partition('/')[0]}/"), 0)
        self.setCurrentIndex(self.gaps.index(place))

    def offer_place(self) -> QPoint:
        """Tell where to offer levels for the current row's principle, on the screen."""
        row = self.row
        place = self.gaps.place_of(f"{row.principle}/") if row else 0
        where = self.visualRect(self.gaps.index(max(place, 0)))
        return self.viewport().mapToGlobal(QPoint(where.right() - 160, where.bottom()))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        """Narrow, too."""
        return QSize(320, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the rows at the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick what was clicked on its box, or ask for the target that was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row, where = index.data(ROW), QRectF(self.visualRect(index))
        if isinstance(row, NeedRow) and event.position().x() < where.left() + TEXT:
            self.ticked.emit(row)
        elif isinstance(row, GoalRow) and self._delegate.target_place(row, where).contains(event.position()):
            self.target_asked.emit(row.principle, self.offer_place())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Leave scrolling to the page, which follows the current row."""

    def current_place(self) -> QRect:
        """Tell where the current row is, in the list."""
        return self.visualRect(self.currentIndex())

    def _height(self) -> int:
        return sum(self.sizeHintForIndex(self.gaps.index(place)).height() for place in range(self.gaps.rowCount()))

    def _fit(self) -> None:
        height = max(self._height(), SPACE[4])
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()
