"""Paints the list of criteria: heads of principles and levels, and criteria with their scale."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from app.model.assessment import Confidence
from app.scoring.scale import Verdict, is_achievement, is_open
from ui.assess.keys import step_words
from ui.assess.model import ROW
from ui.assess.parts import OPTION_PAD, SEGMENT, SEGMENT_HIGH, Segment, option_lines, parts_of, row_height
from ui.assess.rows import CriterionRow, GateRow, HeadRow
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import BODY, SMALL, SPACE, TITLE, theme
from ui.theme.icons import paint_icon
from ui.widgets import level_shape, level_text, level_width, paint_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.scoring.offered import Answers
    from ui.assess.model import Index
    from ui.assess.parts import Parts
    from ui.assess.rows import Option
    from ui.assess.view import CriteriaView
    from ui.theme import Palette

HEAD_HIGH = 72
GATE_HIGH = 32
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_SURE = {Confidence.LOW: 1, Confidence.MEDIUM: 2, Confidence.HIGH: 3}


class CriteriaDelegate(QStyledItemDelegate):
    """Paints rows; `hovered` is the part under the mouse, `editing` the criterion whose rationale is written."""

    def __init__(self, view: CriteriaView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = ("", "")  # criterion, part
        self.dropping = ""  # the criterion that a passage is held over
        self.editing = ""
        self.editor_height = 0.0
        self.asking = False  # for the reason why the criterion edited is not applicable

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the row needs at the width of the list."""
        row, width = index.data(ROW), self._view.viewport().width()
        if isinstance(row, HeadRow):
            return QSize(width, HEAD_HIGH)
        if isinstance(row, GateRow):
            return QSize(width, GATE_HIGH)
        return QSize(width, row_height(row, width, self._editor_of(row)))

    def parts(self, row: CriterionRow, where: QRectF) -> Parts:
        """Tell where the parts of a row are."""
        return parts_of(row, where, self._editor_of(row))

    def _editor_of(self, row: CriterionRow) -> float:
        return self.editor_height if row.key == self.editing else 0.0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row, where = index.data(ROW), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadRow):
            paint_head(painter, row, where)
        elif isinstance(row, GateRow):
            _paint_gate(painter, row, where)
        else:
            self._paint_criterion(painter, row, where, option)
        painter.restore()

    def _paint_criterion(
        self, painter: QPainter, row: CriterionRow, where: QRectF, option: QStyleOptionViewItem
    ) -> None:
        self._paint_ground(painter, where, option)
        if row.key == self.dropping:
            painter.setPen(QPen(theme().colour("accent"), 2))
            painter.drawRoundedRect(where.adjusted(2, 2, -2, -3), 4, 4)
        parts = self.parts(row, where)
        painter.setPen(theme().colour("text"))
        lines = wrapped(row.statement, BODY, "regular", round(parts.statement.width()), 4)
        paint_lines(painter, lines, parts.statement.left(), parts.statement.top(), BODY, "regular")
        if row.key == self.editing:
            self._paint_caption(painter, parts.verdict)
        else:
            _paint_words(painter, row, parts)
            if parts.beside:
                _paint_rationale(painter, row, parts.rationale)
        self._paint_scale(painter, row, parts)
        if self._takes_keys(option) and not self._view.read_only:
            _paint_keys(painter, row, parts)
        _paint_confidence(painter, row, parts.confidence, hovered=self.hovered == (row.key, "confidence"))
        _paint_evidence(painter, row, parts.evidence)

    def _paint_caption(self, painter: QPainter, where: QRectF) -> None:
        """Say over the rationale's editor what is asked."""
        words = "Why is it not applicable? Enter keeps it." if self.asking else "Why this answer? Enter keeps it."
        painter.setPen(theme().colour("accent"))
        paint_lines(painter, (words,), where.left(), where.top(), SMALL, "medium")

    def _takes_keys(self, option: QStyleOptionViewItem) -> bool:
        """Whether a key that is pressed now is meant for this row."""
        return bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()

    def _paint_ground(self, painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, theme().colour("accent_soft" if self._takes_keys(option) else "hover"))
            painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour("accent"))
        paint_rule(painter, where)

    def _paint_scale(self, painter: QPainter, row: CriterionRow, parts: Parts) -> None:
        for segment in parts.scale:
            verdict = segment.verdict
            hovered = self.hovered == (row.key, str(verdict))
            asked = self.asking and row.key == self.editing and verdict is Verdict.NOT_APPLICABLE
            self._paint_segment(painter, row, segment, hovered=hovered or asked)
        for option, where in zip(row.options, parts.options, strict=True):
            self._paint_option(painter, row, option, where)

    def _paint_segment(self, painter: QPainter, row: CriterionRow, segment: Segment, *, hovered: bool) -> None:
        box = segment.where.adjusted(1, 0, -1, 0)
        chosen = segment.verdict is row.own
        _paint_button(painter, row.answers, segment._replace(where=box), chosen=chosen, hovered=hovered)
        self._paint_marks(painter, row, segment.verdict, box)

    def _paint_marks(self, painter: QPainter, row: CriterionRow, verdict: Verdict, box: QRectF) -> None:
        """Mark the answer that counts, and the one that is proposed, where they are not the assessor's own."""
        if _is(row, row.own, verdict):
            return
        if _is(row, row.counts, verdict):
            _paint_dashes(painter, box, "text_muted")
        if row.proposed and _is(row, row.proposed.verdict, verdict):
            _paint_dashes(painter, box, "accent")

    def _paint_option(self, painter: QPainter, row: CriterionRow, option: Option, where: QRectF) -> None:
        """Paint a description that can be picked: its key, the levels it holds for, and what it says."""
        chosen = _is(row, row.own, option.verdict)
        hovered = self.hovered == (row.key, str(option.verdict))
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(where, 4, 4)
        box = QRectF(where.left() + SPACE[0], where.top() + OPTION_PAD, SEGMENT, SEGMENT_HIGH)
        segment = Segment(option.verdict, option.short, box)
        _paint_button(painter, row.answers, segment, chosen=chosen, hovered=hovered)
        self._paint_marks(painter, row, option.verdict, box)
        left, top = box.right() + SPACE[2], where.top() + OPTION_PAD
        painter.setPen(theme().colour("text"))
        top = paint_lines(painter, (option.name,), left, top, SMALL, "semibold")
        painter.setPen(theme().colour("text" if chosen else "text_muted"))
        paint_lines(painter, option_lines(option, where.width()), left, top, SMALL, "regular")


def _is(row: CriterionRow, given: Verdict | None, verdict: Verdict) -> bool:
    """Whether an answer is one of the buttons; that of a level which is like another is the same as that one's."""
    return given is not None and row.answers.step(given).verdict is verdict


def _paint_dashes(painter: QPainter, box: QRectF, ink: str) -> None:
    painter.setPen(QPen(theme().colour(ink), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def verdict_colours(offered: Answers, verdict: Verdict) -> tuple[QColor, QColor]:
    """Fill and ink of a verdict: achievements in the hue of levels, what is open in amber, the rest neutral."""
    rank, best = offered.rank(verdict), offered.rank(offered.best) or 0
    kind = "open" if is_open(verdict) else "told" if is_achievement(verdict) else "other"
    return _colours(kind, rank or 0, best + 1, theme().palette)


@functools.lru_cache(maxsize=128)
def _colours(kind: str, rank: int, of: int, palette: Palette) -> tuple[QColor, QColor]:
    if kind == "told":
        return QColor(palette.level_fill(rank, of)), QColor(palette.level_ink(rank, of))
    if kind == "open":
        return QColor(palette.warning_soft), QColor(palette.warning)
    return QColor(palette.line), QColor(palette.text)


def _paint_button(painter: QPainter, offered: Answers, segment: Segment, *, chosen: bool, hovered: bool) -> None:
    ink, box = theme().colour("text" if hovered else "text_faint"), segment.where
    painter.setPen(Qt.PenStyle.NoPen)
    if chosen:
        fill, ink = verdict_colours(offered, segment.verdict)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 4, 4)
    elif hovered:
        painter.setPen(QPen(theme().colour("accent"), 1))
        painter.setBrush(theme().colour("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(ink)
    painter.setFont(theme().font(SMALL, "semibold" if chosen else "regular"))
    painter.drawText(box, _CENTRE, segment.letters)


def keys_under(row: CriterionRow, parts: Parts) -> list[tuple[str, QRectF]]:
    """Give the keys of a row's buttons, which are others than what stands on these, and where they are written."""
    high = line_height(SMALL)
    return [
        (row.answers.step(verdict).key.upper(), QRectF(where.left(), where.bottom(), where.width(), high))
        for verdict, _letters, where in parts.scale
    ]


def _paint_keys(painter: QPainter, row: CriterionRow, parts: Parts) -> None:
    painter.setPen(theme().colour("text_muted"))
    painter.setFont(theme().font(SMALL))
    for key, where in keys_under(row, parts):
        painter.drawText(where, _CENTRE, key)


def _paint_words(painter: QPainter, row: CriterionRow, parts: Parts) -> None:
    """Paint the verdict in words, a note where another one counts, and the rationale where it has no column."""
    left, where = parts.verdict.left(), parts.verdict
    for text, ink in _words(row):
        painter.setPen(theme().colour(ink))
        lines = wrapped(text, SMALL, "medium", max(round(where.right() - left), 1), 1)
        paint_lines(painter, lines, left, where.top(), SMALL, "medium")
        left += text_width(lines[0], SMALL, "medium") + SPACE[1]
    if row.rationale and left < where.right() and not parts.beside:
        painter.setPen(theme().colour("text_muted"))
        lines = wrapped(row.rationale, SMALL, "regular", round(where.right() - left), 1)
        paint_lines(painter, lines, left, where.top(), SMALL, "regular")


def _words(row: CriterionRow) -> Iterator[tuple[str, str]]:
    """Say what was answered, what counts instead, and what is proposed; each with its ink."""
    if row.own:
        step = row.answers.step(row.own)
        counted = step.points is not None and not row.note
        yield step_words(step) if counted else step.label, "text"
    elif not row.note and not row.proposed:
        yield "Unanswered", "text_faint"
    if row.note:
        yield row.note, row.note_ink
    if row.proposed:
        yield f"{row.proposed.words} (P)", "accent"


def _paint_rationale(painter: QPainter, row: CriterionRow, where: QRectF) -> None:
    painter.setPen(theme().colour("text_muted"))
    most = max(1, int(where.height() // line_height(SMALL)))
    paint_lines(
        painter,
        wrapped(row.rationale, SMALL, "regular", round(where.width()), most),
        where.left(),
        where.top() + 1,
        SMALL,
        "regular",
    )


def paint_rule(painter: QPainter, where: QRectF) -> None:
    """Paint a hairline at the foot of a row."""
    painter.fillRect(QRectF(where.left(), where.bottom() - 1, where.width(), 1), theme().colour("line"))


def _paint_confidence(painter: QPainter, row: CriterionRow, where: QRectF, *, hovered: bool) -> None:
    """Paint how sure the assessor is as one to three bars."""
    sure = _SURE.get(row.confidence, 0) if row.confidence else 0
    if not sure and not hovered and row.own is None:
        return
    base = where.center().y() + 6
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(3):
        high = 5.0 + 3.5 * number
        painter.setBrush(theme().colour("text_muted" if number < sure else "line_strong"))
        if number >= sure:
            high = 2.0
        painter.drawRect(QRectF(where.left() + 5 + 6 * number, base - high, 4, high))


def _paint_evidence(painter: QPainter, row: CriterionRow, where: QRectF) -> None:
    ink = "warning" if row.warns else "text_muted" if row.evidence else "line_strong"
    middle = where.center().y()
    colour = getattr(theme().palette, ink)
    paint_icon(painter, "link", colour, QRectF(where.left(), middle - 6, 12, 12))
    if row.evidence or row.lacks_evidence:
        painter.setFont(theme().font(SMALL, "medium"))
        painter.setPen(QColor(colour))
        painter.drawText(where.adjusted(16, 0, 0, 0), _LEFT, str(row.evidence))


def paint_head(painter: QPainter, row: HeadRow, where: QRectF) -> None:
    """Paint the head of a principle, in the list and stuck to its top."""
    painter.fillRect(where, theme().colour("surface"))
    paint_rule(painter, where)
    left, right, top = where.left() + SPACE[3], where.right() - SPACE[3], where.top() + SPACE[1]
    painter.setPen(theme().colour("text"))
    name = wrapped(row.name, TITLE, "semibold", round(right - left - 150), 1)
    paint_lines(painter, name, left, top, TITLE, "semibold")
    _paint_coverage(painter, row, QRectF(right - 150, top, 150, line_height(TITLE)))
    top += line_height(TITLE) + SPACE[0] + 2
    left = _paint_badge(painter, row, left, top)
    painter.setPen(theme().colour("text_muted"))
    lines = wrapped(_head_text(row), SMALL, "regular", round(right - left), 2)
    down = top + (SEGMENT_HIGH - line_height(SMALL)) / 2 if len(lines) == 1 else top - 3
    paint_lines(painter, lines, left, down, SMALL, "regular")


def _head_text(row: HeadRow) -> str:
    """What is open where that matters, then what the next level needs."""
    open_ = row.interval.partition(": ")[2]
    return ". ".join(filter(None, (row.standing.note, open_, row.needs)))


def _paint_badge(painter: QPainter, row: HeadRow, left: float, top: float) -> float:
    """Paint the level; give where what follows it begins."""
    painter.setFont(theme().font(BODY, "medium"))
    text = level_text(row.standing.name, "" if row.standing.certain else row.standing.ceiling_name)
    wide = level_width(painter.font(), text)
    paint_level(painter, QRectF(left, top, wide, SEGMENT_HIGH), row.standing.rank, row.levels, text)
    return left + wide + SPACE[2]


def _paint_coverage(painter: QPainter, row: HeadRow, where: QRectF) -> None:
    """Paint how much is known as a bar and in words."""
    painter.setFont(theme().font(SMALL))
    painter.setPen(theme().colour("text_muted"))
    painter.drawText(where, _RIGHT, row.standing.known)
    if row.standing.coverage == 1:
        return
    right = where.right() - text_width(row.standing.known, SMALL) - SPACE[1]
    bar = QRectF(right - 56, where.center().y() - 2, 56, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("line"))
    painter.drawRoundedRect(bar, 2, 2)
    painter.setBrush(theme().colour("accent"))
    known = QRectF(bar.left(), bar.top(), bar.width() * row.standing.coverage, bar.height())
    painter.drawRoundedRect(known, 2, 2)


def _paint_gate(painter: QPainter, row: GateRow, where: QRectF) -> None:
    """Paint the head of a level's criteria."""
    painter.fillRect(where, theme().colour("window"))
    paint_rule(painter, where)
    left, middle = where.left() + SPACE[3], where.center().y()
    ink = theme().colour("accent" if row.reached else "text_faint")
    level_shape(painter, QRectF(left, middle - 6, 12, 12), row.rank, row.levels, ink)
    painter.setFont(theme().font(SMALL, "semibold"))
    painter.setPen(theme().colour("text"))
    painter.drawText(QRectF(left + 20, where.top(), 300, where.height()), _LEFT, row.name)
    left += 20 + text_width(row.name, SMALL, "semibold") + SPACE[1]
    painter.setFont(theme().font(SMALL))
    painter.setPen(theme().colour("text_muted"))
    painter.drawText(QRectF(left, where.top(), where.right() - left, where.height()), _LEFT, row.summary)
