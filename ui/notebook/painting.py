"""What the notebook paints behind its words and beside them: passages, the gutter, slanted reflections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QToolTip, QWidget

from app.model.source import EntryKind, Flag
from ui.notebook.offsets import to_units
from ui.theme import SMALL, theme
from ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPaintEvent, QTextBlock

    from app.model.shifting import Mark
    from ui.notebook.editor import NotesEditor
    from ui.notebook.lines import Line
    from ui.theme.fonts import Weight

KIND_ICONS = {
    EntryKind.QUOTATION: "quote",
    EntryKind.OBSERVATION: "eye",
    EntryKind.REFLECTION: "pencil",
    EntryKind.QUESTION: "message-square-plus",
}
FLAG_ICONS = {Flag.CHALLENGE: "triangle-alert", Flag.NEXT_STEP: "arrow-right"}
_NUMBER, _TIME, _SPEAKER, _KIND = 34.0, 38.0, 100.0, 54.0
_GAP, _SIGN = 8.0, 15.0
LATER = "Noted or changed after the interview"


def visible_blocks(editor: NotesEditor) -> Iterator[tuple[QTextBlock, QRectF]]:
    """Walk the paragraphs in view, each with the place of its words in the viewport."""
    block = editor.firstVisibleBlock()
    where = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
    bottom = editor.viewport().height()
    while block.isValid() and where.top() <= bottom:
        yield block, where
        block = block.next()
        high = editor.blockBoundingRect(block).height() if block.isValid() else 0.0
        where = QRectF(where.left(), where.bottom(), where.width(), high)


def paint_marks(painter: QPainter, editor: NotesEditor) -> None:
    """Paint the passages in view behind their words; the current one outlined, so that selected words show in it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    soft = theme().colour("accent_soft")
    soft.setAlphaF(0.7)
    outline = QPainterPath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    for block, where in visible_blocks(editor):
        for mark in editor.marks_of(block.blockNumber()):
            for rect in (found.translated(where.topLeft()) for found in mark_rects(block, mark)):
                painter.drawRoundedRect(rect, 3, 3)
                if mark.passage == editor.current_passage:
                    outline.addRoundedRect(rect, 3, 3)
    painter.strokePath(outline.simplified(), QPen(theme().colour("accent"), 1))


def mark_rects(block: QTextBlock, mark: Mark) -> Iterator[QRectF]:
    """Find where a passage lies in its paragraph, line by wrapped line."""
    text, layout = block.text(), block.layout()
    start, end = to_units(text, mark.start), to_units(text, mark.end)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
            right = min(right, max(line.naturalTextRect().right(), left))
            yield QRectF(left - 1, line.y(), right - left + 2, line.height())


def _x(place: object) -> float:
    return float(place[0]) if isinstance(place, tuple) else float(place)  # type: ignore[arg-type]


_OURS = frozenset({EntryKind.REFLECTION, EntryKind.QUESTION})


class KindHighlighter(QSyntaxHighlighter):
    """Slants the assessors' own reflections and questions, so that they are never taken for what was said."""

    def __init__(self, editor: NotesEditor) -> None:
        super().__init__(editor.document())
        self._editor = editor

    def highlightBlock(self, text: str) -> None:
        """Style one paragraph."""
        if not text or self._editor.line_at(self.currentBlock()).kind not in _OURS:
            return
        style = QTextCharFormat()
        style.setFontItalic(True)
        style.setForeground(theme().colour("text_muted"))
        self.setFormat(0, len(text.encode("utf-16-le", "surrogatepass")) // 2, style)


class Gutter(QWidget):
    """Number, time, speaker and kind beside each line of notes; a click opens the menu of a line."""

    asked = Signal(int, QPoint)  # the row clicked, and where on the screen

    def __init__(self, editor: NotesEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Kind and speaker of this line")
        editor.updateRequest.connect(self._scrolled)

    @property
    def room(self) -> int:
        """How wide it is; speakers are told only where there are several."""
        wide = _NUMBER + _GAP + _TIME + (_SPEAKER + _GAP if len(self._editor.speakers) > 1 else 0)
        return round(wide * self._scale + _KIND)

    @property
    def _scale(self) -> float:
        return self._editor.zoom / 100

    def _font(self, weight: Weight = "regular") -> QFont:
        return theme().font(round(SMALL * self._scale), weight)

    def sizeHint(self) -> QSize:
        """As wide as its columns."""
        return QSize(self.room, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the menu of the line clicked."""
        place = self._place_at(event.position().y())
        if place >= 0:
            self.asked.emit(place, event.globalPosition().toPoint())

    def event(self, event: QEvent) -> bool:
        """Tell what the mark of a line means that came after the interview."""
        if event.type() == QEvent.Type.ToolTip:
            pointed: QHelpEvent = event  # type: ignore[assignment]
            place = self._place_at(pointed.pos().y())
            later = place >= 0 and self._editor.later(self._editor.sheet.line(place))
            words = f"{LATER}: see History. {self.toolTip()}" if later else self.toolTip()
            QToolTip.showText(pointed.globalPos(), words, self)
            return True
        return super().event(event)

    def _place_at(self, y: float) -> int:
        """Find the row at a height; -1 for none."""
        found = visible_blocks(self._editor)
        return next((block.blockNumber() for block, where in found if where.top() <= y < where.bottom()), -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view."""
        painter = QPainter(self)
        painter.setFont(self._font())
        numbers = self._editor.sheet.shown_numbers()
        here = self._editor.textCursor().blockNumber()
        for block, where in visible_blocks(self._editor):
            if where.top() > event.rect().bottom() or where.bottom() < event.rect().top():
                continue
            place = block.blockNumber()
            if place < len(numbers):
                height = block.layout().lineAt(0).height() if block.layout().lineCount() else where.height()
                self._paint_row(painter, place, numbers[place], QRectF(0, where.top(), self.width(), height), here)
        painter.end()

    def _paint_row(self, painter: QPainter, place: int, number: int, row: QRectF, here: int) -> None:
        line, scale = self._editor.sheet.line(place), self._scale
        above = self._editor.sheet.line(place - 1) if place else None
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme().colour("text" if place == here else "text_faint"))
        if number:
            painter.drawText(QRectF(0, row.top(), _NUMBER * scale, row.height()), int(right), str(number))
        painter.setPen(theme().colour("text_faint"))
        left = (_NUMBER + _GAP) * scale
        time = self._editor.time_text(line)
        if time and (number or place == here) and (above is None or self._editor.time_text(above) != time):
            painter.drawText(QRectF(left, row.top(), _TIME * scale, row.height()), int(right), time)
        left += _TIME * scale
        if len(self._editor.speakers) > 1:
            where = QRectF(left + _GAP * scale, row.top(), _SPEAKER * scale, row.height())
            self._paint_speaker(painter, line, above, where)
        if number and self._editor.later(line):
            painter.fillRect(QRectF(row.right() - 3, row.top(), 2, row.height()), theme().colour("accent"))
        self._paint_signs(painter, place, line, row)

    def _paint_speaker(self, painter: QPainter, line: Line, above: Line | None, where: QRectF) -> None:
        name = self._editor.speakers.get(line.speaker or "", "")
        if not name or (above is not None and above.speaker == line.speaker):
            return
        painter.setPen(theme().colour("text_muted"))
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_signs(self, painter: QPainter, place: int, line: Line, row: QRectF) -> None:
        """Paint what the line is, from the right: its kind, its flag, whether it is uncertain."""
        right, middle = row.right() - 6, row.center().y()
        tagged = not self._editor.margin.named and bool(self._editor.coded.case(place))
        for icon, ink in _signs(line, tagged=tagged):
            right -= _SIGN
            paint_icon(painter, icon, getattr(theme().palette, ink), QRectF(right, middle - 6, 12, 12))
        if line.uncertain:
            painter.save()
            painter.setFont(self._font("semibold"))
            painter.setPen(QColor(theme().palette.warning))
            spot = QRectF(right - _SIGN, row.top(), _SIGN, row.height())
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), "?")
            painter.restore()

    def _scrolled(self, _rect: object, dy: int) -> None:
        if dy:
            self.scroll(0, dy)
        else:
            self.update()


def _signs(line: Line, *, tagged: bool) -> Iterator[tuple[str, str]]:
    """Name the icons of a line and their inks, from the right; a sign stands for a case that has no room."""
    if tagged:
        yield "tags", "text_faint"
    if icon := KIND_ICONS.get(line.kind):
        yield icon, "text_faint"
    if line.flag is not None:
        yield FLAG_ICONS[line.flag], "warning" if line.flag is Flag.CHALLENGE else "accent"
