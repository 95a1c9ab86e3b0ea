"""The card of the current passage beside the notes: its codes, what rests on it, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions import coding
from ui.interviews.coding_row import CodingRow
from ui.interviews.passage_facts import passage_facts
from ui.notebook.cards import CardView
from ui.notebook.coder import ENDS
from ui.notebook.commands import CODE_KEY
from ui.theme import SMALL, SPACE
from ui.widgets import IconButton, Rule, SectionLabel, TextButton, TextLabel
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.analysis.word_ends import End
    from ui.desk import Desk
    from ui.interviews.coding_row import CodingFacts
    from ui.interviews.passage_facts import PassageFacts

REST_KEY = "Ctrl+Shift+J"
_MOVES = sorted(ENDS, key=lambda each: (each[2] != "start", each[3]))  # as they stand, from the left


class PassageCard(QWidget):
    """One passage. Up and Down go through its codes to what rests on it, Escape goes back to the notes."""

    go = Signal(str, str)  # page and key of what rests on it
    code_asked = Signal(str)  # passage
    recode_asked = Signal(str, str)  # passage, code
    resize_asked = Signal(str, str, int)  # passage, which end, step
    rest_asked = Signal(str)  # passage
    left = Signal()

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._host = host  # is seen whether or not there is a passage to show
        self._facts: PassageFacts | None = None
        self._shown_key = ""
        self._wanted = ""
        self.rows: list[CodingRow] = []
        self.rests = CardView("What rests on the passage", self)
        self._where = SectionLabel("", self)
        self._again = TextLabel("Check again", SMALL, "medium", "warning", parent=self)
        self._moves = [self._move(*each) for each in _MOVES]
        self._ends = [TextLabel(words, SMALL, ink="faint", parent=self) for words in ("Start", "End")]
        self.code = TextButton("Code…", "quiet", "tags", CODE_KEY, self)
        self.rest = TextButton("Rest a judgement on it…", "quiet", "link", REST_KEY, self)
        self._codings = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.hide()

    # Showing

    @property
    def key(self) -> str:
        """Key of the passage shown, "" for none."""
        return self._facts.key if self._facts is not None else ""

    def show_passage(self, key: str, *, anew: bool = False) -> None:
        """Show a passage; with `anew` as the study stands now, else only when it is another one."""
        if not anew and key == self._wanted:
            return
        self._wanted = key
        if self._host.isVisible():
            self.look()

    def look(self) -> None:
        """Bring what is shown up to date; while nobody can see it, that waits."""
        facts = self._told() if self._wanted else None
        if facts != self._facts:
            self._show(facts)

    def _told(self) -> PassageFacts | None:
        return passage_facts(self._desk, self._wanted) if self._desk.index.has(self._wanted) else None

    def commit(self) -> None:
        """Write down a memo that is still only on screen."""
        for row in self.rows:
            row.memo.commit()

    def focus_first(self) -> None:
        """Go to the first code, else to what can be done."""
        (self.rows[0] if self.rows else self.code).setFocus()

    def _show(self, facts: PassageFacts | None) -> None:
        focus = self._focused()
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self._facts = facts
        if facts is None:
            self._close(inside=inside)
            return
        self.show()
        writing = not self._desk.read_only
        self._where.setText(facts.where)
        self._again.setVisible(facts.again)
        for part in (*self._moves, *self._ends):
            part.setVisible(writing and facts.lies)
        self.code.setVisible(writing)
        self.rest.setVisible(writing)
        self._show_codings(facts)
        self.rests.show_cards(facts.rests)
        self._none.setVisible(not facts.rests)
        self.rests.setVisible(bool(facts.rests))
        self._fit()
        if focus >= 0:
            (self.rows[min(focus, len(self.rows) - 1)] if self.rows else self.code).setFocus()

    def _close(self, *, inside: bool) -> None:
        """Go away with the passage; the keys go to the notes, not to whatever comes next."""
        self.hide()
        if inside:
            self.left.emit()

    def _focused(self) -> int:
        """Tell which code's row has the focus; -1 for none."""
        return next((place for place, row in enumerate(self.rows) if row.hasFocus()), -1)

    def _show_codings(self, facts: PassageFacts) -> None:
        """Show the codes; a row stays where it can, with what is being typed in it."""
        held = {(self._shown_key, row.facts.code, row.facts.coder): row for row in self.rows}
        self._shown_key, self.rows = facts.key, []
        for place, each in enumerate(facts.codings):
            whose = (facts.key, each.code, each.coder)
            row = held.get(whose)
            if row is not None and row.takes(each):
                del held[whose]
            else:
                row = self._row(facts, each)
                self._codings.insertWidget(place, row)
                row.show()  # at once: it may be about to get the focus
            self.rows.append(row)
        for row in held.values():
            self._codings.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _row(self, facts: PassageFacts, each: CodingFacts) -> CodingRow:
        row = CodingRow(each, facts.cases, self._sheet)
        row.recode_asked.connect(partial(self.recode_asked.emit, facts.key))
        row.uncode_asked.connect(partial(self._do, coding.uncode, facts.key))
        row.memo_written.connect(partial(self._do, coding.set_memo, facts.key))
        row.case_chosen.connect(partial(self._do, coding.set_case, facts.key))
        row.stepped.connect(self._step)
        row.left.connect(self.left)
        return row

    def _do(self, action: Callable[..., str], *arguments: object) -> None:
        self._desk.do(action, *arguments)

    def _fit(self) -> None:
        """Show all that rests on it: the whole card scrolls, not a list in it."""
        self.rests.setFixedHeight(self.rests.height_at(self._area.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew what wraps."""
        super().resizeEvent(event)
        self._fit()

    # Building

    def _move(self, name: str, key: str, which: End, step: int) -> IconButton:
        icon = "chevron-left" if step < 0 else "chevron-right"
        button = IconButton(icon, name.capitalize(), key, self, side=24)
        button.clicked.connect(lambda _checked=False: self.resize_asked.emit(self.key, which, step))
        return button

    def _lay_out(self) -> None:
        self._sheet = QWidget(self)
        self._none = TextLabel("Nothing rests on it yet", SMALL, ink="faint", parent=self._sheet)
        self._none.setContentsMargins(SPACE[3], 0, SPACE[3], 0)
        inner = QVBoxLayout(self._sheet)
        inner.setContentsMargins(0, 0, 0, SPACE[1])
        inner.setSpacing(SPACE[0])
        inner.addLayout(self._codings)
        inner.addLayout(_line(self.code))
        inner.addWidget(Rule(self._sheet))
        inner.addWidget(self._none)
        inner.addWidget(self.rests)
        inner.addLayout(_line(self.rest))
        inner.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else it would come and go
        self._area.setWidget(self._sheet)
        self.rests.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet.setProperty("look", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(self))
        column.addLayout(self._head())
        column.addWidget(self._area, 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[0], SPACE[1], SPACE[0])
        head.setSpacing(0)
        head.addWidget(self._where)
        head.addSpacing(SPACE[1])
        head.addWidget(self._again)
        head.addStretch(1)
        for place, label in ((0, self._ends[0]), (2, self._ends[1])):
            head.addWidget(label)
            head.addWidget(self._moves[place])
            head.addWidget(self._moves[place + 1])
            head.addSpacing(SPACE[0])
        return head

    def _bind(self) -> None:
        """Take the keys that the buttons show, wherever in the card one is; by name they stand among the notes' own."""
        keyed: list[tuple[QAbstractButton, str]] = [(self.code, CODE_KEY), (self.rest, REST_KEY)]
        keyed += [(button, key) for button, (_name, key, *_end) in zip(self._moves, _MOVES, strict=True)]
        for button, key in keyed:
            bind_key(self, "", key, button.click, within=True)
        for button in (self.code, self.rest):
            bind_key(button, "Back to the notes", "Esc", self.left.emit)

    def _connect(self) -> None:
        self._bind()
        self.code.clicked.connect(lambda _checked=False: self.code_asked.emit(self.key))
        self.rest.clicked.connect(lambda _checked=False: self.rest_asked.emit(self.key))
        self.rests.used.connect(lambda key, _spot: self._lead(key))
        self.rests.activated.connect(lambda _index: self._lead(self.rests.current_key()))
        bind_key(self.rests, "Back to the notes", "Esc", self.left.emit)

    def _lead(self, card: str) -> None:
        if self._facts is not None and card:
            self.go.emit(*self._facts.leads[int(card)])

    def _step(self, step: int) -> None:
        at = self._focused() + step
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()
            self._area.ensureWidgetVisible(self.rows[at])
        elif at == len(self.rows) and self.rests.isVisible():
            self.rests.set_current(self.rests.current_key() or "0")
            self.rests.setFocus()
            self._area.ensureWidgetVisible(self.rests)


def _line(widget: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(SPACE[1], 0, SPACE[1], 0)
    line.addWidget(widget)
    line.addStretch(1)
    return line
