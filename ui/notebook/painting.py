"""What the notebook paints behind its words and beside them: passages, the gutter, slanted reflections."""

from __future__ import annotations

from dataclasses import dataclass
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
_SIGN, _EDGE = 15.0, 6.0


@dataclass(frozen=True)
class _Columns:
    """How wide what stands beside a line is, px; `signs` have no room of their own where they share the speaker's."""

    number: float
    gap: float
    time: float
    speaker: float
    signs: float


_WIDE = _Columns(34.0, 8.0, 38.0, 100.0, 3 * _SIGN + _EDGE + 3)
_CLOSE = _Columns(30.0, 4.0, 34.0, 88.0, _EDGE)
_LEAST_SIGNS = 2 * _SIGN + _EDGE + 3  # where there is no speaker's room to share
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
            left = max(left - 1, 0.5)  # at the edge, an outline is still seen
            yield QRectF(left, line.y(), right + 1 - left, line.height())


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
        self._columns = _WIDE
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Kind and speaker of this line")
        editor.updateRequest.connect(self._scrolled)

    def fit(self, wide: float) -> None:
        """Take little room where there is little, px, for the words with all that stands beside them."""
        self._columns = _WIDE if self._room(_WIDE) <= wide else _CLOSE

    @property
    def room(self) -> int:
        """How wide it is; speakers are told only where there are several."""
        return self._room(self._columns)

    def _room(self, columns: _Columns) -> int:
        told = columns.number + columns.gap + columns.time
        if not self._several:
            return round(told * self._scale + max(columns.signs, _LEAST_SIGNS))
        return round((told + columns.gap + columns.speaker) * self._scale + columns.signs)

    @property
    def _several(self) -> bool:
        return len(self._editor.speakers) > 1

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
            QToolTip.showText(pointed.globalPos(), self._told(place) if place >= 0 else self.toolTip(), self)
            return True
        return super().event(event)

    def _told(self, place: int) -> str:
        """Tell who spoke a line, whose name may be shortened, and whether it came after the interview."""
        line = self._editor.sheet.line(place)
        name = self._editor.speakers.get(line.speaker or "", "")
        later = f"{LATER}: see History" if self._editor.later(line) else ""
        return "\n".join(filter(None, (later, name, self.toolTip())))

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
        line, scale, columns = self._editor.sheet.line(place), self._scale, self._columns
        above = self._editor.sheet.line(place - 1) if place else None
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme().colour("text" if place == here else "text_faint"))
        if number:
            painter.drawText(QRectF(0, row.top(), columns.number * scale, row.height()), int(right), str(number))
        painter.setPen(theme().colour("text_faint"))
        left = (columns.number + columns.gap) * scale
        time = self._editor.time_text(line)
        if time and (number or place == here) and (above is None or self._editor.time_text(above) != time):
            painter.drawText(QRectF(left, row.top(), columns.time * scale, row.height()), int(right), time)
        if number and self._editor.later(line):
            painter.fillRect(QRectF(row.right() - 3, row.top(), 2, row.height()), theme().colour("accent"))
        signs = self._paint_signs(painter, place, line, row)
        if self._several:
            left += (columns.time + columns.gap) * scale
            wide = min(columns.speaker * scale, signs - 2 - left)
            self._paint_speaker(painter, line, above, QRectF(left, row.top(), wide, row.height()))

    def _paint_speaker(self, painter: QPainter, line: Line, above: Line | None, where: QRectF) -> None:
        """Paint who spoke; of a long name the end is kept, which tells "ML engineer A" from "ML engineer B"."""
        name = self._editor.speakers.get(line.speaker or "", "")
        if not name or (above is not None and above.speaker == line.speaker):
            return
        painter.setPen(theme().colour("text_muted"))
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, where.width())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_signs(self, painter: QPainter, place: int, line: Line, row: QRectF) -> float:
        """Paint what the line is, from the right: kind, flag, whether it is uncertain; gives where these begin."""
        right, middle = row.right() - _EDGE, row.center().y()
        tagged = not self._editor.margin.named and bool(self._editor.coded.case(place))
        for icon, ink in _signs(line, tagged=tagged):
            right -= _SIGN
            paint_icon(painter, icon, getattr(theme().palette, ink), QRectF(right, middle - 6, 12, 12))
        if line.uncertain:
            right -= _SIGN
            painter.save()
            painter.setFont(self._font("semibold"))
            painter.setPen(QColor(theme().palette.warning))
            painter.drawText(QRectF(right, row.top(), _SIGN, row.height()), int(Qt.AlignmentFlag.AlignCenter), "?")
            painter.restore()
        return right

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
