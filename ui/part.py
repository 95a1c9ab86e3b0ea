"""A part of a page that takes its middle, and the bar on which one of a page's parts is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.overview.facet import FacetBar
from ui.rubric_choice import RubricChoice
from ui.theme import SPACE
from ui.widgets import Rule
from ui.widgets.stacks import turn_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.actions.unit import Changes
    from app.exchange.tables import Table
    from ui.desk import Desk


class Part(QWidget):
    """One of the parts of a page: built when it is first shown, filled in `refresh`, kept as it was left."""

    go = Signal(str, str)  # page name, key of a thing to show there
    panel_asked = Signal()  # what the context panel shows was asked for: open it

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands; `changes` is None when the part is first shown, or much may have changed."""
        raise NotImplementedError

    def show_thing(self, key: str) -> None:
        """Bring the thing named `key` into view, when somebody was led here."""

    def shown_thing(self) -> str:
        """Key of the thing that is shown, for `show_thing`; "" for none."""
        return ""

    def panel(self) -> QWidget | None:
        """What the page's context panel shows while this part is on; None for nothing."""
        return None

    def tables(self) -> list[Table]:
        """What is shown, as tables for a workbook; empty where there is nothing."""
        return []

    def picture(self) -> QWidget | None:
        """What is copied or saved as a picture; None where there is nothing."""
        return None

    def leave(self) -> None:
        """Write down what is still only on screen."""


@dataclass(frozen=True)
class PartEntry:
    """What the bar shows of a part before it is imported."""

    name: str
    title: str
    module: str
    type: str


class Parts(QWidget):
    """A page's parts, one shown at a time below the bar; Ctrl+Tab goes on, Ctrl+Shift+Tab back.

    The first is the page's own and always there. `tools` is the row at the right of the bar.
    """

    turned = Signal(str)  # name of the part that is shown now
    go = Signal(str, str)
    panel_asked = Signal()

    def __init__(self, desk: Desk, first: tuple[str, str, QWidget], others: Sequence[PartEntry], page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        name, title, own = first
        self.own = name
        self._titles = {name: title, **{each.name: each.title for each in others}}
        self.shown = name
        self._entries = {each.name: each for each in others}
        self._parts: dict[str, QWidget] = {name: own}
        self._stale: set[str] = set()
        self.bar = FacetBar([(name, title), *((each.name, each.title) for each in self._entries.values())], self)
        self.bar.keep_off_focus()
        self.bar.add_keys(page)
        self.choice = RubricChoice(desk, self)
        self.choice.add_keys(page)
        self.tools = QHBoxLayout()
        self._lay_out(own)
        self.bar.chosen.connect(self._choose)
        self.bar.show_chosen(name)

    @property
    def part(self) -> Part | None:
        """The part that is shown; None where it is the page's own."""
        shown = self._parts[self.shown]
        return shown if isinstance(shown, Part) else None

    @property
    def title(self) -> str:
        """What the part that is shown is called."""
        return self._titles[self.shown]

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands, in the part that is shown; the others follow when they are."""
        if self.choice.refresh():
            self._arrange()
        self._stale = {name for name, part in self._parts.items() if isinstance(part, Part)} - {self.shown}
        if self.part is not None:
            self.part.refresh(changes)

    def show_part(self, name: str) -> None:
        """Show one of the parts."""
        if name not in self._parts and name not in self._entries:
            return
        if self.part is not None and name != self.shown:
            self.part.leave()
        part = self._made(name)
        self.shown = name
        self.bar.show_chosen(name)
        if name in self._stale and isinstance(part, Part):
            self._stale.discard(name)
            part.refresh()
        turn_to(self._stack, part, part)
        self.turned.emit(name)

    def _choose(self, name: str) -> None:
        """Show a part, whose keys count at once: not where somebody walks along the bar."""
        self.show_part(name)
        if not self.bar.has_focus:
            self._parts[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_thing(self, key: str) -> bool:
        """Show a part by "name:key", and what `key` names in it; False where `key` names no part."""
        name, colon, thing = key.partition(":")
        if not colon or (name not in self._parts and name not in self._entries):
            return False
        self.show_part(name)
        if self.part is not None and thing:
            self.part.show_thing(thing)
        return True

    def shown_thing(self) -> str:
        """Give what `show_thing` would bring back; "" where the page's own part is shown."""
        return "" if self.part is None else f"{self.shown}:{self.part.shown_thing()}"

    def leave(self) -> None:
        """Write down what is still only on screen."""
        if self.part is not None:
            self.part.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choice of rubric and round below the bar where the parts' names would be cut short for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - 2 * SPACE[2]
        beside = room - self.bar.sizeHint().width() - self.tools.sizeHint().width() - 2 * SPACE[1]
        crowded = beside < self.choice.least()
        self.choice.fit(room if crowded else beside)
        if crowded and self._below.indexOf(self.choice) < 0:
            self._below.addWidget(self.choice)
            self._below.setContentsMargins(SPACE[2], 0, SPACE[2], SPACE[0])
        elif not crowded and self._head.indexOf(self.choice) < 0:
            self._head.insertWidget(1, self.choice)
            self._below.setContentsMargins(0, 0, 0, 0)

    def _made(self, name: str) -> QWidget:
        if name not in self._parts:
            entry = self._entries[name]
            made = cast("Part", getattr(import_module(entry.module), entry.type)(self._desk, self))
            made.go.connect(self.go)
            made.panel_asked.connect(self.panel_asked)
            self._parts[name] = made
            self._stale.add(name)
            self._stack.addWidget(made)
        return self._parts[name]

    def _lay_out(self, own: QWidget) -> None:
        self._head = head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        head.setSpacing(SPACE[1])
        head.addWidget(self.bar, 1)
        head.addWidget(self.choice)
        head.addLayout(self.tools)
        self._below = QHBoxLayout()
        self._below.addStretch(1)
        self._stack = QStackedLayout()
        self._stack.addWidget(own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._below)
        column.addWidget(Rule(self))
        column.addLayout(self._stack, 1)
