"""The answers that changed between two rounds, one below the other: what was said then, what is said now, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.analysis.compare import NOT_ASKED
from app.scoring.offered import answers_to
from ui.results.changes_table import change_shape
from ui.results.links import FlowLayout, InlineLink
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.text import SectionLabel, TextLabel, capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from app.analysis.citations import Citations
    from app.analysis.compare import AnswerMove
    from app.analysis.rounds import Said
    from app.analysis.standing import Change
    from app.model.setting import Round
    from app.rubric.structure import Rubric

_SIGN = 13  # px


class Side(NamedTuple):
    """One of the two rounds: which it is, and the rubric that was answered in it."""

    round: Round
    source: Rubric


class ChangeSign(QWidget):
    """What became of something, as a sign."""

    def __init__(self, change: Change, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = change
        self.setFixedSize(QSize(_SIGN, _SIGN + 6))
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        painter = QPainter(self)
        where = QRectF(0, 4, _SIGN - 1, _SIGN - 1)
        change_shape(painter, where, self._change, theme().colour("text"))
        painter.end()


class ChangesList(QWidget):
    """Answers that changed; `asked` leads to one in its round, `go` to a passage."""

    asked = Signal(str, str, str)  # key of the rubric, key of the round, "case/criterion"
    go = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self._shown: object = None
        self._names: dict[str, str] = {}  # of passages, in the study's order

    def show_moves(
        self, rubric: Rubric, moves: Sequence[AnswerMove], sides: tuple[Side, Side], citations: Citations
    ) -> None:
        """Show answers in terms of a rubric, told of two rounds; built anew only when they changed."""
        keys = {key for move in moves for said in (move.then, move.now) if said for key in said.evidence}
        names = {key: citations.passage(key) for key in sorted(keys, key=citations.order)}
        shown = (rubric, tuple(moves), sides, names)
        if shown == self._shown:
            return
        self.clear()
        self._shown, self._names = shown, names
        self._body = body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[2])
        grid.setVerticalSpacing(SPACE[2])
        for column, share in ((1, 3), (2, 4), (3, 4)):
            grid.setColumnStretch(column, share)
        for column, words in enumerate(("Criterion", *(side.round.name for side in sides)), 1):
            grid.addWidget(SectionLabel(words, body), 0, column)
        for move in moves:
            self._add(grid, rubric, move, sides)
        self._column.addWidget(body)

    def first(self) -> QWidget | None:
        """Give the first thing to follow; None where there is none."""
        return next(iter(self._body.findChildren(InlineLink)), None) if self._body is not None else None

    def clear(self) -> None:
        """Show nothing."""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body, self._shown = None, None

    def _add(self, grid: QGridLayout, rubric: Rubric, move: AnswerMove, sides: tuple[Side, Side]) -> None:
        row, body, top = grid.rowCount(), grid.parentWidget(), Qt.AlignmentFlag.AlignTop
        name = rubric.criterion(move.criterion).name
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TextLabel(capital(name), BODY, "medium", wrap=True, parent=body))
        words.addWidget(TextLabel(str(move.change), SMALL, ink="muted", parent=body))
        grid.addWidget(ChangeSign(move.change, body), row, 0, top)
        grid.addLayout(words, row, 1, top)
        told = zip(sides, (move.then, move.now), move.words(answers_to(rubric, move.criterion)), strict=True)
        for column, (side, said, answer) in enumerate(told, 2):
            if answer == NOT_ASKED:
                grid.addWidget(TextLabel(answer, BODY, ink="muted", parent=body), row, column, top)
            else:
                grid.addWidget(self._side(move, side, said, answer), row, column, top)

    def _side(self, move: AnswerMove, side: Side, said: Said | None, told: str) -> QWidget:
        """Write what was said in a round, a link to the answer there, and the passages it rests on."""
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        link = InlineLink(told, f"{told}: open this answer in {side.round.name}", BODY, body)
        criterion = said.criteria[0] if said and said.criteria else move.criterion
        link.clicked.connect(partial(self._ask, side, f"{move.case}/{criterion}"))
        column.addWidget(link)
        if said and said.evidence:
            column.addWidget(self._passages(said.evidence, body))
        return body

    def _ask(self, side: Side, key: str, *_: object) -> None:
        self.asked.emit(side.source.id, side.round.key, key)

    def _passages(self, keys: Sequence[str], parent: QWidget) -> QWidget:
        line = QWidget(parent)
        flow = FlowLayout(line)
        for key, name in ((key, name) for key, name in self._names.items() if key in keys):
            button = InlineLink(name, f"Open {name}", parent=line)
            button.clicked.connect(partial(self._open, key))
            flow.addWidget(button)
        return line

    def _open(self, passage: str, *_: object) -> None:
        self.go.emit("interviews", passage)
