"""The matrix: criteria by cases, walked with the arrow keys; the keys of answers answer the current cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.scoring.scale import Verdict
from ui.assess.evidence_cards import PASSAGE
from ui.assess.keys import AnswerKeys, verdict_by_key
from ui.assess.rationale import RationaleEdit
from ui.assess.rows import CriterionRow, GateRow, HeadRow
from ui.assess.side_by_side.delegate import CELL_HIGH, GATE_HIGH, HEAD_HIGH, CellDelegate, paint_standing
from ui.assess.side_by_side.model import ROW, MatrixModel, Spot
from ui.notebook.wrapping import line_height, paint_lines, wrapped
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.actions import bind_key
from ui.widgets.grid import dress_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QMouseEvent,
        QPainter,
        QResizeEvent,
    )

    from app.rubric.structure import Rubric
    from ui.assess.case_tabs import CaseTab
    from ui.assess.side_by_side.lines import Line
    from ui.theme.fonts import Weight

_ASIDE, _WIDEST_ASIDE = 220, 440  # px; the statements at the left
_LEAST, _ROOMY, _MOST = 96, 150, 168  # px; a column
_EDITOR = 280  # px; as wide as the editor of a reason is at least
_NAME_LINES = 3
_CHIP = 20.0
_ABOVE = 6
_HIGH = {HeadRow: HEAD_HIGH, GateRow: GATE_HIGH, CriterionRow: CELL_HIGH}
_ACTION = QAbstractItemView.CursorAction


class MatrixGrid(QTableView):
    """Tells what a person wants of the current cell; it changes nothing itself."""

    answered = Signal(object, object, object)  # Spot, Verdict or None, the reason or None
    accept_asked = Signal(object)  # Spot: take over what is proposed
    opened = Signal(object)  # Spot: go to it among all criteria of its case
    evidence_asked = Signal(object)  # Spot
    passage_dropped = Signal(object, str)  # Spot, passage
    came = Signal()  # another cell is current

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(self)
        self.read_only = False
        self.may_write: Callable[[Spot], bool] = lambda _spot: True  # else it has been said why not
        self._last: Spot | None = None
        self._editor: RationaleEdit | None = None
        self._edited: Spot | None = None
        self.setModel(self.matrix)
        self.painter = CellDelegate(self)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("Answers by criterion and case")
        self.setAccessibleDescription("Arrow keys move between answers; the keys of answers answer.")
        dress_table(self)
        self.setStyleSheet(
            "QTableView, QHeaderView, QTableCornerButton::section { background: transparent; border: 0; }"
            "QTableView::corner { background: transparent; border: 0; }"
            "QTableView { selection-background-color: transparent; }"  # the delegate shows what is current
        )
        for scroll in (self.setVerticalScrollMode, self.setHorizontalScrollMode):
            scroll(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._columns = _Cases(self)
        self.setHorizontalHeader(self._columns)
        self.setVerticalHeader(_Criteria(self))
        self._add_actions()
        self.setAcceptDrops(True)
        self.selectionModel().currentChanged.connect(self._moved)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._place_editor)

    # Showing

    @property
    def spot(self) -> Spot | None:
        """The case and the criterion of the current cell; None where there is none."""
        return self.matrix.spot(self.currentIndex())

    @property
    def row(self) -> CriterionRow | None:
        """What the current cell shows."""
        row = self.matrix.row(self.currentIndex()) if self.currentIndex().isValid() else None
        return row if isinstance(row, CriterionRow) else None

    @property
    def editor(self) -> RationaleEdit | None:
        """The editor of the reason why something is not applicable, while it is open."""
        return self._editor

    def offer(self, rubric: Rubric) -> None:
        """Give the keys of a rubric's answers."""
        self._keys.offer(rubric)

    def show_lines(self, lines: Sequence[Line], columns: Sequence[CaseTab]) -> None:
        """Show other lines; the current cell stays current while it is shown, and everything where it is."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        before = self.matrix.rowCount(), self.matrix.columnCount()
        self.matrix.show_lines(lines, columns)
        if self.spot is None or self.spot != self._last or before != (len(lines), len(columns)):
            self._fit()
            self.select(self._last)
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(down)

    def select(self, spot: Spot | None) -> None:
        """Make a cell current; where it is not shown, the first."""
        index = self.matrix.index_of(spot) if spot else QModelIndex()
        if not index.isValid() and self.matrix.columns:
            index = self.matrix.index(self.matrix.step(-1, 1), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Keys

    def _add_actions(self) -> None:
        self._keys = AnswerKeys(self, self._answer_by_key, partial(self.answer, None))
        bind_key(self, "Open the criterion in its case", ["Return", "Enter", "D"], partial(self._ask, self.opened))
        bind_key(self, "Go to the evidence", "Ctrl+E", partial(self._ask, self.evidence_asked))
        bind_key(self, "Accept what is proposed", "P", partial(self._ask, self.accept_asked))
        bind_key(self, "Next criterion", "J", partial(self.walk, 1))
        bind_key(self, "Criterion above", "K", partial(self.walk, -1))

    def _ask(self, what: SignalInstance) -> None:
        if self.spot is not None:
            what.emit(self.spot)

    def keyboardSearch(self, search: str) -> None:
        """Letters answer; they do not search."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier) -> QModelIndex:
        """Walk from criterion to criterion, past the heads."""
        edges = {_ACTION.MoveHome: (-1, 1), _ACTION.MoveEnd: (self.matrix.rowCount(), -1)}
        if action in edges and held & Qt.KeyboardModifier.ControlModifier and self.matrix.columns:
            last = self.matrix.columnCount() - 1
            return self.matrix.index(self.matrix.step(*edges[action]), 0 if action == _ACTION.MoveHome else last)
        page = max(1, self.viewport().height() // CELL_HIGH - 1)
        steps = {_ACTION.MoveUp: -1, _ACTION.MoveDown: 1, _ACTION.MovePageUp: -page, _ACTION.MovePageDown: page}
        if action not in steps or not self.currentIndex().isValid():
            return super().moveCursor(action, held)
        place = self.matrix.step(self.currentIndex().row(), steps[action])
        return self.matrix.index(place, self.currentIndex().column())

    def walk(self, by: int) -> None:
        """Go to the criterion above or below."""
        if self.currentIndex().isValid():
            place = self.matrix.step(self.currentIndex().row(), by)
            self.select(self.matrix.spot(self.matrix.index(place, self.currentIndex().column())))

    def _answer_by_key(self, key: str) -> None:
        verdict = verdict_by_key(self.row.answers, key) if self.row is not None else None
        if verdict is not None:
            self.answer(verdict)

    def answer(self, verdict: Verdict | None) -> None:
        """Answer the current cell; not applicable asks for its reason first."""
        spot, row = self.spot, self.row
        if spot is None or row is None or not self.may_write(spot):
            return
        if verdict is Verdict.NOT_APPLICABLE:
            self.ask_reason(spot, row.rationale)
        elif verdict is not row.own:
            self.answered.emit(spot, verdict, None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the criterion in its case, as Enter does."""
        if self.indexAt(event.position().toPoint()) == self.currentIndex():
            self._ask(self.opened)

    # Passages dropped on answers

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages, where they can be linked."""
        event.setAccepted(event.mimeData().hasFormat(PASSAGE) and not self.read_only)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which answer a passage would be linked to."""
        self._hold_over(self.indexAt(event.position().toPoint()))
        event.setAccepted(self.painter.dropping is not None)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self._hold_over(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the passage to be linked to the answer it was dropped on."""
        spot = self.matrix.spot(self.indexAt(event.position().toPoint()))
        self._hold_over(QModelIndex())
        if spot is not None:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
            self.passage_dropped.emit(spot, event.mimeData().data(PASSAGE).toStdString())

    def _hold_over(self, index: QModelIndex) -> None:
        place = (index.row(), index.column()) if self.matrix.spot(index) is not None else None
        if place != self.painter.dropping:
            self.painter.dropping = place
            self.viewport().update()

    # The reason why something is not applicable

    def ask_reason(self, spot: Spot, first: str, text: str | None = None) -> None:
        """Write the reason in place; `text` is what could not be kept the last time."""
        self.close_editor()
        self._edited = spot
        self._editor = RationaleEdit("Why it is not applicable", first, self.viewport())
        self._editor.setPlaceholderText("Why is it not applicable? Enter keeps it.")
        if text is None:
            self._editor.selectAll()
        else:
            self._editor.setPlainText(text)
        self._editor.done.connect(self._finish)
        self.scrollTo(self.matrix.index_of(spot))
        self._place_editor()
        self._editor.show()
        self._editor.setFocus()

    def close_editor(self) -> None:
        """Keep what was written, and close the editor."""
        if self._editor is not None:
            self._finish(agreed=False, back=False)

    def _finish(self, agreed: bool, back: bool) -> None:  # noqa: FBT001 - as the signal hands them over
        editor, self._editor = self._editor, None
        if editor is None:
            return
        text, spot = editor.toPlainText().strip(), self._edited
        if back or editor.hasFocus():
            self.setFocus()
        editor.hide()
        editor.deleteLater()
        if text and (agreed or text != editor.first):
            self.answered.emit(spot, Verdict.NOT_APPLICABLE, text)

    def _place_editor(self) -> None:
        if self._editor is None or self._edited is None:
            return
        cell, room = self.visualRect(self.matrix.index_of(self._edited)), self.viewport().rect()
        wide, high = min(max(cell.width(), _EDITOR), room.width()), RationaleEdit.height_for()
        left = max(0, min(cell.left(), room.width() - wide)) if cell.right() > 0 else cell.left()
        top = cell.top() if cell.top() + high <= room.height() else cell.bottom() - high
        self._editor.setGeometry(left, top, wide, high)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the cases."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
        self._place_editor()

    def _fit(self) -> None:
        many = self.matrix.columnCount()
        aside = min(max(self.width() - many * _ROOMY, _ASIDE), _WIDEST_ASIDE)
        if aside != self.verticalHeader().width():
            self.verticalHeader().setFixedWidth(aside)
            self.updateGeometries()
        if many:
            room = self.width() - aside - SPACE[3]
            each = min(max(room // many, _LEAST), _MOST)
            for column in range(many):
                self.setColumnWidth(column, each)
        for place, line in enumerate(self.matrix.lines):
            self.setRowHeight(place, _HIGH[type(line.rows[0])])
        self._columns.fit()

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.close_editor()
        spot = self.matrix.spot(current)
        if spot is not None:
            self._last = spot
            self.came.emit()


class _Cases(QHeaderView):
    """The cases, each with its overall level, at the lower edge; names cut short are told in full."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName("Cases")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self) -> None:
        """Be as high as the longest name needs, within reason, and a level under it."""
        lines = max((len(self._names(place)) for place in range(self.count())), default=1)
        high = round(lines * line_height(SMALL) + _CHIP) + 2 * _ABOVE
        if high != self.height():
            self.setFixedHeight(high)

    def _column(self, place: int) -> CaseTab:
        column: CaseTab = self.model().headerData(place, self.orientation(), ROW)
        return column

    def _names(self, place: int) -> tuple[str, ...]:
        return wrapped(self._column(place).name, SMALL, "semibold", self.sectionSize(place) - 6, _NAME_LINES)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name over its column, and the level under it."""
        column = self._column(logical)
        where = QRectF(rect).adjusted(3, _ABOVE, -3, -_ABOVE)
        painter.save()
        painter.setPen(theme().colour("text"))
        names = self._names(logical)
        top = where.bottom() - _CHIP - line_height(SMALL) * len(names) - 2
        paint_lines(painter, names, where.left(), top, SMALL, "semibold")
        painter.setFont(theme().font(SMALL))
        chip = QRectF(where.left(), where.bottom() - _CHIP, where.width(), _CHIP)
        paint_standing(painter, chip, column.standing, column.levels)
        painter.restore()


class _Criteria(QHeaderView):
    """The principles, levels and criteria at the left, in sight however far the cases are scrolled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAccessibleName("Criteria")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(GATE_HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name beside its row."""
        line: Line = self.model().headerData(logical, self.orientation(), ROW)
        head, where = line.rows[0], QRectF(rect)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(where, theme().colour("window" if isinstance(head, GateRow) else "surface"))
        size, weight, ink, most = _LOOKS[type(head)]
        painter.setPen(theme().colour(ink))
        lines = wrapped(line.statement, size, weight, round(where.width()) - SPACE[3] - SPACE[1], most)
        high = line_height(size, weight) * len(lines)
        low = where.bottom() - high - 5 if isinstance(head, HeadRow) else where.center().y() - high / 2
        paint_lines(painter, lines, where.left() + SPACE[3], low, size, weight)
        painter.restore()


_LOOKS: dict[type, tuple[int, Weight, str, int]] = {
    HeadRow: (BODY, "semibold", "text", 1),
    GateRow: (SMALL, "semibold", "text_muted", 1),
    CriterionRow: (SMALL, "regular", "text", 2),
}
