"""The figures of two coders: overall in large, and a table of codes that can be sorted."""

from __future__ import annotations

import html
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.analysis.agreement import RELIABLE, TENTATIVE
from app.analysis.todo import count
from ui.theme import BODY, DISPLAY, MEASURE, ROW, SMALL, SPACE, theme
from ui.widgets import TextLabel, is_selected
from ui.widgets.actions import bind_key
from ui.widgets.grid import dress_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.analysis.agreement import Agreement, CodeAgreement, Measure
    from ui.widgets.things import Index

DASH = "\u2013"
_MINUS = "\u2212"
CODE = int(Qt.ItemDataRole.UserRole)  # the key of a row's code
LOW = CODE + 1  # whether a cell says that two agree too little to build on
_HEADS: Final = ("Code", "Alpha", "Percent", "Both")
_WIDTHS: Final = (0, 76, 84, 64, 96, 96)  # px; the first gets what is left, the last two as much as their heads need
_TIGHT: Final = (0, 68, 76, 52, 92, 92)  # px where there is little room; the names of the coders under "Only"
_LEAST_NAME = 140  # px of a code's name, before the others give way
_WIDEST = 150
_PAD = SPACE[2]
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_CUT = Qt.TextElideMode.ElideRight
_MEANING = (
    f"An alpha of {RELIABLE} or more is taken as reliable, {TENTATIVE} as the least for tentative conclusions; "
    "0 is what chance gives."
)


def alpha_text(measure: Measure) -> str:
    """Write an alpha, or a dash where it is undefined."""
    return DASH if measure.alpha is None else f"{measure.alpha:.3f}".replace("-", _MINUS)


def percent_text(measure: Measure) -> str:
    """Write a percentage, or a dash where nothing was judged."""
    return DASH if measure.percent is None else f"{measure.percent:.1f}"


class FigureModel(QAbstractTableModel):
    """Codes by figures, sorted by a column; what is undefined comes last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[CodeAgreement, ...] = ()  # as the codebook has them
        self._rows: list[CodeAgreement] = []
        self._heads: tuple[str, ...] = ()
        self._under: tuple[str, str] | None = None  # the coders as they are named under "Only", where there is no room
        self.column, self.descending = 1, False  # the least agreed first

    def show_codes(self, codes: Sequence[CodeAgreement], first: str, second: str) -> None:
        """Show the figures of codes, and whose columns the last two are."""
        heads = (*_HEADS, f"Only {first}", f"Only {second}")
        if (tuple(codes), heads) == (self._codes, self._heads):
            return
        self._codes, self._heads = tuple(codes), heads
        self._order()

    def name_under(self, names: tuple[str, str] | None) -> None:
        """Name the coders in a line of its own, as short as they are given; None names them beside "Only"."""
        if names != self._under:
            self._under = names
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 4, 5)

    def sort_by(self, column: int) -> None:
        """Sort by a column; by the same once more, the other way round."""
        self.descending = not self.descending if column == self.column else column > 2
        self.column = column
        self._order()

    def row_of(self, code: str) -> int:
        """Find a code's row; -1 where there is none."""
        return next((place for place, row in enumerate(self._rows) if row.code == code), -1)

    def _order(self) -> None:
        self.beginResetModel()
        known = [row for row in self._codes if _value(row, self.column) is not None]
        known.sort(key=lambda row: _value(row, self.column), reverse=self.descending)  # type: ignore[arg-type,return-value]
        self._rows = [*known, *(row for row in self._codes if _value(row, self.column) is None)]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per code."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column per figure."""
        return 0 if parent is not None and parent.isValid() else len(_WIDTHS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Name a figure, with an arrow where it is sorted by."""
        if way != Qt.Orientation.Horizontal or not self._heads:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT if section else _LEFT)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>Sort by {html.escape(self._heads[section])} ({section + 1})</qt>"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        arrow = (" \u2193" if self.descending else " \u2191") if section == self.column else ""
        if self._under is not None and section > 3:
            return f"Only{arrow}\n{self._under[section - 4]}"
        return f"{self._heads[section]}{arrow}"

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give a figure in words, for eyes and for screen readers."""
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(row)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {self._heads[column]}: {_cells(row)[column]}" if column else row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(row.measure.why or row.name)}</qt>"  # else Qt guesses whether a name is markup
        low = column == 1 and row.measure.alpha is not None and row.measure.alpha < TENTATIVE
        return {CODE: row.code, LOW: low}.get(role)


def _value(row: CodeAgreement, column: int) -> object:
    measure = row.measure
    return (
        row.name.casefold(),
        measure.alpha,
        measure.percent,
        measure.both,
        measure.first,
        measure.second,
    )[column]


def _cells(row: CodeAgreement) -> tuple[str, ...]:
    measure = row.measure
    numbers = (str(number) for number in (measure.both, measure.first, measure.second))
    return (row.name, alpha_text(measure), percent_text(measure), *numbers)


class FigureTable(QTableView):
    """The figures by code: arrow keys go through, 1 to 6 sort, Enter narrows the differences to a code."""

    code_chosen = Signal(str)  # key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Agreement by code")
        self._coders = ("", "")
        self.figures = FigureModel(self)
        self.setModel(self.figures)
        self.setItemDelegate(_FigureDelegate(self))
        self._dress()
        self.horizontalHeader().sectionClicked.connect(self.sort_by)
        self.doubleClicked.connect(lambda _index: self._choose())
        for column, name in enumerate(("name", "alpha", "percent", "both", "only the first", "only the second")):
            bind_key(self, f"Sort codes by {name}", str(column + 1), partial(self.sort_by, column))
        bind_key(self, "Show only what they differ on with this code", ("Return", "Enter"), self._choose)

    @property
    def current(self) -> str:
        """Key of the current code, "" for none."""
        index = self.currentIndex()
        return str(index.data(CODE)) if index.isValid() else ""

    def show_codes(self, codes: Sequence[CodeAgreement], first: str, second: str) -> None:
        """Show figures; the current code stays current."""
        self._coders = (first, second)
        self._keeping_current(lambda: self.figures.show_codes(codes, first, second))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the codes' names readable at the new width."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Name the coders under "Only" where the codes' names would be cut short for them."""
        metrics = QFontMetricsF(theme().font(SMALL, "semibold"))
        needed = (metrics.horizontalAdvance(f"Only {name} \u2191") + 2 * _PAD for name in self._coders)
        last = (round(min(max(wide, _WIDTHS[-1]), _WIDEST)) for wide in needed)
        widths = (*_WIDTHS[:4], *last)
        if tight := sum(widths) + _LEAST_NAME > self.viewport().width():
            widths = _TIGHT
        for column, width in enumerate(widths[1:], 1):
            self.setColumnWidth(column, width)
        middle = Qt.TextElideMode.ElideMiddle  # names often differ at their ends
        first, second = (metrics.elidedText(name, middle, widths[-1] - 2 * _PAD) for name in self._coders)
        self.figures.name_under((first, second) if tight else None)

    def sort_by(self, column: int) -> None:
        """Sort by a column; by the same once more, the other way round."""
        self._keeping_current(lambda: self.figures.sort_by(column))

    def sizeHint(self) -> QSize:
        """Wide enough for its figures and a name."""
        return QSize(sum(_WIDTHS) + 220, 240)

    def _keeping_current(self, change: Callable[[], None]) -> None:
        before = self.current
        change()
        row = max(self.figures.row_of(before), 0)
        if self.figures.rowCount():
            self.setCurrentIndex(self.figures.index(row, 0))

    def _choose(self) -> None:
        if self.current:
            self.code_chosen.emit(self.current)

    def _dress(self) -> None:
        dress_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        head.setStyleSheet(f"QHeaderView::section {{ padding: 0 {_PAD}px; }}")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


class _FigureDelegate(QStyledItemDelegate):
    """Paints a cell; the whole row is chosen, and the accent at its edge tells that the table has the focus."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        where, table = QRectF(option.rect), option.widget
        painter.save()
        if is_selected(option):
            painter.fillRect(where, theme().colour("accent_soft"))
            if index.column() == 0 and isinstance(table, QTableView) and table.hasFocus():
                painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour("accent"))
        painter.setFont(theme().font(BODY, "medium" if index.column() == 1 else "regular"))
        painter.setPen(theme().colour("warning" if index.data(LOW) else "text"))
        room = where.adjusted(_PAD, 0, -_PAD, 0)
        words = QFontMetricsF(painter.font()).elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), _CUT, room.width()
        )
        painter.drawText(room, int(_RIGHT if index.column() else _LEFT), words)
        painter.restore()


class FiguresPane(QWidget):
    """How far two agree: overall, then code by code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alpha = _Large("Krippendorff\u2019s alpha", self)
        self.percent = _Large("percent agreement", self)
        self.lines = TextLabel("", ink="muted", wrap=True, parent=self)
        self.meaning = TextLabel(_MEANING, SMALL, ink="faint", wrap=True, parent=self)
        self.table = FigureTable(self)
        self._lay_out()

    def show_agreement(self, found: Agreement, first: str, second: str) -> None:
        """Show figures; `first` and `second` are the coders' names."""
        self.alpha.show_figure(alpha_text(found.overall))
        percent = percent_text(found.overall)
        self.percent.show_figure(percent if percent == DASH else f"{percent} %")
        open_ = sum(each.resolution is None for each in found.differences)
        words = (
            f"{count(found.lines, 'line', 'lines')} with words, {count(len(found.codes), 'code', 'codes')} used by "
            f"either, {count(len(found.differences), 'difference', 'differences')}, {open_} of them open"
        )
        self.lines.setText(f"{words}. {found.overall.why}".strip() if found.overall.why else f"{words}.")
        self.table.show_codes(found.codes, first, second)
        self.table.setVisible(bool(found.codes))

    def _lay_out(self) -> None:
        large = QHBoxLayout()
        large.setSpacing(SPACE[5])
        large.addWidget(self.alpha)
        large.addWidget(self.percent)
        large.addStretch(1)
        holder = QWidget(self)
        holder.setMaximumWidth(MEASURE + 2 * SPACE[2])  # or wrapped words get less height than they need
        head = QVBoxLayout(holder)
        head.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        head.setSpacing(SPACE[1])
        head.addLayout(large)
        head.addWidget(self.lines)
        head.addWidget(self.meaning)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(holder, 1)
        row.addStretch(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addStretch(0)


class _Large(QWidget):
    """A figure in large, and under it what it is."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.figure = TextLabel("", DISPLAY, "semibold", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        caption = TextLabel(name, SMALL, ink="muted", parent=self)
        column.addWidget(self.figure)
        column.addWidget(caption)
        self.setFixedHeight(sum(part.fontMetrics().height() for part in (self.figure, caption)) + SPACE[0])

    def show_figure(self, words: str) -> None:
        """Show another figure."""
        self.figure.setText(words)
        self.setAccessibleName(f"{self._name}: {words}")
