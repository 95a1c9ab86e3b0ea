"""Things of one kind: a list at the left, the chosen one edited in place at its right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.keys import new_key
from app.actions.things import add, change, move, remove
from ui.overview.facet import Facet
from ui.theme import SPACE
from ui.widgets.form import Field, Form
from ui.widgets.messages import EmptyState
from ui.widgets.text import a_word
from ui.widgets.things import Row, ThingList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.model.base import Keyed
    from app.model.document import StudyDocument
    from ui.desk import Desk

LIST = 300
NEW = "+"  # the key of a row that stands for a thing not made yet


def _nothing(_document: StudyDocument) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class ThingsSpec:
    """What a kind of thing is called and edited by; `draft` suggests values for a new one, `named_by` makes its key."""

    table: str
    word: str
    title: str
    type: type[Keyed]
    fields: tuple[Field, ...]
    row: Callable[[Any], tuple[str, str]]
    named_by: str
    empty: tuple[str, str, str]  # icon, title, text
    draft: Callable[[StudyDocument], dict[str, str]] = field(default=_nothing)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the fields a thing can't be without."""
        return tuple(each.name for each in self.fields if each.required)


class ThingsFacet(Facet):
    """The list and the form of one kind; where what is beside the form `fills`, it takes the height that is left.

    Adding shows an empty form; the thing is made once its required fields are filled, and Escape or leaving them
    empty makes none.
    """

    fills = False

    def __init__(self, spec: ThingsSpec, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.spec = spec
        self._new = False
        self.list = ThingList(spec.title, spec.word, self)
        self.form = self.make_form()
        self.beside = QWidget(self)
        self._right = QStackedWidget(self)
        self.side = QVBoxLayout()
        self.empty = self.make_empty()
        self._lay_out()
        self.list.add_from(self.form, self.empty)
        self.list.current_changed.connect(self._chose)
        self.list.add_asked.connect(self.add)
        self.list.move_asked.connect(self._move)
        self.list.remove_asked.connect(self._remove)
        self.form.edited.connect(self._edited)
        self.empty.asked.connect(self.add_first)

    def make_form(self) -> Form:
        """Make the form of one thing."""
        return Form(self.spec.fields, parent=self)

    def make_empty(self) -> EmptyState:
        """Say what the kind is for while there is none, and offer to add one."""
        icon, title, text = self.spec.empty
        return EmptyState(icon, title, text, f"Add {a_word(self.spec.word)}", "Ins", self)

    @property
    def things(self) -> tuple[Any, ...]:
        """The things of this kind, in the study's order."""
        return tuple(getattr(self.desk.document, self.spec.table))

    @property
    def current(self) -> Any | None:
        """The thing that is shown in the form; None for none, or a new one."""
        return next((thing for thing in self.things if thing.key == self.list.current), None)

    def refresh(self) -> None:
        """Show the things as they stand."""
        rows = [Row(thing.key, *self.spec.row(thing)) for thing in self.things]
        if self._new:
            rows.append(Row(NEW, f"New {self.spec.word}"))
        with QSignalBlocker(self.list):
            self.list.show_things(rows)
            if self._new:
                self.list.set_current(NEW)
        self.list.set_read_only(self.desk.read_only)
        self.form.set_read_only(self.desk.read_only)
        self._show_current()

    def begin(self) -> None:
        """Take up the current thing, or add the first."""
        if self.things:
            self.list.view.setFocus()
        else:
            self.add()

    def show_thing(self, key: str) -> None:
        """Make one of the things the current one."""
        if any(thing.key == key for thing in self.things):
            self.list.set_current(key)

    def leave(self) -> None:
        """Write down what is still only on screen; a new thing without a name is none."""
        self.form.commit()
        self._drop_new()

    def add(self) -> None:
        """Show an empty form for a new thing."""
        if self.desk.read_only:
            return
        self.form.commit()
        self._new = True
        self.refresh()
        draft = self.spec.draft(self.desk.document)
        first = next(name for name in self.spec.required if not draft.get(name))
        self.form.editor(first).setFocus(Qt.FocusReason.OtherFocusReason)

    def add_first(self) -> None:
        """Do what the empty list offers."""
        self.add()

    def new_key(self, name: str) -> str:
        """Make a key for a new thing."""
        return new_key(self.desk.document, self.spec.table, name)

    def made(self, following: list[str]) -> None:
        """Go on where a new thing was made, to the first of the fields still to fill in."""
        if following:
            self.form.editor(following[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chose(self, key: str) -> None:
        if key != NEW:
            self._drop_new()
        self._show_current()

    def _show_current(self) -> None:
        thing = self.current
        if thing is not None:
            self.form.show_value(thing)
            self.show_beside(thing)
        elif self._new:
            self.form.show_values(self.spec.draft(self.desk.document))
        for each in self.spec.fields:
            self.form.editor(each.name).setEnabled(thing is not None or each.required)
        self.beside.setVisible(thing is not None)
        self._right.setCurrentIndex(0 if thing is not None or self._new else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let go of a new thing on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._new:
            self._drop_new()
            self.list.view.setFocus()
        else:
            super().keyPressEvent(event)

    def show_beside(self, thing: Any) -> None:
        """Show what stands under the form; nothing, unless a kind has more to tell."""

    def _drop_new(self) -> None:
        if not self._new:
            return
        self._new = False
        if self.list.current == NEW:
            self.refresh()
            return
        QTimer.singleShot(0, self, self.refresh)  # the list is just telling what was chosen: not under its feet

    def _edited(self, name: str, value: object) -> None:
        thing = self.current
        if thing is None:
            self._make()
        elif self.desk.do(change, replace(thing, **{name: value})) is None:
            self.form.show_value(thing)

    def _make(self) -> None:
        values = self.form.values()
        if not self._new or not all(values[name] for name in self.spec.required):
            return
        key = self.new_key(str(values[self.spec.named_by]))
        given: dict[str, Any] = {name: value for name, value in values.items() if value}
        self._new = False
        if self.desk.do(add, self.spec.type(key=key, **given)) is None:
            self._new = True
            return
        self.list.set_current(key)
        self.made([each.name for each in self.spec.fields if each.name not in given])

    def _move(self, key: str, to: int) -> None:
        if key != NEW:
            self.desk.do(move, self.spec.table, key, to)

    def _remove(self, key: str) -> None:
        if key == NEW:
            self._drop_new()
            return
        changes = self.desk.do(remove, self.spec.table, key)
        if changes is not None:
            self.desk.told.emit(changes.label)

    def _lay_out(self) -> None:
        self.list.setFixedWidth(LIST)
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.form)
        column.addWidget(self.beside, int(self.fills))
        if not self.fills:
            column.addStretch(1)
        self._right.addWidget(sheet)
        self._right.addWidget(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[4])
        self.side.setSpacing(SPACE[0])
        self.side.addWidget(self.list, 1)
        row.addLayout(self.side)
        row.addWidget(self._right, 1)
