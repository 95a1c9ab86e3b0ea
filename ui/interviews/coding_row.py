"""One code on a passage, beside the notes: who put it on, about what, and the memo, edited in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.codes.colours import SWATCH, paint_swatch
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets import ChoiceField, ElidedLabel, IconButton, TextField, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent

ORGANISATION = "The organisation"


@dataclass(frozen=True)
class CodingFacts:
    """What is told of a coding; only one's `own` can be changed."""

    code: str
    name: str
    colour: str
    coder: str
    case: str | None
    about: str
    memo: str
    own: bool


class CodingRow(QFrame):
    """A coding. R puts another code in its place, Del takes it off, M and C go to memo and case; it only asks."""

    recode_asked = Signal(str)  # code
    uncode_asked = Signal(str)
    memo_written = Signal(str, str)  # code, memo
    case_chosen = Signal(str, object)  # code, case or None
    stepped = Signal(int)  # to the next code, or the one before
    left = Signal()

    def __init__(self, facts: CodingFacts, cases: Sequence[tuple[str | None, str]], parent: QWidget) -> None:
        super().__init__(parent)
        on_escape(self, self.setFocus)
        self.facts = facts
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{facts.name}, put on by {facts.coder}, about {facts.about}")
        self.memo = TextField(f"Memo on {facts.name}", "Memo (M)", lines=1, most=6, parent=self)
        self.memo.set_value(facts.memo)
        self.case = ChoiceField(f"What {facts.name} is about", cases, self)
        self.case.set_value(facts.case)
        self.recode = IconButton("pencil", f"Another code in the place of {facts.name}", "R", self, side=24)
        self.uncode = IconButton("x", f"Take {facts.name} off", "Del", self, side=24)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        facts = self.facts
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(SPACE[1])
        head.addWidget(_Swatch(facts.colour, self))
        head.addWidget(ElidedLabel(facts.name, BODY, "medium", parent=self), 1)
        head.addWidget(self.recode)
        head.addWidget(self.uncode)
        under = QHBoxLayout()
        under.setContentsMargins(SWATCH + SPACE[1], 0, 0, 0)
        under.setSpacing(SPACE[0])
        words = f"{facts.coder}, about" if facts.own else f"{facts.coder}, about {facts.about}"
        under.addWidget(TextLabel(words, SMALL, ink="muted", parent=self))
        under.addWidget(self.case, 1)
        under.addStretch(0 if facts.own else 1)
        memo = QHBoxLayout()
        memo.setContentsMargins(SWATCH + SPACE[0], 0, 0, 0)
        memo.addWidget(self.memo)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[0], SPACE[1], SPACE[0])
        column.setSpacing(0)
        for part in (head, under, memo):
            column.addLayout(part)
        for widget in (self.recode, self.uncode, self.case):
            widget.setVisible(facts.own)
        self.memo.set_read_only(not facts.own)
        self.memo.setVisible(facts.own or bool(facts.memo))

    def _connect(self) -> None:
        code = self.facts.code
        self.recode.clicked.connect(lambda _checked=False: self.recode_asked.emit(code))
        self.uncode.clicked.connect(lambda _checked=False: self.uncode_asked.emit(code))
        self.memo.committed.connect(lambda memo: self.memo_written.emit(code, str(memo)))
        self.memo.entered.connect(self.setFocus)
        self.case.committed.connect(lambda case: self.case_chosen.emit(code, case))
        bind_key(self, "Next code of the passage", "Down", lambda: self.stepped.emit(1))
        bind_key(self, "Code before of the passage", "Up", lambda: self.stepped.emit(-1))
        bind_key(self, "Back to the notes", "Esc", self.left.emit)
        if not self.facts.own:
            return
        bind_key(self, "Another code in its place", "R", lambda: self.recode_asked.emit(code))
        bind_key(self, "Take the code off", "Del", lambda: self.uncode_asked.emit(code))
        bind_key(self, "Memo on the code", "M", self._write)
        bind_key(self, "What the code is about", "C", self.case.setFocus)

    def _write(self) -> None:
        self.memo.setFocus()
        self.memo.moveCursor(QTextCursor.MoveOperation.End)

    def takes(self, facts: CodingFacts) -> bool:
        """Show a coding in the place of the one shown, if that needs no other row; what is being typed stays."""
        shown = replace(self.facts, case=facts.case, about=facts.about, memo=facts.memo)
        if shown != facts or (not facts.own and self.facts != facts):
            return False
        self.facts = facts
        self.memo.set_value(facts.memo)
        self.case.set_value(facts.case)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they no longer do."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of what has the focus, as lists do."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme().colour("accent_soft"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), theme().colour("accent"))
            painter.end()
        super().paintEvent(event)


class _Swatch(QWidget):
    def __init__(self, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedSize(QSize(SWATCH, SWATCH))
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the colour."""
        painter = QPainter(self)
        paint_swatch(painter, self._colour, QRectF(self.rect()))
        painter.end()
