"""The margin at the right of the notes: a stripe for each code beside the words it is on, with its name."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from ui.notebook.offsets import to_units
from ui.notebook.painting import visible_blocks
from ui.notebook.signs import DOT, Whole, ink_of, paint_name, paint_whole
from ui.notebook.stripes import Wish, columns, put_names
from ui.notebook.wrapping import wrapped
from ui.theme import SMALL, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent, QTextBlock

    from app.model.shifting import Mark
    from ui.notebook.coded import Sign
    from ui.notebook.editor import NotesEditor

THIN = 44  # px at the right of the words that stripes are given where there is no room for names
NAMED = 108  # px, from which on names stand beside them
USUAL = 148  # px that names are given before the words get their measure
_AROUND = 24  # px of it that are kept free, for a bar to scroll with
_LEAST_WORDS = 232.0  # px, about 35 characters: names leave the words so much
_PITCH, _LEAST_PITCH, _USUAL = 6.0, 2.0, 3  # px from stripe to stripe; how many of them names always leave room for
_AFTER, _GAP, _MORE = 4.0, 10.0, 22.0
_WIDEST = 200.0  # px a name is given, so that a long one leaves room for others
_KEPT = 600  # paragraphs whose stripes are remembered


def room_beside(wide: float, measure: float, scale: float, *, coded: bool) -> int:
    """Tell how much is kept free at the right of the words, px: for names if the words stay readable, else for stripes.

    Args:
        wide: what words and margin have together.
        measure: the widest that words get, at the usual size.
        scale: how large the words are shown, 1 for the usual size.
        coded: whether there is anything to show in it.
    """
    least = 0.0
    if coded:
        names = min(float(USUAL), wide - _LEAST_WORDS * scale)
        least = names if names >= NAMED else THIN
    return round(max(least, wide - measure * scale))


@dataclass(frozen=True)
class Stripe:
    """A code beside the wrapped lines from `first` to `last` of a paragraph, in a column counted from the words."""

    sign: Sign
    first: int
    last: int
    column: int


@dataclass(frozen=True)
class Name:
    """A name beside a wrapped line, or two; that of the case the line is about has no sign."""

    sign: Sign | None
    text: str
    line: int
    left: float
    width: float
    lines: int = 1


@dataclass(frozen=True)
class Beside:
    """All that stands beside one paragraph; `more` counts by wrapped line the names that have no room."""

    stripes: tuple[Stripe, ...] = ()
    names: tuple[Name, ...] = ()
    more: tuple[tuple[int, int], ...] = ()
    pitch: float = _PITCH


_NOTHING = Beside()


class Margin(QWidget):
    """Stripes and names beside the paragraphs in view; a click chooses the passage, pointing tells all of it.

    What stands beside a paragraph is worked out once, and anew only when that paragraph or what is coded changed.
    """

    chosen = Signal(str)  # key of a passage

    def __init__(self, editor: NotesEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._kept: dict[int, tuple[object, Beside]] = {}
        self._over = False  # whether all names of the current passage were painted over the others
        self.setMouseTracking(True)
        self.setAccessibleName("Codes beside the notes")
        editor.updateRequest.connect(self._scrolled)
        theme().changed.connect(self.update)

    @property
    def named(self) -> bool:
        """Whether there is room for names."""
        return self.width() >= NAMED - _AROUND

    def beside(self, block: QTextBlock) -> Beside:
        """Give what stands beside a paragraph."""
        editor = self._editor
        row = editor.sheet.rows[block.blockNumber()]
        case = editor.coded.case(block.blockNumber())
        if not row.marks and not case:
            return _NOTHING
        state = (block.revision(), row.marks, case, editor.coded.version, editor.viewport().width(), self.width())
        held = self._kept.get(row.number)
        if held is None or held[0] != state:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            held = self._kept[row.number] = (state, self._made(block, row.marks, case))
        return held[1]

    def _made(self, block: QTextBlock, marks: Sequence[Mark], case: str) -> Beside:
        found = [(sign, *_lines(block, mark)) for mark, sign in self._signs(marks)]
        places = columns([(first, last) for _sign, first, last in found])
        stripes = tuple(
            Stripe(sign, first, last, column) for (sign, first, last), column in zip(found, places, strict=True)
        )
        number = max(places, default=-1) + 1
        room = self._names_left(number) - _AFTER if self.named else float(self.width())
        pitch = max(_LEAST_PITCH, min(_PITCH, room / max(number, 1)))
        names, more = self._names(stripes, case, number) if self.named else ((), ())
        return Beside(stripes, names, more, pitch)

    def _signs(self, marks: Sequence[Mark]) -> Iterator[tuple[Mark, Sign]]:
        coded = self._editor.coded
        for mark in marks:
            if mark.passage not in coded.hidden:
                yield from ((mark, sign) for sign in coded.on(mark.passage))

    def _names_left(self, number: int) -> float:
        """Tell where names begin beside so many columns: all alike, but where there are very many."""
        return min(max(number, _USUAL) * _PITCH + _AFTER, max(self.width() / 3, _USUAL * _PITCH + _AFTER))

    def _names(
        self, stripes: Sequence[Stripe], case: str, number: int
    ) -> tuple[tuple[Name, ...], tuple[tuple[int, int], ...]]:
        metrics = QFontMetricsF(theme().font(SMALL))
        left = self._names_left(number)
        order = sorted(stripes, key=lambda stripe: (stripe.first, stripe.column))
        texts: list[tuple[Sign | None, str, int, int]] = [(None, f"@{case}", 0, 0)] if case else []
        texts += [(each.sign, each.sign.name, each.first, each.last) for each in order]
        wide = [metrics.horizontalAdvance(text) + 2 + (DOT + 4) * (sign is not None) for sign, text, *_ in texts]
        wishes = [
            Wish(first, last, min(width, _WIDEST)) for (_s, _t, first, last), width in zip(texts, wide, strict=True)
        ]
        put, more = put_names(wishes, self.width() - left, _GAP, _MORE)
        names = tuple(
            Name(texts[each.wish][0], texts[each.wish][1], each.line, left + each.left, each.width, each.lines)
            for each in put
        )
        return names, tuple(more.items())

    def whole(self) -> Whole | None:
        """Give all names beside the current passage, unless each of them already stands there unshortened."""
        current = self._editor.current_passage
        if not current or not self.named:
            return None
        for block, where in visible_blocks(self._editor):
            own = [each for each in self.beside(block).stripes if each.sign.passage == current]
            if own and block.layout().lineCount():
                return self._whole_at(block, where.top(), own[0])
        return None

    def _whole_at(self, block: QTextBlock, top: float, own: Stripe) -> Whole | None:
        beside = self.beside(block)
        crossing = [each for each in beside.stripes if each.first <= own.last and own.first <= each.last]
        crossing.sort(key=lambda each: (each.sign.passage != own.sign.passage, each.column))
        told = {name.sign for name in beside.names if not _is_shortened(name)}
        if all(each.sign in told for each in crossing):
            return None
        top += block.layout().lineAt(own.first).y()
        signs = tuple(each.sign for each in crossing)
        return Whole.beside(signs, self._names_left(0) - SPACE[0], top, self.rect().toRectF())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what stands beside the paragraphs in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font(SMALL))
        for block, where in self._in(event.rect()):
            self._paint(painter, block, where.top(), self.beside(block))
        whole = self.whole()
        self._over = whole is not None
        if whole is not None:
            paint_whole(painter, whole, self._editor.current_passage)
        painter.end()

    def _in(self, rect: QRect) -> Iterator[tuple[QTextBlock, QRectF]]:
        for block, where in visible_blocks(self._editor):
            if block.layout().lineCount() and where.bottom() >= rect.top() and where.top() <= rect.bottom():
                yield block, where

    def _paint(self, painter: QPainter, block: QTextBlock, top: float, beside: Beside) -> None:
        current = self._editor.current_passage
        for stripe in beside.stripes:
            self._paint_stripe(painter, _place(block, top, stripe, beside.pitch), stripe.sign, current)
        for name in beside.names:
            self._paint_name(painter, _stands(block, top, name), name, current)
        painter.setPen(theme().colour("text_faint"))
        for number, count in beside.more:
            line = block.layout().lineAt(number)
            where = QRectF(0, top + line.y(), self.width(), line.height())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"+{count}")

    def _paint_stripe(self, painter: QPainter, where: QRectF, sign: Sign, current: str) -> None:
        chosen = sign.passage == current
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink_of(sign)))
        painter.drawRoundedRect(where.adjusted(0, 0, 1, 0) if chosen else where, 1.5, 1.5)

    def _paint_name(self, painter: QPainter, where: QRectF, name: Name, current: str) -> None:
        chosen = name.sign is not None and name.sign.passage == current
        painter.setPen(theme().colour("text" if chosen else "text_muted" if name.sign else "text_faint"))
        lines = wrapped(name.text, SMALL, "regular", _words_wide(name), name.lines)
        paint_name(painter, where, where.height() / name.lines, lines, name.sign)

    def _scrolled(self, rect: QRect, dy: int) -> None:
        if self._over:  # those names may reach anywhere
            self.update()
        elif dy:
            self.scroll(0, dy)
        else:
            self.update(0, rect.top() - 1, self.width(), rect.height() + 2)

    # Pointing

    def signs_at(self, point: QPointF) -> tuple[Sign, ...]:
        """List the codes whose stripes cross the line pointed at; the one pointed at first."""
        whole = self.whole()
        if whole is not None and whole.where.contains(point):
            return whole.pointed(point.y())
        for block, where in self._in(QRect(0, round(point.y()), 1, 1)):
            beside = self.beside(block)
            places = [(each, _place(block, where.top(), each, beside.pitch)) for each in beside.stripes]
            crossing = [pair for pair in places if pair[1].top() - 2 <= point.y() <= pair[1].bottom() + 2]
            named = self._named_at(block, where.top(), beside, point)
            crossing.sort(key=lambda pair: (pair[0].sign is not named, abs(pair[1].center().x() - point.x())))
            found = [stripe.sign for stripe, _rect in crossing]
            return tuple(found) if named is None or named in found else (named, *found)
        return ()

    def _named_at(self, block: QTextBlock, top: float, beside: Beside, point: QPointF) -> Sign | None:
        for name in beside.names:
            if _stands(block, top, name).contains(point):
                return name.sign
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the passage whose stripe or name was clicked."""
        found = self.signs_at(event.position())
        if found:
            self.chosen.emit(found[0].passage)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click chooses something."""
        shapes = Qt.CursorShape
        self.setCursor(shapes.PointingHandCursor if self.signs_at(event.position()) else shapes.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tell all codes of the line pointed at, who put them on and why."""
        if event.type() == QEvent.Type.ToolTip:
            pointed: QHelpEvent = event  # type: ignore[assignment]
            QToolTip.showText(pointed.globalPos(), told(self.signs_at(pointed.pos().toPointF())), self)
            return True
        return super().event(event)


def told(signs: Sequence[Sign]) -> str:
    """Write codes with who put them on, as markup in which nobody's words can be any."""
    parts = [f"<b>{html.escape(sign.name)}</b><br>{html.escape('; '.join(sign.told))}" for sign in signs]
    return f"<qt>{'<br>'.join(parts)}</qt>" if parts else ""


def _lines(block: QTextBlock, mark: Mark) -> tuple[int, int]:
    """Find the first and the last wrapped line that a passage lies in."""
    text, layout = block.text(), block.layout()
    last = max(layout.lineCount() - 1, 0)
    first, end = to_units(text, mark.start), max(to_units(text, mark.end) - 1, 0)
    found = (layout.lineForTextPosition(place) for place in (first, end))
    low, high = (line.lineNumber() if line.isValid() else last for line in found)
    return low, max(low, high)


def _place(block: QTextBlock, top: float, stripe: Stripe, pitch: float) -> QRectF:
    """Find where a stripe is, in the margin."""
    first, last = block.layout().lineAt(stripe.first), block.layout().lineAt(stripe.last)
    high = last.y() + last.height() - first.y()
    return QRectF(stripe.column * pitch, top + first.y() + 1, max(pitch * 2 / 3, 1.0), high - 2)


def _stands(block: QTextBlock, top: float, name: Name) -> QRectF:
    """Find where a name is, in the margin."""
    line = block.layout().lineAt(name.line)
    return QRectF(name.left, top + line.y(), name.width, line.height() * name.lines)


def _words_wide(name: Name) -> int:
    return int(name.width - (DOT + 4) * (name.sign is not None))


def _is_shortened(name: Name) -> bool:
    """Whether a name does not stand there as it is."""
    return "".join(wrapped(name.text, SMALL, "regular", _words_wide(name), name.lines)).replace(" ", "") != (
        name.text.replace(" ", "")
    )
