"""The list of criteria: keys, clicks, the head that sticks, and the rationale edited in its row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from app.scoring.scale import Verdict
from ui.assess.delegate import HEAD_HIGH, CriteriaDelegate, paint_head
from ui.assess.evidence_cards import PASSAGE
from ui.assess.keys import AnswerKeys, step_words, verdict_by_key
from ui.assess.model import KEY, ROW, CriteriaModel, Index
from ui.assess.rationale import RationaleEdit
from ui.assess.rows import CriterionRow, HeadRow
from ui.theme import theme
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint, QPointF, SignalInstance
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QHelpEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from app.rubric.structure import Rubric
    from ui.assess.rows import Row


VERDICTS = frozenset(str(verdict) for verdict in Verdict)
_ACTION = QAbstractItemView.CursorAction
_EDGE = 28  # px from the top or the bottom, where holding a passage scrolls


class CriteriaView(QListView):
    """Shows rows and tells what a person wants of the one in focus; it changes nothing itself."""

    answered = Signal(str, object)  # criterion, Verdict or None
    explained = Signal(str, str)  # criterion, rationale
    not_applicable = Signal(str, str)  # criterion, the reason
    confidence_asked = Signal(str)  # criterion: the next confidence
    evidence_asked = Signal(str)  # criterion
    accept_asked = Signal(str)  # criterion: take over what is proposed to it
    came = Signal(str)  # the criterion in focus, "" for none
    passage_dropped = Signal(str, str)  # criterion, passage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.criteria = CriteriaModel(self)
        self.painter = CriteriaDelegate(self)
        self.read_only = False
        self.may_write: Callable[[], bool] = lambda: True  # else it has been said why not, before anything is typed
        self._telling = True
        self._editor: RationaleEdit | None = None
        self._head = _StickyHead(self)
        self.setModel(self.criteria)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("Criteria")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._stick)
        self.selectionModel().currentChanged.connect(self._moved)
        self._add_actions()
        self.setAcceptDrops(True)
        theme().changed.connect(self.viewport().update)

    # Showing

    @property
    def current(self) -> str:
        """The criterion in focus, "" for none."""
        index = self.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    @property
    def editor(self) -> RationaleEdit | None:
        """The editor of the rationale, while it is open."""
        return self._editor

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the criterion in focus stays in focus while it is listed."""
        current, scroll = self.current, self.verticalScrollBar().value()
        self.criteria.show_rows(rows)
        if not self.current or self.current != current:
            self.set_current(current)
            if self.current == current:
                self.verticalScrollBar().setValue(scroll)
            else:  # others are listed: where the list stood says nothing of them
                self.scrollToTop()
        self._stick()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint the rows that changed; Qt would lay out and paint the whole list, though all heights are the same."""
        places = range(first.row(), last.row() + 1)
        if all(self._keeps_height(self.criteria.index(place)) for place in places):
            for place in places:
                self.update(self.criteria.index(place))
        else:
            super().dataChanged(first, last, list(roles))

    def _keeps_height(self, index: QModelIndex) -> bool:
        return self.visualRect(index).height() == self.sizeHintForIndex(index).height()

    def set_current(self, key: str) -> None:
        """Put a criterion into focus, else the first."""
        place = self.criteria.place(key)
        index = self.criteria.index(place if place >= 0 else self.criteria.first())
        self._telling = False
        self.setCurrentIndex(index if index.row() >= 0 else QModelIndex())
        self._telling = True
        self.came.emit(self.current)

    def row(self, key: str) -> CriterionRow | None:
        """Give the row of a criterion."""
        place = self.criteria.place(key)
        found = self.criteria.rows[place] if place >= 0 else None
        return found if isinstance(found, CriterionRow) else None

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view, below the head that sticks."""
        super().scrollTo(index, hint)
        hidden = HEAD_HIGH - self.visualRect(index).top()
        if hidden > 0 and isinstance(index.data(ROW), CriterionRow):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - hidden)

    def part_point(self, key: str, part: str) -> QPoint:
        """Give the middle of a part of a row in the viewport, for whoever wants to click it."""
        index = self.criteria.index(self.criteria.place(key))
        row: CriterionRow = index.data(ROW)
        parts = self.painter.parts(row, QRectF(self.visualRect(index)))
        places = {str(segment.verdict): segment.where for segment in parts.scale}
        places |= {str(option.verdict): at for option, at in zip(row.options, parts.options, strict=True)}
        places |= {"confidence": parts.confidence, "evidence": parts.evidence, "rationale": parts.rationale}
        return places[part].center().toPoint()

    # Keys

    def _add_actions(self) -> None:
        self._keys = AnswerKeys(self, self._answer_by_key, partial(self.answer, None))
        bind_key(self, "Write the rationale", ["Return", "Enter"], self.explain)
        bind_key(self, "Next confidence", ["C"], partial(self._ask, self.confidence_asked))
        bind_key(self, "Go to the evidence", ["Ctrl+E", "Right"], self._ask_evidence)
        bind_key(self, "Accept what is proposed", ["P"], partial(self._ask, self.accept_asked))
        bind_key(self, "Next criterion", ["J", "Down"], partial(self.step, 1))
        bind_key(self, "Criterion above", ["K", "Up"], partial(self.step, -1))

    def offer(self, rubric: Rubric) -> None:
        """Give the keys of a rubric's answers."""
        self._keys.offer(rubric)

    def _answer_by_key(self, key: str) -> None:
        row = self.row(self.current)
        verdict = verdict_by_key(row.answers, key) if row is not None else None
        if verdict is not None:
            self.answer(verdict)

    def _ask_evidence(self) -> None:
        if self.current:
            self.evidence_asked.emit(self.current)

    def keyboardSearch(self, search: str) -> None:
        """Letters answer; they do not search."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier) -> QModelIndex:
        """Find where a key leads to: Home and End to the first and the last criterion, past the heads."""
        edges = {_ACTION.MoveHome: self.criteria.first, _ACTION.MoveEnd: self.criteria.last}
        return self.criteria.index(edges[action]()) if action in edges else super().moveCursor(action, held)

    def step(self, by: int) -> None:
        """Go to the criterion above or below."""
        place = self.criteria.step(self.currentIndex().row(), by)
        if place >= 0:
            self.setCurrentIndex(self.criteria.index(place))

    def answer(self, verdict: Verdict | None) -> None:
        """Answer the criterion in focus; not applicable asks for its reason first."""
        row = self.row(self.current)
        if row is None or not self.may_write():
            return
        if verdict is Verdict.NOT_APPLICABLE:
            self._open_editor(asking=True)
        elif verdict is not row.own:
            self.answered.emit(row.key, verdict)

    def explain(self) -> None:
        """Write the rationale of the criterion in focus."""
        if not self.read_only and self.current and self.may_write():
            self._open_editor(asking=False)

    def _ask(self, what: SignalInstance) -> None:
        if not self.read_only and self.current:
            what.emit(self.current)

    # The rationale

    def close_editor(self, *, back: bool = True) -> None:
        """Keep what was typed in the rationale, and close its editor."""
        if self._editor is not None:
            self._finish(agreed=False, back=back)

    def keep_editing(self, key: str, text: str, *, asking: bool) -> None:
        """Open the rationale again with what could not be saved, so that it is not lost."""
        if self._editor is None and self.row(key) is not None:
            self.set_current(key)
            self._open_editor(asking=asking, text=text)

    def _open_editor(self, *, asking: bool, text: str | None = None) -> None:
        self.close_editor()
        row = self.row(self.current)
        if row is None:
            return
        self.painter.editing, self.painter.asking = row.key, asking
        self.painter.editor_height = RationaleEdit.height_for()
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        name = "Why it is not applicable" if asking else "Rationale"
        self._editor = RationaleEdit(name, row.rationale if text is None else text, self.viewport())
        if asking and text is None:
            self._editor.selectAll()
        self._editor.done.connect(self._finish)
        self._place_editor()
        self._editor.show()
        self.scrollTo(self.currentIndex())
        self._place_editor()
        self._editor.setFocus()

    def _finish(self, agreed: bool, back: bool) -> None:  # noqa: FBT001 - as the signal hands them over
        editor, self._editor = self._editor, None
        key, asking = self.painter.editing, self.painter.asking
        self.painter.editing, self.painter.asking = "", False
        row = self.row(key)
        if editor is None or row is None:
            return
        text = editor.toPlainText().strip()
        if back or editor.hasFocus():
            self.setFocus()
        editor.hide()
        editor.deleteLater()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        if not agreed and text == editor.first:
            return
        if asking and text:
            self.not_applicable.emit(key, text)
        elif not asking and text != row.rationale:
            self.explained.emit(key, text)

    def _place_editor(self) -> None:
        row = self.row(self.painter.editing)
        if self._editor is not None and row is not None:
            index = self.criteria.index(self.criteria.place(row.key))
            parts = self.painter.parts(row, QRectF(self.visualRect(index)))
            self._editor.setGeometry(parts.rationale.adjusted(-5, 0, 0, 0).toRect())

    # Mouse

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Use the part that was clicked."""
        super().mouseReleaseEvent(event)
        key, part = self._part_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or key != self.current or not part:
            return
        if part in VERDICTS:
            self._click_verdict(Verdict(part))
        elif part == "confidence":
            self._ask(self.confidence_asked)
        elif part == "evidence":
            self.evidence_asked.emit(key)
        else:
            self.explain()

    def _click_verdict(self, verdict: Verdict) -> None:
        row = self.row(self.current)
        again = row is not None and row.own is verdict and verdict is not Verdict.NOT_APPLICABLE
        self.answer(None if again else verdict)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        super().mouseMoveEvent(event)
        self._hover(self._part_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._hover(("", ""))

    def _hover(self, part: tuple[str, str]) -> None:
        part = ("", "") if self.read_only and part[1] != "evidence" else part
        if part != self.painter.hovered:
            self.painter.hovered = part
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if part[1] else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _part_at(self, point: QPointF) -> tuple[str, str]:
        index = self.indexAt(point.toPoint())
        row = index.data(ROW) if index.isValid() else None
        if not isinstance(row, CriterionRow):
            return "", ""
        return row.key, self.painter.parts(row, QRectF(self.visualRect(index))).at(point, row)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a part means."""
        if event.type() == QEvent.Type.ToolTip:
            self._tell_part(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    def _tell_part(self, event: QHelpEvent) -> None:
        key, part = self._part_at(event.pos().toPointF())
        row = self.row(key)
        QToolTip.showText(event.globalPos(), part_text(row, part) if row else "", self)

    # Passages dropped on criteria

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages, where they can be linked."""
        event.setAccepted(event.mimeData().hasFormat(PASSAGE) and not self.read_only)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which criterion a passage would be linked to, and bring more of them into view at the edges."""
        self._hold_over(self._part_at(event.position())[0])
        event.setAccepted(bool(self.painter.dropping))
        bar, y = self.verticalScrollBar(), event.position().y()
        step = -1 if y < _EDGE else 1 if y > self.viewport().height() - _EDGE else 0
        bar.setValue(bar.value() + step * bar.singleStep())

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self._hold_over("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the passage to be linked to the criterion it was dropped on."""
        criterion = self._part_at(event.position())[0]
        self._hold_over("")
        if criterion:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
            self.passage_dropped.emit(criterion, event.mimeData().data(PASSAGE).toStdString())

    def _hold_over(self, criterion: str) -> None:
        if criterion != self.painter.dropping:
            self.painter.dropping = criterion
            self.viewport().update()

    # The head that sticks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        self._stick()

    def doItemsLayout(self) -> None:
        """Keep head and editor where their rows are."""
        super().doItemsLayout()
        self._stick()
        self._place_editor()

    def _stick(self) -> None:
        self._place_editor()
        top = self.indexAt(self.viewport().rect().topLeft())
        place = self.criteria.head_place(top.row()) if top.isValid() else -1
        if place < 0:
            self._head.hide()
            return
        following = self.criteria.next_head(place)
        below = self.visualRect(self.criteria.index(following)).top() if following >= 0 else HEAD_HIGH
        offset = min(0, below - HEAD_HIGH)
        self._head.show_head(self.criteria.rows[place], offset)

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.close_editor(back=False)
        if self._telling:
            self.came.emit(str(index.data(KEY)) if index.isValid() else "")


class _StickyHead(QWidget):
    """The head of the principle whose criteria are in view."""

    def __init__(self, view: CriteriaView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._row: HeadRow | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_head(self, row: object, offset: int) -> None:
        """Show a head, pushed up by the next one."""
        self._row = row if isinstance(row, HeadRow) else None
        self.setGeometry(QRect(0, offset, self._view.viewport().width(), HEAD_HIGH))
        self.setVisible(self._row is not None)
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it as in the list."""
        if self._row is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_head(painter, self._row, QRectF(self.rect()))
            painter.end()


def part_text(row: CriterionRow, part: str) -> str:
    """Say what a part of a row means, or does when it is clicked."""
    if part in VERDICTS:
        found = row.answers.step(Verdict(part))
        return f"{step_words(found)} ({found.key.upper()})"
    if part == "confidence":
        sure = f"Confidence: {row.confidence}" if row.confidence else "How sure are you?"
        return f"{sure} (c)"
    if part == "evidence":
        return f"{row.evidence_words}: go to the evidence (Ctrl+E)"
    if part == "rationale":
        if row.proposed and not row.rationale:
            return f"{row.proposed.words}. {row.proposed.note} Accept it (P)"
        return row.rationale or f"{row.answers.label(row.own)}: write why (Enter)"
    return ""
