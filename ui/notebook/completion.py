"""Names offered under the cursor while one is typed; the focus stays in the notes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Qt, Signal

from ui.theme import ROW
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QPlainTextEdit

_MOST = 7
_WIDE = 300  # px


@dataclass(frozen=True)
class Choice:
    """Something that can be named in a line of notes."""

    kind: Literal["speaker", "case", "code"]
    key: str
    name: str
    detail: str = ""

    @property
    def exactly(self) -> tuple[str, str]:
        """What it is taken for when a space follows."""
        return self.key.casefold(), self.name.casefold()


def matching(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """Give those whose name, or a word of it, begins with what was typed; those whose name does first."""
    wanted = folded(typed)
    begins = [choice for choice in choices if folded(choice.name).startswith(wanted)]
    inside = [
        choice
        for choice in choices
        if choice not in begins and (f" {wanted}" in folded(choice.name) or folded(choice.key).startswith(wanted))
    ]
    return [*begins, *inside]


def folded(text: str) -> str:
    """Leave case and accents out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


class Completion(RowView):
    """A short list over the text; whoever owns it hands it the keys that are for it."""

    chosen = Signal(object)  # a Choice

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__("Names that fit", editor)
        self._editor = editor
        self._choices: tuple[Choice, ...] = ()
        self._rows = RowModel(self)
        self.setModel(self._rows)
        self.setProperty("look", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._clicked)
        self.hide()

    @property
    def current(self) -> Choice | None:
        """The one that is marked."""
        row = self.currentIndex().row()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show choices under the cursor; go away where there are none."""
        self._choices = tuple(choices)
        if not choices:
            self.hide()
            return
        self._rows.set_rows([Row(str(place), each.name, each.detail) for place, each in enumerate(choices)])
        self.setCurrentIndex(self._rows.index(0))
        self.setFixedSize(_WIDE, ROW * min(len(choices), _MOST) + 2)
        self._place()
        self.show()
        self.raise_()

    def step(self, step: int) -> None:
        """Mark the next one, or the one before."""
        row = (self.currentIndex().row() + step) % max(len(self._choices), 1)
        self.setCurrentIndex(self._rows.index(row))
        self.scrollTo(self.currentIndex())

    def _place(self) -> None:
        """Stand under the line being typed, or above it where there is no room."""
        cursor = self._editor.cursorRect()
        corner = self._editor.viewport().mapTo(self._editor, cursor.bottomLeft() + QPoint(0, 4))
        if corner.y() + self.height() > self._editor.height():
            corner.setY(self._editor.viewport().mapTo(self._editor, cursor.topLeft()).y() - self.height() - 4)
        corner.setX(max(0, min(corner.x(), self._editor.width() - self.width())))
        self.move(corner)

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._choices[int(index.data(KEY))])
