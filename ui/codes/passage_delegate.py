"""How a passage looks in the list: where it is, its words between what stands round them, its codes and memos."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate

from app.model.clusters import cut_at_word
from ui.codes.colours import SWATCH, paint_swatch
from ui.codes.lazy_list import KEY, THING
from ui.notebook.offsets import to_units
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets import is_selected, paint_row_ground, row_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.analysis.coding import Found
    from ui.codes.names import Names, Tag
    from ui.widgets.things import Index

_PAD, _ROOM = SPACE[3], SPACE[1]
_AROUND = 160  # characters shown of what stands before or after the words, on each side
_LONGEST = 1_600  # characters shown of the words themselves
_MEASURE = 620  # px, the widest that words get
_MEMO_LINES = 3


@dataclass(frozen=True)
class Laid:
    """A passage laid out at a width: its words, the lines of tags, the memos, and how high all of it is."""

    words: QTextLayout
    tags: tuple[tuple[Tag, float, int], ...]  # each with its left edge and its line
    memos: tuple[tuple[str, ...], ...]
    height: float


class PassageDelegate(QStyledItemDelegate):
    """Paints passages; what is laid out is kept until other passages are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: Names | None = None
        self._laid: dict[tuple[str, int], Laid] = {}
        theme().changed.connect(self._laid.clear)

    def show_names(self, names: Names) -> None:
        """Write codes, assessors and cases with other names."""
        self._names = names
        self._laid.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the width of the list."""
        width = row_width(option)
        return QSize(width, round(self._lay(index, width).height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one passage."""
        found: Found = index.data(THING)
        where = QRectF(option.rect)
        laid = self._lay(index, row_width(option))
        painter.save()
        paint_card_ground(painter, where, option)
        inside = where.adjusted(_PAD, _ROOM, -_PAD, -_ROOM)
        top = self._paint_head(painter, found, inside) + 2
        laid.words.draw(painter, QPointF(inside.left(), top))
        top += laid.words.boundingRect().height() + SPACE[0]
        ground = "accent_soft" if is_selected(option) else "surface"
        top = self._paint_tags(painter, laid, inside.left(), top, ground)
        painter.setPen(theme().colour("text_muted"))
        for lines in laid.memos:
            top = paint_lines(painter, lines, inside.left(), top, SMALL, "regular")
        painter.restore()

    def citation_at(self, option: QRectF, found: Found) -> QRectF:
        """Tell where the citation of a passage is, to be clicked."""
        wide = text_width(found.citation, SMALL, "semibold")
        return QRectF(option.left() + _PAD, option.top() + _ROOM, wide, line_height(SMALL))

    def _lay(self, index: Index, width: int) -> Laid:
        key = (str(index.data(KEY)), width)
        if key not in self._laid:
            self._laid[key] = self._made(index.data(THING), min(width - 2 * _PAD, _MEASURE))
        return self._laid[key]

    def _made(self, found: Found, width: int) -> Laid:
        words = _lay_words(found, width)
        tags = tuple(_flow(self._names.tags(found.codings) if self._names else (), width))
        memos = tuple(
            wrapped(f"Memo: {each.memo}", SMALL, "regular", width, _MEMO_LINES)
            for each in found.codings
            if each.memo.strip()
        )
        small = line_height(SMALL)
        lines = (tags[-1][2] + 1 if tags else 0) + sum(map(len, memos))
        height = 2 * _ROOM + small + 2 + words.boundingRect().height() + SPACE[0] + lines * small
        return Laid(words, tags, memos, height)

    def _paint_head(self, painter: QPainter, found: Found, inside: QRectF) -> float:
        painter.setPen(theme().colour("accent"))
        below = paint_lines(painter, (found.citation,), inside.left(), inside.top(), SMALL, "semibold")
        left = inside.left() + text_width(found.citation, SMALL, "semibold") + SPACE[1]
        said = "no longer in the notes" if found.orphaned else _said_by(found)
        metrics = QFontMetricsF(theme().font(SMALL))
        room = inside.right() - left
        said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room * 0.5)
        painter.setPen(theme().colour("warning" if found.orphaned else "text_faint"))
        right = inside.right() - metrics.horizontalAdvance(said)
        paint_lines(painter, (said,), right, inside.top(), SMALL, "regular")
        painter.setPen(theme().colour("text_muted"))
        title = metrics.elidedText(found.title, Qt.TextElideMode.ElideRight, right - left - SPACE[2])
        paint_lines(painter, (title,), left, inside.top(), SMALL, "regular")
        return below

    def _paint_tags(self, painter: QPainter, laid: Laid, left: float, top: float, ground: str) -> float:
        small, line = line_height(SMALL), 0
        for tag, at, line in laid.tags:
            here = top + line * small
            paint_swatch(painter, tag.colour, QRectF(left + at, here + (small - SWATCH) / 2, SWATCH, SWATCH), ground)
            painter.setPen(theme().colour("text_muted"))
            after = left + at + SWATCH + SPACE[0]
            paint_lines(painter, (tag.name,), after, here, SMALL, "medium")
            painter.setPen(theme().colour("text_faint"))
            paint_lines(
                painter, (tag.detail,), after + text_width(tag.name, SMALL, "medium") + SPACE[0], here, SMALL, "regular"
            )
        return top + (line + 1) * small if laid.tags else top


def paint_card_ground(painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
    """Paint what is behind a row of a long list: chosen or pointed at; the accent bar at the current one."""
    paint_row_ground(painter, where, option)
    painter.setPen(QPen(theme().colour("line")))
    painter.drawLine(where.bottomLeft(), where.bottomRight())


def spoken(found: object) -> str:
    """Say a passage for a screen reader."""
    passage: Found = found  # type: ignore[assignment]
    return f"{passage.citation}, {passage.title}. {passage.words}"


def _said_by(found: Found) -> str:
    """Name who spoke, or their role, where the source is not named by them already."""
    return found.speaker if found.speaker and found.speaker != found.title else ", ".join(found.roles)


def around(found: Found) -> tuple[str, str, str]:
    """Cut a passage to what is shown: what stands before, its words, what stands after."""
    before = found.before if len(found.before) <= _AROUND else f"… {_last(found.before, _AROUND)}"
    after = found.after if len(found.after) <= _AROUND else found.after[:1] + cut_at_word(found.after[1:], _AROUND)
    return before, cut_at_word(found.words, _LONGEST), after


def _last(text: str, most: int) -> str:
    """Cut the end off a text, beginning at a word where there is one."""
    tail = text[-most:]
    return tail.partition(" ")[2] or tail


def _lay_words(found: Found, width: int) -> QTextLayout:
    """Lay the words out, in ink, between what stands round them, faint."""
    before, words, after = around(found)
    whole = (before + words + after).replace("\n", " ")
    layout = QTextLayout(whole, theme().font(BODY))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    start, end = to_units(whole, len(before)), to_units(whole, len(before) + len(words))
    stretches = ((0, start, "text_faint"), (start, end, "text"), (end, to_units(whole, len(whole)), "text_faint"))
    layout.setFormats([_inked(*stretch) for stretch in stretches if stretch[0] < stretch[1]])
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 40))
        line.setPosition(QPointF(0, top))
        top += line_height(BODY)
    layout.endLayout()
    return layout


def _inked(start: int, end: int, ink: str) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    style = QTextCharFormat()
    style.setForeground(theme().colour(ink))
    made.format = style
    return made


def _flow(tags: tuple[Tag, ...], width: int) -> Iterator[tuple[Tag, float, int]]:
    """Set tags side by side, and on another line where there is no more room."""
    metrics = QFontMetricsF(theme().font(SMALL, "medium"))
    at, line = 0.0, 0
    for each in tags:
        beside = SWATCH + 2 * SPACE[0] + text_width(each.detail, SMALL)
        tag = replace(each, name=metrics.elidedText(each.name, Qt.TextElideMode.ElideRight, max(width - beside, 40)))
        wide = beside + text_width(tag.name, SMALL, "medium")
        if at and at + wide > width:
            at, line = 0.0, line + 1
        yield tag, at, line
        at += wide + SPACE[2]
