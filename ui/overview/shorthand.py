"""Shorthand: letters that stand for words while notes are typed, everybody's and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.shorthands import add_shorthand, change_shorthand, problem, words_problem
from app.actions.things import remove_thing
from app.model.source import Shorthand
from ui.overview.facet import Facet
from ui.overview.grid_card import GridCard
from ui.overview.grid_model import Column, Line
from ui.theme import MEASURE, SPACE
from ui.widgets.fields import SegmentField
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.desk import Desk

_SHORT: Final = 0
_COLUMNS: Final = (
    Column("Short", width=176, hint="Add a short form", begins=True),
    Column("Words", hint="What it stands for", begins=True),
)
_EVERYBODY, _MINE = "everybody", "mine"
_HELP: Final = (
    "Type the short form and a space, and notes get its words. “dd” gives “data drift”, “Dd” gives “Data drift”.",
    "Your own come before everybody's.",
)


class ShorthandFacet(Facet):
    """A list of two columns, everybody's or that of the assessor working."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.whose = SegmentField("Whose", ((_EVERYBODY, "Everybody's"), (_MINE, "Mine")), self)
        self.whose.set_value(_EVERYBODY)
        self.card = GridCard("Shorthand", "short form", _COLUMNS, self._check, ordered=False, parent=self)
        self.grid = self.card.grid
        self.nobody = TextLabel("Say at the top who is working to keep a list of your own.", ink="muted", wrap=True)
        self._lay_out()
        self.whose.committed.connect(lambda _value: self._show_other())
        self.grid.edited.connect(self._edited)
        self.grid.begun.connect(self._begun)
        self.grid.remove_asked.connect(self._remove)

    @property
    def assessor(self) -> str | None:
        """Whose list is shown, by key; None for everybody's."""
        return (self.desk.study.who or None) if self.whose.value() == _MINE else None

    def refresh(self) -> None:
        """Show the list as it stands."""
        who = self.desk.study.who
        if not who:
            self.whose.set_value(_EVERYBODY)
        self.whose.button(_MINE).setEnabled(bool(who))
        self.nobody.setVisible(not who and not self.desk.read_only)
        lines = [
            Line(each.short, (each.short, each.words), (each.short, each.words))
            for each in sorted(self._shown(), key=lambda each: (each.short.casefold(), each.short))
        ]
        self.card.show_lines(lines, str(len(lines)) if lines else "", writable=not self.desk.read_only)

    def begin(self) -> None:
        """Take up the list."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.grid.leave()

    def _shown(self) -> list[Shorthand]:
        return [each for each in self.desk.document.shorthands if each.assessor == self.assessor]

    def _one(self, key: str) -> Shorthand | None:
        return next((each for each in self._shown() if each.short == key), None)

    def _show_other(self) -> None:
        self.refresh()

    def _check(self, key: str, column: int, value: object) -> str:
        if column == _SHORT:
            return problem(self.desk.document.shorthands, str(value), self.assessor, but=self._one(key))
        return words_problem(str(value))

    def _edited(self, key: str, column: int, value: object) -> None:
        before = self._one(key)
        if before is not None:
            self.desk.do(change_shorthand, before, replace(before, **{"short" if column == _SHORT else "words": value}))

    def _begun(self, _at: int, values: Sequence[object]) -> None:
        short, words = map(str, values)
        self.desk.do(add_shorthand, Shorthand(short=short, words=words, assessor=self.assessor))

    def _remove(self, key: str) -> None:
        gone = self._one(key)
        changes = self.desk.do(remove_thing, gone) if gone else None
        if changes is not None:
            self.desk.told.emit(changes.label)

    def _lay_out(self) -> None:
        self.card.setMaximumWidth(MEASURE + 2 * SPACE[4])
        self.grid.setMinimumHeight(160)
        left = QVBoxLayout()
        left.setSpacing(SPACE[1])
        left.addWidget(self.whose)
        left.addWidget(self.card, 1)
        right = QVBoxLayout()
        right.setSpacing(SPACE[1])
        right.setContentsMargins(0, SPACE[5], 0, 0)
        for words in _HELP:
            right.addWidget(TextLabel(words, ink="muted", wrap=True, parent=self))
        right.addWidget(self.nobody)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[4])
        row.addLayout(left, 3)
        row.addLayout(right, 2)
