"""The bar at the top: which study, whether it is saved, undo and redo, who is working, the panel, the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from ui.theme import BODY, SPACE, Choice, theme
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.messages import SavedIndicator
from ui.widgets.text import ElidedLabel, Rule, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.setting import Assessor

HEIGHT = 44
_WHOSE = "Whose answers and notes these are"
_NAME = 180  # px, the most of the name of who is working: the study's title stands beside it
_CHOICES = {Choice.SYSTEM: "As the system", Choice.LIGHT: "Light", Choice.DARK: "Dark"}


class TopBar(QFrame):
    """What is true of the whole study, on one line."""

    person_chosen = Signal(str)  # an assessor's key
    assessor_asked = Signal()  # there is none yet
    theme_chosen = Signal(str)  # a Choice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "top")
        self.setFixedHeight(HEIGHT)
        self.title = ElidedLabel("", BODY, "semibold", parent=self)
        self.saved = SavedIndicator(self)
        self.undo = IconButton("undo-2", "Nothing to undo", "Ctrl+Z", self)
        self.redo = IconButton("redo-2", "Nothing to do again", "Ctrl+Shift+Z", self)
        self.person = TextButton("", "quiet", "user", parent=self)
        self.panel = IconButton("panel-right", "Open or close the panel at the right", "F9", self)
        self.lock = IconButton("lock", "Lock: hide everything behind the passphrase", "Ctrl+L", self)
        self.more = IconButton("ellipsis", "More", "", self)
        self._people = QMenu(self)
        self._add_assessor = QAction("Add an assessor", self)
        self._add_assessor.triggered.connect(self.assessor_asked)
        self.menu = QMenu(self)
        self.person.setMenu(self._people)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self._add_themes()
        self._lay_out()

    def show_people(self, people: Sequence[Assessor], who: str) -> None:
        """Offer the assessors; `who` is the key of the one working, "" for nobody yet."""
        self._people.clear()
        group = QActionGroup(self._people)
        for person in people:
            action = QAction(person.name, group, checkable=True, checked=person.key == who)
            action.triggered.connect(lambda _checked=False, key=person.key: self.person_chosen.emit(key))
            self._people.addAction(action)
        name = next((person.name for person in people if person.key == who), "")
        if not people:
            self._people.addAction(self._add_assessor)
        shown = self.person.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME)
        self.person.setText(shown.replace("&", "&&") or "Who is working?")
        self.person.setAccessibleName(f"Working: {name}" if name else "Who is working?")
        self.person.setToolTip(tip(_WHOSE if shown == name else f"{_WHOSE}: {name}"))
        self.person.set_look("quiet" if name else "link")

    def show_undo(self, undo: str, redo: str) -> None:
        """Name what undo and redo would do; empty for nothing."""
        self.undo.set_name(f"Undo: {undo}" if undo else "Nothing to undo")
        self.undo.setEnabled(bool(undo))
        self.redo.set_name(f"Do again: {redo}" if redo else "Nothing to do again")
        self.redo.setEnabled(bool(redo))

    def _add_themes(self) -> None:
        group = QActionGroup(self.menu)
        for choice, words in _CHOICES.items():
            action = QAction(f"Theme: {words.lower()}", group, checkable=True)
            action.setData(str(choice))
            action.triggered.connect(lambda _checked=False, choice=choice: self.theme_chosen.emit(str(choice)))
            self.menu.addAction(action)
        self.menu.addSeparator()
        self._mark_theme(group)
        self.menu.aboutToShow.connect(lambda: self._mark_theme(group))

    def _mark_theme(self, group: QActionGroup) -> None:
        """Mark the theme that is on; it may have been chosen in the settings."""
        for action in group.actions():
            action.setChecked(action.data() == str(theme().choice))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[4], 0, SPACE[2], 0)
        row.setSpacing(SPACE[0])
        row.addWidget(self.title, 1)
        row.addWidget(self.saved)
        row.addSpacing(SPACE[1])
        for part in (self.undo, self.redo, self._rule(), self.person, self._rule(), self.panel, self.lock, self.more):
            row.addWidget(part)

    def _rule(self) -> QWidget:
        rule = Rule(self, upright=True)
        rule.setFixedHeight(20)
        return rule
