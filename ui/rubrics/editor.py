"""Editing a draft: its parts at the left, one of them in a form, and what the draft does to the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions.drafts import change_draft
from app.analysis.rubric_preview import asked, versions
from app.rubric.document import nearest
from app.rubric.draft import (
    as_text,
    from_text,
    new_thing,
    read_draft,
    value_at,
    with_moved,
    with_thing,
    with_value,
    without_thing,
)
from app.rubric.errors import RubricError
from ui.rubrics import outline
from ui.rubrics.fields import PartForm
from ui.rubrics.preview import PreviewPane
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton
from ui.widgets.tab_order import tab_before
from ui.widgets.text import ElidedLabel, TextLabel, a_word
from ui.widgets.things import ThingList

if TYPE_CHECKING:
    from app.model.assessment import RubricDraft
    from app.rubric import Rubric
    from app.rubric.write import Plain
    from ui.desk import Desk
    from ui.rubrics.outline import Said

_PAUSE = 250  # ms after the last key, before the draft is looked through again
_OUTLINE, _PREVIEW = 248, 304


class DraftEditor(QWidget):
    """Edits one draft in place; every field left and every part moved is one step that can be taken back."""

    done = Signal()
    use_asked = Signal()
    save_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = ""
        self._text = ""
        self._plain: Plain | None = None
        self.rubric: Rubric | None = None
        self._said: dict[str, list[Said]] = {}
        self.back = TextButton("All rubrics", "quiet", "arrow-left", "Alt+Left", self)
        self.title = ElidedLabel("", TITLE, "semibold", parent=self)
        self.state = TextLabel("", SMALL, ink="muted", parent=self)
        self.use = TextButton("Use in this study", "primary", parent=self)
        self.save = TextButton("Save as YAML…", parent=self)
        self.parts = ThingList("Parts", "part", self)
        self.form = PartForm(self)
        self.adders = {kind: _adder(word, self) for kind, word in outline.WORDS.items()}
        self.preview = PreviewPane(desk, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._lay_out()
        self._connect()

    @property
    def draft(self) -> RubricDraft | None:
        """The draft that is edited; None where it has gone."""
        return next((each for each in self._desk.document.drafts if each.key == self._key), None)

    def edit(self, key: str) -> None:
        """Take up a draft, at its beginning."""
        self._key, self._text = key, ""
        self.refresh()
        self.parts.set_current(outline.WHOLE)
        self.form.focus_on("")

    def refresh(self) -> None:
        """Show the draft as it stands; go back where it has gone."""
        draft = self.draft
        if draft is None:
            self.done.emit()
            return
        self.title.setText(draft.title)
        if draft.text != self._text:
            self._text = draft.text
            try:
                self._plain = read_draft(draft.text, "the draft")
            except RubricError as problem:
                self._plain = None
                self.state.setText(problem.sentence)
        for part in (self.parts, self.form, *self.adders.values()):
            part.setEnabled(self._plain is not None)
        self.use.setVisible(not self._desk.read_only)
        for button in self.adders.values():
            button.setVisible(not self._desk.read_only)
        self.parts.set_read_only(self._desk.read_only)
        self._list_parts()
        self._show_part()
        self._look()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.form.commit()

    # Looking

    def _look(self) -> None:
        """Look through the draft as it stands on screen, typed or kept."""
        self._timer.stop()
        if self._plain is None:
            return
        plain = self._plain
        for path, text in self.form.waiting().items():
            if text != as_text(value_at(plain, path)).strip():
                plain = _typed(plain, path, text)
        self.rubric, self._said = outline.looked_at(plain, self._asked(plain))
        self.state.setText(outline.summary(self._said))
        self.use.setEnabled(self.rubric is not None)
        self._list_parts()
        self._show_said()
        self.preview.show_draft(self.rubric, sum(each.wrong for found in self._said.values() for each in found))

    def _list_parts(self) -> None:
        if self._plain is not None:
            with QSignalBlocker(self.parts):
                self.parts.show_things(outline.rows(self._plain, self._said))

    def _asked(self, plain: Plain) -> frozenset[str]:
        document = self._desk.document
        return frozenset().union(*(asked(document, key) for key in versions(document, str(plain["id"]))))

    def _show_part(self) -> None:
        path = self.parts.current
        if self._plain is not None and path in set(outline.parts(self._plain)):
            self.form.show_part(self._plain, path, writable=not self._desk.read_only)
            self._show_said()

    def _show_said(self) -> None:
        assert self._plain is not None  # noqa: S101 - nothing is said of none
        known = frozenset(outline.parts(self._plain))
        own = {path: found for path, found in self._said.items() if nearest(path, known) == self.parts.current}
        self.form.show_said(own)

    # Changing

    def _edited(self, path: str, text: str) -> None:
        if self._plain is not None:
            self._keep(_typed(self._plain, path, text), path)

    def _keep(self, plain: Plain, place: str = "") -> None:
        self._desk.do(change_draft, self._key, plain, place)

    def _add(self, kind: str) -> None:
        """Add a part behind the current one of its kind, or at the end."""
        if self._plain is None or self._desk.read_only:
            return
        self.form.commit()
        path, at = outline.room_for(self._plain, kind, self.parts.current)
        if path:
            self._keep(with_thing(self._plain, path, at, new_thing(self._plain, kind)))
            self._go(f"{path}[{at}]")
            self.form.focus_on("")

    def _add_like_current(self) -> None:
        self._add(outline.kind_of(self.parts.current) or "principles")

    def _move(self, path: str, to_row: int) -> None:
        if self._plain is None or not outline.kind_of(path):
            return
        step = 1 if to_row > list(outline.parts(self._plain)).index(path) else -1
        to = outline.place_of(path) + step
        if 0 <= to < len(value_at(self._plain, outline.list_of(path))):
            self._keep(with_moved(self._plain, path, to))
            self._go(f"{outline.list_of(path)}[{to}]")

    def _remove(self, path: str) -> None:
        if self._plain is not None and outline.kind_of(path):
            self._keep(without_thing(self._plain, path))

    def _go(self, path: str) -> None:
        self.parts.set_current(path)
        self._show_part()

    # Laying out

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        bind_key(self, "All rubrics", "Alt+Left", self._go_back, within=True)
        self.use.clicked.connect(self.use_asked)
        self.save.clicked.connect(self.save_asked)
        self.parts.current_changed.connect(lambda _key: self._show_part())
        self.parts.add_asked.connect(self._add_like_current)
        self.parts.move_asked.connect(self._move)
        self.parts.remove_asked.connect(self._remove)
        self.parts.view.activated.connect(lambda _index: self.form.focus_on(""))
        self.form.edited.connect(self._edited)
        self.form.typed.connect(self._timer.start)
        self.form.made.connect(lambda: tab_before(self.form.editors(), self.adders["levels"]))
        self._timer.timeout.connect(self._look)
        for kind, button in self.adders.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self._add(kind))

    def _go_back(self) -> None:
        self.leave()
        self.done.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE[1])
        for part in (self.back, self.title, self.state, self.save, self.use):
            head.addWidget(part, 1 if part is self.title else 0)
        adders = QHBoxLayout()
        adders.setSpacing(0)
        for button in self.adders.values():
            adders.addWidget(button)
        adders.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        middle = QVBoxLayout()
        middle.setSpacing(SPACE[1])
        middle.addWidget(area, 1)
        middle.addLayout(adders)
        self.parts.setFixedWidth(_OUTLINE)
        self.preview.setFixedWidth(_PREVIEW)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self.parts)
        row.addLayout(middle, 1)
        row.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(head)
        column.addLayout(row, 1)


def _adder(word: str, parent: QWidget) -> TextButton:
    button = TextButton(word.capitalize(), "link", "plus", parent=parent)
    button.setAccessibleName(f"Add {a_word(word)}")
    button.setToolTip(f"Add {a_word(word)}")
    return button


def _typed(plain: Plain, path: str, text: str) -> Plain:
    """The draft with a field as it was typed."""
    return with_value(plain, path, from_text(path, text))
