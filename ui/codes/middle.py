"""The middle of the page: passages, matrices, memos, the second coder; one of them at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.coding import set_memo
from app.analysis.agreement_tables import agreement_tables
from app.analysis.assessment import rubric_of
from app.analysis.blind import is_blind
from app.analysis.matrices import Matrix, by_case, by_principle, co_occurrence
from app.exchange.coding_tables import matrix_table, memos_table, passages_table
from app.exchange.tables import Table
from ui.codes.matrix import MatrixView
from ui.codes.memos import MemosView
from ui.codes.passages import PassagesView
from ui.overview.facet import FacetBar
from ui.theme import SPACE
from ui.widgets import IconButton, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.analysis.coding import CodingIndex
    from app.model.evidence import Coding
    from ui.codes.agreement import AgreementView
    from ui.codes.names import Names
    from ui.desk import Desk

ACTIONS: Final = {
    "passages": "Passages of the codes chosen",
    "case": "Codes by case",
    "principle": "Codes by principle",
    "together": "Codes that meet",
    "memos": "Memos of codings",
    "agreement": "Second coder: how far two agree",
}
PARTS: Final = (
    ("passages", "Passages"),
    ("case", "By case"),
    ("principle", "By principle"),
    ("together", "Together"),
    ("memos", "Memos"),
    ("agreement", "Second coder"),
)
_NOTHING: Final = {
    "case": "Here codes are set against the cases that their passages are about.",
    "principle": "Here codes are set against the principles that their passages say something of.",
    "together": "Here codes are counted that lie on the same words.",
}


class Middle(QWidget):
    """What was found with the codebook; a part is filled when it is shown, and not before."""

    go = Signal(str, str)  # page name, key of a thing to show there
    opened = Signal(str)  # key of a passage: show it in the notes; "" for the interviews

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._index: CodingIndex | None = None
        self._names: Names | None = None
        self._filled: set[str] = set()
        self.bar = FacetBar(PARTS, self)
        self._agreement: AgreementView | None = None
        self.export = IconButton("download", "Export what is shown as XLSX, not encrypted", "Ctrl+S", self)
        self.stack = QStackedWidget(self)
        self.passages = PassagesView(self)
        self._parts: dict[str, QWidget] = {"passages": self.passages}
        self.shown = "passages"
        self._lay_out()
        self.bar.chosen.connect(self.show_part)
        self.passages.opened.connect(self.opened)
        self.passages.counted.connect(partial(self.bar.show_count, "passages"))
        self.bar.show_chosen(self.shown)

    def show_index(self, index: CodingIndex, names: Names) -> None:
        """Show another state of the study, where it is looked at now."""
        self._index, self._names = index, names
        self._filled.clear()
        self._fill()

    def show_part(self, name: str) -> None:
        """Show one of the parts."""
        self.shown = name
        self.bar.show_chosen(name)
        part = self.part(name)
        self._fill()
        self.stack.setCurrentWidget(part)

    def part(self, name: str) -> QWidget:
        """Give one of the parts; it is made when first asked for."""
        if name not in self._parts:
            self._parts[name] = self._made(name)
            self.stack.addWidget(self._parts[name])
        return self._parts[name]

    @property
    def least(self) -> int:
        """How wide it must be for the names of its parts to be read, in px."""
        return self.bar.needed + self._head.minimumSize().width() - self.bar.minimumSizeHint().width()

    def focus_part(self) -> None:
        """Put the focus in what is shown."""
        self._parts[self.shown].setFocus()

    def tables(self) -> Callable[[], Sequence[Table]] | None:
        """Give what makes the tables of what is shown, to be called beside the window; None where nothing is."""
        index, part = self._index, self._parts[self.shown]
        if index is None:
            return None
        if isinstance(part, MatrixView):
            matrix = part.table.counts.matrix
            return (lambda: [matrix_table(index, matrix)]) if matrix is not None and matrix.cells else None
        if isinstance(part, MemosView):
            memos = part.memos
            return (lambda: [memos_table(index, memos)]) if memos else None
        if isinstance(part, PassagesView):
            keys = part.list.rows.keys
            return (lambda: [passages_table(index, map(index.found, keys))]) if keys else None
        return self._agreement_tables()

    def _agreement_tables(self) -> Callable[[], Sequence[Table]] | None:
        double, document = self._agreement.double if self._agreement is not None else None, self._desk.seen
        if double is None or is_blind(double):
            return None
        return lambda: [Table(each.name, each.head, each.rows) for each in agreement_tables(document, double)]

    def _made(self, name: str) -> QWidget:
        if name == "agreement":
            from ui.codes.agreement import AgreementView

            self._agreement = AgreementView(self._desk, self)
            self._agreement.go.connect(self.go)
            return self._agreement
        if name == "memos":
            memos = MemosView(self)
            memos.opened.connect(self.opened)
            memos.counted.connect(partial(self.bar.show_count, "memos"))
            memos.written.connect(self._write_memo)
            memos.refused.connect(self._desk.told)
            return memos
        matrix = MatrixView(dict(PARTS)[name], _NOTHING[name], self)
        matrix.used.connect(self._show_cell)
        return matrix

    def _write_memo(self, coding: Coding, memo: str) -> None:
        self._desk.do(set_memo, coding.passage, coding.code, memo)

    def _show_cell(self, name: str, passages: tuple[str, ...]) -> None:
        self.show_part("passages")
        self.passages.show_only(name, passages)
        self.passages.list.setFocus()

    def _fill(self) -> None:
        if self._index is None or self._names is None or self.shown in self._filled:
            return
        self._filled.add(self.shown)
        part = self._parts[self.shown]
        if isinstance(part, PassagesView):
            part.show_index(self._index, self._names)
        elif isinstance(part, MemosView):
            part.show_index(self._index, self._names, self._desk.study.who, read_only=self._desk.read_only)
        elif part is self._agreement and self._agreement is not None:
            self._agreement.refresh()
        elif isinstance(part, MatrixView):
            part.show_matrix(_matrix(self.shown, self._index), self._names)

    def _lay_out(self) -> None:
        self._head = head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], 0, SPACE[1], 0)
        head.addWidget(self.bar, 1)
        head.addWidget(self.export)
        self.stack.addWidget(self.passages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(self))
        column.addWidget(self.stack, 1)


def _matrix(name: str, index: CodingIndex) -> Matrix:
    if name == "case":
        return by_case(index)
    if name == "together":
        return co_occurrence(index)
    document = index.document
    return by_principle(index, rubric_of(document)) if document.rubrics else Matrix("Codes by principle", (), (), {})
